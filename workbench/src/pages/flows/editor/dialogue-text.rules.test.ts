// A talk that was had becomes a script that says the same; adding and removing leave the other scripts and comments alone.
import { expect, test } from "vitest";
import { parse } from "yaml";
import { addDialogue, removeDialogue, scriptOf, type TalkLine } from "./dialogue-text.ts";

const call = { kind: "tool", tool: "orders.find", effect: "read", input: { orderNumber: "1001" } } as const;
const talk: TalkLine[] = [
  { kind: "customer", text: "查订单 1001" },
  { ...call, answer: { status: "shipped" } },
  { kind: "timer", seconds: 120 },
  { kind: "said", text: "已发货", choices: [] },
  { kind: "event", event: "time-passes" },
  { kind: "ended", outcome: "done" },
];

test("what was said, asked and answered is written, timers are not", () => {
  expect(scriptOf(talk)).toEqual([
    { customer: "查订单 1001" },
    { tool: "orders.find", input: { orderNumber: "1001" }, answer: { status: "shipped" } },
    { bot: "已发货" },
    { event: "time-passes" },
    { ends: "done" },
  ]);
});

test("an answer given by hand has the input of the call that was open", () => {
  const answered = {
    kind: "tool",
    tool: "orders.find",
    effect: "read",
    input: {},
    fails: "refused",
  } as const;
  expect(scriptOf([call, answered])).toEqual([
    { tool: "orders.find", input: { orderNumber: "1001" }, fails: "refused" },
  ]);
});

test("the first makes the text, the next go behind it, and each can be taken away", () => {
  const recorded = { name: "一", locale: "zh", at: "2026-11-23T02:00:00Z", talk } as const;
  const first = addDialogue("", "mine", recorded) ?? "";
  expect(parse(first)).toMatchObject({ flow: "mine", dialogues: [{ name: "一", lines: { length: 5 } }] });
  const second = addDialogue(`# ours\n${first}`, "mine", { ...recorded, name: "二" }) ?? "";
  expect(second).toContain("# ours");
  const names = (text: string) => parse(text).dialogues.map(({ name }: { name: string }) => name);
  expect(names(second)).toEqual(["一", "二"]);
  expect(names(removeDialogue(second, 0))).toEqual(["二"]);
  expect(removeDialogue(first, 0)).toBe("");
  expect(addDialogue("a: [", "mine", recorded)).toBeNull();
});
