// `npm run lab -- peers --data DIR [--data DIR …] [--per business] [--shots N] [--seed 1]`: our engine and NLP.js on the same
// folders in the same run; prints `{set: {ours, nlpjs}}`, each with top1 and top3. NLP.js gets the same phrasings, each under
// the language of its script, and answers with its own classifier; it is installed for this lab only.

import { basename } from "node:path";
import { parseArgs } from "node:util";
import { figuresOf, judgeShops } from "../language/score.ts";
import { drawShots, randomFrom, readSet, type Shop, shopsOf } from "../language/sets.ts";
import { printResult, round, say } from "../shared/figures.ts";
import { rankWithNlpjs } from "./nlpjs.ts";

const { values } = parseArgs({
  options: {
    data: { type: "string", multiple: true },
    per: { type: "string" },
    shots: { type: "string" },
    seed: { type: "string", default: "1" },
  },
});
if (values.data === undefined) throw new Error("which sets? --data DIR [--data DIR …]");
const result: Record<string, unknown> = {};
for (const folder of values.data) {
  const set = readSet(folder);
  if (values.shots !== undefined)
    set.train = drawShots(set.train, Number(values.shots), randomFrom(Number(values.seed)));
  const shops = shopsOf(set, values.per === "business");
  const name = basename(folder) + (values.shots === undefined ? "" : `-${values.shots}`);
  say(`${name}: ours …`);
  const { top1, top3 } = figuresOf(judgeShops(shops));
  say(`${name}: NLP.js …`);
  result[name] = { ours: { top1, top3 }, nlpjs: await figuresOfNlpjs(shops) };
}
printResult(result);

async function figuresOfNlpjs(shops: readonly Shop[]): Promise<{ top1: number; top3: number }> {
  let first = 0;
  let amongThree = 0;
  let total = 0;
  for (const shop of shops) {
    const rank = await rankWithNlpjs(shop.items);
    for (const { text, label } of shop.test) {
      const ranked = await rank(text);
      total += 1;
      if (ranked[0] === label) first += 1;
      if (ranked.slice(0, 3).includes(label)) amongThree += 1;
    }
  }
  return { top1: round(first / total, 4), top3: round(amongThree / total, 4) };
}
