// How the trial goes: conversations with and without the bot side by side, what came of drafts, the texts of those that were
// changed much, and what to do next. Sums are made when they are asked for; nothing of them is kept.
import {
  type ChangedDraft,
  type InboxId,
  type PilotReport,
  type PilotSide,
  pilotSides,
  type SideFigures,
} from "@yingda/contract";
import { stringify } from "csv-stringify/sync";
import { requirePermission } from "../../accounts/index.ts";
import { getInbox, servedConversations } from "../../conversations/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { sentPlace } from "./draft-store.ts";
import { openDraft, wordsOf } from "./list-drafts.ts";
import { nextStep } from "./next-step.ts";
import { type BotPart, draftFiguresOf, figuresOf, type ServedConversation, sideOf } from "./pilot-figures.ts";
import { type ChangedRow, countDrafts, type DraftPeriod, listChanged, readParts } from "./report-store.ts";

const dayMs = 86_400_000;
const mostConversations = 5_000;
const mostChanged = 20;
export type PilotWish = { inboxId?: InboxId | undefined; days: number };

/** @throws AppError inbox/not-found */
export async function getPilot(ctx: Ctx, { inboxId: wished, days }: PilotWish): Promise<PilotReport> {
  requirePermission(ctx, "conversations-read");
  const to = ctx.clock.now();
  const period: DraftPeriod = { from: new Date(to.getTime() - days * dayMs), inboxId: wished ?? null };
  const inbox = wished === undefined ? null : await getInbox(ctx, wished);
  if (wished !== undefined && inbox === null) throw new AppError("inbox/not-found");
  const served = await servedConversations(ctx, { ...period, limit: mostConversations + 1 });
  const looked = served.slice(0, mostConversations);
  const { parts, counts, changed } = await transact(ctx, async (tx) => ({
    parts: await readParts(
      tx,
      ctx.tenantId,
      looked.map(({ id }) => id),
    ),
    counts: await countDrafts(tx, ctx.tenantId, period),
    changed: await listChanged(tx, ctx.tenantId, period, mostChanged),
  }));
  const partOf = new Map(parts.map((part) => [part.conversationId, part]));
  const sides = bySide(looked.map((one) => ({ ...one, ...(partOf.get(one.id) ?? noPart) })));
  const drafts = draftFiguresOf(counts);
  return {
    from: period.from.toISOString(),
    to: to.toISOString(),
    inboxId: period.inboxId,
    sides,
    drafts,
    changed: await Promise.all(changed.map((row) => presentChanged(ctx, row))),
    next: inbox && nextStep(inbox.behaviour.pilot, inbox.bot.isOn, { sides, drafts }),
    isPartial: served.length > mostConversations,
  };
}

const noPart: BotPart = { hasSpoken: false, handedOver: false, pressedNotSolved: false, hasDraft: false };

function bySide(served: readonly (ServedConversation & BotPart)[]): PilotReport["sides"] {
  const of = (side: PilotSide) =>
    figuresOf(
      side,
      served.filter((one) => sideOf(one, one) === side),
    );
  return { bot: of("bot"), drafts: of("drafts"), people: of("people") };
}

async function presentChanged(ctx: Ctx, row: ChangedRow): Promise<ChangedDraft> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const body = await openDraft(ctx, row);
  return {
    draftId: row.id,
    conversationId: row.conversation_id,
    asked: body.asked,
    draft: wordsOf(body),
    sent: row.sealed_sent === null ? "" : vault.openText(sentPlace(row.id), row.sealed_sent),
    faq: row.faq_slug,
    source: body.source,
    isWrong: row.mark !== null || row.is_wrong_route,
    at: row.at.toISOString(),
  };
}

const sideNames: Record<PilotSide, string> = {
  bot: "机器人接待 bot",
  drafts: "人工看草稿 people with drafts",
  people: "只有人工 people alone",
};
const sideLines: readonly (readonly [keyof SideFigures, string])[] = [
  ["conversations", "会话 conversations"],
  ["ended", "已结束 ended"],
  ["firstReplySeconds", "首次答复秒数（中位）first reply, median seconds"],
  ["solved", "已解决 solved"],
  ["solvedByBot", "其中机器人解决 of them by the bot"],
  ["handedOver", "转人工 handed over"],
  ["disliked", "不满意 disliked"],
  ["rated", "评价数 rated"],
  ["ratingMean", "平均评分 mean rating"],
  ["reopened", "回来再问 came back"],
];

/** The figures as csv that a spreadsheet opens; without texts. */
export async function exportPilot(ctx: Ctx, wish: PilotWish) {
  const { sides, drafts, from, to } = await getPilot(ctx, wish);
  const rows: (string | number)[][] = [
    [`${from.slice(0, 10)} – ${to.slice(0, 10)}`, ...pilotSides.map((side) => sideNames[side])],
    ...sideLines.map(([name, label]) => [label, ...pilotSides.map((side) => sides[side][name] ?? "")]),
    [],
    ["草稿 drafts", "数量 number"],
    ["会直接答 would answer", drafts.made.answer],
    ["会反问 would ask back", drafts.made["ask-back"]],
    ["会转人工 would hand over", drafts.made.person],
    ["看过并处理 judged", drafts.judged],
    ["原样发出 sent unchanged", drafts.unchanged],
    ["改后发出 sent with changes", drafts.edited],
    ["另写 own words", drafts.own],
    ["标记答错 wrong answers", drafts.wrongAnswers],
    ["分错 wrong routes", drafts.wrongRoutes],
    ["无人回复 nobody answered", drafts.ignored],
  ];
  const text = stringify(rows);
  const name = `pilot-${to.slice(0, 10)}.csv`;
  return { body: Buffer.from(`\uFEFF${text}`), name, type: "text/csv; charset=utf-8" };
}
