// Domain events: names and payloads, one list per room. Written to the outbox in the transaction that made them true;
// payloads carry ids and what changed, never a customer's words.

import type { ColleagueQuestionId } from "../colleague-questions.ts";
import type { ConversationStatus, Disposition, Handler, HandoffReason } from "../conversation.ts";
import type { DocumentId } from "../documents.ts";
import type {
  ContactId,
  ConversationId,
  FaqId,
  InboxId,
  MessageId,
  QueueId,
  TenantId,
  UserId,
} from "../ids.ts";
import type { IncidentId } from "../incident.ts";
import type { DeliveryReason, DeliveryStatus } from "../message.ts";
import type { PolicyId } from "../policies.ts";
import type { ProductId } from "../products.ts";
import type { SkillMiss } from "../routing.ts";
import type { TableId } from "../tables.ts";
import type { Presence } from "../user.ts";

type InConversation = { conversationId: ConversationId };

export type ConversationEvents = {
  "message-received": InConversation & {
    messageId: MessageId;
    seq: number;
    inboxId: InboxId;
    isNewConversation: boolean;
    version: number;
  };
  /** A bot's or agent's message; `isPush` tells channels whether adapter.send is needed. */
  "message-queued": InConversation & {
    messageId: MessageId;
    seq: number;
    inboxId: InboxId;
    author: "bot" | "agent" | "system";
    isPush: boolean;
  };
  "note-added": InConversation & { messageId: MessageId; seq: number; authorId: UserId };
  "delivery-changed": InConversation & {
    messageId: MessageId;
    seq: number;
    status: DeliveryStatus;
    reason: DeliveryReason | null;
  };
  "conversation-changed": InConversation & { version: number; changed: string[] };
  "conversation-queued": InConversation & { queueId: QueueId; reason: HandoffReason; version: number };
  "conversation-assigned": InConversation & {
    agentId: UserId;
    by: "offer" | "claim" | "transfer" | "reply";
    version: number;
  };
  "conversation-returned": InConversation & { version: number };
  "conversation-resolved": InConversation & {
    disposition: Disposition;
    by: "agent" | "bot" | "contact" | "system";
    version: number;
  };
  "conversation-reopened": InConversation & { version: number };
  "conversation-abandoned": InConversation & { waitedMs: number; version: number };
  "conversation-rated": InConversation & { score: number };
  "read-changed": InConversation & { reader: "contact" | "user"; userId: UserId | null; seq: number };
  "contact-changed": { contactId: ContactId };
  "contact-erased": { contactId: ContactId };
};
export type TurnEvents = {
  /** told: the contact has heard once more that it was asked. kept: knowledge was made of the reply, or refused. */
  "colleague-question-changed": InConversation & {
    questionId: ColleagueQuestionId;
    how: "asked" | "told" | "answered" | "expired" | "withdrawn" | "kept";
  };
  /** A tool is to change something, once, as the customer has confirmed. */
  "tool-run-asked": InConversation & { toolRunId: string };
  /** The bot is on trial and people serve: what it would do with the contact's lines of these seqs is to be decided. */
  "draft-asked": InConversation & { fromSeq: number; toSeq: number };
  /** A draft was made, or what came of one is known. */
  "draft-changed": InConversation;
  /** One more conversation was not helped with a question that rises (`Spike`): what the desks show of it is old. */
  "question-risen": { faq: string };
  "tool-run-ended": InConversation & { toolRunId: string; state: "done" | "failed" | "unknown" };
};
export type RoutingEvents = {
  /** `skillMiss`: the agent lacks a wanted skill; left out where they lack none. */
  "offer-made": InConversation & { agentId: UserId; expiresAt: string; skillMiss?: SkillMiss };
  /** A queue, who serves it, or what a member can do. */
  "queues-changed": Record<string, never>;
  "offer-ended": InConversation & { agentId: UserId; how: "accepted" | "declined" | "expired" | "withdrawn" };
  "presence-changed": { userId: UserId; presence: Presence };
  "hours-changed": Record<string, never>;
  "nobody-available": InConversation & { why: "closed" | "nobody" };
};
export type KnowledgeEvents = {
  "faq-changed": { faqId: FaqId; slug: string; how: "added" | "changed" | "removed" };
  /** What is live stays as it was. */
  "faq-draft-changed": { faqId: FaqId };
  "table-changed": { tableId: TableId; how: "added" | "changed" | "removed" };
  /** Also when a code was made for it or taken back. */
  "product-changed": { productId: ProductId; how: "added" | "changed" | "removed" };
  /** The public help centre's settings. */
  "help-changed": Record<string, never>;
  "policy-changed": { policyId: PolicyId; how: "added" | "changed" | "removed" };
  /** What a document says, or whether customers are answered from it. */
  "document-changed": { documentId: DocumentId; how: "added" | "changed" | "removed" };
  "incident-changed": { incidentId: IncidentId; how: "pinned" | "changed" | "removed" };
  /** The shop's sensitive words, forbidden promises or synonyms. */
  "words-changed": Record<string, never>;
  "knowledge-changed": { how: "imported" | "pack" | "blanks" };
  /** A flow was switched on or off, or written anew. */
  "flow-changed": { flow: string };
  /** A connected system or one of its tools was added, changed or removed. */
  "tools-changed": Record<string, never>;
};
export type InferenceEvents = {
  /** Another embedding model, or none: knowledge is trained anew. */
  "embedding-changed": Record<string, never>;
  /** Once a month each: at 80 %, and at the limit. */
  "budget-reached": { what: "warning" | "limit" };
  /** Other large models, another order, on or off. */
  "model-changed": Record<string, never>;
};
export type AccountEvents = {
  "member-changed": { userId: UserId };
  "tenant-changed": Record<string, never>;
  "inbox-changed": { inboxId: InboxId };
  /** To be chained into the audit log; `details` holds ids and codes only. */
  "audit-requested": {
    action: string;
    actorKind: string;
    actorId: string | null;
    subject: string;
    subjectId: string | null;
    details: Record<string, string | number | boolean | null>;
    address: string | null;
  };
};

export type DomainEvents = ConversationEvents &
  RoutingEvents &
  TurnEvents &
  KnowledgeEvents &
  InferenceEvents &
  AccountEvents;
export type EventKind = keyof DomainEvents;

/** One stored event. `seq` counts 1, 2, 3 … without gaps within its aggregate, in the order of commit. */
export type DomainEvent<Kind extends EventKind = EventKind> = {
  [K in Kind]: {
    id: string;
    tenantId: TenantId;
    kind: K;
    aggregateId: string;
    seq: number;
    at: Date;
    payload: DomainEvents[K];
  };
}[Kind];

/** What a use case hands to `emit`. */
export type NewEvent = { [K in EventKind]: { kind: K; payload: DomainEvents[K] } }[EventKind];

export type ConversationState = { status: ConversationStatus; handler: Handler };
