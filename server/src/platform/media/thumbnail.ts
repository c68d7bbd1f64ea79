/**
 * Small pictures for lists, by sharp where it is installed (optional dependency, loaded at the first picture).
 * Without it there are none and callers show the picture itself.
 */
import type { Sharp, SharpOptions } from "sharp";

type MakeSharp = (input: Uint8Array, options?: SharpOptions) => Sharp;

const longestSide = 480;
/** Decoding more than this costs memory for nothing; the original is kept all the same. */
const mostPixels = 50_000_000;

let loading: Promise<MakeSharp | undefined> | undefined;

/** A JPEG or WebP of at most 480 pixels a side, upright and without metadata; undefined when it cannot be made. */
export async function makeThumbnail(
  bytes: Uint8Array,
  size: { width: number; height: number },
): Promise<{ bytes: Buffer; type: "image/webp" } | undefined> {
  if (size.width * size.height > mostPixels) return undefined;
  loading ??= loadSharp();
  const sharp = await loading;
  if (sharp === undefined) return undefined;
  try {
    const small = await sharp(bytes, { limitInputPixels: mostPixels, failOn: "error" })
      .rotate()
      .resize({ width: longestSide, height: longestSide, fit: "inside", withoutEnlargement: true })
      .webp({ quality: 78 })
      .toBuffer();
    return { bytes: small, type: "image/webp" };
  } catch {
    return undefined; // a broken picture has no thumbnail; what it is was decided elsewhere
  }
}

async function loadSharp(): Promise<MakeSharp | undefined> {
  try {
    const { default: sharp } = await import("sharp");
    sharp.cache(false); // memory at rest matters more than a second thumbnail of the same picture
    sharp.concurrency(1);
    return sharp;
  } catch {
    return undefined; // not installed for this platform
  }
}
