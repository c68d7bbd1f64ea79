// The bot's questions as the desk shows them: what is asked, what was said before, how long there is.
import type { Blank, ColleagueQuestion, ColleagueQuestionId, Conversation, Message } from "@yingda/contract";
import { textOf } from "@yingda/contract";
import { hasPermission, listMembersBrief, requirePermission } from "../../accounts/index.ts";
import { listBlanks } from "../../brain/index.ts";
import { getThread, presentConversations } from "../../conversations/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { openQuestion, openReply } from "./question-seal.ts";
import { findQuestion, listOpenRows, listUnkeptRows, type QuestionRow } from "./question-store.ts";

const mostOpen = 50;
const mostAnswered = 20;
const offeredMs = 7 * 86_400_000;
const linesShown = 6;
/** Notices and notes stand among the lines and are left out. */
const linesRead = 20;
const longestLine = 300;

export async function listQuestions(
  ctx: Ctx,
): Promise<{ open: ColleagueQuestion[]; answered: ColleagueQuestion[] }> {
  requirePermission(ctx, "conversations-read");
  const since = new Date(ctx.clock.nowMs() - offeredMs);
  const { open, answered } = await transact(ctx, async (tx) => ({
    open: await listOpenRows(tx, ctx.tenantId, mostOpen),
    answered: await listUnkeptRows(tx, ctx.tenantId, since, mostAnswered),
  }));
  const shown = await present(ctx, [...open, ...answered]);
  return {
    open: shown.filter(({ state }) => state === "open"),
    answered: shown.filter(({ state }) => state === "answered"),
  };
}

/** For whoever has just done something with it. @throws AppError colleague-question/not-found */
export async function presentOneQuestion(ctx: Ctx, id: ColleagueQuestionId): Promise<ColleagueQuestion> {
  const row = await transact(ctx, (tx) => findQuestion(tx, ctx.tenantId, id));
  const [one] = row ? await present(ctx, [row]) : [];
  if (!one) throw new AppError("colleague-question/not-found");
  return one;
}

/** A conversation that is gone takes its questions with it. */
async function present(ctx: Ctx, rows: readonly QuestionRow[]): Promise<ColleagueQuestion[]> {
  if (rows.length === 0) return [];
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const ids = [...new Set(rows.map(({ conversationId }) => conversationId))];
  const [conversations, members, blanks] = await Promise.all([
    presentConversations(ctx, ids),
    listMembersBrief(ctx),
    unfilledBlanks(ctx, rows),
  ]);
  const names = new Map(members.map(({ id, name }) => [id, name]));
  const known = new Map(conversations.map((conversation) => [conversation.id, conversation]));
  const shown = await Promise.all(
    rows.map(async (row): Promise<ColleagueQuestion | null> => {
      const conversation = known.get(row.conversationId);
      if (!conversation) return null;
      const words = openQuestion(vault, row);
      return {
        ...factsOf(ctx, row, conversation),
        question: words.question,
        blanks: blanks.filter(({ key }) => words.blanks.includes(key)),
        reply: openReply(vault, row),
        repliedBy: row.state === "answered" && row.endedBy ? (names.get(row.endedBy) ?? null) : null,
        lines: row.state === "open" ? await linesOf(ctx, row) : [],
      };
    }),
  );
  return shown.filter((one) => one !== null);
}

function factsOf(
  { actor }: Ctx,
  { id, conversationId, state, missing, askedUserIds, askedAt, dueAt, keptAs, faqId }: QuestionRow,
  { number, contact, inboxName }: Conversation,
) {
  return {
    id,
    conversationId,
    conversationNumber: number,
    contact,
    inboxName,
    state,
    missing,
    isForMe: actor.kind === "user" && askedUserIds.includes(actor.userId),
    askedAt: askedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    keptAs,
    faqId,
  };
}

async function unfilledBlanks(ctx: Ctx, rows: readonly QuestionRow[]): Promise<Blank[]> {
  if (!rows.some(({ missing }) => missing === "blank") || !hasPermission(ctx, "knowledge-read")) return [];
  return (await listBlanks(ctx)).filter(({ value }) => value === null || value === "");
}

async function linesOf(ctx: Ctx, { conversationId }: QuestionRow): Promise<ColleagueQuestion["lines"]> {
  const { messages } = await getThread(ctx, conversationId, { limit: linesRead });
  return messages.flatMap(lineOf).slice(-linesShown);
}

function lineOf({ kind, author, content, createdAt }: Message): ColleagueQuestion["lines"] {
  if ((kind !== "inbound" && kind !== "outbound") || content.kind === "notice") return [];
  if (author.kind === "system") return [];
  return [{ author: author.kind, text: textOf(content).slice(0, longestLine), at: createdAt }];
}
