// Figures of a trial and what an owner is told to do next.
import { type BotBehaviour, type ConversationId, type DraftFigures, pilotBounds } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { nextStep } from "./next-step.ts";
import {
  type BotPart,
  type DraftCount,
  draftFiguresOf,
  figuresOf,
  type ServedConversation,
  sideOf,
} from "./pilot-figures.ts";

const at = (seconds: number) => new Date(1_700_000_000_000 + seconds * 1_000);
const served = (changes: Partial<ServedConversation> = {}): ServedConversation => ({
  id: "c" as ConversationId,
  createdAt: at(0),
  botRepliedAt: null,
  agentRepliedAt: null,
  isResolved: false,
  disposition: null,
  handoffReason: null,
  rating: null,
  resolution: null,
  cameBack: false,
  ...changes,
});
const part = (changes: Partial<BotPart> = {}): BotPart => ({
  hasSpoken: false,
  handedOver: false,
  pressedNotSolved: false,
  hasDraft: false,
  ...changes,
});

describe("who served", () => {
  test("the bot where it decided, people with a draft they saw, else people alone", () => {
    expect(sideOf(served(), part({ hasSpoken: true, hasDraft: true }))).toBe("bot");
    expect(sideOf(served({ handoffReason: "asked-for-human" }), part({ handedOver: true }))).toBe("bot");
    expect(sideOf(served({ handoffReason: "bot-off" }), part({ handedOver: true }))).toBe("people");
    expect(
      sideOf(served({ handoffReason: "bot-on-trial" }), part({ handedOver: true, hasDraft: true })),
    ).toBe("drafts");
    expect(sideOf(served(), part())).toBe("people");
  });

  test("a mere 'connecting you' is no first reply of people", () => {
    const one = { ...served({ botRepliedAt: at(1), agentRepliedAt: at(61) }), ...part() };
    expect(figuresOf("people", [one]).firstReplySeconds).toBe(61);
    expect(figuresOf("bot", [one]).firstReplySeconds).toBe(1);
    const waiting = { ...served({ botRepliedAt: at(1) }), ...part() };
    expect(figuresOf("people", [waiting]).firstReplySeconds).toBeNull();
  });

  test("solved is ended as solved and left alone; spam counts nowhere", () => {
    const end = { isResolved: true, disposition: "solved" as const };
    const all = [
      served({ ...end, resolution: "assumed" }),
      served({ ...end, resolution: "handed-over", rating: 5 }),
      served({ ...end, resolution: "handed-over", cameBack: true }),
      served({ ...end, resolution: "confirmed", rating: 2 }),
      served({ isResolved: true, disposition: "spam" }),
      served(),
    ].map((one) => ({ ...one, ...part() }));
    expect(figuresOf("bot", all)).toMatchObject({
      conversations: 5,
      ended: 4,
      solved: 2,
      solvedByBot: 1,
      handedOver: 2,
      disliked: 1,
      rated: 2,
      ratingMean: 3.5,
      reopened: 1,
    });
  });
});

const counted = (changes: Partial<DraftCount>): DraftCount => ({
  route: "answer",
  result: "open",
  mark: null,
  isWrongRoute: false,
  wasShown: true,
  count: 1,
  ...changes,
});

test("only texts that were seen are judged; a mark is the stronger word", () => {
  const figures = draftFiguresOf([
    counted({ result: "unchanged", count: 6 }),
    counted({ result: "edited", count: 2 }),
    counted({ result: "own" }),
    counted({ result: "own", mark: "answer" }),
    counted({ result: "own", wasShown: false, count: 9 }),
    counted({ route: "person", result: "own", isWrongRoute: true }),
    counted({ route: "person", result: "own", count: 3 }),
    counted({ result: "replaced", count: 50 }),
    counted({ wasShown: null, count: 2 }),
  ]);
  expect(figures).toMatchObject({
    made: { answer: 21, person: 4 },
    open: 2,
    unchanged: 6,
    edited: 2,
    own: 1,
    wrongAnswers: 1,
    wrongRoutes: 1,
    judged: 10,
    unchangedShare: 0.6,
    routed: 23,
  });
});

describe("the next step", () => {
  const nobody = figuresOf("bot", []);
  const sides = (bot: Partial<typeof nobody>) => ({
    bot: { ...nobody, ...bot },
    drafts: nobody,
    people: nobody,
  });
  const drafts = (changes: Partial<DraftFigures> = {}): DraftFigures => ({
    ...draftFiguresOf([]),
    judged: 50,
    unchanged: 41,
    routed: 60,
    ...changes,
  });
  const pilot = (mode: BotBehaviour["pilot"]["mode"], percent = 10) => ({ mode, percent, userIds: [] });
  const after = (changes: Partial<DraftFigures>, mode: "suggest" | "named" = "suggest") =>
    nextStep(pilot(mode), true, { sides: sides({}), drafts: drafts(changes) });
  const answering = (bot: Partial<typeof nobody>, mode: "off-hours" | "share" = "share", percent = 10) =>
    nextStep(pilot(mode, percent), true, { sides: sides(bot), drafts: drafts() });

  test("drafts: wait, mend, then off hours", () => {
    expect(after({ judged: 49 })).toMatchObject({ kind: "wait", count: 49, enough: 50 });
    expect(after({})).toMatchObject({
      kind: "widen",
      to: { mode: "off-hours" },
      count: 50,
      percent: 82,
      because: "drafts",
    });
    expect(after({}, "named")).toMatchObject({ kind: "widen" });
    expect(after({ wrongAnswers: 6 })).toMatchObject({ kind: "mend", because: "wrong-answers", percent: 12 });
    expect(after({ wrongRoutes: 7 })).toMatchObject({ kind: "mend", because: "wrong-routes" });
    expect(after({ unchanged: 30, edited: 8 })).toMatchObject({ kind: "mend", because: "drafts" });
    expect(after({ unchanged: 30, edited: 10 })).toMatchObject({ kind: "widen" });
  });

  test("answers: off hours, a share that grows, everybody", () => {
    const good = { ended: 30, solvedByBot: 20, disliked: 1 };
    expect(answering({ ended: 29, solvedByBot: 29 })).toMatchObject({ kind: "wait", count: 29 });
    expect(answering(good, "off-hours")?.to).toEqual({ mode: "share", percent: 10 });
    expect(answering(good)?.to).toEqual({ mode: "share", percent: 30 });
    expect(answering(good, "share", 45)?.to).toEqual({ mode: "share", percent: 60 });
    expect(answering(good, "share", 60)?.to).toMatchObject({ mode: "all" });
    expect(answering({ ...good, disliked: 4 })).toMatchObject({ kind: "mend", because: "disliked" });
    expect(answering({ ...good, solvedByBot: 14 })).toMatchObject({ kind: "mend", because: "answers" });
  });

  test("nothing where no trial can go on, a beginning where it is off", () => {
    const facts = { sides: sides({}), drafts: drafts() };
    expect(nextStep(pilot("suggest"), false, facts)).toBeNull();
    expect(nextStep(pilot("off"), true, facts)).toMatchObject({ kind: "widen", to: { mode: "suggest" } });
    expect(nextStep(pilot("all"), true, facts)).toMatchObject({ kind: "done", to: null });
    expect(pilotBounds.drafts).toBe(50);
  });
});
