// The rules of a conversation: what every event does to status, handler and the facts that hang on them. Pure.
// Used by apply-transition.ts for all changes but the two hottest (an inbound message, an answer), which the SQL
// functions receive_message and append_message carry out themselves; a property test proves that they agree.
import type {
  ContactId,
  ConversationId,
  ConversationOrigin,
  ConversationStatus,
  Disposition,
  ErrorCode,
  Handler,
  HandoffReason,
  IdentityId,
  InboxId,
  QueueId,
  UserId,
} from "@yingda/contract";

/** What the rules look at and change. */
export interface ConversationFacts {
  readonly status: ConversationStatus;
  readonly handler: Handler;
  readonly origin: ConversationOrigin;
  /** Raised by every inbound message and every change of status or handler; never lowered. */
  readonly version: number;
  /** Number of messages so far = seq of the last one. */
  readonly messageSeq: number;
  /** Seq of the last answer by bot or agent; 0 before the first. */
  readonly lastAnswerSeq: number;
  /** Oldest contact message without an answer, or since when a person was promised; null when nobody waits. */
  readonly waitingSinceAt: Date | null;
  readonly firstReplyAt: Date | null;
  readonly snoozedUntilAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly disposition: Disposition | null;
  readonly handoff: { readonly reason: HandoffReason; readonly at: Date } | null;
}

/** One row of the record as the server knows it; what a person may see of it is made by present.ts. */
export interface ConversationRecord extends ConversationFacts {
  readonly id: ConversationId;
  readonly number: number;
  readonly inboxId: InboxId;
  readonly identityId: IdentityId;
  readonly contactId: ContactId;
  readonly lastMessageAt: Date;
  readonly contactReadSeq: number;
  readonly tags: readonly string[];
  readonly isDemo: boolean;
  readonly createdAt: Date;
}

/** Who ended it. */
export type ResolvedBy = "agent" | "bot" | "contact" | "system";

export type QueueMoved = "nobody-at-work" | "queue-deleted";
type NamedQueue = { queueId: QueueId; name: string };

export type ConversationEvent =
  | {
      kind: "inbound";
      at: Date;
      /** Whether the inbox's bot takes what nobody has; else the handler stays nobody until turns enqueues it. */
      isBotOn: boolean;
      /** A resolved conversation older than this is not reopened (the caller begins a new one), in ms. */
      reopenWindowMs: number;
      /** A blocked contact's words are kept but bring no work. */
      isBlocked: boolean;
      isLeftMessage: boolean;
    }
  | { kind: "answer"; by: "bot"; at: Date }
  | { kind: "answer"; by: "agent"; agentId: UserId; agentName: string | null; at: Date }
  | { kind: "handoff"; queueId: QueueId; reason: HandoffReason; at: Date }
  | { kind: "left-message"; queueId: QueueId; at: Date }
  | { kind: "accept"; agentId: UserId; agentName: string | null }
  | { kind: "claim"; agentId: UserId; agentName: string | null }
  | { kind: "transfer"; to: { agentId: UserId; agentName: string | null } | { queueId: QueueId }; at: Date }
  /** From a queue that nobody serves now, or that is no more, into another; why it was handed over stays. */
  | { kind: "move-queue"; from: NamedQueue; to: NamedQueue; why: QueueMoved }
  | { kind: "return" }
  | { kind: "resolve"; disposition: Disposition; by: ResolvedBy; at: Date }
  /** Opens a resolved one again: for the agent who asks, or for the bot. */
  | { kind: "reopen"; handler: Extract<Handler, { kind: "agent" | "bot" }> }
  | { kind: "snooze"; until: Date; at: Date }
  | { kind: "wake" }
  | { kind: "abandon"; at: Date };

/** A change that the rules do not allow from here; nothing was changed. */
export interface Refusal {
  readonly kind: "refused";
  readonly code: Extract<
    ErrorCode,
    | "conversation/already-assigned"
    | "conversation/resolved"
    | "conversation/transition-refused"
    | "conversation/version-moved"
    | "conversation/not-found"
  >;
}

export function isRefusal(result: object): result is Refusal {
  return "kind" in result && result.kind === "refused";
}

/**
 * What an event makes of a conversation. Returns the same object when there is nothing to do (a claim by who has it
 * already), a new one when something changed, or why it may not be. Pure; times come with the event.
 */
export function transition<C extends ConversationFacts>(now: C, event: ConversationEvent): C | Refusal {
  switch (event.kind) {
    case "inbound":
      return inbound(now, event);
    case "answer":
      return event.by === "bot" ? botAnswer(now, event.at) : agentAnswer(now, event.agentId, event.at);
    case "handoff":
      return handoff(now, event);
    case "left-message":
      return leftMessage(now, event);
    case "accept":
      if (now.status === "resolved") return refuse("conversation/resolved");
      if (now.handler.kind === "agent") return takenBy(now, event.agentId);
      if (now.handler.kind !== "queue") return refuse("conversation/transition-refused");
      return move(now, { handler: { kind: "agent", agentId: event.agentId } });
    case "claim":
      if (now.status === "resolved") return refuse("conversation/resolved");
      if (now.handler.kind === "agent") return takenBy(now, event.agentId);
      return move(now, { ...awake, handler: { kind: "agent", agentId: event.agentId } });
    case "transfer":
      return transfer(now, event);
    case "move-queue":
      if (now.handler.kind !== "queue" || now.handler.queueId !== event.from.queueId)
        return refuse("conversation/transition-refused");
      return move(now, { handler: { kind: "queue", queueId: event.to.queueId } });
    case "return":
      if (now.status === "resolved") return refuse("conversation/resolved");
      if (now.handler.kind === "bot") return now;
      if (now.handler.kind === "nobody") return refuse("conversation/transition-refused");
      return move(now, { ...awake, handler: { kind: "bot" }, handoff: null });
    case "resolve":
      if (now.status === "resolved") return refuse("conversation/resolved");
      return move(now, ended(event.disposition, event.at));
    case "reopen":
      if (now.status !== "resolved") return refuse("conversation/transition-refused");
      return move(now, { ...awake, handler: event.handler });
    case "snooze":
      if (now.status === "resolved") return refuse("conversation/resolved");
      if (now.handler.kind === "queue" || now.handler.kind === "nobody" || event.until <= event.at)
        return refuse("conversation/transition-refused"); // who waits for a person must not fall asleep
      return move(now, { status: "snoozed", snoozedUntilAt: event.until });
    case "wake":
      if (now.status !== "snoozed") return refuse("conversation/transition-refused");
      return move(now, awake);
    case "abandon":
      if (now.handler.kind !== "queue") return refuse("conversation/transition-refused");
      return move(now, ended("no-reply", event.at));
    default:
      return event satisfies never;
  }
}

const awake = { status: "open", snoozedUntilAt: null, resolvedAt: null, disposition: null } as const;
const nobody = { kind: "nobody" } as const;

type Of<Kind extends ConversationEvent["kind"]> = Extract<ConversationEvent, { kind: Kind }>;

function inbound<C extends ConversationFacts>(now: C, event: Of<"inbound">): C | Refusal {
  const counted = { messageSeq: now.messageSeq + 1 };
  if (event.isBlocked) return move(now, counted);
  const origin = event.isLeftMessage ? ("left-message" as const) : now.origin;
  const waiting = { ...counted, origin, waitingSinceAt: now.waitingSinceAt ?? event.at };
  const free: Handler = event.isBotOn ? { kind: "bot" } : nobody;
  if (now.status === "resolved") {
    const restedMs = event.at.getTime() - (now.resolvedAt?.getTime() ?? 0);
    if (restedMs > event.reopenWindowMs) return refuse("conversation/resolved");
    return move(now, { ...waiting, ...awake, handler: free, handoff: null });
  }
  return move(now, { ...waiting, ...awake, handler: now.handler.kind === "nobody" ? free : now.handler });
}

// A bot's line beside a queue ("you are third") is no answer to who waits for a person. The version stays: only what
// could make a running turn wrong raises it.
function botAnswer<C extends ConversationFacts>(now: C, at: Date): C | Refusal {
  if (now.status === "resolved") return refuse("conversation/resolved");
  const seq = now.messageSeq + 1;
  const waitsForPerson = now.handler.kind === "queue" || now.handler.kind === "agent";
  return {
    ...now,
    messageSeq: seq,
    lastAnswerSeq: seq,
    firstReplyAt: now.firstReplyAt ?? at,
    waitingSinceAt: waitsForPerson ? now.waitingSinceAt : null,
  };
}

/** Takes it from bot, queue or nobody; a colleague who helps out takes nothing away from the agent who has it. */
function agentAnswer<C extends ConversationFacts>(now: C, agentId: UserId, at: Date): C {
  const seq = now.messageSeq + 1;
  const isTaken = now.handler.kind === "agent";
  const answered = {
    ...now,
    messageSeq: seq,
    lastAnswerSeq: seq,
    firstReplyAt: now.firstReplyAt ?? at,
    waitingSinceAt: null,
  };
  if (isTaken && now.status === "open") return answered;
  return move(answered, { ...awake, handler: isTaken ? now.handler : { kind: "agent", agentId } });
}

function handoff<C extends ConversationFacts>(now: C, event: Of<"handoff">): C | Refusal {
  if (now.status === "resolved") return refuse("conversation/resolved");
  if (now.handler.kind === "agent") return refuse("conversation/already-assigned");
  if (now.handler.kind === "queue") return refuse("conversation/transition-refused");
  return move(now, queued(now, event.queueId, event.reason, event.at));
}

function leftMessage<C extends ConversationFacts>(now: C, event: Of<"left-message">): C | Refusal {
  if (now.status === "resolved") return refuse("conversation/resolved");
  if (now.handler.kind === "agent") return refuse("conversation/already-assigned");
  return move(now, { ...queued(now, event.queueId, "left-message", event.at), origin: "left-message" });
}

function transfer<C extends ConversationFacts>(now: C, event: Of<"transfer">): C | Refusal {
  if (now.status === "resolved") return refuse("conversation/resolved");
  if (now.handler.kind !== "agent" && now.handler.kind !== "queue")
    return refuse("conversation/transition-refused");
  if ("agentId" in event.to) {
    if (now.handler.kind === "agent" && now.handler.agentId === event.to.agentId) return now;
    return move(now, { ...awake, handler: { kind: "agent", agentId: event.to.agentId } });
  }
  if (now.handler.kind === "queue" && now.handler.queueId === event.to.queueId) return now;
  return move(now, queued(now, event.to.queueId, "agent-transfer", event.at));
}

function queued(now: ConversationFacts, queueId: QueueId, reason: HandoffReason, at: Date) {
  const handler: Handler = { kind: "queue", queueId };
  return { ...awake, handler, handoff: { reason, at }, waitingSinceAt: now.waitingSinceAt ?? at };
}

function ended(disposition: Disposition, at: Date) {
  return {
    status: "resolved",
    handler: nobody,
    snoozedUntilAt: null,
    waitingSinceAt: null,
    resolvedAt: at,
    disposition,
  } as const;
}

function takenBy<C extends ConversationFacts>(now: C, agentId: UserId): C | Refusal {
  const isTheirs = now.handler.kind === "agent" && now.handler.agentId === agentId;
  return isTheirs ? now : refuse("conversation/already-assigned");
}

function move<C extends ConversationFacts>(now: C, change: Partial<ConversationFacts>): C {
  return { ...now, ...change, version: now.version + 1 };
}

function refuse(code: Refusal["code"]): Refusal {
  return { kind: "refused", code };
}
