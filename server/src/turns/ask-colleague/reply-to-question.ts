// A colleague's reply to the bot's question, and "I do not know". Of several who reply one counts; the words go to the
// contact by the event that is written with the reply (send-reply.ts), so that a restart loses neither.
import type { ColleagueQuestion, ColleagueQuestionId } from "@yingda/contract";
import { requestAudit, requirePermission, requireUser } from "../../accounts/index.ts";
import { knowledgeFor } from "../../brain/index.ts";
import { lockConversation } from "../../conversations/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { type Tx, transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { presentOneQuestion } from "./list-questions.ts";
import { tellChange } from "./put-question.ts";
import { sealReply } from "./question-seal.ts";
import { endQuestion, findQuestion, type QuestionRow } from "./question-store.ts";

/**
 * The reply is the answer's own source, so its figures need no other proof; what the shop never says or promises stays
 * forbidden to everybody.
 * @throws AppError colleague-question/not-found, /answered, /expired, /withdrawn, /word-refused, /promise-refused
 */
export async function replyToQuestion(
  ctx: Ctx,
  id: ColleagueQuestionId,
  text: string,
): Promise<ColleagueQuestion> {
  requirePermission(ctx, "conversations-reply");
  const { userId } = requireUser(ctx);
  await checkWords(ctx, text);
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const sealedReply = sealReply(vault, id, text);
  await transact(ctx, async (tx) => {
    const row = await lockOpen(ctx, tx, id);
    const at = ctx.clock.now();
    const ending = { state: "answered", by: userId, sealedReply, at } as const;
    // withdrawn at this very moment: nobody locks the conversation for that
    if (!(await endQuestion(tx, ctx.tenantId, id, ending)))
      throw new AppError("colleague-question/withdrawn");
    await requestAudit(ctx, tx, {
      action: "colleague-question-answered",
      subject: "conversation",
      subjectId: row.conversationId,
      details: { questionId: id },
    });
    await tellChange(ctx, tx, row.conversationId, id, "answered");
  });
  return presentOneQuestion(ctx, id);
}

async function checkWords(ctx: Ctx, text: string): Promise<void> {
  const { words } = await knowledgeFor(ctx);
  const word = words.neverSaidIn(text);
  if (word !== null) throw new AppError("colleague-question/word-refused", { details: { word } });
  const promise = words.promisedIn(text);
  if (promise !== null)
    throw new AppError("colleague-question/promise-refused", { details: { word: promise } });
}

/**
 * The row, while the bot still waits for it. The conversation is locked first, as everywhere, and says whether a person has it.
 * @throws AppError colleague-question/not-found, /answered, /expired, /withdrawn
 */
export async function lockOpen(ctx: Ctx, tx: Tx, id: ColleagueQuestionId): Promise<QuestionRow> {
  const found = await findQuestion(tx, ctx.tenantId, id);
  const conversation = found && (await lockConversation(tx, found.conversationId));
  if (!found || !conversation) throw new AppError("colleague-question/not-found");
  const row = (await findQuestion(tx, ctx.tenantId, id)) ?? found;
  if (row.state !== "open") throw new AppError(`colleague-question/${row.state}`);
  const { kind } = conversation.handler;
  if (kind === "agent" || kind === "queue") throw new AppError("colleague-question/withdrawn");
  return row;
}
