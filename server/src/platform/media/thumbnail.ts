/**
 * Smaller pictures, for lists and for models, by sharp where it is installed (optional dependency, loaded at the first
 * picture). Without it there are none and callers take the picture itself.
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
  const small = await shrink(bytes, longestSide, (image) => image.webp({ quality: 78 }));
  return small === undefined ? undefined : { bytes: small, type: "image/webp" };
}

/** A JPEG of at most `side` pixels a side, upright and without metadata; undefined when it cannot be made. */
export async function makeSmaller(bytes: Uint8Array, side: number): Promise<Buffer | undefined> {
  return shrink(bytes, side, (image) => image.flatten({ background: "#fff" }).jpeg({ quality: 82 }));
}

async function shrink(
  bytes: Uint8Array,
  side: number,
  encode: (image: Sharp) => Sharp,
): Promise<Buffer | undefined> {
  loading ??= loadSharp();
  const sharp = await loading;
  if (sharp === undefined) return undefined;
  try {
    const upright = sharp(bytes, { limitInputPixels: mostPixels, failOn: "error" }).rotate();
    const small = upright.resize({ width: side, height: side, fit: "inside", withoutEnlargement: true });
    return await encode(small).toBuffer();
  } catch {
    return undefined; // a broken picture; what it is was decided elsewhere
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
