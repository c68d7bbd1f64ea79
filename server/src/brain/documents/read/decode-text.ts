/**
 * Bytes of a text file to text: by its mark; else UTF-8 when it is valid; else UTF-16 when every other byte is zero; else
 * what the file itself names; else GB18030, which most programs on a Chinese Windows write.
 */
import iconv from "iconv-lite";
import type { ReadProblem } from "./model.ts";

/** Big5 and the rest only when they are named: guessing among them is wrong too often. */
const chineseWindows = "gb18030";

/**
 * In:  the bytes, and the encoding that a header or the file names (null: none).
 * Out: the text without its mark; "characters-replaced" when bytes stood for no character.
 */
export function decodeText(
  bytes: Uint8Array,
  named: string | null = null,
): { text: string; encoding: string; problems: ReadProblem[] } {
  const encoding = encodingOf(bytes, named);
  const text = iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding);
  const lost = text.split("\ufffd").length - 1;
  const problems = lost === 0 ? [] : [{ code: "characters-replaced", values: { count: lost, encoding } }];
  return { text, encoding, problems };
}

function encodingOf(bytes: Uint8Array, named: string | null): string {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const zeros = zerosOf(bytes);
  if (zeros !== null) return zeros;
  if (isUtf8(bytes) || isMostlyUtf8(bytes)) return "utf-8";
  if (named !== null && iconv.encodingExists(named) && !/^utf-?8$/iu.test(named)) return wider(named);
  return chineseWindows;
}

/** GB18030 holds all of GBK and GB2312, and pages that name the small ones use characters of the big one. */
function wider(named: string): string {
  return /^(?:gb_?2312|gbk|gb_2312-80|cp936|x-gbk)/iu.test(named) ? chineseWindows : named;
}

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * UTF-8 with a stray byte: a page whose description was cut within a character is no page in GB18030. Of other encodings
 * hardly a character is one of UTF-8.
 */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const looked = new TextDecoder().decode(bytes.subarray(0, 262_144));
  let other = 0;
  let lost = 0;
  for (const character of looked) {
    if (character === "\ufffd") lost += 1;
    else if (character > "\u007f") other += 1;
  }
  return other > lost * 20;
}

/** UTF-16 without a mark: ASCII characters leave a zero in every second byte, always on the same side. */
function zerosOf(bytes: Uint8Array): string | null {
  const looked = bytes.subarray(0, 4_096);
  const places = [0, 0];
  for (const [at, byte] of looked.entries()) if (byte === 0) places[at % 2] = (places[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = places;
  const many = looked.length / 8;
  if (odd > many && even <= odd / 20) return "utf-16le";
  if (even > many && odd <= even / 20) return "utf-16be";
  return null;
}
