// `npm run lab -- rehearsal [--data FILE] [--show] [--with-model] [--boldness cautious|balanced|bold]`: scripted conversations
// over throw-away shops, made from the industry packs with their sample values, replayed through the bot, balanced unless told.
// The scripts (lab/data/rehearsal) were written by hand before the bot ran them; the writer of a.jsonl saw only the packs' questions, the writer of b.jsonl their answers, too.
//
// asExpected, contained, containedRoutine, firstContact: shares of conversations; a conversation that may only end with a
// person is left out of contained. wrong: answers from another FAQ than the expected one, or where none was expected;
// wrongOfLines: their share of all lines of customers, as the engine's own goal counts them; wrongOfAnswers: of all answers.
// byFile: asExpected of each file, so of each writer.
//
// With --with-model the same again with a large model of the lab behind the server's own adapter (open-model.ts), at the list
// price of a common one: yuanPerInteraction is what a customer's line costs. A scripted model copies from the passages, so the
// other figures only show that nothing is broken by it.

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { boldnesses, boldnessThresholds } from "@yingda/contract";
import { printResult, round, say } from "../shared/figures.ts";
import { openPricedModel } from "./open-model.ts";
import { type Replayed, replay, type Script } from "./replay.ts";

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    show: { type: "boolean", default: false },
    "with-model": { type: "boolean", default: false },
    boldness: { type: "string", default: "balanced" },
  },
});
const boldness = boldnesses.find((name) => name === values.boldness);
if (boldness === undefined) throw new Error(`--boldness knows ${boldnesses.join(", ")}`);
const thresholds = boldnessThresholds[boldness];
const folder = new URL("../data/rehearsal/", import.meta.url).pathname;
const files =
  values.data === undefined ? readdirSync(folder).map((name) => join(folder, name)) : [values.data];
const scripts = files.flatMap((file) =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => ({ ...(JSON.parse(line) as Script), file: basename(file) })),
);
// one shop after the other, so that each is trained once
const ordered = [...scripts].sort((a, b) => a.pack.localeCompare(b.pack));
const model = values["with-model"] ? await openPricedModel() : null;
const turnModel = model === null ? null : { complete: model.complete, shop: "小店" };
const replayed: Replayed[] = [];
for (const script of ordered) replayed.push(await replay(script, turnModel, thresholds));
await model?.close();
if (values.show) for (const one of replayed) if (!one.isExpected) show(one);

const containable = replayed.filter(({ mayBeContained }) => mayBeContained);
const routine = containable.filter(({ isRoutine }) => isRoutine);
const lines = replayed.reduce((sum, one) => sum + one.lines.length, 0);
const answers = replayed.flatMap(({ lines }) => lines).filter(({ got }) => got === "answered");
const wrong = answers.filter(({ isWrong }) => isWrong).length;
printResult({
  n: replayed.length,
  asExpected: share(replayed, ({ isExpected }) => isExpected),
  wrong,
  wrongOfLines: round(wrong / lines, 4),
  wrongOfAnswers: answers.length === 0 ? 0 : round(wrong / answers.length, 4),
  contained: share(containable, ({ isContained }) => isContained),
  containedRoutine: share(routine, ({ isContained }) => isContained),
  firstContact: share(routine, ({ isExpected }) => isExpected),
  yuanPerInteraction: model === null ? 0 : round(model.yuan / lines, 6),
  lines,
  byFile: Object.fromEntries(
    files.map((file) => {
      const own = replayed.filter(({ script }) => script.file === basename(file));
      return [basename(file), { n: own.length, asExpected: share(own, ({ isExpected }) => isExpected) }];
    }),
  ),
  ...(model !== null && {
    modelCalls: model.calls,
    keptUsed: model.keptUsed,
    yuanPerModelCall: model.calls === 0 ? 0 : round(model.yuan / model.calls, 6),
  }),
});

function share(some: readonly Replayed[], isSo: (one: Replayed) => boolean): number {
  return some.length === 0 ? 0 : round(some.filter(isSo).length / some.length, 4);
}

function show({ script, lines }: Replayed): void {
  say(`${script.pack}`);
  for (const [at, { customer, got, faq, isExpected }] of lines.entries()) {
    const { outcome, faq: wanted } = script.turns[at]?.expect ?? { outcome: [] };
    say(
      `  ${isExpected ? "  " : "✗ "}${customer} → ${got} ${faq ?? ""}   (${[outcome].flat().join("/")} ${wanted ?? ""})`,
    );
  }
}
