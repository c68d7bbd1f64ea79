// After an agent's silence the bot may answer again: the conversation goes back to it, and what is still unanswered is
// answered. The time is looked at again when it comes: an agent who replied meanwhile starts it anew.
import type { ConversationId } from "@yingda/contract";
import { getInbox, lockConversation } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { availability, giveToBot } from "../routing/index.ts";
import { dutyOf } from "./manner/duty.ts";
import { setGiveBack } from "./turn-store.ts";

/** Starts the clock when an agent takes a conversation. */
export async function watchForSilence(ctx: Ctx, conversationId: ConversationId): Promise<void> {
  const silence = await silenceOf(ctx, conversationId);
  if (silence === null) return;
  await transact(ctx, async (tx) => {
    const record = await lockConversation(tx, conversationId);
    if (record?.handler.kind !== "agent") return;
    await setGiveBack(tx, ctx.tenantId, conversationId, new Date(ctx.clock.nowMs() + silence.ms));
  });
}

/**
 * "given": the bot has it again. "later": the agent or the contact said something since, it sleeps, or
 * the bot would only hand it over again; looked at again then.
 */
export async function giveBack(
  ctx: Ctx,
  conversationId: ConversationId,
): Promise<"given" | "later" | "not-theirs"> {
  const silence = await silenceOf(ctx, conversationId);
  return transact(ctx, async (tx) => {
    const record = await lockConversation(tx, conversationId);
    if (record?.handler.kind !== "agent" || silence === null) {
      await setGiveBack(tx, ctx.tenantId, conversationId, null);
      return "not-theirs";
    }
    if (record.status === "snoozed" || !silence.isBotOnDuty) {
      await setGiveBack(
        tx,
        ctx.tenantId,
        conversationId,
        lookAgainAt(ctx, record.snoozedUntilAt, silence.ms),
      );
      return "later";
    }
    // counted from the contact's oldest open line, or from the last word of anybody: the agent gets the whole time
    const silentSince = record.waitingSinceAt ?? record.lastMessageAt;
    const dueAt = new Date(silentSince.getTime() + silence.ms);
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
async function silenceOf(
  ctx: Ctx,
  conversationId: ConversationId,
): Promise<{ ms: number; isBotOnDuty: boolean } | null> {
  const record = await transact(ctx, (tx) => lockConversation(tx, conversationId));
  const inbox = record && (await getInbox(ctx, record.inboxId));
  if (!inbox?.bot.isOn || inbox.bot.giveBackMinutes === 0) return null;
  const { availability: promised } = await availability(ctx);
  const { behaviour } = inbox;
  const duty = dutyOf({ isOn: true, behaviour, availability: promised, conversationId });
  return { ms: inbox.bot.giveBackMinutes * 60_000, isBotOnDuty: duty === "answers" };
}
