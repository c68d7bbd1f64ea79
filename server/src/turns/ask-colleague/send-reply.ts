// A colleague's reply becomes the bot's answer: to the contact, also when they have left or the conversation had ended; in a
// note to whoever has taken the conversation over in between, or has blocked the contact. Once: the mark is set in the transaction of the words.
import type { ColleagueQuestionId, Content, ConversationId, TurnDecision } from "@yingda/contract";
import { listMembersBrief } from "../../accounts/index.ts";
import { appendMessage, applyTransition } from "../../conversations/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { applyDecision } from "../apply-decision.ts";
import type { Brain } from "../ask-brain.ts";
import { texts } from "../texts.ts";
import { answeredSituation } from "../tool-runs/tell-outcome.ts";
import type { TurnMemory } from "../turn-input.ts";
import { loadSituation, type Situation } from "../turn-situation.ts";
import { ownTrace } from "./own-trace.ts";
import { openReply } from "./question-seal.ts";
import { findQuestion, markSent, type QuestionRow } from "./question-store.ts";

const mostReruns = 3;

/** Call it in the conversation's line. Out: what is remembered now; null when nothing was said to the contact. */
export async function sendReply(ctx: Ctx, brain: Brain, id: ColleagueQuestionId): Promise<TurnMemory | null> {
  for (let rerun = 0; rerun < mostReruns; rerun += 1) {
    const row = await transact(ctx, (tx) => findQuestion(tx, ctx.tenantId, id));
    if (row?.state !== "answered" || row.sentAt !== null) return null;
    await reopen(ctx, row.conversationId);
    // what the contact wrote meanwhile is answered first, so that no line is lost behind the reply
    const situation = await answeredSituation(ctx, brain, row.conversationId);
    if (!situation) {
      // its inbox is gone: there is nobody to tell, and nothing to try again
      await transact(ctx, (tx) => markSent(tx, ctx.tenantId, id, ctx.clock.now()));
      return null;
    }
    const { conversation, contact } = situation.material;
    const { kind } = conversation.handler;
    if (kind === "agent" || kind === "queue" || contact.isBlocked) {
      await note(ctx, row, situation);
      return null;
    }
    const decision = decisionOf(row, situation, await wordsOf(ctx, row));
    const applied = await applyDecision(ctx, situation, { decision, tookMs: 0, replies: row.id }, null);
    if (applied.kind === "applied") return applied.memory;
  }
  // the sweep looks at it again
  throw new Error("the conversation moved on while a colleague's reply was to be sent");
}

/** Ended meanwhile, by the contact or by rest: it goes on with the bot, as it does when the contact writes again. */
async function reopen(ctx: Ctx, conversationId: ConversationId): Promise<void> {
  const situation = await loadSituation(ctx, conversationId, undefined, null);
  if (situation?.material.conversation.status !== "resolved") return;
  await transact(ctx, (tx) =>
    applyTransition(ctx, tx, conversationId, { kind: "reopen", handler: { kind: "bot" } }),
  );
}

type Words = { text: string; name: string | null };

async function wordsOf(ctx: Ctx, row: QuestionRow): Promise<Words> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const members = await listMembersBrief(ctx);
  const name = members.find(({ id }) => id === row.endedBy)?.name ?? null;
  return { text: openReply(vault, row) ?? "", name };
}

function decisionOf(row: QuestionRow, { locale, memory }: Situation, { text, name }: Words): TurnDecision {
  const citation = {
    kind: "colleague",
    question: row.id,
    title: texts[locale].colleague.source(name),
    checkedOn: null,
  } as const;
  const content: Content = { kind: "text", text, citations: [citation] };
  const actions: TurnDecision["actions"] = [
    { kind: "reply", content, faq: null, citations: [citation] },
    // what was open between the bot and the contact stays open
    ...(memory.flowState ? [{ kind: "set-flow-state", state: memory.flowState } as const] : []),
  ];
  return {
    ...ownTrace(locale, "answer", { code: "colleague-replied", values: { name: name ?? "" } }),
    outcome: "answer",
    confidence: 1,
    actions,
  };
}

async function note(ctx: Ctx, row: QuestionRow, situation: Situation): Promise<void> {
  const { inbox, locale } = situation;
  const { text, name } = await wordsOf(ctx, row);
  await transact(ctx, async (tx) => {
    if (!(await markSent(tx, ctx.tenantId, row.id, ctx.clock.now()))) return;
    await appendMessage(ctx, tx, {
      conversationId: row.conversationId,
      author: { kind: "bot", id: null, name: inbox.bot.name[locale === "en" ? "en" : "zh"] },
      content: { kind: "text", text: texts[locale].colleague.note(name, text) },
      kind: "note",
      clientMessageId: `colleague-note:${row.id}`,
    });
  });
}
