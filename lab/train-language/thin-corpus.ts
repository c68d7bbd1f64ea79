// For the learning curve: takes phrasings out of a copy of the corpus, evenly over its writers.
// `node lab/train-language/thin-corpus.ts --keep 0.5 DIR` rewrites the .txt files below DIR (a copy of language/corpus, moods
// left alone); train and test with that copy in place afterwards.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { randomFrom } from "../language/sets.ts";

const { values, positionals } = parseArgs({
  options: { keep: { type: "string", default: "0.5" } },
  allowPositionals: true,
});
const [folder] = positionals;
if (folder === undefined) throw new Error("say which copy of language/corpus is to be thinned");
const keep = Number(values.keep);
const random = randomFrom(20_261_121);
for (const voice of [".", "second", "third", "fourth", "spoken"])
  for (const name of readdirSync(join(folder, voice)).filter((file) => file.endsWith(".txt"))) {
    const path = join(folder, voice, name);
    const lines = readFileSync(path, "utf8").split("\n");
    const kept = lines.filter((line) => !/^[->] /u.test(line) || random() < keep);
    writeFileSync(path, kept.join("\n"));
  }
