// `npm run lab -- language --data DIR [--per business] [--shots N] [--seed 1] [--perturb KIND] [--show N]`: trains on
// DIR/train.jsonl, tests on DIR/test.jsonl and oos*.jsonl, prints one line of JSON. `--show N` prints N misses before it.

import { parseArgs } from "node:util";
import { printResult, say } from "../shared/figures.ts";
import { isPerturbation, perturbations, perturbed } from "./perturb.ts";
import { figuresOf, judgeShops } from "./score.ts";
import { drawShots, randomFrom, readSet, shopsOf } from "./sets.ts";

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    per: { type: "string" },
    shots: { type: "string" },
    seed: { type: "string", default: "1" },
    perturb: { type: "string" },
    show: { type: "string", default: "0" },
    "no-borrow": { type: "boolean", default: false },
  },
});
const { data, per, perturb } = values;
if (data === undefined) throw new Error("which set? --data DIR");
if (per !== undefined && per !== "business") throw new Error("--per knows one word: business");
if (perturb !== undefined && !isPerturbation(perturb))
  throw new Error(`--perturb knows ${Object.keys(perturbations).join(", ")}`);
const seed = Number(values.seed);
const set = readSet(data);
if (values.shots !== undefined) set.train = drawShots(set.train, Number(values.shots), randomFrom(seed));
createMatcherOnce();
const run = judgeShops(
  shopsOf(set, per === "business"),
  (text, at) => (perturb === undefined ? text : perturbed(text, perturb, seed * 100_003 + at)),
  { borrows: !values["no-borrow"] },
);
for (const { text, label, ids, confidence, outcome } of run.judged
  .filter(({ label, ids }) => label !== null && ids[0] !== label)
  .slice(0, Number(values.show)))
  say(`${text} | ${label} | ${ids.slice(0, 3).join(", ")} | ${confidence.toFixed(2)} ${outcome}`);
printResult(figuresOf(run));

/** The shipped weights are read before the clock starts, as a server does. */
function createMatcherOnce(): void {
  judgeShops([{ items: [{ id: "a", phrasings: ["多久发货"] }], test: [], outside: [] }]);
}
