// `npm run lab -- off-hours [--data FILE] [--show]`: a hundred scripted visitors at night, when nobody is there, over throw-away shops
// made from the industry packs with their sample values; against the bare leave-message form.
//
// A visitor (lab/data/off-hours, written by hand before the bot ran) says some lines; `faq` is what would solve a line. `patience`
// is how many messages in a row that do not help are borne; `fillsForm`: would fill the bare form in, as the first thing
// seen; `leavesContact`: would leave a message when the bot offers it after trying. The last two are assumptions, thirty
// and thirty-nine of a hundred: the share of lost visitors rests on them, the share of solved ones does not.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { printResult, say } from "../shared/figures.ts";
import { type NightVisitor, visit } from "./visit.ts";

const { values } = parseArgs({
  options: { data: { type: "string" }, show: { type: "boolean", default: false } },
});
const file = values.data ?? new URL("../data/off-hours/visitors.jsonl", import.meta.url).pathname;
const visitors = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => JSON.parse(line) as NightVisitor)
  .sort((a, b) => a.pack.localeCompare(b.pack));
const ended = visitors.map((visitor) => ({ visitor, ...visit(visitor) }));
if (values.show)
  for (const { visitor, end, heard } of ended)
    if (end !== "solved") say(`${end}  ${visitor.pack}: ${heard.join(" | ")}`);

const count = (end: (typeof ended)[number]["end"]) => ended.filter((one) => one.end === end).length;
printResult({
  n: ended.length,
  solved: count("solved"),
  captured: count("captured"),
  lost: count("lost"),
  lostWithForm: visitors.filter(({ fillsForm }) => !fillsForm).length,
});
