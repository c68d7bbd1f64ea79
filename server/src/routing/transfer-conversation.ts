// An agent hands a conversation on. To a colleague: an offer; the sender keeps it until the colleague accepts, and keeps
// it when the colleague declines or does not answer. To the queue: at once. POST /api/conversations/:id/transfer.
import type { Conversation, ConversationId, QueueId, UserId } from "@yingda/contract";
import { accessConversation, appendMessage, applyTransition } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { type Tx, transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { emit } from "../platform/outbox/index.ts";
import { actingAgent } from "./acting-agent.ts";
import { describeAgents, readAgentRows } from "./agents.ts";
import { putWaiting } from "./enqueue.ts";
import { offerTimeoutMs } from "./offer-timeout.ts";
import { presentOne } from "./present-one.ts";
import { listQueueRows } from "./queue-settings-store.ts";
import { putTransferOffer, removeTransferOffer } from "./transfer-store.ts";

export type TransferTarget = { agentId: UserId } | { queueId: QueueId };

/** @throws routing/not-available, routing/at-capacity, queue/not-found, or why the conversation may not be moved. */
export async function transferConversation(
  ctx: Ctx,
  conversationId: ConversationId,
  to: TransferTarget,
  note: string,
): Promise<Conversation> {
  const { userId } = actingAgent(ctx);
  const record = await accessConversation(ctx, conversationId, "transfer");
  if ("agentId" in to) {
    if (record.handler.kind !== "agent") throw new AppError("conversation/transition-refused");
    await offerToColleague(ctx, conversationId, {
      from: record.handler.agentId,
      to: to.agentId,
      note,
      by: userId,
    });
  } else {
    await moveToQueue(ctx, conversationId, to.queueId, note);
  }
  return presentOne(ctx, conversationId);
}

async function offerToColleague(
  ctx: Ctx,
  conversationId: ConversationId,
  handover: { from: UserId; to: UserId; by: UserId; note: string },
): Promise<void> {
  if (handover.to === handover.from) throw new AppError("conversation/already-assigned");
  const rows = await transact(ctx, readAgentRows);
  const colleague = (await describeAgents(ctx, rows)).find(({ userId }) => userId === handover.to);
  if (!colleague?.isConnected || !colleague.isAvailable) throw new AppError("routing/not-available");
  if (colleague.openCount >= colleague.capacity) throw new AppError("routing/at-capacity");
  await transact(ctx, async (tx) => {
    const at = ctx.clock.now();
    const expiresAt = new Date(at.getTime() + (await offerTimeoutMs(tx)));
    await addNote(ctx, tx, conversationId, handover.note);
    await putTransferOffer(tx, {
      tenantId: ctx.tenantId,
      conversationId,
      from: handover.from,
      to: handover.to,
      at,
      expiresAt,
    });
    await emit(ctx, tx, conversationId, [
      {
        kind: "offer-made",
        payload: { conversationId, agentId: handover.to, expiresAt: expiresAt.toISOString() },
      },
    ]);
  });
}

async function moveToQueue(
  ctx: Ctx,
  conversationId: ConversationId,
  queueId: QueueId,
  note: string,
): Promise<void> {
  const { userId } = actingAgent(ctx);
  await transact(ctx, async (tx) => {
    if (!(await listQueueRows(tx)).some(({ id }) => id === queueId)) throw new AppError("queue/not-found");
    await addNote(ctx, tx, conversationId, note);
    const applied = await applyTransition(ctx, tx, conversationId, {
      kind: "transfer",
      to: { queueId },
      at: ctx.clock.now(),
    });
    if (applied.kind === "refused") throw new AppError(applied.code);
    await removeTransferOffer(tx, conversationId);
    // whoever gives it away is asked last
    await putWaiting(ctx, tx, { conversationId, reason: "agent-transfer", queueId, declinedBy: [userId] });
  });
}

async function addNote(ctx: Ctx, tx: Tx, conversationId: ConversationId, note: string): Promise<void> {
  const text = note.trim();
  if (!text) return;
  const { userId, name } = actingAgent(ctx);
  const appended = await appendMessage(ctx, tx, {
    conversationId,
    author: { kind: "agent", id: userId, name },
    content: { kind: "text", text },
    kind: "note",
  });
  if (appended.kind === "refused") throw new AppError(appended.code);
}
