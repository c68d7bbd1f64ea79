import type { Conversation } from "@yingda/contract";
import { expect, test } from "vitest";
import { applyEvents, emptyView, putConversations } from "./reduce.ts";
import { isQuiet, signalsOf } from "./signal-rules.ts";
import { someConversation, someMessage } from "./testing.ts";

const context = { me: "me", presence: "available" as const, isOwnDoing: () => false };
const toMe = { kind: "agent", agentId: "me" } as Conversation["handler"];
const toBot = { kind: "bot" } as const;
const view = putConversations(
  emptyView,
  [someConversation("mine", { handler: toMe }), someConversation("bot", { handler: toBot })],
  0,
);
const changed = (id: string, change: Partial<Conversation>) => ({
  kind: "conversation" as const,
  conversation: someConversation(id, { version: 2, ...change }),
});

test("a message of my contact is heard, one with the bot or of my own is not", () => {
  const heard = (id: string, change = {}) =>
    signalsOf([{ kind: "message", message: someMessage(id, 2, change) }], view, context);
  expect(heard("mine")).toEqual([{ kind: "new-message", conversationId: "mine" }]);
  expect(heard("bot")).toEqual([]);
  expect(heard("mine", { kind: "outbound" })).toEqual([]);
});

test("a conversation that comes into the queue or to me is new; one that was there is not", () => {
  const queued = { kind: "queue", queueId: "q" } as Conversation["handler"];
  expect(signalsOf([changed("bot", { handler: queued })], view, context)).toHaveLength(1);
  expect(signalsOf([changed("bot", { handler: toMe })], view, context)).toHaveLength(1);
  expect(signalsOf([changed("mine", { handler: toMe })], view, context)).toEqual([]);
  expect(signalsOf([changed("bot", { handler: queued })], view, { ...context, presence: "busy" })).toEqual(
    [],
  );
});

test("my own claim makes no sound, an offer to me always does, one to a colleague never", () => {
  const isOwnDoing = (id: string) => id === "bot";
  expect(signalsOf([changed("bot", { handler: toMe })], view, { ...context, isOwnDoing })).toEqual([]);
  const offer = (agentId: string) => ({
    kind: "offer" as const,
    offer: {
      conversationId: "bot" as never,
      agentId: agentId as never,
      offeredAt: "",
      expiresAt: "",
      skillMiss: null,
    },
  });
  expect(signalsOf([offer("me")], view, context)).toHaveLength(1);
  expect(signalsOf([offer("you")], view, context)).toEqual([]);
});

test("one conversation gives one signal per batch", () => {
  const events = [2, 3, 4].map((seq) => ({ kind: "message" as const, message: someMessage("mine", seq) }));
  expect(signalsOf(events, view, context)).toHaveLength(1);
  expect(applyEvents(view, events).tick).toBe(view.tick + 3);
});

test("quiet hours may pass midnight", () => {
  expect(isQuiet(23 * 60, 22 * 60, 7 * 60)).toBe(true);
  expect(isQuiet(3 * 60, 22 * 60, 7 * 60)).toBe(true);
  expect(isQuiet(12 * 60, 22 * 60, 7 * 60)).toBe(false);
  expect(isQuiet(12 * 60, 12 * 60, 13 * 60)).toBe(true);
  expect(isQuiet(0, 0, 0)).toBe(false);
});
