// Carries out what the rules say: locks the row, asks `transition`, writes the row, a notice in the thread and the
// domain events, all in the caller's transaction. Called by this room's use cases, by routing and by turns; nobody
// else writes status or handler, and nobody adds a notice or event of their own for it.
import type { ConversationId, Message, MessageId, NewEvent, Notice, WantedSkills } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { emit } from "../platform/outbox/index.ts";
import { type AssignedBy, eventsOf, noticeOf } from "./consequences.ts";
import { lockConversationRow, writeFacts } from "./conversation-store.ts";
import { sealBody } from "./message-seal.ts";
import { insertNotice } from "./message-store.ts";
import {
  type ConversationEvent,
  type ConversationRecord,
  isRefusal,
  type Refusal,
  transition,
} from "./model.ts";
import { recentMessages } from "./recent-messages.ts";

/** Every event but the two that the SQL functions of the record carry out. */
export type AppliedEvent = Exclude<ConversationEvent, { kind: "inbound" | "answer" }>;

/** `before === conversation` when there was nothing to do. */
export interface Applied {
  kind: "applied";
  before: ConversationRecord;
  conversation: ConversationRecord;
}

export interface TransitionOptions {
  /** Refused with conversation/version-moved when the conversation has moved on since. */
  expectVersion?: number;
  /** What the contact wants, for the agent; kept sealed with a handoff. */
  handoffSummary?: string;
  /** What a handoff wants of who takes it; with an accept, whether that was had. */
  handoffSkills?: WantedSkills;
  /** Says in conversation-assigned how the agent came to it; default by the event. */
  assignedBy?: AssignedBy;
  /** No line in the thread. */
  silent?: boolean;
}

export async function applyTransition(
  ctx: Ctx,
  tx: Tx,
  conversationId: ConversationId,
  event: AppliedEvent,
  options: TransitionOptions = {},
): Promise<Applied | Refusal> {
  const before = await lockConversationRow(tx, ctx.tenantId, conversationId);
  if (!before) return { kind: "refused", code: "conversation/not-found" };
  if (options.expectVersion !== undefined && options.expectVersion !== before.version)
    return { kind: "refused", code: "conversation/version-moved" };
  const moved = transition(before, event);
  if (isRefusal(moved)) return moved;
  if (moved === before) return { kind: "applied", before, conversation: before };

  const notice = options.silent ? null : noticeOf(event);
  const after = notice ? { ...moved, messageSeq: moved.messageSeq + 1 } : moved;
  await writeFacts(tx, ctx.tenantId, after, {
    sealedSummary: await summaryOf(ctx, after, event, options),
    skills: skillsOf(after, event, options),
  });
  const events = eventsOf(before, event, after, options.assignedBy);
  if (!notice) await emit(ctx, tx, conversationId, events);
  else {
    const message = await writeNotice(ctx, tx, after, notice);
    tx.afterCommit(() => recentMessages(ctx).put(ctx.tenantId, message, ctx.clock.nowMs()));
    await emit(ctx, tx, conversationId, [noticeEvent(after, message), ...events], { messages: [message] });
  }
  return { kind: "applied", before, conversation: after };
}

const isHandoff = ({ kind }: AppliedEvent) => kind === "handoff" || kind === "left-message";

/** As with the summary; who takes it may add whether the skills were had. */
function skillsOf(
  after: ConversationRecord,
  event: AppliedEvent,
  { handoffSkills }: TransitionOptions,
): WantedSkills | null | undefined {
  if (handoffSkills !== undefined || isHandoff(event)) return handoffSkills ?? null;
  return after.handoff === null ? null : undefined;
}

/** A new handoff replaces the summary, the end of one empties it; other changes leave it. */
async function summaryOf(
  ctx: Ctx,
  after: ConversationRecord,
  event: AppliedEvent,
  options: TransitionOptions,
): Promise<Buffer | null | undefined> {
  if (!isHandoff(event)) return after.handoff === null ? null : undefined;
  if (!options.handoffSummary) return null;
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const place = { table: "conversation", column: "sealed_handoff_summary", row: after.id };
  return vault.seal(place, options.handoffSummary.toWellFormed());
}

async function writeNotice(ctx: Ctx, tx: Tx, after: ConversationRecord, notice: Notice): Promise<Message> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const id = newId<MessageId>();
  const at = ctx.clock.now();
  const sealed = sealBody(vault, id, { content: notice, name: null });
  await insertNotice(tx, ctx.tenantId, { id, conversation: after, seq: after.messageSeq, sealed, at });
  return {
    id,
    conversationId: after.id,
    seq: after.messageSeq,
    kind: "event",
    author: { kind: "system", id: null, name: null },
    content: notice,
    clientMessageId: null,
    delivery: { status: "sent", reason: null },
    hasTrace: false,
    createdAt: at.toISOString(),
  };
}

function noticeEvent(after: ConversationRecord, message: Message): NewEvent {
  return {
    kind: "message-queued",
    payload: {
      conversationId: after.id,
      messageId: message.id,
      seq: message.seq,
      inboxId: after.inboxId,
      author: "system",
      isPush: false,
    },
  };
}
