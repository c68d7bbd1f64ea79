/**
 * Unambiguous encoding of several parts into one byte string: each part as uint32 length and bytes.
 * Everything we authenticate or hash as a tuple goes through here, so that ("ab","c") and ("a","bc")
 * can never be taken for one another.
 */

/** Joins the parts; text is encoded as UTF-8. Same parts, same bytes; different parts, different bytes. */
export function lengthPrefixed(parts: readonly (string | Uint8Array)[]): Buffer {
  let size = 0;
  for (const part of parts) size += 4 + (typeof part === "string" ? Buffer.byteLength(part) : part.length);
  const joined = Buffer.allocUnsafe(size);
  let at = 0;
  for (const part of parts) {
    if (typeof part === "string") {
      const written = joined.write(part, at + 4);
      joined.writeUInt32BE(written, at);
      at += 4 + written;
    } else {
      joined.writeUInt32BE(part.length, at);
      joined.set(part, at + 4);
      at += 4 + part.length;
    }
  }
  return joined;
}
