// The demo's past, whatever the time is when somebody fills it in.
import type { InboxId, QueueId, UserId } from "@yingda/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { demoShop } from "../brain/index.ts";
import { replayHistory } from "../conversations/replay-history.ts";
import { demoHistory } from "./demo-history.ts";

const shop = demoShop();
const agents = new Map(shop.agents.map(({ key, name }) => [key, { id: `id-of-${key}` as UserId, name }]));

function historyAt(now: Date) {
  const places = {
    inboxId: "inbox" as InboxId,
    queueId: "queue" as QueueId,
    agents,
    titles: new Map(),
    botName: "智能助手",
  };
  return demoHistory(shop, { ...places, now, timeZone: "Asia/Shanghai", closesMinute: 1_320 });
}

const anyTime = fc.date({ noInvalidDate: true, min: new Date("2026-01-01"), max: new Date("2030-01-01") });

test("every line lies in the past and after the one before it", () => {
  fc.assert(
    fc.property(anyTime, (now) => {
      for (const { conversations } of historyAt(now).contacts)
        for (const conversation of conversations) {
          const times = replayHistory(conversation).messages.map(({ at }) => at.getTime());
          expect(times).toEqual(times.toSorted((a, b) => a - b));
          expect(times.at(-1)).toBeLessThanOrEqual(now.getTime());
        }
    }),
    { numRuns: 50 },
  );
});

test("a message was left when the shop was closed", () => {
  fc.assert(
    fc.property(anyTime, (now) => {
      const left = historyAt(now)
        .contacts.flatMap(({ conversations }) => conversations)
        .map(replayHistory)
        .filter(({ facts }) => facts.origin === "left-message");
      expect(left.length).toBe(1);
      const hour = Number(
        new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit" }).format(
          left[0]?.beganAt,
        ),
      );
      expect(hour).toBe(22);
    }),
    { numRuns: 50 },
  );
});

test("ends where the shop's file says", () => {
  const now = new Date("2026-11-20T04:00:00Z");
  const ends = historyAt(now).contacts.flatMap(({ conversations }) =>
    conversations.map((one) => replayHistory(one).facts),
  );
  const count = (kind: string) => ends.filter(({ handler }) => handler.kind === kind).length;
  const wanted = (kind: string) => shop.conversations.filter(({ state }) => state.kind === kind).length;
  expect([count("bot"), count("queue"), count("agent"), count("nobody")]).toEqual([
    wanted("bot"),
    wanted("queue"),
    wanted("agent"),
    wanted("resolved"),
  ]);
});
