import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addSending,
  afterReload,
  readyToSend,
  removeSending,
  type Sending,
  type SendingQueue,
  sendAnyway,
  setSendingState,
  settle,
  stateAfterError,
} from "./sending-queue.ts";

function entry(id: string, conversationId = "a", writtenAtMs = 0): Sending {
  return {
    clientMessageId: id,
    conversationId,
    what: { kind: "reply", content: { kind: "text", text: id }, seenSeq: 4 },
    writtenAtMs,
    attempts: 0,
    state: { kind: "waiting" },
  };
}
const ids = (queue: readonly Sending[]) => queue.map((one) => one.clientMessageId);

test("what is written in one conversation goes out in the order it was written", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(1_000), { minLength: 1, maxLength: 12 }), (times) => {
      let queue: SendingQueue = [];
      for (const time of times) queue = addSending(queue, entry(String(time), "a", time));
      const sent: string[] = [];
      while (queue.length > 0) {
        const [next, ...others] = readyToSend(queue);
        expect(others).toEqual([]);
        if (!next) throw new Error("something waits but nothing is ready");
        sent.push(next.clientMessageId);
        queue = removeSending(queue, next.clientMessageId);
      }
      expect(sent.map(Number)).toEqual(times.toSorted((a, b) => a - b));
    }),
  );
});

test("while one is on its way the next of the same conversation waits, other conversations do not", () => {
  let queue = [entry("1", "a", 1), entry("2", "a", 2), entry("3", "b", 3)].reduce(
    addSending,
    [] as SendingQueue,
  );
  queue = setSendingState(queue, "1", { kind: "sending" });
  expect(ids(readyToSend(queue))).toEqual(["3"]);
});

test("a stopped reply holds the later ones back, a failed one does not", () => {
  const queue = [entry("1", "a", 1), entry("2", "a", 2)].reduce(addSending, [] as SendingQueue);
  expect(ids(readyToSend(setSendingState(queue, "1", { kind: "stopped" })))).toEqual([]);
  expect(ids(readyToSend(setSendingState(queue, "1", { kind: "failed", code: "message/too-long" })))).toEqual(
    ["2"],
  );
});

test("an entry leaves when the server's message with its id arrives; strangers change nothing", () => {
  const queue = addSending([], entry("1"));
  expect(settle(queue, [{ clientMessageId: "1" }])).toEqual([]);
  expect(settle(queue, [{ clientMessageId: null }, { clientMessageId: "9" }])).toBe(queue);
});

test("what an error means", () => {
  expect(stateAfterError("offline", true)).toEqual({ kind: "waiting" });
  expect(stateAfterError("request/rate-limited", false)).toEqual({ kind: "waiting" });
  expect(stateAfterError("conversation/newer-reply", false)).toEqual({ kind: "stopped" });
  expect(stateAfterError("message/too-long", false)).toEqual({ kind: "failed", code: "message/too-long" });
});

test("after a reload what was on its way waits again; what failed stays failed", () => {
  const queue = [
    { ...entry("1"), state: { kind: "sending" as const } },
    { ...entry("2"), state: { kind: "failed" as const, code: "message/empty" as const } },
  ];
  expect(afterReload(queue).map((one) => one.state.kind)).toEqual(["waiting", "failed"]);
});

test("send anyway forgets what had been seen", () => {
  const [first] = sendAnyway(setSendingState([entry("1")], "1", { kind: "stopped" }), "1");
  expect(first?.state).toEqual({ kind: "waiting" });
  expect(first?.what).toMatchObject({ kind: "reply", seenSeq: null });
});
