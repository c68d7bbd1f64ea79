// A text made ready once for everything that compares it: normalised, its features as hashes, its vector. Called for
// every message and phrasing; corpus phrasings are kept, since all shops of one process borrow the same ones.

import { type CorpusIntent, corpusIntent } from "./corpus.ts";
import { shippedEncoder } from "./encoder.ts";
import { hashFeature } from "./feature-hash.ts";
import { extractFeatures, type Features } from "./features.ts";
import { normalise } from "./normalise.ts";

export interface PreparedText {
  original: string;
  /** Normalised: equal keys are the same text. */
  key: string;
  hashes: Uint32Array;
  /** Weight by kind of each feature. */
  kinds: Float32Array;
  /** Unit vector by the encoder. */
  vector: Float32Array;
}

/** Hashes and weights of named features. */
export function hashedFeatures(features: Features): Pick<PreparedText, "hashes" | "kinds"> {
  const hashes = new Uint32Array(features.size);
  const kinds = new Float32Array(features.size);
  let at = 0;
  for (const [name, kind] of features) {
    hashes[at] = hashFeature(name);
    kinds[at] = kind;
    at += 1;
  }
  return { hashes, kinds };
}

/** Prepares one text; 20 to 60 µs. */
export function prepareText(original: string): PreparedText {
  const key = normalise(original).text;
  const hashed = hashedFeatures(extractFeatures(key));
  return { original, key, ...hashed, vector: shippedEncoder().encodeHashed(hashed.hashes, hashed.kinds) };
}

/**
 * The same texts, whose numbers lie in three arrays for all of them: a small array of its own costs 250 bytes beside what it
 * holds, and strings cut out of a file keep the file.
 */
export function keptTogether(texts: readonly PreparedText[]): PreparedText[] {
  const features = texts.reduce((sum, { hashes }) => sum + hashes.length, 0);
  const dims = texts[0]?.vector.length ?? 0;
  const hashes = new Uint32Array(features);
  const kinds = new Float32Array(features);
  const vectors = new Float32Array(texts.length * dims);
  let from = 0;
  return texts.map((text, at) => {
    const start = from;
    from += text.hashes.length;
    hashes.set(text.hashes, start);
    kinds.set(text.kinds, start);
    vectors.set(text.vector, at * dims);
    return {
      original: Buffer.from(text.original).toString(),
      key: text.key,
      hashes: hashes.subarray(start, from),
      kinds: kinds.subarray(start, from),
      vector: vectors.subarray(at * dims, (at + 1) * dims),
    };
  });
}

/** Borrowed per intent and language: more of them cost every message time, and the encoder knows them all anyway. */
const mostBorrowed = 20;
const keptLists = 1_200;
const kept = new Map<string, PreparedText[]>();

/**
 * What is borrowed of an intent in one language: at most 20 phrasings, drawn evenly, so that every writer has a say.
 * Prepared once per process (the 1,200 lists used last are kept; those of a shop in use are its own rows).
 */
export function preparedPhrasings(slug: string, language: "zh" | "en"): readonly PreparedText[] {
  const key = `${language}:${slug}`;
  const known = kept.get(key);
  if (known !== undefined) {
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  const intent = corpusIntent(slug);
  const prepared =
    intent === null ? [] : keptTogether(evenly(phrasingsOf(intent, language)).map(prepareText));
  kept.set(key, prepared);
  if (kept.size > keptLists) kept.delete(kept.keys().next().value as string);
  return prepared;
}

function evenly(texts: string[]): string[] {
  const step = texts.length / mostBorrowed;
  return step <= 1 ? texts : texts.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

function phrasingsOf(intent: CorpusIntent, language: "zh" | "en"): string[] {
  return language === "zh" ? [intent.zh, ...intent.phrasings] : [intent.en, ...intent.phrasingsEn];
}
