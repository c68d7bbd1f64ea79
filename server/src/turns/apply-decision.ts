// Writes what a turn decided: the bot's bubbles, the hand-over with its "connecting you", the trace and the memory, all in
// ONE transaction that first proves that the conversation has not moved. It moved (the contact wrote again, a person took
// over): nothing is written and the caller decides again over all lines.
import type { ConversationId, Message, MessageId, TurnDecision } from "@yingda/contract";
import { appendMessage, applyTransition } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { type Tx, transact } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import type { Done } from "../platform/outbox/index.ts";
import { enqueue, tellNobody } from "../routing/index.ts";
import { planTurn, type TurnPlan } from "./plan-turn.ts";
import { awayBecause } from "./texts.ts";
import { flowStatePlace, type Situation, tracePlace } from "./turn-situation.ts";
import { recordTurn } from "./turn-store.ts";

export type AppliedTurn =
  | { kind: "applied"; messages: Message[] }
  /** The version moved, or somebody answered: decide again. */
  | { kind: "overtaken" };

export type TurnEffects = {
  decision: TurnDecision;
  tookMs: number;
  /** The contact said that it is solved: the conversation ends after the last bubble. */
  resolves?: true;
  /** Into the queue for the next opening: a left message, or anything while the bot is off and nobody is there. */
  waitsFor?: { reason: "left-message" | "bot-off"; summary: string };
};

/** Thrown inside the transaction to undo it; never leaves this file. */
class Overtaken extends Error {}

/** `done`: the lane's position, written in the same transaction. Throws LaneMoved when another process was faster. */
export async function applyDecision(
  ctx: Ctx,
  situation: Situation,
  effects: TurnEffects,
  done: Done | null,
): Promise<AppliedTurn> {
  const { decision } = effects;
  const plan = planTurn(decision, situation.memory, situation.capabilities, situation.locale);
  const write = await preparedWrite(ctx, situation, effects, plan);
  try {
    return await transact(ctx, async (tx) => {
      const messages = await write(tx);
      if (done) await done(tx);
      return { kind: "applied", messages };
    });
  } catch (error) {
    if (error instanceof Overtaken) return { kind: "overtaken" };
    throw error;
  }
}

/** Seals first (asynchronous), so that the transaction holds statements only. */
async function preparedWrite(
  ctx: Ctx,
  situation: Situation,
  { decision, tookMs, resolves, waitsFor }: TurnEffects,
  plan: TurnPlan,
): Promise<(tx: Tx) => Promise<Message[]>> {
  const { conversation, lines } = situation.material;
  const conversationId = conversation.id;
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const firstId = newId<MessageId>();
  const { flowState, withoutProgress } = plan.memory;
  const record = {
    tenantId: ctx.tenantId,
    conversationId,
    messageId: plan.contents.length > 0 ? firstId : null,
    outcome: decision.outcome,
    faq: decision.faq,
    confidence: decision.confidence,
    sealedTrace: vault.seal(tracePlace(firstId), JSON.stringify(decision.trace)),
    tookMs,
    sealedFlowState: flowState && vault.seal(flowStatePlace(conversationId), JSON.stringify(flowState)),
    withoutProgress,
  };
  return async (tx) => {
    const messages = await appendAll(ctx, tx, situation, plan, firstId);
    if (plan.handoff) await handOver(ctx, tx, conversationId, plan.handoff);
    if (waitsFor) await queueForOpening(ctx, tx, situation, waitsFor);
    if (plan.offeredForm || waitsFor) await tellOwner(ctx, tx, situation);
    if (resolves) await resolve(ctx, tx, conversationId);
    await recordTurn(tx, { ...record, at: ctx.clock.now() });
    if (messages.length === 0 && !plan.handoff && !waitsFor && !resolves)
      ctx.log.warn(
        { conversationId, outcome: decision.outcome, lines: lines.length },
        "turn without any effect",
      );
    return messages;
  };
}

async function appendAll(
  ctx: Ctx,
  tx: Tx,
  situation: Situation,
  plan: TurnPlan,
  firstId: MessageId,
): Promise<Message[]> {
  const { conversation } = situation.material;
  const name = situation.inbox.bot.name[situation.locale === "en" ? "en" : "zh"];
  const messages: Message[] = [];
  for (const [index, content] of plan.contents.entries()) {
    const appended = await appendMessage(ctx, tx, {
      conversationId: conversation.id,
      author: { kind: "bot", id: null, name },
      content,
      messageId: index === 0 ? firstId : newId<MessageId>(),
      // one turn, one answer, however often it is tried: the version names the turn
      clientMessageId: `turn:${conversation.version}:${index}`,
      hasTrace: index === 0,
      expectVersion: conversation.version,
    });
    if (appended.kind !== "appended") throw new Overtaken();
    messages.push(appended.message);
  }
  return messages;
}

async function handOver(
  ctx: Ctx,
  tx: Tx,
  conversationId: ConversationId,
  handoff: NonNullable<TurnPlan["handoff"]>,
): Promise<void> {
  const applied = await enqueue(ctx, tx, { conversationId, ...handoff });
  if (applied.kind === "refused") throw new Overtaken();
}

async function queueForOpening(
  ctx: Ctx,
  tx: Tx,
  situation: Situation,
  waitsFor: NonNullable<TurnEffects["waitsFor"]>,
): Promise<void> {
  const applied = await enqueue(ctx, tx, {
    conversationId: situation.material.conversation.id,
    ...waitsFor,
    notBefore: situation.availability.opensAt,
  });
  if (applied.kind === "refused") throw new Overtaken();
}

async function tellOwner(ctx: Ctx, tx: Tx, { material, availability }: Situation): Promise<void> {
  const why = awayBecause(availability.availability);
  if (why) await tellNobody(ctx, tx, material.conversation.id, why);
}

async function resolve(ctx: Ctx, tx: Tx, conversationId: ConversationId): Promise<void> {
  const applied = await applyTransition(ctx, tx, conversationId, {
    kind: "resolve",
    disposition: "answered-by-bot",
    by: "contact",
    at: ctx.clock.now(),
  });
  if (applied.kind === "refused") throw new Overtaken();
}
