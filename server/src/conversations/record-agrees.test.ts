// The two hottest paths change conversations in SQL, everything else through the rules of model.ts. This test plays
// random histories against the database and against the rules alone, and compares what both say after every step.
import type { ConversationId, QueueId } from "@yingda/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { accessConversation } from "./access.ts";
import { appendMessage } from "./append-message.ts";
import { type AppliedEvent, applyTransition } from "./apply-transition.ts";
import { noticeOf } from "./consequences.ts";
import {
  type ConversationEvent,
  type ConversationFacts,
  isRefusal,
  type Refusal,
  transition,
} from "./model.ts";
import { openDesk, recorded, type Shop } from "./testing/desk.ts";

const desk = await openDesk();
const dayMs = 86_400_000;
const queueId = newId<QueueId>();

type Step =
  | { do: "say"; isBotOn: boolean; reopenWindowMs: number; isLeftMessage: boolean }
  | { do: "answer"; by: "bot" | 0 | 1 }
  | { do: "apply"; make: (at: Date, agents: readonly Agent[]) => AppliedEvent };
type Agent = Awaited<ReturnType<Shop["agent"]>>;

const who = fc.constantFrom(0 as const, 1 as const);
const apply = (make: Extract<Step, { do: "apply" }>["make"]): Step => ({ do: "apply", make });
const idOf = (agents: readonly Agent[], index: number) => {
  const agent = agents[index];
  if (!agent) throw new Error("two agents are at work");
  return agent.userId;
};

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("say" as const),
      isBotOn: fc.boolean(),
      reopenWindowMs: fc.constantFrom(0, 5_000, dayMs),
      isLeftMessage: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("answer" as const),
      by: fc.constantFrom("bot" as const, 0 as const, 1 as const),
    }),
  },
  fc.constant(apply((at) => ({ kind: "handoff", queueId, reason: "asked-for-human", at }))),
  fc.constant(apply((at) => ({ kind: "left-message", queueId, at }))),
  who.map((n) => apply((_at, agents) => ({ kind: "accept", agentId: idOf(agents, n), agentName: null }))),
  who.map((n) => apply((_at, agents) => ({ kind: "claim", agentId: idOf(agents, n), agentName: "Wei" }))),
  who.map((n) =>
    apply((at, agents) => ({ kind: "transfer", to: { agentId: idOf(agents, n), agentName: null }, at })),
  ),
  fc.constant(apply((at) => ({ kind: "transfer", to: { queueId }, at }))),
  fc.constant(apply(() => ({ kind: "return" }))),
  {
    weight: 2,
    arbitrary: fc.constant(apply((at) => ({ kind: "resolve", disposition: "solved", by: "agent", at }))),
  },
  who.map((n) =>
    apply((_at, agents) => ({ kind: "reopen", handler: { kind: "agent", agentId: idOf(agents, n) } })),
  ),
  fc.constant(apply((at) => ({ kind: "snooze", until: new Date(at.getTime() + 60_000), at }))),
  fc.constant(apply(() => ({ kind: "wake" }))),
  fc.constant(apply((at) => ({ kind: "abandon", at }))),
);

test("SQL and rules agree after every step of a random history", { timeout: 60_000 }, async () => {
  const shop = await desk.shop();
  const agents = [await shop.agent(), await shop.agent()];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), async (steps) => {
      desk.clock.advance(1_000);
      const visitor = newId<string>();
      const { conversationId } = await recorded(shop.say(visitor, "hello"));
      let expected = factsOf(await accessConversation(shop.system, conversationId));
      for (const one of steps) {
        desk.clock.advance(1_000);
        const event = eventOf(one, agents, desk.clock.now());
        const foretold = foretell(expected, event);
        const told = await carryOut(shop, agents, visitor, conversationId, one, event);
        expect(told).toEqual(isRefusal(foretold) ? foretold.code : "done");
        if (!isRefusal(foretold)) expected = foretold;
        else if (one.do === "say") return; // a new conversation began: the visitor's lines go there from now on
        expect(factsOf(await accessConversation(shop.system, conversationId))).toEqual(expected);
      }
    }),
    { numRuns: 60 },
  );
});

function eventOf(one: Step, agents: readonly Agent[], at: Date): ConversationEvent {
  switch (one.do) {
    case "say": {
      const { isBotOn, reopenWindowMs, isLeftMessage } = one;
      return { kind: "inbound", at, isBotOn, reopenWindowMs, isLeftMessage, isBlocked: false };
    }
    case "answer":
      if (one.by === "bot") return { kind: "answer", by: "bot", at };
      return { kind: "answer", by: "agent", agentId: idOf(agents, one.by), agentName: null, at };
    case "apply":
      return one.make(at, agents);
    default:
      return one satisfies never;
  }
}

/** What the rules say, plus the seq of a notice where one is written. */
function foretell(now: ConversationFacts, event: ConversationEvent): ConversationFacts | Refusal {
  if (event.kind === "answer" && event.by === "agent") {
    const joins = now.handler.kind !== "agent";
    return transition(joins ? { ...now, messageSeq: now.messageSeq + 1 } : now, event);
  }
  const after = transition(now, event);
  if (isRefusal(after) || after === now || event.kind === "inbound" || event.kind === "answer") return after;
  return noticeOf(event) ? { ...after, messageSeq: after.messageSeq + 1 } : after;
}

async function carryOut(
  shop: Shop,
  agents: readonly Agent[],
  visitor: string,
  conversationId: ConversationId,
  one: Step,
  event: ConversationEvent,
): Promise<string> {
  if (one.do === "say") {
    const { isBotOn, reopenWindowMs, isLeftMessage } = one;
    const origin = isLeftMessage ? "left-message" : "contact";
    const received = await recorded(shop.say(visitor, "line", { isBotOn, reopenWindowMs, origin }));
    return received.conversationId === conversationId ? "done" : "conversation/resolved";
  }
  const ctx: Ctx = one.do === "answer" && one.by !== "bot" ? (agents[one.by] ?? shop.system) : shop.system;
  const outcome = await transact(ctx, async (tx) => {
    if (event.kind === "inbound") throw new Error("said above");
    if (event.kind !== "answer") return applyTransition(ctx, tx, conversationId, event);
    const author =
      event.by === "bot"
        ? { kind: "bot" as const, id: null, name: null }
        : { kind: "agent" as const, id: event.agentId, name: null };
    return appendMessage(ctx, tx, { conversationId, author, content: { kind: "text", text: "answer" } });
  });
  return outcome.kind === "refused" ? outcome.code : "done";
}

/** The facts alone, with plain values, to be compared. */
function factsOf(record: ConversationFacts): ConversationFacts {
  const { status, handler, origin, version, messageSeq, lastAnswerSeq, waitingSinceAt } = record;
  const { firstReplyAt, snoozedUntilAt, resolvedAt, disposition, handoff } = record;
  return {
    status,
    handler,
    origin,
    version,
    messageSeq,
    lastAnswerSeq,
    waitingSinceAt,
    firstReplyAt,
    snoozedUntilAt,
    resolvedAt,
    disposition,
    handoff,
  };
}
