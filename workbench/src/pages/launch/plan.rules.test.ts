// The lines of the launch plan tick by facts, and by nothing else.
import { type Inbox, type PilotMode, type PilotReport, usualBehaviour } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { type PlanFacts, planDone, planLines } from "./plan.ts";

const inbox = (mode: PilotMode, isOn = true) => ({
  bot: { isOn } as Inbox["bot"],
  behaviour: { ...usualBehaviour, pilot: { ...usualBehaviour.pilot, mode } },
});
const side: PilotReport["sides"]["bot"] = {
  conversations: 0,
  ended: 0,
  firstReplySeconds: null,
  solved: 0,
  solvedByBot: 0,
  handedOver: 0,
  disliked: 0,
  rated: 0,
  ratingMean: null,
  reopened: 0,
};
const noDrafts: PilotReport["drafts"] = {
  made: { answer: 0, "ask-back": 0, person: 0 },
  open: 0,
  unchanged: 0,
  edited: 0,
  own: 0,
  ignored: 0,
  wrongAnswers: 0,
  wrongRoutes: 0,
  judged: 0,
  unchangedShare: null,
  routed: 0,
};
const drafted = (judged: number, wrongRoutes = 0, wrongAnswers = 0): PlanFacts["pilot"] => ({
  sides: { bot: side, drafts: side, people: side },
  drafts: { ...noDrafts, judged, routed: judged, wrongRoutes, wrongAnswers },
});
const answered = (ended: number, disliked: number): PlanFacts["pilot"] => ({
  sides: { bot: { ...side, ended, disliked }, drafts: side, people: side },
  drafts: noDrafts,
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
  pilot: drafted(0),
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

  test("a pilot of drafts ticks by what people did with them; switched off is no pilot", () => {
    expect(ticked({ inboxes: [inbox("suggest")] })).toEqual(["bot", "trial"]);
    expect(ticked({ inboxes: [inbox("named")] })).toEqual(["bot", "trial"]);
    expect(ticked({ inboxes: [inbox("off")] })).toEqual(["bot"]);
    expect(ticked({ pilot: drafted(49) })).toEqual([]);
    expect(ticked({ pilot: drafted(50, 5, 5) })).toEqual(["drafts", "right"]);
    expect(ticked({ pilot: drafted(50, 6) })).toEqual(["drafts"]);
    expect(ticked({ pilot: drafted(50, 0, 6) })).toEqual(["drafts"]);
  });

  test("whoever began with everybody is judged by the bot's own conversations", () => {
    expect(ticked({ pilot: answered(29, 0) })).toEqual([]);
    expect(ticked({ pilot: answered(30, 3) })).toEqual(["drafts", "right"]);
    expect(ticked({ pilot: answered(30, 4) })).toEqual(["drafts"]);
  });

  test("the weekly look needs gaps decided and none open", () => {
    expect(ticked({ gaps: { open: 2, decided: 5 } })).toEqual(["gaps"]);
    expect(ticked({ gaps: { open: 0, decided: 5 } })).toEqual(["gaps", "weekly"]);
  });
});
