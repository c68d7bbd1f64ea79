// The ten flows that ship: every file reads, checks without a problem, comes back from YAML the same, and starts on the
// messages that it is for.

import { readdirSync, readFileSync } from "node:fs";
import { corpusIntent } from "@yingda/language";
import { describe, expect, test } from "vitest";
import { flowSaid, flowStartedBy } from "../run/start.ts";
import { checkFlow } from "./check-flow.ts";
import { type Flow, slotTypes } from "./flow.ts";
import { explainProblem } from "./problems.ts";
import { readFlow, writeFlow } from "./read-flow.ts";
import { branchesOf } from "./steps.ts";
import { flowTools } from "./tools.ts";

const folder = new URL("../../../../../templates/flows/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));

function flowIn(file: string): Flow {
  const read = readFlow(readFileSync(new URL(file, folder), "utf8"));
  if (read.kind === "refused")
    throw new Error(read.problems.map((each) => explainProblem(each).en).join("\n"));
  return read.flow;
}

test("ten flows ship", () => {
  expect(files.length).toBe(10);
});

describe.each(files)("%s", (file) => {
  const flow = flowIn(file);

  test("is named as its file and ready to publish", () => {
    expect(`${flow.id}.yaml`).toBe(file);
    expect(checkFlow(flow, flowTools)).toEqual([]);
  });

  test("comes back the same from YAML", () => {
    expect(readFlow(writeFlow(flow))).toEqual({ kind: "read", flow });
  });

  test("starts by intents that the corpus has", () => {
    expect(flow.starts.intents.filter((intent) => corpusIntent(intent) === null)).toEqual([]);
  });

  test("has a person or an end behind every way", () => {
    const ends = flow.steps.filter((step) => branchesOf(step).length === 0);
    expect(ends.length).toBeGreaterThan(0);
  });
});

test.each([
  ["我要退货", "return-refund"],
  ["I want a refund", "return-refund"],
  ["帮我查快递到哪了", "parcel-tracking"],
  ["想换个尺码", "exchange-size"],
  ["can I change the delivery address?", "address-change"],
  ["我要开发票", "invoice"],
  ["你好", null],
])("%s starts %s", (text, id) => {
  const flows = files.map(flowIn);
  expect(flowStartedBy(flows, { text, intents: [] })?.id ?? null).toBe(id);
});

test("an intent starts a flow when no phrase does, the best first", () => {
  const flows = files.map(flowIn);
  const started = flowStartedBy(flows, {
    text: "…",
    intents: ["common.hours", "order.urge-shipping", "order.exchange"],
  });
  expect(started?.id).toBe("urge-shipping");
});

test("the flows use every kind of slot but money, which no tool of theirs takes", () => {
  const used = new Set(files.flatMap((file) => flowIn(file).slots.map(({ type }) => type)));
  expect(slotTypes.filter((type) => !used.has(type))).toEqual(["money"]);
});

test("a phrase of which nothing can be heard starts nothing", () => {
  const [flow] = files.map(flowIn);
  if (flow === undefined) throw new Error("no flow ships");
  const silent = { ...flow, starts: { intents: [], phrases: { zh: ["\u200b"], en: ["?"] } } };
  expect(flowStartedBy([silent], { text: "你们几点开门", intents: [] })).toBeNull();
  expect(flowSaid([silent], "！！！")).toBeNull();
});
