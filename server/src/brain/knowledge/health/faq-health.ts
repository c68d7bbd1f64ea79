// The health of the shop's FAQs: what is wrong with each and what it borrows, and the owner's say in the borrowing. Read
// from the trained knowledge, so that it shows what the bot really compares with.

import { type FaqHealth, type FaqId, type FaqMark, mostUnborrowed } from "@yingda/contract";
import { getTenant, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { localTime } from "../choose-variant.ts";
import { type FaqRow, findFaqRow, listFaqNames, updateUnborrowed } from "../faq-store.ts";
import { recordChange, takeIn, whoAndWhen } from "../faqs.ts";
import { knowledgeFor } from "../knowledge-cache.ts";
import { checkTexts } from "./check-texts.ts";
import { countBorrowed, isBorrowable, markOf, presentBorrowed, problemsOf } from "./judge-faqs.ts";

/** A mark for each FAQ that is matched, by its id. */
export async function listFaqHealth(ctx: Ctx): Promise<Record<string, FaqMark>> {
  requirePermission(ctx, "knowledge-read");
  const knowledge = await knowledgeFor(ctx);
  const found = await checkTexts(knowledge);
  const names = await namesOf(ctx);
  const today = await todayOf(ctx);
  const bySlug = new Map<string, typeof found>();
  for (const problem of found)
    for (const slug of "ids" in problem ? problem.ids : [problem.id])
      bySlug.set(slug, [...(bySlug.get(slug) ?? []), problem]);
  return Object.fromEntries(
    knowledge.matched().flatMap((faq) => {
      const id = names.get(faq.slug)?.id;
      const borrowed = knowledge.borrowed(faq.slug);
      if (id === undefined) return [];
      const problems = problemsOf(faq, borrowed, bySlug.get(faq.slug) ?? [], names, today);
      return [[id, markOf(problems, borrowed)]];
    }),
  );
}

/** @throws AppError faq/not-found */
export async function getFaqHealth(ctx: Ctx, id: FaqId): Promise<FaqHealth> {
  requirePermission(ctx, "knowledge-read");
  return healthOf(ctx, await transact(ctx, (tx) => livingRow(findFaqRow(tx, ctx.tenantId, id))));
}

/**
 * Refuses borrowed intents (by slug) or phrasings (by text), or takes them back; live when it returns.
 * @throws AppError faq/not-found; request/invalid for something to refuse that is not borrowed
 */
export async function changeBorrowed(
  ctx: Ctx,
  id: FaqId,
  change: { refuse: string[]; takeBack: string[] },
): Promise<FaqHealth> {
  requirePermission(ctx, "knowledge-write");
  const knowledge = await knowledgeFor(ctx);
  const { before, row } = await transact(ctx, async (tx) => {
    const known = await livingRow(findFaqRow(tx, ctx.tenantId, id));
    const borrowed = knowledge.borrowed(known.slug);
    const after = new Set([...known.unborrowed, ...change.refuse]);
    const isKnown = (entry: string) => known.unborrowed.includes(entry) || isBorrowable(entry, borrowed);
    if (after.size > mostUnborrowed || !change.refuse.every(isKnown))
      throw new AppError("request/invalid", { details: { fields: ["refuse"] } });
    const updated = await livingRow(updateUnborrowed(tx, ctx.tenantId, id, change, whoAndWhen(ctx)));
    await recordChange(ctx, tx, updated, "changed");
    return { before: known, row: updated };
  });
  takeIn(ctx, before, row);
  return healthOf(ctx, row);
}

async function livingRow(found: Promise<FaqRow | undefined>): Promise<FaqRow> {
  const row = await found;
  if (row === undefined || row.deleted_at !== null) throw new AppError("faq/not-found");
  return row;
}

async function healthOf(ctx: Ctx, row: FaqRow): Promise<FaqHealth> {
  const knowledge = await knowledgeFor(ctx);
  const faq = knowledge.matched().find(({ slug }) => slug === row.slug);
  if (faq === undefined) return { isMatched: false, problems: [], borrowed: [], isKnownToCorpus: false };
  const borrowed = knowledge.borrowed(row.slug);
  return {
    isMatched: true,
    problems: problemsOf(faq, borrowed, await checkTexts(knowledge), await namesOf(ctx), await todayOf(ctx)),
    borrowed: presentBorrowed(borrowed, row.unborrowed),
    isKnownToCorpus: countBorrowed(borrowed) > 0,
  };
}

async function todayOf(ctx: Ctx): Promise<string> {
  const { timeZone } = await getTenant(ctx);
  return localTime(ctx.clock.now(), timeZone).day;
}

async function namesOf(ctx: Ctx) {
  const rows = await transact(ctx, (tx) => listFaqNames(tx, ctx.tenantId));
  return new Map(rows.map((row) => [row.slug, row]));
}
