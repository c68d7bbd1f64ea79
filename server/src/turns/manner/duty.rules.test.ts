// When the bot answers at all, and when a line of waiting people is a peak.
import { type BotBehaviour, type ConversationId, type PilotMode, usualBehaviour } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { newId } from "../../platform/ids.ts";
import { dutyOf, isInShare } from "./duty.ts";
import { tellIdentity } from "./identity.ts";
import { judgePeak } from "./peak.ts";

const conversationId = newId<ConversationId>();
const duty = (changes: Partial<BotBehaviour>, availability: "open" | "closed" = "open", isOn = true) =>
  dutyOf({ isOn, behaviour: { ...usualBehaviour, ...changes }, availability, conversationId });
const pilot = (mode: PilotMode, percent = 10) => ({ pilot: { mode, percent, userIds: [] } });

test("hours", () => {
  expect(duty({})).toBe("answers");
  expect(duty({}, "open", false)).toBe("off");
  expect([duty({ hours: "off-hours" }), duty({ hours: "off-hours" }, "closed")]).toEqual(["off", "answers"]);
  expect([duty({ hours: "open-hours" }), duty({ hours: "open-hours" }, "closed")]).toEqual([
    "answers",
    "off",
  ]);
});

test("trial", () => {
  expect(duty(pilot("off"))).toBe("off");
  expect(duty(pilot("suggest"))).toBe("drafts");
  expect([duty(pilot("off-hours")), duty(pilot("off-hours"), "closed")]).toEqual(["drafts", "answers"]);
  expect(duty(pilot("share", 100))).toBe("answers");
});

test("a share is about that share, the same each time, and only grows", () => {
  const ids = Array.from({ length: 2_000 }, () => newId<ConversationId>());
  const inTen = ids.filter((id) => isInShare(id, 10));
  expect(inTen.length).toBeGreaterThan(130);
  expect(inTen.length).toBeLessThan(270);
  expect(inTen.every((id) => isInShare(id, 30) && isInShare(id, 10))).toBe(true);
});

describe("peak", () => {
  const limits = { isOn: true, longerThan: 5, waitMinutes: 5 };
  const line = (waiting: number, minutes: number | null = null) => ({
    availability: "queueing" as const,
    place: waiting + 1,
    expectedWaitSeconds: minutes === null ? null : minutes * 60,
  });

  test("begins above the limits, ends well below them", () => {
    expect(judgePeak(false, line(5), limits)).toBe(false);
    expect(judgePeak(false, line(6), limits)).toBe(true);
    expect(judgePeak(true, line(4), limits)).toBe(true);
    expect(judgePeak(true, line(2), limits)).toBe(false);
    expect(judgePeak(false, line(1, 6), limits)).toBe(true);
    expect(judgePeak(true, line(1, 2), limits)).toBe(false);
  });

  test("never while it is switched off or nobody serves", () => {
    expect(judgePeak(true, line(50), { ...limits, isOn: false })).toBe(false);
    expect(judgePeak(true, { ...line(50), availability: "closed" }, limits)).toBe(false);
  });
});

test("the notice stands at the head of the first words, or alone", () => {
  expect(tellIdentity([{ kind: "text", text: "您好" }], "我是 AI。")).toEqual([
    { kind: "text", text: "我是 AI。\n您好" },
  ]);
  const place = { kind: "location" as const, latitude: 0, longitude: 0, label: "店" };
  expect(tellIdentity([place], "我是 AI。")).toEqual([{ kind: "text", text: "我是 AI。" }, place]);
  expect(tellIdentity([], "我是 AI。")).toEqual([]);
  expect(tellIdentity([place], null)).toEqual([place]);
});
