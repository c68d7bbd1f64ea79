// The words of every corpus intent, for language/data/words.bin: those that stand in two phrasings of the corpus or more,
// since a word that one writer used once tells an intent from nothing. `node lab/train-language/intent-words.ts` writes
// the file and prints one line of JSON; deterministic, some seconds. What the weights may not hold is left out here, too.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  extractFeatures,
  hashedFeatures,
  normalise,
  packIntentWords,
  readCorpus,
  wordPlaces,
} from "@yingda/language/training";
import { printResult } from "../shared/figures.ts";
import { heldOutHash, readHeldOut } from "./held-out.ts";

const heldOut = readHeldOut();
const seen = new Map<number, number>();
const perIntent = new Map<string, Set<number>>();
for (const { slug, phrasings, phrasingsEn } of readCorpus()) {
  const own = new Set<number>();
  for (const phrasing of [...phrasings, ...phrasingsEn]) {
    if (heldOut.has(heldOutHash(phrasing))) continue;
    const hashed = hashedFeatures(extractFeatures(normalise(phrasing).text));
    for (const at of wordPlaces(hashed)) {
      const hash = hashed.hashes[at] as number;
      seen.set(hash, (seen.get(hash) ?? 0) + 1);
      own.add(hash);
    }
  }
  perIntent.set(slug, own);
}
const words = new Map(
  [...perIntent].map(([slug, own]) => {
    const common = [...own].filter((hash) => (seen.get(hash) ?? 0) > 1);
    return [slug, Uint32Array.from(common).sort()] as const;
  }),
);
const bytes = packIntentWords(words);
writeFileSync(fileURLToPath(new URL("../../language/data/words.bin", import.meta.url)), bytes);
printResult({
  intents: words.size,
  words: [...words.values()].reduce((sum, one) => sum + one.length, 0),
  bytes: bytes.length,
});
