// After an agent's silence the bot may answer again: the conversation goes back to it, and what is still unanswered is
// answered. The time is looked at again when it comes: an agent who replied meanwhile starts it anew.
import type { ConversationId } from "@yingda/contract";
import { getInbox, lockConversation } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { giveToBot } from "../routing/index.ts";
import { setGiveBack } from "./turn-store.ts";

/** Starts the clock when an agent takes a conversation. */
export async function watchForSilence(ctx: Ctx, conversationId: ConversationId): Promise<void> {
  const silenceMs = await silenceOf(ctx, conversationId);
  if (silenceMs === null) return;
  await transact(ctx, async (tx) => {
    const record = await lockConversation(tx, conversationId);
    if (record?.handler.kind !== "agent") return;
    await setGiveBack(tx, ctx.tenantId, conversationId, new Date(ctx.clock.nowMs() + silenceMs));
  });
}

/** "given": the bot has it again. "later": the agent or the contact said something since; looked at again then. */
export async function giveBack(
  ctx: Ctx,
  conversationId: ConversationId,
): Promise<"given" | "later" | "not-theirs"> {
  const silenceMs = await silenceOf(ctx, conversationId);
  return transact(ctx, async (tx) => {
    const record = await lockConversation(tx, conversationId);
    if (record?.handler.kind !== "agent" || silenceMs === null) {
      await setGiveBack(tx, ctx.tenantId, conversationId, null);
      return "not-theirs";
    }
    if (record.status === "snoozed") {
      await setGiveBack(tx, ctx.tenantId, conversationId, lookAgainAt(ctx, record.snoozedUntilAt, silenceMs));
      return "later";
    }
    // counted from the contact's oldest open line, or from the last word of anybody: the agent gets the whole time
    const silentSince = record.waitingSinceAt ?? record.lastMessageAt;
    const dueAt = new Date(silentSince.getTime() + silenceMs);
    if (dueAt > ctx.clock.now()) {
      await setGiveBack(tx, ctx.tenantId, conversationId, dueAt);
      return "later";
    }
    await setGiveBack(tx, ctx.tenantId, conversationId, null);
    return (await giveToBot(ctx, tx, conversationId, record.version)) ? "not-theirs" : "given";
  });
}

/** While it sleeps, as an agent wished; once it has woken the agent gets the whole time. */
function lookAgainAt(ctx: Ctx, untilAt: Date | null, silenceMs: number): Date {
  const nextMs = ctx.clock.nowMs() + silenceMs;
  const wakesMs = untilAt?.getTime() ?? 0;
  return new Date(wakesMs <= nextMs ? Math.max(wakesMs, ctx.clock.nowMs()) + silenceMs : nextMs);
}

/** Null: never by itself. Asked before the transaction: whoever holds a connection must not wait for another. */
async function silenceOf(ctx: Ctx, conversationId: ConversationId): Promise<number | null> {
  const record = await transact(ctx, (tx) => lockConversation(tx, conversationId));
  const inbox = record && (await getInbox(ctx, record.inboxId));
  if (!inbox?.bot.isOn || inbox.bot.giveBackMinutes === 0) return null;
  return inbox.bot.giveBackMinutes * 60_000;
}
