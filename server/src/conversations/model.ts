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
