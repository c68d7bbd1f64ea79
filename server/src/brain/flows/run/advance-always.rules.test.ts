// What holds for every run of every shipped flow, whatever happens in whatever order: nothing is thrown, nothing is done
// without a yes to its own question, nothing twice for one yes, no blank is spoken, every run ends.

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Flow, SlotType } from "../definition/flow.ts";
import { readFlow } from "../definition/read-flow.ts";
import { advance, mostEvents, startFlow } from "./advance.ts";
import { type Advanced, type FlowEvent, type FlowRun, readRun } from "./flow-run.ts";
import { readYesNo } from "./yes-no.ts";

const folder = new URL("../../../../../templates/flows/", import.meta.url);
const flows = readdirSync(folder)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => {
    const read = readFlow(readFileSync(new URL(file, folder), "utf8"));
    if (read.kind === "refused") throw new Error(`${file} cannot be read`);
    return read.flow;
  });
const deps = { now: new Date("2026-11-23T02:00:00Z"), timeZone: "Asia/Shanghai" };

const said = [
  "订单20261120001",
  "20261120002",
  "不对，是20261120003",
  "no, the other order",
  "好的",
  "yes",
  "不要",
  "no",
  "算了",
  "SF1234567890123",
  "退货",
  "不喜欢",
  "质量问题",
  "13800000101",
  "明天下午三点，两位",
  "后天",
  "第一个",
  "2",
  "L",
  "actually XL",
  "深圳市南山区科技园科苑路15号",
  "li@example.com",
  "个人",
  "my company",
  "我叫{{order}}",
  "{{found.status}}",
  "没有",
  "E4",
  "改成周日",
  "91330106MA2CXXXX5K",
  "好了",
  "运费多少？",
  "",
  "\u0000",
  "__proto__",
  "可以吗",
];
const fields = {
  number: "20261120001",
  status: "paid",
  item: "马克杯",
  isAllowed: true,
  needsService: false,
  meaning: "进水超时",
  steps: "打开水龙头",
  amount: { amountMinor: 100, currency: "CNY" },
  size: "M",
  requestNumber: "R1",
  address: "某地",
  sizes: [
    { value: "L", label: "L" },
    { value: "XL", label: "XL" },
  ],
  times: [{ value: "15:00", label: "15:00" }],
  lastPlace: "杭州",
  lastAt: "2026-11-22",
  bookingNumber: "B1",
  parcelNumber: "SF1234567890123",
};

type Move =
  | { kind: "said"; text: string; photos: string[] }
  | { kind: "answer"; isStale: boolean; fields: Record<string, unknown> }
  | { kind: "failure"; why: "not-found" | "refused" | "unavailable" }
  | { kind: "timer"; isStale: boolean }
  | { kind: "asked-something-else" }
  /** What a willing customer and a working tool would do now. */
  | { kind: "fitting" };

const fittingWords: Record<SlotType, string> = {
  text: "91330106MA2CXXXX5K",
  number: "2",
  money: "99元",
  date: "后天",
  "order-number": "订单20261120001",
  "parcel-number": "SF1234567890123",
  phone: "13800000101",
  "e-mail": "li@example.com",
  choice: "1",
  "yes-no": "好的",
  address: "深圳市南山区科技园科苑路15号",
  photo: "没有",
};

const anyValue = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.object({ maxDepth: 1 }),
);
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("said" as const),
      text: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...said) },
        { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) },
      ),
      photos: fc.constantFrom<string[][]>([], [], [], ["media-1"]) as fc.Arbitrary<string[]>,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("answer" as const),
      isStale: fc.constantFrom(false, false, false, true),
      fields: fc.oneof(
        fc.constant<Record<string, unknown>>(fields),
        fc.dictionary(fc.constantFrom(...Object.keys(fields), "__proto__", "constructor"), anyValue),
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("failure" as const),
      why: fc.constantFrom("not-found" as const, "refused" as const, "unavailable" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("timer" as const), isStale: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ kind: "asked-something-else" as const }) },
  { weight: 24, arbitrary: fc.constant({ kind: "fitting" as const }) },
);

function eventOf(flow: Flow, each: Move, { waitingFor, timer, step }: FlowRun): FlowEvent {
  const pending = waitingFor.kind === "tool" ? waitingFor.callId : "none";
  if (each.kind === "answer")
    return {
      kind: "tool-answered",
      callId: each.isStale ? "run:old:1" : pending,
      answer: { kind: "result", fields: each.fields },
    };
  if (each.kind === "failure")
    return { kind: "tool-answered", callId: pending, answer: { kind: "failure", why: each.why } };
  if (each.kind === "fitting") {
    if (waitingFor.kind === "tool")
      return { kind: "tool-answered", callId: pending, answer: { kind: "result", fields } };
    if (waitingFor.kind === "confirmation") return { kind: "said", text: "好的" };
    const at = flow.steps.find(({ id }) => id === step);
    const slot = at?.kind === "ask" ? flow.slots.find(({ id }) => id === at.slot) : undefined;
    return { kind: "said", text: slot === undefined ? "2" : fittingWords[slot.type] };
  }
  if (each.kind === "timer") return { kind: "timer", timerId: each.isStale ? timer - 1 : timer };
  return each;
}

/** Judges one step of a run. Keys are collected over the whole run. */
function judge(
  before: FlowRun | null,
  event: FlowEvent | null,
  { state, actions }: Advanced,
  keys: Set<string>,
): void {
  for (const action of actions) {
    if ("text" in action) expect(action.text).not.toMatch(/\{\{|\}\}|undefined|\[object/u);
    if (action.kind === "say") expect(action.text.trim()).not.toBe("");
    const key = action.kind === "request-ticket" ? action.key : "callId" in action ? action.callId : null;
    if (key !== null) {
      expect(keys.has(key)).toBe(false);
      keys.add(key);
    }
  }
  const effects = actions.filter(({ kind }) => kind === "do-tool");
  expect(effects.length).toBeLessThanOrEqual(1);
  if (effects.length === 1) {
    expect(before?.waitingFor.kind).toBe("confirmation");
    expect(event?.kind === "said" ? readYesNo(event.text) : null).toBe("yes");
  }
  const endings = actions.filter(({ kind }) => kind === "ended").length;
  expect(endings).toBe(state === null ? 1 : 0);
  if (state !== null) expect(readRun(JSON.parse(JSON.stringify(state)))).toEqual(state);
}

test("any order of events is safe and ends", () => {
  let effects = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...flows),
      fc.constantFrom("zh" as const, "en" as const),
      fc.constantFrom(...said),
      fc.array(move, { minLength: 10, maxLength: 60 }),
      (flow, locale, text, moves) => {
        const keys = new Set<string>();
        let step = startFlow(flow, { runId: "run", locale, text }, deps);
        judge(null, null, step, keys);
        for (let at = 0; step.state !== null; at += 1) {
          expect(at).toBeLessThanOrEqual(mostEvents);
          const before = step.state;
          const frozen = JSON.stringify(before);
          const event = eventOf(flow, moves[at % moves.length] as Move, before);
          step = advance(flow, before, event, deps);
          expect(JSON.stringify(before)).toBe(frozen);
          judge(before, event, step, keys);
          effects += step.actions.filter(({ kind }) => kind === "do-tool").length;
        }
      },
    ),
    { numRuns: 250 },
  );
  expect(effects).toBeGreaterThan(10); // the runs did get as far as acting
});
