// The visitor's state: nothing twice, nothing lost, in order.
import type { VisitorMessage, VisitorState, WidgetServerFrame } from "@yingda/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type ChatState, emptyChat, merge, type Pending, receive } from "./store.ts";

const visitor: VisitorState = {
  conversationId: "c1",
  handler: "bot",
  agentName: null,
  queue: null,
  isOpen: true,
  opensAt: null,
  canRate: false,
  rated: null,
  readSeq: 0,
};

function line(
  seq: number,
  from: VisitorMessage["from"] = "bot",
  clientMessageId: string | null = null,
): VisitorMessage {
  return {
    id: `m${seq}`,
    seq,
    from,
    name: null,
    content: { kind: "text", text: `line ${seq}` },
    clientMessageId,
    status: "sent",
    at: "2026-11-20T02:00:00.000Z",
  };
}

function welcome(messages: VisitorMessage[], seq: number): WidgetServerFrame {
  return {
    t: "welcome",
    token: null,
    conversationId: "c1",
    seq,
    messages,
    state: visitor,
    hasMore: false,
    serverTimeMs: 0,
  };
}

const waiting: Pending = {
  clientMessageId: "k1",
  content: { kind: "text", text: "hello" },
  state: "waiting",
  code: null,
  at: "2026-11-20T02:00:00.000Z",
  frame: "say",
};

test("whatever order and however often frames arrive, each message stands once and by seq", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 80 }), (seqs) => {
      let state: ChatState = emptyChat;
      for (const seq of seqs)
        state = receive(state, { t: "message", eventSeq: seq * 3, message: line(seq) }, true);
      expect(state.messages.map((message) => message.seq)).toEqual([...new Set(seqs)].sort((a, b) => a - b));
      expect(state.cursor).toBe(seqs.length ? Math.max(...seqs) * 3 : 0);
    }),
  );
});

test("an unsent line becomes a message once, whether the ack or the echo comes first", () => {
  const typed: ChatState = { ...emptyChat, visitor, pending: [waiting] };
  const ack: WidgetServerFrame = {
    t: "ack",
    clientMessageId: "k1",
    messageId: "m1",
    seq: 1,
    conversationId: "c1",
    duplicate: false,
  };
  const echo: WidgetServerFrame = { t: "message", eventSeq: 1, message: line(1, "me", "k1") };
  for (const frames of [
    [ack, echo],
    [echo, ack],
    [ack, ack],
    [echo, ack, echo],
  ]) {
    const state = frames.reduce((now, frame) => receive(now, frame, true), typed);
    expect(state.pending).toEqual([]);
    expect(state.messages.map((message) => message.id)).toEqual(["m1"]);
  }
});

test("a reload or a lost line keeps what was not confirmed and drops what was", () => {
  const typed: ChatState = { ...emptyChat, pending: [waiting, { ...waiting, clientMessageId: "k2" }] };
  const state = receive(typed, welcome([line(1, "me", "k1"), line(2)], 5), true);
  expect(state.pending.map((one) => one.clientMessageId)).toEqual(["k2"]);
  expect(state.line).toBe("up");
  expect(state.cursor).toBe(5);
});

test("a refused line stays, with the reason", () => {
  const state = receive(
    { ...emptyChat, pending: [waiting] },
    { t: "refused", clientMessageId: "k1", code: "request/rate-limited" },
    true,
  );
  expect(state.pending[0]).toMatchObject({ state: "failed", code: "request/rate-limited" });
});

test("only answers that nobody looks at count as unread; the first welcome does not", () => {
  let state = receive(emptyChat, welcome([line(1, "me", "k0"), line(2)], 2), false);
  expect(state.unread).toBe(0);
  state = receive(state, { t: "message", eventSeq: 3, message: line(3, "agent") }, false);
  state = receive(state, { t: "message", eventSeq: 3, message: line(3, "agent") }, false);
  state = receive(state, { t: "message", eventSeq: 4, message: line(4, "me", "k9") }, false);
  expect(state.unread).toBe(1);
  expect(receive(state, { t: "message", eventSeq: 5, message: line(5) }, true).unread).toBe(0);
});

test("a streamed reply grows by its deltas and gives way to the finished message", () => {
  let state = receive(emptyChat, { t: "delta", turnId: "t1", text: "16:00 前" }, true);
  state = receive(state, { t: "delta", turnId: "t1", text: "付款" }, true);
  expect(state.stream?.text).toBe("16:00 前付款");
  expect(receive(state, { t: "message", eventSeq: 2, message: line(2) }, true).stream).toBeNull();
});

test("merging replaces by id, so a delivery mark can move on", () => {
  expect(
    merge([line(1, "me")], [{ ...line(1, "me"), status: "read" }]).map((message) => message.status),
  ).toEqual(["read"]);
});
