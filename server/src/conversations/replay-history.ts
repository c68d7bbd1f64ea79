// What a past conversation comes to: its steps played through the rules of the record. Pure; import-history.ts writes it.
import type { Content, ConversationId, Message, MessageContent, MessageId, UserId } from "@yingda/contract";
import { idGenerator } from "../platform/ids.ts";
import type { AppliedEvent } from "./apply-transition.ts";
import { noticeOf } from "./consequences.ts";
import { type ConversationEvent, type ConversationFacts, isRefusal, transition } from "./model.ts";

export interface HistoricConversation {
  /** In order of time; the first is what the contact said. */
  steps: readonly HistoricStep[];
  tags: readonly string[];
  rating: { score: number; comment: string | null; at: Date } | null;
}

export type HistoricStep = { at: Date } & (
  | { kind: "inbound"; content: Content; isLeftMessage?: boolean }
  | { kind: "bot-answer"; name: string | null; content: Content }
  | { kind: "agent-answer"; agentId: UserId; name: string; content: Content }
  | { kind: "note"; agentId: UserId; name: string; text: string }
  /** What people and routing did: handoff, accept, resolve … */
  | { kind: "change"; event: AppliedEvent; summary?: string }
);

export interface PastMessage {
  id: MessageId;
  seq: number;
  kind: Message["kind"];
  authorKind: Message["author"]["kind"];
  authorId: UserId | null;
  name: string | null;
  content: MessageContent;
  at: Date;
}

export interface Past {
  id: ConversationId;
  beganAt: Date;
  facts: ConversationFacts;
  messages: PastMessage[];
  summary: string | null;
  source: HistoricConversation;
}

/**
 * The facts at the end and every line of the thread.
 * @throws Error when the rules refuse a step from where the conversation stands: a mistake of the history.
 */
export function replayHistory(source: HistoricConversation): Past {
  const [first] = source.steps;
  if (first?.kind !== "inbound") throw new Error("a history begins with what the contact said");
  const ids = idsFrom(first.at);
  const id = ids.at<ConversationId>(first.at);
  const messages: PastMessage[] = [];
  let summary: string | null = null;
  let facts = begin(first.at, first.isLeftMessage ?? false);
  const add = (line: Omit<PastMessage, "id" | "seq">) =>
    messages.push({ ...line, id: ids.at(line.at), seq: messages.length + 1 });
  const apply = (event: ConversationEvent) => {
    const next = transition(facts, event);
    if (isRefusal(next)) throw new Error(`history refused: ${event.kind}: ${next.code}`);
    facts = next;
  };
  const tell = (event: ConversationEvent, at: Date) => {
    const notice = noticeOf(event);
    if (!notice) return;
    add({ kind: "event", authorKind: "system", authorId: null, name: null, content: notice, at });
    facts = { ...facts, messageSeq: messages.length };
  };
  source.steps.forEach((step, index) => {
    const { at } = step;
    if (step.kind === "inbound") {
      if (index > 0)
        apply({
          kind: "inbound",
          at,
          isBotOn: true,
          reopenWindowMs: Number.MAX_SAFE_INTEGER,
          isBlocked: false,
          isLeftMessage: step.isLeftMessage ?? false,
        });
      add({ kind: "inbound", authorKind: "contact", authorId: null, name: null, content: step.content, at });
    } else if (step.kind === "bot-answer") {
      apply({ kind: "answer", by: "bot", at });
      add({
        kind: "outbound",
        authorKind: "bot",
        authorId: null,
        name: step.name,
        content: step.content,
        at,
      });
    } else if (step.kind === "agent-answer") {
      const event = { kind: "answer", by: "agent", agentId: step.agentId, agentName: step.name, at } as const;
      if (facts.handler.kind !== "agent") tell(event, at);
      apply(event);
      add({
        kind: "outbound",
        authorKind: "agent",
        authorId: step.agentId,
        name: step.name,
        content: step.content,
        at,
      });
    } else if (step.kind === "note") {
      add({
        kind: "note",
        authorKind: "agent",
        authorId: step.agentId,
        name: step.name,
        content: { kind: "text", text: step.text },
        at,
      });
      facts = { ...facts, messageSeq: messages.length };
    } else {
      apply(step.event);
      tell(step.event, at);
      if (step.summary !== undefined) summary = step.summary;
      if (facts.handoff === null) summary = null;
    }
  });
  return { id, beganAt: first.at, facts, messages, summary, source };
}

function begin(at: Date, isLeftMessage: boolean): ConversationFacts {
  return {
    status: "open",
    handler: { kind: "bot" },
    origin: isLeftMessage ? "left-message" : "contact",
    version: 1,
    messageSeq: 1,
    lastAnswerSeq: 0,
    waitingSinceAt: at,
    firstReplyAt: null,
    snoozedUntilAt: null,
    resolvedAt: null,
    disposition: null,
    handoff: null,
  };
}

/** Ids of the past: lists and search put newer ids first, so an old line has an old id. */
export function idsFrom(firstAt: Date) {
  let nowMs = firstAt.getTime();
  const next = idGenerator({ now: () => new Date(nowMs), nowMs: () => nowMs });
  return {
    at<T extends string>(at: Date): T {
      nowMs = Math.max(nowMs, at.getTime());
      return next() as T;
    },
  };
}
