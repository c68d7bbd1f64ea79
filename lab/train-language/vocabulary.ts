// The words and pairs of characters that customers use, for repairing slips (language/src/repairs.ts): counted over the
// corpus and written to language/data/vocabulary.txt. `node lab/train-language/vocabulary.ts`; some ten seconds.

import { writeFileSync } from "node:fs";
import { normalise, readCorpus } from "@yingda/language/training";

/** Seen less often, a word may be a slip itself. */
const leastKnown = 2;
/** What a slip is repaired to is seen at least this often. */
const leastUsual = { words: 5, pairs: 6 };

const words = new Map<string, number>();
const pairs = new Map<string, number>();
const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

for (const { zh, en, phrasings, phrasingsEn } of readCorpus())
  for (const original of [zh, en, ...phrasings, ...phrasingsEn]) {
    const { text } = normalise(original);
    for (const [word] of text.matchAll(/(?<!#)\b[a-z][a-z']+/gu)) count(words, word);
    for (const [run] of text.matchAll(/\p{Script=Han}+/gu)) {
      const characters = [...run];
      for (let at = 0; at + 1 < characters.length; at += 1)
        count(pairs, `${characters[at]}${characters[at + 1]}`);
    }
  }

const ranked = (counts: Map<string, number>, least: number, most = Number.POSITIVE_INFINITY) =>
  [...counts]
    .filter(([, seen]) => seen >= least && seen < most)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([key]) => key);

const lines = [
  "# What customers write, commonest first; made from the corpus by lab/train-language/vocabulary.ts",
  `words ${ranked(words, leastUsual.words).join(" ")}`,
  `rare-words ${ranked(words, leastKnown, leastUsual.words).join(" ")}`,
  `pairs ${ranked(pairs, leastUsual.pairs).join("")}`,
  `rare-pairs ${ranked(pairs, leastKnown, leastUsual.pairs).join("")}`,
];
writeFileSync(new URL("../../language/data/vocabulary.txt", import.meta.url), `${lines.join("\n")}\n`);
process.stdout.write(`${words.size} words, ${pairs.size} pairs seen\n`);
