/**
 * Opens the zip that a .docx or .xlsx is, without trusting a word of it: the directory is judged before anything is
 * unpacked, and each entry is unpacked by us with a bound, so that a directory that lies is found out. What comes out is
 * given to the libraries as a zip of stored (not packed) entries: they never unpack anything themselves.
 */
import { crc32, inflateRawSync } from "node:zlib";
import { readBounds } from "./model.ts";
import { Unreadable } from "./refusal.ts";

interface Entry {
  name: string;
  isPacked: boolean;
  packed: number;
  unpacked: number;
  at: number;
}

const endMark = 0x06_05_4b_50;
const entryMark = 0x02_01_4b_50;
const localMark = 0x04_03_4b_50;
const mostEntries = 5_000;
/** Below this the share between packed and unpacked says nothing: small texts of one letter pack a thousandfold. */
const harmlessBytes = 8 * 1_024 * 1_024;

/**
 * In:  the file; which entries are wanted, by name.
 * Out: those entries' bytes. Pictures and the rest are left packed.
 * @throws Unreadable document/unpacks-too-large, document/encrypted, document/broken
 */
export function unpackZip(
  bytes: Uint8Array,
  format: string,
  isWanted: (name: string) => boolean,
): Map<string, Buffer> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = directoryOf(zip, format);
  judge(zip, entries);
  const found = new Map<string, Buffer>();
  for (const entry of entries) if (isWanted(entry.name)) found.set(entry.name, contentOf(zip, entry, format));
  return found;
}

function judge(zip: Buffer, entries: readonly Entry[]): void {
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  const mostMb = Math.floor(readBounds.unpackedBytes / 1_048_576);
  const isOutOfProportion =
    unpacked > harmlessBytes && unpacked > readBounds.unpackedTimes * Math.max(1, zip.length);
  if (unpacked > readBounds.unpackedBytes || isOutOfProportion || entries.length > mostEntries)
    throw new Unreadable("document/unpacks-too-large", { mostMb });
}

function directoryOf(zip: Buffer, format: string): Entry[] {
  const broken = () => new Unreadable("document/broken", { format });
  const end = endOf(zip);
  if (end < 0) throw broken();
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  // The large variant of the format is for files of more than 4 GB or 65,535 entries.
  if (count === 0xffff || at === 0xffff_ffff)
    throw new Unreadable("document/unpacks-too-large", { mostMb: 0 });
  const entries: Entry[] = [];
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > end || zip.readUInt32LE(at) !== entryMark) throw broken();
    const [flags, method] = [zip.readUInt16LE(at + 8), zip.readUInt16LE(at + 10)];
    if ((flags & 1) === 1) throw new Unreadable("document/encrypted", { format });
    if (method !== 0 && method !== 8) throw broken();
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place));
    const [packed, unpacked] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24)];
    // what is not packed is as large as it says: thousands of entries may stand on the same bytes
    if (method === 0 && packed !== unpacked) throw broken();
    entries.push({
      name: zip.toString("utf8", at + 46, at + 46 + (nameLength ?? 0)).replaceAll("\\", "/"),
      isPacked: method === 8,
      packed,
      unpacked,
      at: zip.readUInt32LE(at + 42),
    });
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return entries;
}

/** Where the directory's last record stands: within the longest comment from the end. */
function endOf(zip: Buffer): number {
  const first = Math.max(0, zip.length - 65_557);
  for (let at = zip.length - 22; at >= first; at -= 1) if (zip.readUInt32LE(at) === endMark) return at;
  return -1;
}

function contentOf(zip: Buffer, entry: Entry, format: string): Buffer {
  const { at } = entry;
  if (at + 30 > zip.length || zip.readUInt32LE(at) !== localMark)
    throw new Unreadable("document/broken", { format });
  const from = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const packed = zip.subarray(from, from + entry.packed);
  if (packed.length !== entry.packed) throw new Unreadable("document/broken", { format });
  if (!entry.isPacked) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.unpacked) });
  } catch (error) {
    const isLie = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    throw isLie
      ? new Unreadable("document/unpacks-too-large", { mostMb: 0 }, error)
      : new Unreadable("document/broken", { format }, error);
  }
}

/** A zip of these entries, none of them packed. */
export function storedZip(entries: ReadonlyMap<string, Uint8Array>): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of entries) {
    const called = Buffer.from(name, "utf8");
    const facts = Buffer.alloc(26); // from "version needed" to "length of extra", the same in both records
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x0800, 2); // the name is UTF-8
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(content.length, 14);
    facts.writeUInt32LE(content.length, 18);
    facts.writeUInt16LE(called.length, 22);
    local.push(numbers(localMark), facts, called, Buffer.from(content));
    directory.push(numbers(entryMark), Buffer.from([20, 0]), facts, Buffer.alloc(10), numbers(at), called);
    at += 30 + called.length + content.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endMark, 0);
  end.writeUInt16LE(entries.size, 8);
  end.writeUInt16LE(entries.size, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, ...directory, end]);
}

function numbers(value: number): Buffer {
  const four = Buffer.alloc(4);
  four.writeUInt32LE(value, 0);
  return four;
}
