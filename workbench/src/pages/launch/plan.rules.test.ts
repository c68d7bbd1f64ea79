// The lines of the launch plan tick by facts, and by nothing else.
import { type Inbox, usualBehaviour } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { type PlanFacts, planDone, planLines } from "./plan.ts";

const inbox = (mode: "all" | "share", isOn = true) => ({
  bot: { isOn } as Inbox["bot"],
  behaviour: { ...usualBehaviour, pilot: { ...usualBehaviour.pilot, mode } },
});
const nothing: PlanFacts = {
  hasFaqs: false,
  hasHours: false,
  blanks: [
    { key: "a", label: "a", labelEn: "a", sample: "x", value: null, usedBy: 2, isShopName: false },
    { key: "b", label: "b", labelEn: "b", sample: "x", value: null, usedBy: 0, isShopName: false },
  ],
  inboxes: [inbox("all", false)],
  runs: [],
  cases: [],
  gaps: { open: 0, decided: 0 },
  resolution: {
    from: "",
    to: "",
    counts: { confirmed: 0, assumed: 0, reopened: 0, "handed-over": 0, abandoned: 0 },
    open: 0,
    solvedShare: null,
  },
};
const ended = (solved: number, others: number): PlanFacts["resolution"] => ({
  ...nothing.resolution,
  counts: { ...nothing.resolution.counts, confirmed: solved, "handed-over": others },
  solvedShare: solved / (solved + others),
});
const ticked = (facts: Partial<PlanFacts>) =>
  Object.entries(planDone({ ...nothing, ...facts })).flatMap(([name, isDone]) => (isDone ? [name] : []));

describe("ticked", () => {
  test("nothing in an empty shop, and every line has a rule", () => {
    expect(ticked({})).toEqual([]);
    expect(Object.keys(planDone(nothing)).sort()).toEqual(planLines.map(({ name }) => name).sort());
  });

  test("an unused blank may stay empty", () => {
    const filled = (value: string) => nothing.blanks.map((one) => (one.usedBy > 0 ? { ...one, value } : one));
    expect(ticked({ blanks: filled("7 天") })).toEqual(["blanks"]);
    expect(ticked({ blanks: filled(" ") })).toEqual([]);
  });

  test("a trial, then enough conversations, then everybody", () => {
    expect(ticked({ inboxes: [inbox("share")] })).toEqual(["bot", "trial"]);
    expect(ticked({ inboxes: [inbox("all")], resolution: ended(20, 10) })).toEqual(["bot", "trial", "seen"]);
    expect(ticked({ inboxes: [inbox("all")], resolution: ended(60, 40) })).toEqual([
      "bot",
      "trial",
      "seen",
      "everyone",
      "solved",
    ]);
    expect(ticked({ inboxes: [inbox("all"), inbox("share")], resolution: ended(40, 60) })).toEqual([
      "bot",
      "trial",
      "seen",
    ]);
  });

  test("the weekly look needs gaps decided and none open", () => {
    expect(ticked({ gaps: { open: 2, decided: 5 } })).toEqual(["gaps"]);
    expect(ticked({ gaps: { open: 0, decided: 5 } })).toEqual(["gaps", "weekly"]);
  });
});
