// `npm run lab -- urgency --data DIR`: the shipped model on DIR/test.jsonl, labels normal, complaint, urgent-repair,
// churn-threat, wants-human.

import { parseArgs } from "node:util";
import { urgencies } from "@yingda/language/training";
import { moodOf, scoreMood } from "../language/mood-score.ts";
import { printResult } from "../shared/figures.ts";

const { values } = parseArgs({ options: { data: { type: "string" } } });
if (values.data === undefined) throw new Error("which set? --data DIR");
printResult(scoreMood(values.data, urgencies, (text) => moodOf(text).probabilities.urgency));
