// The state machine, attacked with random histories: what must hold after every step, whatever came before.
import type { QueueId, UserId } from "@yingda/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ConversationEvent, type ConversationFacts, isRefusal, transition } from "./model.ts";

const wei = "00000000-0000-7000-8000-00000000000a" as UserId;
const mei = "00000000-0000-7000-8000-00000000000b" as UserId;
const sales = "00000000-0000-7000-8000-0000000000f1" as QueueId;
const care = "00000000-0000-7000-8000-0000000000f2" as QueueId;
const dayMs = 86_400_000;

const fresh: ConversationFacts = {
  status: "open",
  handler: { kind: "bot" },
  origin: "contact",
  version: 1,
  messageSeq: 1,
  lastAnswerSeq: 0,
  waitingSinceAt: at(0),
  firstReplyAt: null,
  snoozedUntilAt: null,
  resolvedAt: null,
  disposition: null,
  handoff: null,
};

function at(offsetMs: number): Date {
  return new Date(1_800_000_000_000 + offsetMs);
}

const agent = fc.constantFrom(wei, mei);
const queue = fc.constantFrom(sales, care);
const named = { agentName: fc.constantFrom("Wei", null) };

/** An event with its times left open; `timed` puts it on the clock of the history. */
const anyEvent: fc.Arbitrary<(now: Date) => ConversationEvent> = fc.oneof(
  fc
    .record({
      isBotOn: fc.boolean(),
      reopenWindowMs: fc.constantFrom(0, 1_000, dayMs),
      isBlocked: fc.boolean(),
      isLeftMessage: fc.boolean(),
    })
    .map((fields) => (now: Date) => ({ kind: "inbound" as const, at: now, ...fields })),
  fc.constant((now: Date) => ({ kind: "answer" as const, by: "bot" as const, at: now })),
  fc
    .record({ agentId: agent, ...named })
    .map((fields) => (now: Date) => ({ kind: "answer" as const, by: "agent" as const, at: now, ...fields })),
  fc
    .record({ queueId: queue, reason: fc.constantFrom("asked-for-human" as const, "held" as const) })
    .map((fields) => (now: Date) => ({ kind: "handoff" as const, at: now, ...fields })),
  queue.map((queueId) => (now: Date) => ({ kind: "left-message" as const, at: now, queueId })),
  fc.record({ agentId: agent, ...named }).map((fields) => () => ({ kind: "accept" as const, ...fields })),
  fc.record({ agentId: agent, ...named }).map((fields) => () => ({ kind: "claim" as const, ...fields })),
  fc
    .oneof(fc.record({ agentId: agent, ...named }), fc.record({ queueId: queue }))
    .map((to) => (now: Date) => ({ kind: "transfer" as const, to, at: now })),
  fc.constant(() => ({ kind: "return" as const })),
  fc.constantFrom("solved" as const, "spam" as const).map((disposition) => (now: Date) => ({
    kind: "resolve" as const,
    disposition,
    by: "agent" as const,
    at: now,
  })),
  fc
    .oneof(
      agent.map((agentId) => ({ kind: "agent" as const, agentId })),
      fc.constant({ kind: "bot" as const }),
    )
    .map((handler) => () => ({ kind: "reopen" as const, handler })),
  fc.integer({ min: -1_000, max: dayMs }).map((aheadMs) => (now: Date) => ({
    kind: "snooze" as const,
    until: new Date(now.getTime() + aheadMs),
    at: now,
  })),
  fc.constant(() => ({ kind: "wake" as const })),
  fc.constant((now: Date) => ({ kind: "abandon" as const, at: now })),
);

const history = fc.array(fc.tuple(fc.integer({ min: 1, max: 10_000 }), anyEvent), { maxLength: 60 });

/** Plays a history from a fresh conversation and looks at every step. */
function play(
  steps: [number, (now: Date) => ConversationEvent][],
  look: (before: ConversationFacts, event: ConversationEvent, after: ConversationFacts) => void,
): void {
  let state = fresh;
  let nowMs = 0;
  for (const [waitMs, timed] of steps) {
    nowMs += waitMs;
    const event = timed(at(nowMs));
    const frozen = structuredClone(state);
    const after = transition(state, event);
    expect(state).toEqual(frozen); // refusals and changes alike leave the old value as it was
    if (isRefusal(after)) continue;
    look(state, event, after);
    state = after;
  }
}

describe("transition, over random histories", () => {
  test("no illegal pair of status and handler is ever reached", () => {
    fc.assert(
      fc.property(history, (steps) =>
        play(steps, (_before, _event, after) => {
          if (after.status === "resolved") expect(after.handler).toEqual({ kind: "nobody" });
          if (after.status === "snoozed") expect(["bot", "agent"]).toContain(after.handler.kind);
          expect(after.status === "snoozed").toBe(after.snoozedUntilAt !== null);
          expect(after.status === "resolved").toBe(after.resolvedAt !== null);
          expect(after.status === "resolved").toBe(after.disposition !== null);
          if (after.status === "resolved") expect(after.waitingSinceAt).toBeNull();
        }),
      ),
      { numRuns: 500 },
    );
  });

  test("the version grows with every inbound and every change of status or handler, and never shrinks", () => {
    fc.assert(
      fc.property(history, (steps) =>
        play(steps, (before, event, after) => {
          expect(after.version).toBeGreaterThanOrEqual(before.version);
          const moved =
            event.kind === "inbound" ||
            before.status !== after.status ||
            JSON.stringify(before.handler) !== JSON.stringify(after.handler);
          if (moved) expect(after.version).toBe(before.version + 1);
        }),
      ),
      { numRuns: 500 },
    );
  });

  test("a snoozed conversation keeps its owner, through waking and through the contact's next line", () => {
    fc.assert(
      fc.property(history, (steps) =>
        play(steps, (before, event, after) => {
          if (event.kind === "snooze") expect(after.handler).toEqual(before.handler);
          if (before.status === "snoozed" && (event.kind === "wake" || event.kind === "inbound"))
            expect(after.handler).toEqual(before.handler);
        }),
      ),
      { numRuns: 500 },
    );
  });

  test("only a queue can be abandoned, and only inbound or an agent opens what was resolved", () => {
    fc.assert(
      fc.property(history, (steps) =>
        play(steps, (before, event, after) => {
          if (event.kind === "abandon") expect(before.handler.kind).toBe("queue");
          if (before.status === "resolved" && after.status !== "resolved")
            expect(event.kind === "inbound" || event.kind === "reopen" || event.kind === "answer").toBe(true);
          if (before.status === "resolved" && event.kind === "answer") expect(event.by).toBe("agent");
        }),
      ),
      { numRuns: 500 },
    );
  });

  test("an agent who has it loses it only by transfer, return or resolve", () => {
    fc.assert(
      fc.property(history, (steps) =>
        play(steps, (before, event, after) => {
          if (
            before.handler.kind !== "agent" ||
            JSON.stringify(before.handler) === JSON.stringify(after.handler)
          )
            return;
          expect(["transfer", "return", "resolve"]).toContain(event.kind);
        }),
      ),
      { numRuns: 500 },
    );
  });

  test("message numbers only count up, and nobody waits after an agent's answer", () => {
    fc.assert(
      fc.property(history, (steps) =>
        play(steps, (before, event, after) => {
          const isLine = event.kind === "inbound" || event.kind === "answer";
          expect(after.messageSeq - before.messageSeq).toBe(isLine ? 1 : 0);
          expect(after.lastAnswerSeq).toBeLessThanOrEqual(after.messageSeq);
          if (event.kind === "answer" && event.by === "agent") expect(after.waitingSinceAt).toBeNull();
          if (event.kind === "inbound" && !event.isBlocked) expect(after.waitingSinceAt).not.toBeNull();
        }),
      ),
      { numRuns: 500 },
    );
  });
});

describe("transition, case by case", () => {
  const inQueue = must(transition(fresh, { kind: "handoff", queueId: sales, reason: "held", at: at(5) }));
  const withWei = must(transition(inQueue, { kind: "accept", agentId: wei, agentName: null }));
  const done = must(
    transition(withWei, { kind: "resolve", disposition: "solved", by: "agent", at: at(100) }),
  );
  const line = {
    kind: "inbound" as const,
    isBotOn: true,
    reopenWindowMs: 1_000,
    isBlocked: false,
    isLeftMessage: false,
  };

  test("a second agent's claim loses; one's own is nothing new", () => {
    expect(transition(withWei, { kind: "claim", agentId: mei, agentName: null })).toEqual({
      kind: "refused",
      code: "conversation/already-assigned",
    });
    expect(transition(withWei, { kind: "claim", agentId: wei, agentName: null })).toBe(withWei);
  });

  test("the contact's next line reopens within the window to the millisecond, and not later", () => {
    expect(transition(done, { ...line, at: at(1_100) })).toMatchObject({
      status: "open",
      handler: { kind: "bot" },
      waitingSinceAt: at(1_100),
    });
    expect(transition(done, { ...line, at: at(1_101) })).toEqual({
      kind: "refused",
      code: "conversation/resolved",
    });
    expect(transition(done, { ...line, isBotOn: false, at: at(200) })).toMatchObject({
      status: "open",
      handler: { kind: "nobody" },
    });
  });

  test("a blocked contact's line is counted and brings no work", () => {
    const after = must(transition(done, { ...line, isBlocked: true, at: at(99_999) }));
    expect(after).toMatchObject({
      status: "resolved",
      waitingSinceAt: null,
      messageSeq: done.messageSeq + 1,
    });
  });

  test("a bot's line beside the queue leaves the contact waiting; the agent's answer does not", () => {
    expect(must(transition(inQueue, { kind: "answer", by: "bot", at: at(9) })).waitingSinceAt).toEqual(at(0));
    expect(must(transition(fresh, { kind: "answer", by: "bot", at: at(9) })).waitingSinceAt).toBeNull();
    const answered = must(
      transition(inQueue, { kind: "answer", by: "agent", agentId: wei, agentName: null, at: at(9) }),
    );
    expect(answered).toMatchObject({ waitingSinceAt: null, handler: { kind: "agent", agentId: wei } });
  });

  test("a colleague who helps out does not take it away", () => {
    const helped = must(
      transition(withWei, { kind: "answer", by: "agent", agentId: mei, agentName: null, at: at(9) }),
    );
    expect(helped).toMatchObject({ handler: { kind: "agent", agentId: wei }, version: withWei.version });
  });

  test("a left message goes to the queue as such, unless an agent already has the contact", () => {
    expect(transition(fresh, { kind: "left-message", queueId: care, at: at(7) })).toMatchObject({
      origin: "left-message",
      handler: { kind: "queue", queueId: care },
      handoff: { reason: "left-message", at: at(7) },
    });
    expect(transition(withWei, { kind: "left-message", queueId: care, at: at(7) })).toEqual({
      kind: "refused",
      code: "conversation/already-assigned",
    });
  });
});

function must<C extends ConversationFacts>(result: ReturnType<typeof transition<C>>): C {
  if (isRefusal(result)) throw new Error(`refused: ${result.code}`);
  return result;
}
