import fc from "fast-check";
import { expect, test } from "vitest";
import {
  applyEphemeral,
  applyEvents,
  emptyView,
  endTyping,
  forgetThreads,
  hasGap,
  markReadHere,
  putConversations,
  putSnapshot,
  putThread,
  replaceThread,
} from "./reduce.ts";
import { someConversation, someMessage } from "./testing.ts";

const numbersOf = (view: typeof emptyView, id = "a") => view.threads.get(id)?.map((message) => message.seq);

test("a fetch that began before an event does not bring back what was older", () => {
  const sinceTick = emptyView.tick;
  const live = applyEvents(emptyView, [
    { kind: "conversation", conversation: someConversation("a", { tags: ["VIP"] }) },
  ]);
  const overtaken = putConversations(live, [someConversation("a")], sinceTick);
  expect(overtaken.conversations.get("a")?.tags).toEqual(["VIP"]);
  const later = putConversations(live, [someConversation("a")], live.tick);
  expect(later.conversations.get("a")?.tags).toEqual([]);
});

test("a fetch with a newer version wins, one with an older version never does", () => {
  const live = applyEvents(emptyView, [
    { kind: "conversation", conversation: someConversation("a", { version: 5 }) },
  ]);
  expect(
    putConversations(live, [someConversation("a", { version: 4 })], live.tick).conversations.get("a")
      ?.version,
  ).toBe(5);
  expect(
    putConversations(live, [someConversation("a", { version: 6 })], 0).conversations.get("a")?.version,
  ).toBe(6);
});

test("an older event never replaces a newer conversation", () => {
  const view = applyEvents(emptyView, [
    { kind: "conversation", conversation: someConversation("a", { version: 3, status: "resolved" }) },
    { kind: "conversation", conversation: someConversation("a", { version: 2 }) },
  ]);
  expect(view.conversations.get("a")?.status).toBe("resolved");
});

test("pages and events in any order give the same thread, without doubles", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 8 }), fc.nat(7), (order, cut) => {
      const opened = putThread(emptyView, "a", [], false);
      const byEvents = applyEvents(
        opened,
        order.slice(0, cut).map((seq) => ({ kind: "message", message: someMessage("a", seq) })),
      );
      const rest = order.slice(cut).toSorted((a, b) => a - b);
      const all = putThread(
        byEvents,
        "a",
        rest.map((seq) => someMessage("a", seq)),
        false,
      );
      expect(numbersOf(all)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(hasGap(all.threads.get("a") ?? [])).toBe(false);
    }),
  );
});

test("a message of a thread that was never opened is not kept", () => {
  const view = applyEvents(emptyView, [{ kind: "message", message: someMessage("b", 1) }]);
  expect(view.threads.has("b")).toBe(false);
});

test("a hole in a thread is seen, and replacing it leaves only the page", () => {
  const view = putThread(emptyView, "a", [someMessage("a", 1), someMessage("a", 4)], true);
  expect(hasGap(view.threads.get("a") ?? [])).toBe(true);
  const renewed = replaceThread(view, "a", [someMessage("a", 3), someMessage("a", 4)], true);
  expect(numbersOf(renewed)).toEqual([3, 4]);
  expect(renewed.hasOlder.has("a")).toBe(true);
});

test("only the oldest page says whether there are older ones", () => {
  const newest = putThread(emptyView, "a", [someMessage("a", 51)], true);
  const older = putThread(newest, "a", [someMessage("a", 1)], false);
  expect(older.hasOlder.has("a")).toBe(false);
  const renewed = putThread(older, "a", [someMessage("a", 52)], true);
  expect(renewed.hasOlder.has("a")).toBe(false);
});

test("typing ends with the message, with a word, or by itself", () => {
  const typing = {
    kind: "typing",
    conversationId: "a",
    who: "contact",
    userId: null,
    name: "",
    isTyping: true,
  } as const;
  const begun = applyEphemeral(emptyView, typing, 1_000);
  expect(begun.typing.has("a")).toBe(true);
  expect(applyEvents(begun, [{ kind: "message", message: someMessage("a", 1) }]).typing.has("a")).toBe(false);
  expect(applyEphemeral(begun, { ...typing, isTyping: false }, 2_000).typing.has("a")).toBe(false);
  expect(endTyping(begun, 8_999).typing.has("a")).toBe(true);
  expect(endTyping(begun, 9_000).typing.has("a")).toBe(false);
  expect(endTyping(begun, 8_999)).toBe(begun);
});

test("the bot's draft goes when its message comes", () => {
  const writing = applyEphemeral(
    emptyView,
    { kind: "bot-delta", conversationId: "a", turnId: "t", text: "发货" },
    0,
  );
  expect(writing.deltas.get("a")).toBe("发货");
  const answer = someMessage("a", 2, { kind: "outbound", author: { kind: "bot", id: null, name: "助手" } });
  expect(applyEvents(writing, [{ kind: "message", message: answer }]).deltas.has("a")).toBe(false);
});

test("a snapshot replaces presences and offers", () => {
  const before = putSnapshot(emptyView, {
    counts: { queue: 1, attention: 0, bot: 0, byAgent: {} },
    presences: { x: "busy" },
    offers: [],
  });
  const after = putSnapshot(before, {
    counts: { queue: 2, attention: 0, bot: 0, byAgent: {} },
    presences: { y: "away" },
    offers: [],
  });
  expect([...after.presences.keys()]).toEqual(["y"]);
  expect(after.counts?.queue).toBe(2);
});

test("reading is shown at once; forgetting threads keeps conversations", () => {
  const view = putThread(
    putConversations(emptyView, [someConversation("a")], 0),
    "a",
    [someMessage("a", 1)],
    false,
  );
  expect(markReadHere(view, "a", 1).conversations.get("a")?.readSeq).toBe(1);
  expect(markReadHere(view, "unknown", 1)).toBe(view);
  const lean = forgetThreads(view, new Set());
  expect(lean.threads.size).toBe(0);
  expect(lean.conversations.size).toBe(1);
});
