/**
 * Reads PNG, JPEG, GIF and WebP far enough to know their size and to take out what they tell about a person
 * (place, camera, comments). No pixel is decoded, so it works without sharp and loses no quality.
 *
 * A file that does not hold together is not called a picture: `readImage` returns undefined and the file is kept
 * as an attachment. The orientation of a JPEG is kept, or phone photos would lie on their side.
 */

export type ImageFile = { width: number; height: number; bytes: Buffer };

/** Size and cleaned bytes, or undefined when the structure is broken or of another type. */
export function readImage(type: string, bytes: Buffer): ImageFile | undefined {
  try {
    const image = readers[type]?.(bytes);
    return image !== undefined && image.width > 0 && image.height > 0 ? image : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined; // read past the end
    throw error;
  }
}

const readers: Record<string, (bytes: Buffer) => ImageFile | undefined> = {
  "image/png": readPng,
  "image/jpeg": readJpeg,
  "image/gif": readGif,
  "image/webp": readWebp,
};

const pngKept = new Set(
  "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST sPLT acTL fcTL fdAT cICP mDCV cLLI".split(
    " ",
  ),
);

function readPng(bytes: Buffer): ImageFile | undefined {
  const kept: Buffer[] = [bytes.subarray(0, 8)];
  for (let at = 8; ; ) {
    const length = bytes.readUInt32BE(at);
    const kind = bytes.toString("latin1", at + 4, at + 8);
    const end = at + 12 + length;
    if (end > bytes.length) return undefined;
    if (at === 8 && kind !== "IHDR") return undefined;
    if (pngKept.has(kind)) kept.push(bytes.subarray(at, end));
    if (kind === "IEND") break; // what follows is no part of the picture
    at = end;
  }
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), bytes: Buffer.concat(kept) };
}

function readGif(bytes: Buffer): ImageFile | undefined {
  return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8), bytes };
}

function readWebp(bytes: Buffer): ImageFile | undefined {
  const kept: Buffer[] = [];
  let size: { width: number; height: number } | undefined;
  const total = Math.min(bytes.length, 8 + bytes.readUInt32LE(4));
  for (let at = 12; at + 8 <= total; ) {
    const kind = bytes.toString("latin1", at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (at + 8 + length > bytes.length) return undefined;
    if (kind !== "EXIF" && kind !== "XMP ") {
      const chunk = Buffer.from(bytes.subarray(at, end));
      if (kind === "VP8X") chunk.writeUInt8(chunk.readUInt8(8) & ~0b1100, 8); // says: no EXIF, no XMP
      kept.push(chunk);
    }
    size ??= webpSize(kind, bytes, at + 8);
    at = end;
  }
  if (size === undefined) return undefined;
  const body = Buffer.concat(kept);
  const head = Buffer.from(bytes.subarray(0, 12));
  head.writeUInt32LE(body.length + 4, 4);
  return { ...size, bytes: Buffer.concat([head, body]) };
}

function webpSize(kind: string, bytes: Buffer, at: number): { width: number; height: number } | undefined {
  if (kind === "VP8X")
    return { width: 1 + bytes.readUIntLE(at + 4, 3), height: 1 + bytes.readUIntLE(at + 7, 3) };
  if (kind === "VP8 ")
    return { width: bytes.readUInt16LE(at + 6) & 0x3fff, height: bytes.readUInt16LE(at + 8) & 0x3fff };
  if (kind !== "VP8L") return undefined;
  const packed = bytes.readUInt32LE(at + 1);
  return { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) };
}

const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;

function readJpeg(bytes: Buffer): ImageFile | undefined {
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | undefined;
  for (let at = 2; ; ) {
    while (bytes.readUInt8(at) === 0xff && bytes.readUInt8(at + 1) === 0xff) at += 1; // fill bytes
    if (bytes.readUInt8(at) !== 0xff) return undefined;
    const marker = bytes.readUInt8(at + 1);
    if (marker === endOfImage) break; // phones append films and thumbnails behind it
    if (marker === startOfImage || marker < 0xc0) return undefined;
    let end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) return undefined;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    if (marker === startOfScan) end = endOfScan(bytes, end);
    const segment = bytes.subarray(at, end);
    if (!isMetadata(marker)) kept.push(segment);
    else if (marker === 0xe1) kept.push(orientationOnly(segment));
    at = end;
  }
  if (size === undefined) return undefined;
  return { ...size, bytes: Buffer.concat([...kept, Buffer.of(0xff, endOfImage)]) };
}

/** JFIF (E0), colour profile (E2) and Adobe (EE) say how to show it; all other application data and comments go. */
function isMetadata(marker: number): boolean {
  return marker === 0xfe || (marker >= 0xe1 && marker <= 0xef && marker !== 0xe2 && marker !== 0xee);
}

/** Where the coded data of a scan ends: at the next marker that is neither stuffing nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = from; ; at += 1) {
    const found = bytes.indexOf(0xff, at);
    if (found === -1 || found + 1 >= bytes.length) throw new RangeError("no end of image");
    const next = bytes.readUInt8(found + 1);
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return found;
    at = found;
  }
}

/** An EXIF segment with nothing but the orientation, or nothing when it is upright or unreadable. */
function orientationOnly(segment: Buffer): Buffer {
  const orientation = orientationOf(segment.subarray(4));
  if (orientation === undefined || orientation < 2 || orientation > 8) return Buffer.alloc(0);
  const exif = Buffer.from(
    "ffe1002245786966000049492a00080000000100120103000100000000000000000000000000",
    "hex",
  );
  exif.writeUInt16LE(orientation, 28);
  return exif.subarray(0, 36);
}

function orientationOf(exif: Buffer): number | undefined {
  if (exif.toString("latin1", 0, 6) !== "Exif\0\0") return undefined;
  const tiff = exif.subarray(6);
  const isLittle = tiff.toString("latin1", 0, 2) === "II";
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number) => (isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const directory = long(4);
  for (let i = 0; i < short(directory); i += 1) {
    const entry = directory + 2 + i * 12;
    if (short(entry) === 0x0112) return short(entry + 8);
  }
  return undefined;
}
