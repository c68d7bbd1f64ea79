// Looks through the traces of turns for questions without a good answer and groups them: each night, and when somebody asks.
// It reads what the turns have left anyhow, so that a turn costs nothing more. Run twice it finds nothing twice.

import type { ConversationId, Message, TraceEntry } from "@yingda/contract";
import { listTenantIds, requirePermission } from "../../accounts/index.ts";
import { accessConversation, getInbox, getThread } from "../../conversations/index.ts";
import { type Ctx, makeCtx, type Services } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { tracePlace } from "../turn-situation.ts";
import { linesBefore, linesBeforeAnswer } from "./asked-lines.ts";
import {
  insertQuestion,
  listSuspects,
  type NewQuestion,
  readScannedTo,
  type SuspectRow,
  textPlace,
  writeScannedTo,
} from "./gap-store.ts";
import { groupNewQuestions } from "./group-gaps.ts";
import { judgeTurn } from "./judge-turn.ts";

const dayMs = 86_400_000;
/** Older questions say little about what is asked now. */
const oldestMs = 60 * dayMs;
/** Looked at once more: what was too early to judge, and what another node wrote late. */
const overlapMs = dayMs;
const pageSize = 200;
const longestThread = 200;
const firstId = "00000000-0000-0000-0000-000000000000";

export async function collectGaps(ctx: Ctx): Promise<{ found: number }> {
  requirePermission(ctx, "knowledge-write");
  requirePermission(ctx, "conversations-read");
  const now = ctx.clock.now();
  const scannedTo = await transact(ctx, (tx) => readScannedTo(tx, ctx.tenantId));
  const oldest = now.getTime() - oldestMs;
  const from = scannedTo === null ? oldest : Math.max(oldest, scannedTo.getTime() - overlapMs);
  const found = await scan(ctx, new Date(from), now);
  await transact(ctx, (tx) => writeScannedTo(tx, ctx.tenantId, now));
  await groupNewQuestions(ctx);
  return { found };
}

/** The nightly job; a shop that fails does not keep the others. */
export async function collectAllGaps(services: Services): Promise<void> {
  for (const tenantId of await listTenantIds(services)) {
    const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "gaps" } });
    try {
      await collectGaps(ctx);
    } catch (error) {
      ctx.log.error({ err: error, tenantId }, "gaps not collected");
    }
  }
}

async function scan(ctx: Ctx, from: Date, now: Date): Promise<number> {
  let after = { at: from, messageId: firstId as string };
  let found = 0;
  for (;;) {
    const rows = await transact(ctx, (tx) => listSuspects(tx, ctx.tenantId, after, pageSize));
    const threads = new Map<ConversationId, Thread | null>();
    for (const row of rows) {
      const question = await questionOf(ctx, row, now, threads);
      if (question !== null && (await transact(ctx, (tx) => insertQuestion(tx, ctx.tenantId, question))))
        found += 1;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return found;
    after = { at: last.at, messageId: last.message_id };
  }
}

export interface Thread {
  messages: Message[];
  channel: NewQuestion["channel"];
}

async function questionOf(
  ctx: Ctx,
  row: SuspectRow,
  now: Date,
  threads: Map<ConversationId, Thread | null>,
): Promise<NewQuestion | null> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const trace = JSON.parse(vault.openText(tracePlace(row.message_id), row.sealed_trace)) as TraceEntry[];
  const { outcome, faq_slug: faq, at } = row;
  const previous =
    row.previous_outcome === null ? null : { outcome: row.previous_outcome, faq: row.previous_faq };
  const decided = (trace.findLast(({ step }) => step === "decide") ?? trace.at(-1))?.because.code ?? "";
  const judged = judgeTurn({ outcome, faq, at, decided, next: row.next_outcome, previous }, now);
  if (judged.kind !== "gap") return null;
  const { conversation_id: conversationId, message_id: messageId } = row;
  const known = threads.get(conversationId);
  const thread = known === undefined ? await readThread(ctx, conversationId) : known;
  threads.set(conversationId, thread);
  if (thread === null) return null;
  const find = judged.about === "this" ? linesBefore : linesBeforeAnswer;
  const text = find(thread.messages, messageId);
  if (text === "") return null;
  const sealedText = vault.seal(textPlace(messageId), text);
  return {
    messageId,
    conversationId,
    reason: judged.reason,
    faq: judged.faq,
    channel: thread.channel,
    sealedText,
    at,
  };
}

/** The newest lines; null for a conversation that is gone by now. */
export async function readThread(ctx: Ctx, conversationId: ConversationId): Promise<Thread | null> {
  try {
    const { inboxId } = await accessConversation(ctx, conversationId);
    const inbox = await getInbox(ctx, inboxId);
    const { messages } = await getThread(ctx, conversationId, { limit: longestThread });
    return { messages, channel: inbox?.channel ?? "web" };
  } catch (error) {
    if (error instanceof AppError && error.code === "conversation/not-found") return null;
    throw error;
  }
}
