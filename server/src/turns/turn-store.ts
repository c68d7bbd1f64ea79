// SQL of turns: what a conversation's next turn must know, the timers of held turns, the traces. Owner: turns.
import type { ConversationId, MessageId } from "@yingda/contract";
import type { NamedStatement, Tx } from "../platform/db/index.ts";

export type MemoryRow = { sealedFlowState: Buffer | null; withoutProgress: number };
export type HeldRow = { tenantId: string; conversationId: ConversationId; dueAt: Date };

export const readMemory: NamedStatement = {
  name: "turns-read-memory",
  text: `select sealed_flow_state as "sealedFlowState", without_progress as "withoutProgress" from turn_state where conversation_id = $1`,
};

/** The newest line moves the timer; a held turn is one row however many lines it has. */
export const putHeld: NamedStatement = {
  name: "turns-put-held",
  text: `insert into held_turn (tenant_id, conversation_id, version, due_at) values ($1, $2, $3, $4)
    on conflict (tenant_id, conversation_id) do update set version = excluded.version, due_at = excluded.due_at`,
};

/** The same, and the position of the lane that brought the line, in one flight. */
export const putHeldAndDone: NamedStatement = {
  name: "turns-put-held-done",
  text: `with held as (${putHeld.text} returning conversation_id)
    select outbox_done($1, $5, conversation_id, $6, $7) from held`,
};

/** Ends a timer that has run out; one that a new line has moved on stays. */
export async function removeHeld(tx: Tx, conversationId: ConversationId, dueBefore: Date): Promise<void> {
  await tx.run(`delete from held_turn where conversation_id = $1 and due_at <= $2`, [
    conversationId,
    dueBefore,
  ]);
}

export async function postponeHeld(tx: Tx, conversationId: ConversationId, dueAt: Date): Promise<void> {
  await tx.run(`update held_turn set due_at = $2 where conversation_id = $1 and due_at < $2`, [
    conversationId,
    dueAt,
  ]);
}

export const findHeld: NamedStatement = {
  name: "turns-find-held",
  text: `select due_at as "dueAt" from held_turn where tenant_id = $1 and conversation_id = $2`,
};

/** Held turns that are due before this instant, of all tenants; system role. */
export function dueHeld(tx: Tx, before: Date, limit: number): Promise<HeldRow[]> {
  return tx.rows(
    `select tenant_id as "tenantId", conversation_id as "conversationId", due_at as "dueAt" from held_turn
     where due_at <= $1 order by due_at limit $2`,
    [before, limit],
  );
}

export type TurnRecord = {
  tenantId: string;
  conversationId: ConversationId;
  at: Date;
  messageId: MessageId | null;
  outcome: string;
  faq: string | null;
  confidence: number;
  sealedTrace: Buffer | null;
  tookMs: number;
  sealedFlowState: Buffer | null;
  withoutProgress: number;
};

/** append_message's 16 parameters, then turn_record's and the lane's position, in one flight; see 0130-turns.sql. */
const answerParameters = 26;
export const answerStatement: NamedStatement = {
  name: "turn-answer",
  text: `select * from turn_answer(${Array.from({ length: answerParameters }, (_, index) => `$${index + 1}`).join(", ")})`,
};

export async function recordTurn(tx: Tx, turn: TurnRecord): Promise<void> {
  await tx.run(`select turn_record($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, [
    turn.tenantId,
    turn.conversationId,
    turn.at,
    turn.messageId,
    turn.outcome,
    turn.faq,
    turn.confidence,
    turn.sealedTrace,
    turn.tookMs,
    turn.sealedFlowState,
    turn.withoutProgress,
  ]);
}

export type TraceRow = {
  conversationId: ConversationId;
  outcome: string;
  faq: string | null;
  confidence: number;
  sealedTrace: Buffer;
  tookMs: number;
  at: Date;
};

export function findTrace(tx: Tx, messageId: MessageId): Promise<TraceRow | undefined> {
  return tx.maybe(
    `select conversation_id as "conversationId", outcome, faq_slug as faq, confidence, sealed_trace as "sealedTrace", took_ms as "tookMs", at
     from turn_trace where message_id = $1`,
    [messageId],
  );
}

/** When the bot may take a conversation back from its agent; null never. */
export async function setGiveBack(
  tx: Tx,
  tenantId: string,
  conversationId: ConversationId,
  at: Date | null,
): Promise<void> {
  await tx.run(
    `insert into turn_state (tenant_id, conversation_id, give_back_at) values ($1, $2, $3)
     on conflict (tenant_id, conversation_id) do update set give_back_at = excluded.give_back_at`,
    [tenantId, conversationId, at],
  );
}

/** When the open flow goes on by itself; null never. Part of the turn that says so. */
export async function setFlowDue(
  tx: Tx,
  tenantId: string,
  conversationId: ConversationId,
  at: Date | null,
): Promise<void> {
  await tx.run(`update turn_state set flow_due_at = $3 where tenant_id = $1 and conversation_id = $2`, [
    tenantId,
    conversationId,
    at,
  ]);
}

/** Whether the open flow goes on by itself some time. */
export async function isFlowDue(tx: Tx, conversationId: ConversationId): Promise<boolean> {
  const row = await tx.maybe(
    `select 1 from turn_state where conversation_id = $1 and flow_due_at is not null`,
    [conversationId],
  );
  return row !== undefined;
}

/** The open flow goes on no more. */
export async function endFlow(tx: Tx, conversationId: ConversationId): Promise<void> {
  await tx.run(
    `update turn_state set sealed_flow_state = null, flow_due_at = null where conversation_id = $1`,
    [conversationId],
  );
}

/** Takes what is due: true for one of all who try. */
export async function takeFlowDue(tx: Tx, conversationId: ConversationId, before: Date): Promise<boolean> {
  const taken = await tx.run(
    `update turn_state set flow_due_at = null where conversation_id = $1 and flow_due_at <= $2`,
    [conversationId, before],
  );
  return taken > 0;
}

/** Flows that are due to go on, of all tenants; system role. */
export function dueFlows(
  tx: Tx,
  at: Date,
  limit: number,
): Promise<{ tenantId: string; conversationId: ConversationId }[]> {
  return tx.rows(
    `select tenant_id as "tenantId", conversation_id as "conversationId" from turn_state
     where flow_due_at is not null and flow_due_at <= $1 order by flow_due_at limit $2`,
    [at, limit],
  );
}

/** Due to be given back, of all tenants; system role. */
export function dueGiveBacks(
  tx: Tx,
  at: Date,
  limit: number,
): Promise<{ tenantId: string; conversationId: ConversationId }[]> {
  return tx.rows(
    `select tenant_id as "tenantId", conversation_id as "conversationId" from turn_state
     where give_back_at is not null and give_back_at <= $1 order by give_back_at limit $2`,
    [at, limit],
  );
}
