import { randomBytes } from "node:crypto";
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { readImage } from "./image-file.ts";
import { makeThumbnail } from "./thumbnail.ts";

const secret = "Beijing 39.9042N 116.4074E";
const picture = (width = 90, height = 60) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 30 } } });
/** A picture as a phone makes it: with a place in EXIF, lying on its side. */
const fromPhone = (kind: "jpeg" | "png" | "webp") =>
  picture()
    .withMetadata({ orientation: 6, exif: { IFD0: { ImageDescription: secret } } })
    .toFormat(kind)
    .toBuffer();
const looksOf = async (bytes: Buffer) => (await sharp(bytes).raw().toBuffer()).toString("base64");

describe("pictures are cleaned without touching a pixel", () => {
  test.each(["jpeg", "png", "webp"] as const)(
    "%s: place and camera go, size and looks stay",
    async (kind) => {
      const original = await fromPhone(kind);
      expect(original.includes(secret)).toBe(true);
      const image = readImage(`image/${kind}`, original);
      expect(image).toMatchObject({ width: 90, height: 60 });
      const cleaned = image?.bytes ?? Buffer.alloc(0);
      expect(cleaned.includes(secret)).toBe(false);
      expect(cleaned.length).toBeLessThan(original.length);
      expect(await looksOf(cleaned)).toBe(await looksOf(original));
      expect(readImage(`image/${kind}`, cleaned)?.bytes.equals(cleaned)).toBe(true);
    },
  );

  test("the orientation of a phone's JPEG survives, so it does not lie on its side", async () => {
    const original = await fromPhone("jpeg");
    const cleaned = readImage("image/jpeg", original)?.bytes ?? Buffer.alloc(0);
    expect((await sharp(original).metadata()).orientation).toBe(6);
    expect((await sharp(cleaned).metadata()).orientation).toBe(6);
    expect(cleaned.includes("Exif")).toBe(true);
  });

  test("comments and what is appended behind the picture go", async () => {
    const plain = await picture().jpeg({ progressive: true }).toBuffer();
    const comment = Buffer.concat([
      Buffer.from("fffe", "hex"),
      Buffer.of(0, secret.length + 2),
      Buffer.from(secret),
    ]);
    const stuffed = Buffer.concat([
      plain.subarray(0, 2),
      comment,
      plain.subarray(2),
      Buffer.from(`film ${secret}`),
    ]);
    const image = readImage("image/jpeg", stuffed);
    expect(image?.bytes.equals(plain)).toBe(true);
    const png = await picture().png().toBuffer();
    expect(readImage("image/png", Buffer.concat([png, Buffer.from(secret)]))?.bytes.equals(png)).toBe(true);
  });

  test("GIF and the three kinds of WebP tell their size", async () => {
    expect(readImage("image/gif", await picture(33, 44).gif().toBuffer())).toMatchObject({
      width: 33,
      height: 44,
    });
    const lossy = await picture(300, 17).webp().toBuffer();
    const lossless = await picture(17, 300).webp({ lossless: true }).toBuffer();
    expect(readImage("image/webp", lossy)).toMatchObject({ width: 300, height: 17 });
    expect(readImage("image/webp", lossless)).toMatchObject({ width: 17, height: 300 });
  });
});

describe("broken pictures", () => {
  test("are not called pictures: cut anywhere, a JPEG or PNG is refused and nothing throws", async () => {
    for (const kind of ["jpeg", "png"] as const) {
      const whole = await fromPhone(kind);
      for (let length = 0; length < whole.length; length += 13)
        expect(readImage(`image/${kind}`, whole.subarray(0, length))).toBeUndefined();
    }
  });

  test("any bytes at all never throw and never hang", async () => {
    const types = ["image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"];
    const heads = await Promise.all([fromPhone("jpeg"), fromPhone("png"), fromPhone("webp")]);
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.nat(2),
        fc.nat(400),
        fc.uint8Array({ maxLength: 200 }),
        (type, i, at, noise) => {
          const mixed = Buffer.concat([heads[i]?.subarray(0, at) ?? Buffer.alloc(0), noise]);
          const image = readImage(type, mixed);
          if (image !== undefined) expect(image.width * image.height).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("thumbnails", () => {
  test("are small, upright and say nothing", async () => {
    const big = await picture(1600, 800)
      .withMetadata({ orientation: 6, exif: { IFD0: { ImageDescription: secret } } })
      .jpeg()
      .toBuffer();
    const thumb = await makeThumbnail(big, { width: 1600, height: 800 });
    const seen = await sharp(thumb?.bytes).metadata();
    expect(seen).toMatchObject({ format: "webp", width: 240, height: 480 });
    expect(seen.exif).toBeUndefined();
    expect(thumb?.bytes.includes(secret)).toBe(false);
  });

  test("are not made of noise or of a bomb", async () => {
    expect(await makeThumbnail(randomBytes(500), { width: 10, height: 10 })).toBeUndefined();
    expect(await makeThumbnail(randomBytes(500), { width: 60_000, height: 60_000 })).toBeUndefined();
  });
});
