// Knowledge from a colleague's reply, never by itself: a new FAQ by the shop's own road (live or a draft), blanks filled, or a
// word that nothing is to be made of it.
import {
  type ColleagueQuestion,
  type ColleagueQuestionId,
  type FaqId,
  faqDraft,
  type KeepReply,
  type KeptAs,
} from "@yingda/contract";
import { requestAudit, requirePermission } from "../../accounts/index.ts";
import { createFaq, fillBlanks, getFaqPolicy, saveFaqDraft } from "../../brain/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { presentOneQuestion } from "./list-questions.ts";
import { tellChange } from "./put-question.ts";
import { findQuestion, markKept } from "./question-store.ts";

type Kept = { as: KeptAs; faqId: FaqId | null };

/** @throws AppError colleague-question/not-found, /not-answered, /kept; those of FAQs and blanks */
export async function keepReply(
  ctx: Ctx,
  id: ColleagueQuestionId,
  wish: KeepReply,
): Promise<ColleagueQuestion> {
  requirePermission(ctx, "knowledge-write");
  requirePermission(ctx, "conversations-read");
  const row = await transact(ctx, (tx) => findQuestion(tx, ctx.tenantId, id));
  if (!row) throw new AppError("colleague-question/not-found");
  if (row.state !== "answered") throw new AppError("colleague-question/not-answered");
  if (row.keptAs !== null) throw new AppError("colleague-question/kept");
  const kept = await make(ctx, wish);
  await transact(ctx, async (tx) => {
    if (!(await markKept(tx, ctx.tenantId, id, kept))) throw new AppError("colleague-question/kept");
    await requestAudit(ctx, tx, {
      action: "colleague-question-kept",
      subject: "conversation",
      subjectId: row.conversationId,
      details: { questionId: id, as: kept.as, faqId: kept.faqId },
    });
    await tellChange(ctx, tx, row.conversationId, id, "kept");
  });
  return presentOneQuestion(ctx, id);
}

async function make(ctx: Ctx, wish: KeepReply): Promise<Kept> {
  switch (wish.as) {
    case "faq":
      return makeFaq(ctx, wish);
    case "blanks":
      await fillBlanks(ctx, wish.values);
      return { as: "blanks", faqId: null };
    case "none":
      return { as: "none", faqId: null };
    default:
      return wish satisfies never;
  }
}

async function makeFaq(ctx: Ctx, { question, answer }: { question: string; answer: string }): Promise<Kept> {
  // an English question is found and answered in English, too
  const english = /\p{Script=Han}/u.test(question) ? {} : { questionEn: question, answerEn: answer };
  const draft = faqDraft.parse({ question, answer, ...english });
  const { needsReview, savesAs } = await getFaqPolicy(ctx);
  if (needsReview || savesAs === "draft") {
    const faqId = newId<FaqId>();
    await saveFaqDraft(ctx, faqId, { ...draft, revision: 0, baseVersion: 0 });
    return { as: "draft", faqId };
  }
  return { as: "faq", faqId: (await createFaq(ctx, draft)).id };
}
