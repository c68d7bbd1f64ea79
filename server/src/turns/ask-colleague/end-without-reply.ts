// Nobody replied in time, or nobody knows: the conversation is handed over with a summary. While nobody is there it waits
// for the opening, and the owner hears of it.
import type { ColleagueQuestion, ColleagueQuestionId, ConversationId, TurnDecision } from "@yingda/contract";
import { requestAudit, requirePermission, requireUser } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { applyDecision, type TurnEffects } from "../apply-decision.ts";
import { connectingText } from "../own-decision.ts";
import { awayBecause, texts } from "../texts.ts";
import { emptyMemory, type TurnMemory } from "../turn-input.ts";
import { loadSituation, type Situation } from "../turn-situation.ts";
import { presentOneQuestion } from "./list-questions.ts";
import { ownTrace } from "./own-trace.ts";
import { tellChange } from "./put-question.ts";
import { openQuestion } from "./question-seal.ts";
import { endQuestion, findQuestion, type QuestionRow } from "./question-store.ts";
import { lockOpen } from "./reply-to-question.ts";

const mostReruns = 3;

/** Its time has run out. Out: what the conversation's turns remember now; null when nothing was said. */
export async function expireQuestion(ctx: Ctx, id: ColleagueQuestionId): Promise<TurnMemory | null> {
  const row = await transact(ctx, (tx) => findQuestion(tx, ctx.tenantId, id));
  if (row?.state !== "open" || row.dueAt > ctx.clock.now()) return null;
  return (await handOver(ctx, row, "expired")) ? emptyMemory : null;
}

/** @throws AppError colleague-question/not-found, /answered, /expired, /withdrawn */
export async function handOverQuestion(ctx: Ctx, id: ColleagueQuestionId): Promise<ColleagueQuestion> {
  requirePermission(ctx, "conversations-reply");
  const { userId } = requireUser(ctx);
  const row = await transact(ctx, async (tx) => {
    const open = await lockOpen(ctx, tx, id);
    await requestAudit(ctx, tx, {
      action: "colleague-question-handed-over",
      subject: "conversation",
      subjectId: open.conversationId,
      details: { questionId: id },
    });
    return open;
  });
  await handOver({ ...ctx, actor: { kind: "bot" } }, row, "withdrawn", userId);
  const now = await transact(ctx, (tx) => findQuestion(tx, ctx.tenantId, id));
  if (now?.state === "answered") throw new AppError("colleague-question/answered");
  return presentOneQuestion(ctx, id);
}

/** False when the conversation is in nobody's need of it: ended, blocked, with a person, or gone. */
async function handOver(
  ctx: Ctx,
  row: QuestionRow,
  state: "expired" | "withdrawn",
  by: QuestionRow["endedBy"] = null,
): Promise<boolean> {
  for (let rerun = 0; rerun < mostReruns; rerun += 1) {
    const situation = await loadSituation(ctx, row.conversationId, undefined, null);
    if (!situation || !isWithBot(situation)) {
      await endQuietly(ctx, row, by);
      return false;
    }
    const effects = await effectsOf(ctx, row, situation, state);
    const applied = await applyDecision(
      ctx,
      situation,
      { ...effects, ends: { id: row.id, state, by } },
      null,
    );
    if (applied.kind === "applied") return true;
    const now = await transact(ctx, (tx) => findQuestion(tx, ctx.tenantId, row.id));
    if (now?.state !== "open") return false;
  }
  throw new Error("the conversation moved on while its question was to end");
}

function isWithBot({ material: { conversation, contact } }: Situation): boolean {
  const { kind } = conversation.handler;
  return conversation.status !== "resolved" && !contact.isBlocked && (kind === "bot" || kind === "nobody");
}

async function endQuietly(
  ctx: Ctx,
  { id, conversationId }: { id: ColleagueQuestionId; conversationId: ConversationId },
  by: QuestionRow["endedBy"],
): Promise<void> {
  await transact(ctx, async (tx) => {
    const ending = { state: "withdrawn", by, sealedReply: null, at: ctx.clock.now() } as const;
    if (await endQuestion(tx, ctx.tenantId, id, ending))
      await tellChange(ctx, tx, conversationId, id, "withdrawn");
  });
}

async function effectsOf(
  ctx: Ctx,
  row: QuestionRow,
  { availability, locale }: Situation,
  state: "expired" | "withdrawn",
): Promise<TurnEffects> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const words = openQuestion(vault, row);
  const said = texts[locale].colleague;
  const summary = [said.unanswered[state], words.question, words.summary].filter(Boolean).join("\n");
  const away = awayBecause(availability.availability);
  const common = {
    ...ownTrace(locale, "handoff", { code: `colleague-${state}`, values: {} }),
    outcome: "handoff",
    confidence: 0,
  } as const;
  if (away === null) {
    const text = `${said.noReply}${connectingText(availability, locale)}`;
    const actions: TurnDecision["actions"] = [{ kind: "handoff", reason: "held", summary, text }];
    return { decision: { ...common, actions }, tookMs: 0 };
  }
  const content = { kind: "text", text: `${said.noReply}${said.later}` } as const;
  const actions: TurnDecision["actions"] = [{ kind: "reply", content, faq: null, citations: [] }];
  return { decision: { ...common, actions }, tookMs: 0, waitsFor: { reason: "held", summary } };
}
