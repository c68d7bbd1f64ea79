// `npm run lab -- sentiment --data DIR`: the shipped model on DIR/test.jsonl, labels negative, neutral, positive.

import { parseArgs } from "node:util";
import { sentiments } from "@yingda/language/training";
import { moodOf, scoreMood } from "../language/mood-score.ts";
import { printResult } from "../shared/figures.ts";

const { values } = parseArgs({ options: { data: { type: "string" } } });
if (values.data === undefined) throw new Error("which set? --data DIR");
printResult(scoreMood(values.data, sentiments, (text) => moodOf(text).probabilities.sentiment));
