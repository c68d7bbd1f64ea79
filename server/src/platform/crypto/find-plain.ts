/**
 * Looks for planted words in every file below a folder: the canary test's eye. For tests and the doctor command.
 *
 * A word is looked for as it may lie on a disk: UTF-8, UTF-16, GB18030, hex (as bytea is written to text) and
 * base64 at each of the three alignments. Compressed data is not looked into.
 */
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import iconv from "iconv-lite";

export type FoundPlain = { file: string; word: string; writtenAs: string };

const windowBytes = 4_000_000;

/** Every file and word with a hit, once each. Resolves to [] when nothing is found; throws if there is no file at all. */
export async function findPlain(folder: string, words: readonly string[]): Promise<FoundPlain[]> {
  const needles = words.flatMap(spellingsOf);
  const longest = Math.max(...needles.map(({ bytes }) => bytes.length));
  const found: FoundPlain[] = [];
  let files = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    files += 1;
    const path = join(entry.parentPath, entry.name);
    for (const { word, writtenAs } of await needlesIn(path, needles, longest))
      found.push({ file: path, word, writtenAs });
    for (const word of words)
      if (entry.name.includes(word)) found.push({ file: path, word, writtenAs: "file name" });
  }
  if (files === 0) throw new Error("there was nothing to look at"); // a check that sees nothing must not pass
  return found;
}

type Needle = { word: string; writtenAs: string; bytes: Buffer };

function spellingsOf(word: string): Needle[] {
  const utf8 = Buffer.from(word, "utf8");
  const hex = utf8.toString("hex");
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), utf8])
      .toString("base64")
      .replace(/=+$/, "");
    // what stands at the edges also depends on the neighbours
    const from = shift === 0 ? 0 : shift + 1;
    const isWhole = (utf8.length + shift) % 3 === 0;
    return {
      word,
      writtenAs: `base64+${shift}`,
      bytes: Buffer.from(text.slice(from, isWhole ? undefined : -1)),
    };
  });
  return [
    { word, writtenAs: "utf-8", bytes: utf8 },
    { word, writtenAs: "utf-16", bytes: Buffer.from(word, "utf16le") },
    { word, writtenAs: "gb18030", bytes: iconv.encode(word, "gb18030") },
    { word, writtenAs: "hex", bytes: Buffer.from(hex) },
    { word, writtenAs: "HEX", bytes: Buffer.from(hex.toUpperCase()) },
    ...base64,
  ];
}

async function needlesIn(path: string, needles: readonly Needle[], longest: number): Promise<Set<Needle>> {
  const hits = new Set<Needle>();
  const file = await open(path, "r").catch(() => null);
  if (file === null) return hits; // a socket, or gone meanwhile
  try {
    const window = Buffer.alloc(windowBytes + longest);
    let kept = 0;
    for (;;) {
      const { bytesRead } = await file.read(window, kept, windowBytes, null);
      if (bytesRead === 0) return hits;
      const seen = window.subarray(0, kept + bytesRead);
      for (const needle of needles) if (seen.includes(needle.bytes)) hits.add(needle);
      kept = Math.min(longest - 1, seen.length);
      window.copyWithin(0, seen.length - kept, seen.length); // a word may lie across the edge
    }
  } finally {
    await file.close();
  }
}
