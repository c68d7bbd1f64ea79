// Which words customers use for each corpus intent: the words and Han pairs of all its phrasings, of which an item borrows a
// few only. "Do you rent cars?" is no question for the parking: nobody who asked for that ever said "rent". Made by
// lab/train-language (../data/words.bin), read on first use by known-words.ts.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { lazily } from "./own-data.ts";
import type { PreparedText } from "./prepared-text.ts";
import { DamagedModelError } from "./weights-file.ts";

const magic = "yingda-words-1";
/** Weight by kind of the features that are words: Han pairs and stems, without stop words and repaired slips (features.ts). */
const wordKind = 1;

interface Head {
  magic: string;
  sha256: string;
  intents: [slug: string, words: number][];
}

export interface IntentWords {
  sha256: string;
  /** Hashes of an intent's words, rising; empty for an intent that is not known. */
  of(slug: string): Uint32Array;
}

/** Places of the words among a text's features. */
export function wordPlaces({ kinds }: Pick<PreparedText, "kinds">): number[] {
  return [...kinds.keys()].filter((at) => kinds[at] === wordKind);
}

/** `words`: per intent the hashes of its words, rising. */
export function packIntentWords(words: ReadonlyMap<string, Uint32Array>): Buffer {
  const body = Buffer.concat(
    [...words.values()].map((one) => Buffer.from(one.buffer, one.byteOffset, one.byteLength)),
  );
  const head: Head = {
    magic,
    sha256: createHash("sha256").update(body).digest("hex"),
    intents: [...words].map(([slug, { length }]) => [slug, length]),
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]);
}

/** @throws DamagedModelError for bytes that are no such file, cut short, or changed */
export function unpackIntentWords(bytes: Buffer): IntentWords {
  const end = bytes.indexOf(10);
  const head = end < 0 ? null : parseHead(bytes.subarray(0, end).toString("utf8"));
  if (head === null) throw new DamagedModelError("this file does not hold the words of the corpus intents");
  const body = Uint8Array.from(bytes.subarray(end + 1)); // aligned at 0, which numbers of four bytes need
  if (createHash("sha256").update(body).digest("hex") !== head.sha256)
    throw new DamagedModelError("the words of the corpus intents are damaged: their checksum does not fit");
  const all = new Uint32Array(body.buffer);
  const places = new Map<string, Uint32Array>();
  let from = 0;
  for (const [slug, length] of head.intents) {
    places.set(slug, all.subarray(from, from + length));
    from += length;
  }
  const none = new Uint32Array(0);
  return { sha256: head.sha256, of: (slug) => places.get(slug) ?? none };
}

function parseHead(line: string): Head | null {
  try {
    const head = JSON.parse(line) as Head;
    return head?.magic === magic ? head : null;
  } catch {
    return null;
  }
}

/** What ships. @throws DamagedModelError when the file was damaged */
export const shippedIntentWords = lazily(() =>
  unpackIntentWords(readFileSync(new URL("../data/words.bin", import.meta.url))),
);
