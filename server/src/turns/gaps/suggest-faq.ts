// What an FAQ of a gap could say: its questions as phrasings, and as the answer what a colleague replied to one of them,
// word for word. Nothing is worded here, and nothing is kept before somebody saves it.

import type { FaqId, GapId, GapSuggestion, Message } from "@yingda/contract";
import { requirePermission } from "../../accounts/index.ts";
import { knowledgeFor, listFaqs } from "../../brain/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { readThread } from "./collect-gaps.ts";
import { countGaps, listQuestionsOf, type QuestionRow, textPlace } from "./gap-store.ts";
import { requireBoth } from "./list-gaps.ts";

const questionsRead = 30;
export const mostPhrasings = 10;
const longestPhrasing = 100;
const conversationsRead = 10;
/** "您好", "稍等": shorter replies answer nothing. */
const shortestAnswer = 8;
const nearEnough = 0.1;

/** @throws AppError gap/not-found */
export async function suggestFromGap(ctx: Ctx, id: GapId): Promise<GapSuggestion> {
  requirePermission(ctx, "knowledge-write");
  requireBoth(ctx);
  const { label, texts, rows } = await questionsOf(ctx, id);
  const phrasings = phrasingsOf(texts).filter((text) => text !== label);
  return {
    question: label,
    phrasings,
    ...(await replyTo(ctx, rows)),
    nearest: await nearestFaq(ctx, label),
  };
}

/** The label first read, then all texts, the newest first. */
export async function questionsOf(
  ctx: Ctx,
  id: GapId,
): Promise<{ label: string; texts: string[]; rows: QuestionRow[] }> {
  const { count, rows } = await transact(ctx, async (tx) => ({
    count: (await countGaps(tx, ctx.tenantId, { state: null, id }, ctx.clock.now()))[0],
    rows: await listQuestionsOf(tx, ctx.tenantId, [id], questionsRead),
  }));
  if (count === undefined) throw new AppError("gap/not-found");
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const texts = rows.map((row) => vault.openText(textPlace(row.message_id), row.sealed_text));
  const at = rows.findIndex(({ message_id }) => message_id === count.label_message_id);
  return { label: oneLine(texts[Math.max(0, at)] ?? ""), texts, rows };
}

/** FAQs stand in clear and are seen by many: what names a number, an address or an account stays where it was said. */
export function phrasingsOf(texts: readonly string[]): string[] {
  const impersonal = texts
    .map(oneLine)
    .filter((text) => text !== "" && text.length <= longestPhrasing && !/\d{5,}|@|https?:/u.test(text));
  return [...new Set(impersonal)].slice(0, mostPhrasings);
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

type Reply = Pick<GapSuggestion, "answer" | "answeredBy" | "conversationId">;

async function replyTo(ctx: Ctx, rows: readonly QuestionRow[]): Promise<Reply> {
  const seen = new Set<string>();
  for (const row of rows) {
    const { conversation_id: conversationId, message_id: messageId } = row;
    if (seen.has(conversationId)) continue;
    if (seen.size >= conversationsRead) break;
    seen.add(conversationId);
    const thread = await readThread(ctx, conversationId);
    const at = thread?.messages.findIndex(({ id }) => id === messageId) ?? -1;
    const reply = thread?.messages.slice(at + 1).find(isAnswer);
    if (at < 0 || reply?.content.kind !== "text") continue;
    return { answer: reply.content.text.trim(), answeredBy: reply.author.name, conversationId };
  }
  return { answer: "", answeredBy: null, conversationId: null };
}

function isAnswer({ author, kind, content }: Message): boolean {
  if (author.kind !== "agent" || kind !== "outbound" || content.kind !== "text") return false;
  return [...content.text.trim()].length >= shortestAnswer;
}

async function nearestFaq(ctx: Ctx, question: string): Promise<GapSuggestion["nearest"]> {
  const knowledge = await knowledgeFor(ctx);
  const [match] = knowledge.retrieve(question, []).matches;
  if (match === undefined || match.confidence < nearEnough) return null;
  const { faqs } = await listFaqs(ctx, {});
  const faq = faqs.find(({ slug }) => slug === match.id);
  if (faq === undefined) return null;
  const confidence = Math.round(match.confidence * 100) / 100;
  return { faqId: faq.id as FaqId, question: faq.question, confidence };
}
