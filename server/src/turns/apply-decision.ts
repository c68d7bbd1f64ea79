// Writes what a turn decided: the bot's bubbles, the hand-over with its "connecting you", the trace and the memory, all in
// ONE transaction that first proves that the conversation has not moved. It moved (the contact wrote again, a person took
// over): nothing is written and the caller decides again over all lines.
import type {
  ColleagueQuestionId,
  ConversationId,
  FlowState,
  IncidentId,
  Message,
  MessageId,
  TurnDecision,
  UserId,
} from "@yingda/contract";
import { recordIncidentTold } from "../brain/index.ts";
import {
  appendMessage,
  appendOnce,
  applyTransition,
  type NewMessage,
  noteAnswered,
} from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { type Tx, transact } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { type Done, emit } from "../platform/outbox/index.ts";
import { enqueue, tellNobody } from "../routing/index.ts";
import { prepareQuestion, putPendingTold, putQuestion, tellChange } from "./ask-colleague/put-question.ts";
import { endQuestion, markSent, type NewQuestion } from "./ask-colleague/question-store.ts";
import { identityToTell, tellIdentity } from "./manner/identity.ts";
import { inTheirScript } from "./manner/their-script.ts";
import { planTurn, type TurnPlan } from "./plan-turn.ts";
import { awayBecause } from "./texts.ts";
import { sealToolRuns, writeToolRuns } from "./tool-runs/ask-tool-runs.ts";
import { markTold } from "./tool-runs/tool-run-store.ts";
import type { TurnMemory } from "./turn-input.ts";
import { flowStatePlace } from "./turn-memory.ts";
import { type Situation, tracePlace } from "./turn-situation.ts";
import { answerStatement, recordTurn, setFlowDue, type TurnRecord, takeFlowDue } from "./turn-store.ts";

export type AppliedTurn =
  | { kind: "applied"; messages: Message[]; memory: TurnMemory }
  /** The version moved, or somebody answered: decide again. */
  | { kind: "overtaken" };

export type TurnEffects = {
  decision: TurnDecision;
  tookMs: number;
  /** The contact said that it is solved: the conversation ends after the last bubble. */
  resolves?: true;
  /** Into the queue for the next opening: a left message, or anything while the bot is off and nobody is there. */
  waitsFor?: { reason: "left-message" | "bot-off" | "bot-on-trial" | "held"; summary: string };
  /** The bot has no duty here: it goes to a person unread. */
  isBotOff?: true;
  /** The lines whose draft is asked for, as the bot is on trial. */
  asksDraft?: { fromSeq: number; toSeq: number };
  /** It tells what came of a tool's work, once: marked as told with the bubbles. */
  tells?: string;
  /** A colleague's reply to this question, once: marked as sent with the bubbles. */
  replies?: ColleagueQuestionId;
  /** The question ends without a reply, once. */
  ends?: { id: ColleagueQuestionId; state: "expired" | "withdrawn"; by: UserId | null };
  /** A flow goes on because its time has come: run and timer, taken with the bubbles, so that it does once. */
  fires?: string;
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
  const { inbox, locale, isFirst } = situation;
  const plan = planTurn(effects.decision, situation.memory, situation.capabilities, locale);
  plan.contents = tellIdentity(plan.contents, identityToTell(inbox, locale, isFirst));
  plan.contents = await inTheirScript(plan.contents, inbox, situation.material);
  const messageIds = plan.contents.map(() => newId<MessageId>());
  const record = await sealRecord(ctx, situation, effects, plan, messageIds[0] ?? null);
  const bubbles = bubblesOf(situation, plan, messageIds, keyOf(effects));
  const runs = await sealToolRuns(ctx, situation.material.conversation.id, plan);
  const question = await questionOf(ctx, situation, plan);
  const isColleague = question !== null || plan.tellsPending || effects.replies !== undefined;
  const [only] = bubbles;
  const isPlainAnswer = !plan.handoff && !plan.offeredForm && !effects.waitsFor && !effects.resolves;
  const isTool = runs.length > 0 || effects.tells !== undefined;
  const tellsIncident = effects.decision.incident !== undefined;
  const due = dueOf(plan.memory.flowState);
  const isTimed = due !== null || dueOf(situation.memory.flowState) !== null || effects.fires !== undefined;
  try {
    if (
      isPlainAnswer &&
      !isTool &&
      !isTimed &&
      !isColleague &&
      !tellsIncident &&
      only &&
      bubbles.length === 1
    ) {
      const message = await answerAtOnce(ctx, only, record, done);
      noteAnswered(ctx, situation.material, message);
      return { kind: "applied", messages: [message], memory: plan.memory };
    }
    const messages = await transact(ctx, async (tx) => {
      const written = await writeAll(ctx, tx, situation, effects, plan, bubbles);
      await recordTurn(tx, record);
      if (effects.tells !== undefined && !(await markTold(tx, effects.tells, ctx.clock.now())))
        throw new Overtaken();
      if (effects.fires !== undefined && !(await takeFlowDue(tx, record.conversationId, record.at)))
        throw new Overtaken();
      await writeColleague(ctx, tx, situation, effects, plan, question);
      if (isTimed) await setFlowDue(tx, ctx.tenantId, record.conversationId, due);
      await writeToolRuns(ctx, tx, runs);
      if (effects.asksDraft) await askDraft(ctx, tx, record.conversationId, effects.asksDraft);
      if (done) await done(tx);
      return written;
    });
    return { kind: "applied", messages, memory: plan.memory };
  } catch (error) {
    if (error instanceof Overtaken) return { kind: "overtaken" };
    throw error;
  }
}

/** What is said without a line of the contact's has a name of its own: the version has not moved since the last turn. */
function keyOf({ tells, fires, replies, ends }: TurnEffects): string | null {
  if (tells !== undefined) return `tool:${tells}`;
  if (replies !== undefined) return `colleague:${replies}`;
  if (ends !== undefined) return `colleague-end:${ends.id}`;
  return fires === undefined ? null : `timer:${fires}`;
}

/** When the open flow goes on by itself. */
function dueOf(state: FlowState | null): Date | null {
  return state?.kind === "flow" && state.dueAt ? new Date(state.dueAt) : null;
}

/** Sealing is asynchronous, so it comes before the transaction, which holds statements only. */
async function sealRecord(
  ctx: Ctx,
  { material }: Situation,
  { decision, tookMs }: TurnEffects,
  plan: TurnPlan,
  messageId: MessageId | null,
): Promise<TurnRecord> {
  const conversationId = material.conversation.id;
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const { flowState, withoutProgress } = plan.memory;
  return {
    tenantId: ctx.tenantId,
    conversationId,
    at: ctx.clock.now(),
    messageId,
    outcome: decision.outcome,
    faq: decision.faq,
    confidence: decision.confidence,
    sealedTrace: messageId && vault.seal(tracePlace(messageId), JSON.stringify(decision.trace)),
    tookMs,
    sealedFlowState: flowState && vault.seal(flowStatePlace(conversationId), JSON.stringify(flowState)),
    withoutProgress,
  };
}

function bubblesOf(
  situation: Situation,
  plan: TurnPlan,
  messageIds: readonly MessageId[],
  key: string | null,
): NewMessage[] {
  const { conversation } = situation.material;
  const name = situation.inbox.bot.name[situation.locale === "en" ? "en" : "zh"];
  return plan.contents.flatMap((content, index) => {
    const messageId = messageIds[index];
    if (!messageId) return [];
    return [
      {
        conversationId: conversation.id,
        author: { kind: "bot", id: null, name },
        content,
        messageId,
        // one turn, one answer, however often it is tried: the version names the turn
        clientMessageId: key === null ? `turn:${conversation.version}:${index}` : `${key}:${index}`,
        hasTrace: index === 0,
        expectVersion: conversation.version,
      },
    ];
  });
}

/** The usual turn, one bubble and nothing else: message, trace, memory and lane position in one flight. */
async function answerAtOnce(
  ctx: Ctx,
  bubble: NewMessage,
  record: TurnRecord,
  done: Done | null,
): Promise<Message> {
  const [lane] = done?.positions ?? [];
  const values = [
    record.outcome,
    record.faq,
    record.confidence,
    record.sealedTrace,
    record.tookMs,
    record.sealedFlowState,
    record.withoutProgress,
    lane?.subscriber ?? null,
    lane?.fromSeq ?? null,
    lane?.toSeq ?? null,
  ];
  const appended = await appendOnce(ctx, bubble, { statement: answerStatement, values });
  if (appended.kind !== "appended") throw new Overtaken();
  done?.written();
  return appended.message;
}

async function writeAll(
  ctx: Ctx,
  tx: Tx,
  situation: Situation,
  { decision, resolves, waitsFor }: TurnEffects,
  plan: TurnPlan,
  bubbles: readonly NewMessage[],
): Promise<Message[]> {
  const conversationId = situation.material.conversation.id;
  const messages: Message[] = [];
  for (const bubble of bubbles) {
    const appended = await appendMessage(ctx, tx, bubble);
    if (appended.kind !== "appended") throw new Overtaken();
    messages.push(appended.message);
  }
  if (decision.incident) await recordIncidentTold(ctx, tx, decision.incident as IncidentId, conversationId);
  if (plan.handoff) await handOver(ctx, tx, conversationId, plan.handoff);
  if (waitsFor) await queueForOpening(ctx, tx, situation, waitsFor);
  if (plan.offeredForm || waitsFor) await tellOwner(ctx, tx, situation);
  if (resolves) await resolve(ctx, tx, conversationId);
  if (messages.length === 0 && !plan.handoff)
    ctx.log.warn({ conversationId, outcome: decision.outcome }, "turn that said nothing");
  return messages;
}

async function questionOf(
  ctx: Ctx,
  { material, inbox, availability }: Situation,
  { asks }: TurnPlan,
): Promise<NewQuestion | null> {
  if (asks === null) return null;
  const { minutes } = inbox.behaviour.askColleague;
  return prepareQuestion(ctx, material.conversation.id, asks, availability, minutes);
}

/** What the turn does to a question to the colleagues; another turn or person that was faster undoes it all. */
async function writeColleague(
  ctx: Ctx,
  tx: Tx,
  situation: Situation,
  { replies, ends }: TurnEffects,
  { tellsPending }: TurnPlan,
  question: NewQuestion | null,
): Promise<void> {
  const conversationId = situation.material.conversation.id;
  const at = ctx.clock.now();
  if (question !== null) {
    if (!(await putQuestion(ctx, tx, question))) throw new Overtaken();
    await tellOwner(ctx, tx, situation);
  }
  if (tellsPending && !(await putPendingTold(ctx, tx, conversationId))) throw new Overtaken();
  if (replies !== undefined && !(await markSent(tx, ctx.tenantId, replies, at))) throw new Overtaken();
  if (ends === undefined) return;
  const { id, state, by } = ends;
  if (!(await endQuestion(tx, ctx.tenantId, id, { state, by, sealedReply: null, at }))) throw new Overtaken();
  await tellChange(ctx, tx, conversationId, id, state);
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

async function askDraft(
  ctx: Ctx,
  tx: Tx,
  conversationId: ConversationId,
  lines: NonNullable<TurnEffects["asksDraft"]>,
): Promise<void> {
  await emit(ctx, tx, conversationId, [{ kind: "draft-asked", payload: { conversationId, ...lines } }]);
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
