// A flow goes on by itself: its wait is over, or the customer has been silent and is reminded, and later let go. The row of
// the conversation says when, so that it happens after a restart as well, and once: whoever takes the row's time writes.
// What the customer writes in between moves the time; where the channel lets the bot not write first, nothing is sent.
import type { ConversationId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { applyDecision } from "./apply-decision.ts";
import { type Brain, brainBudgetMs } from "./ask-brain.ts";
import { behaviourOf } from "./manner/behaviour-of.ts";
import { type TurnMemory, turnInput } from "./turn-input.ts";
import { loadSituation, type Situation } from "./turn-situation.ts";
import { setFlowDue } from "./turn-store.ts";

const laterMs = 10_000;

/** Call it in the conversation's line. Out: what is remembered now; null when nothing was said. */
export async function fireFlowTimer(
  ctx: Ctx,
  brain: Brain,
  conversationId: ConversationId,
): Promise<TurnMemory | null> {
  const situation = await loadSituation(ctx, conversationId, undefined, null);
  const state = situation?.memory.flowState;
  if (!situation || state?.kind !== "flow" || !state.dueAt || !mayWrite(ctx, situation)) {
    await transact(ctx, (tx) => setFlowDue(tx, ctx.tenantId, conversationId, null));
    return null;
  }
  // a line has come and is about to be answered: it goes first, and moves the time
  const dueAt = new Date(state.dueAt);
  if (situation.material.lines.length > 0 || dueAt > ctx.clock.now()) {
    await postponeFlow(ctx, conversationId);
    return null;
  }
  const decision = await brain.afterTime?.(ctx, inputOf(ctx, situation), AbortSignal.timeout(brainBudgetMs));
  if (!decision) {
    await transact(ctx, (tx) => setFlowDue(tx, ctx.tenantId, conversationId, null));
    return null;
  }
  const fires = `${String(state.run.runId)}:${String(state.run.timer)}`;
  const applied = await applyDecision(ctx, situation, { decision, tookMs: 0, fires }, null);
  return applied.kind === "applied" ? applied.memory : null;
}

/** Looks at it again in a while. */
export async function postponeFlow(ctx: Ctx, conversationId: ConversationId): Promise<void> {
  const at = new Date(ctx.clock.nowMs() + laterMs);
  await transact(ctx, (tx) => setFlowDue(tx, ctx.tenantId, conversationId, at));
}

/** The bot still has the conversation, is on, and the channel takes a message that answers nothing. */
function mayWrite(ctx: Ctx, { material, inbox, capabilities }: Situation): boolean {
  const { conversation, contact, history } = material;
  const { kind } = conversation.handler;
  if (conversation.status !== "open" || contact.isBlocked || !inbox.bot.isOn) return false;
  if (kind !== "bot" && kind !== "nobody") return false;
  if (capabilities.replyWindowMs === null) return true;
  const heardAt = history.findLast(({ kind: what }) => what === "inbound")?.createdAt;
  return heardAt !== undefined && ctx.clock.nowMs() - Date.parse(heardAt) < capabilities.replyWindowMs;
}

function inputOf(ctx: Ctx, situation: Situation) {
  const { material, inbox, memory, locale, timeZone, availability } = situation;
  return turnInput({
    tenantId: ctx.tenantId,
    material,
    channel: inbox.channel,
    memory,
    locale,
    timeZone,
    availability,
    thresholds: inbox.bot.thresholds,
    behaviour: behaviourOf(ctx, situation),
    isDue: true,
  });
}
