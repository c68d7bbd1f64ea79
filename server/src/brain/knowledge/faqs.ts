// FAQs as people keep them: list, read, add, change, remove, bring back. Each change is live when the call returns.
// Two people at one FAQ: the second is told (faq/version-moved), nothing is merged.

import { type Faq, type FaqDraft, type FaqId, faqDraft, type UserId } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { type Tx, transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { emit } from "../../platform/outbox/index.ts";
import { takeAnswerCounts } from "./answer-counts.ts";
import { readBlankValues } from "./blank-store.ts";
import { deleteDraftRow } from "./drafts/draft-store.ts";
import { checkLiveWrite } from "./drafts/faq-policy.ts";
import {
  addAskedCounts,
  type CompleteDraft,
  type FaqRow,
  findFaqRow,
  findMatter,
  insertFaqRow,
  listFaqRows,
  markFaqDeleted,
  unmarkFaqDeleted,
  updateFaqRow,
} from "./faq-store.ts";
import { changeKnowledge } from "./knowledge-cache.ts";
import { knownFaq, presentFaq } from "./present-faq.ts";

const uniqueViolation = "23505";
export const restorableDays = 30;
const dayMs = 86_400_000;

/** All FAQs, or those whose texts hold `q`; categories of all. */
export async function listFaqs(
  ctx: Ctx,
  { q = "", category }: { q?: string | undefined; category?: string | undefined },
): Promise<{ faqs: Faq[]; categories: string[] }> {
  requirePermission(ctx, "knowledge-read");
  const counts = takeAnswerCounts(ctx);
  const { rows, blanks } = await transact(ctx, async (tx) => {
    if (counts.size > 0) await addAskedCounts(tx, ctx.tenantId, counts);
    return { rows: await listFaqRows(tx, ctx.tenantId), blanks: await readBlankValues(tx, ctx.tenantId) };
  });
  const wanted = rows.filter((row) => (category === undefined || row.category === category) && holds(row, q));
  const categories = [...new Set(rows.map((row) => row.category).filter(Boolean))];
  return { faqs: wanted.map((row) => presentFaq(row, blanks)), categories };
}

function holds(row: FaqRow, q: string): boolean {
  const sought = q.trim().toLowerCase();
  if (sought === "") return true;
  const texts = [
    row.slug,
    row.question,
    row.answer,
    row.question_en,
    row.answer_en,
    ...row.tags,
    ...row.phrasings,
  ];
  return texts.some((text) => text.toLowerCase().includes(sought));
}

/** @throws AppError faq/not-found */
export async function getFaq(ctx: Ctx, id: FaqId): Promise<Faq> {
  requirePermission(ctx, "knowledge-read");
  return transact(ctx, async (tx) => {
    const row = await findFaqRow(tx, ctx.tenantId, id);
    if (row === undefined || row.deleted_at !== null) throw new AppError("faq/not-found");
    return presentFaq(row, await readBlankValues(tx, ctx.tenantId));
  });
}

/**
 * What an FAQ is about, in the shop's own words: category and tags, for whoever looks for a colleague who knows it. Empty for
 * one that is not there.
 */
export async function matterOfFaq(ctx: Ctx, slug: string): Promise<string[]> {
  const row = await transact(ctx, (tx) => findMatter(tx, ctx.tenantId, slug));
  return row ? [row.category, ...row.tags].filter((word) => word !== "") : [];
}

/** @throws AppError faq/slug-taken, faq/review-required */
export async function createFaq(ctx: Ctx, given: FaqDraft): Promise<Faq> {
  requirePermission(ctx, "knowledge-write");
  const id = newId<FaqId>();
  const draft = completeDraft(given, `own.${id.slice(-12)}`);
  const { row, blanks } = await slugChecked(() =>
    transact(ctx, async (tx) => {
      await checkLiveWrite(ctx, tx);
      const inserted = await insertFaqRow(tx, ctx.tenantId, { ...draft, id, pack: null }, whoAndWhen(ctx));
      return { row: inserted, blanks: await recordChange(ctx, tx, inserted, "added") };
    }),
  );
  takeIn(ctx, null, row);
  return presentFaq(row, blanks);
}

/** @throws AppError faq/not-found, faq/version-moved, faq/slug-taken, faq/review-required */
export async function updateFaq(ctx: Ctx, id: FaqId, given: FaqDraft & { version: number }): Promise<Faq> {
  requirePermission(ctx, "knowledge-write");
  const { before, row, blanks } = await slugChecked(() =>
    transact(ctx, async (tx) => {
      await checkLiveWrite(ctx, tx);
      const known = await findFaqRow(tx, ctx.tenantId, id);
      if (known === undefined || known.deleted_at !== null) throw new AppError("faq/not-found");
      const draft = completeDraft(given, known.slug);
      const updated = await updateFaqRow(
        tx,
        ctx.tenantId,
        { ...draft, id, version: given.version },
        whoAndWhen(ctx),
      );
      if (updated === undefined) {
        // `known` may have been read before the faster one's commit: say the version that stands now
        const now = await findFaqRow(tx, ctx.tenantId, id);
        throw new AppError("faq/version-moved", { details: { version: now?.version ?? known.version } });
      }
      return { before: known, row: updated, blanks: await recordChange(ctx, tx, updated, "changed") };
    }),
  );
  takeIn(ctx, before, row);
  return presentFaq(row, blanks);
}

/** @throws AppError faq/not-found */
export async function deleteFaq(ctx: Ctx, id: FaqId): Promise<void> {
  requirePermission(ctx, "knowledge-write");
  const row = await transact(ctx, async (tx) => {
    const deleted = await markFaqDeleted(tx, ctx.tenantId, id, ctx.clock.now());
    if (deleted === undefined) throw new AppError("faq/not-found");
    await deleteDraftRow(tx, ctx.tenantId, id);
    await recordChange(ctx, tx, deleted, "removed");
    return deleted;
  });
  changeKnowledge(ctx, (knowledge) => knowledge.remove(row.slug));
}

/** The undo of a deletion of the last 30 days. @throws AppError faq/not-found, faq/slug-taken */
export async function restoreFaq(ctx: Ctx, id: FaqId): Promise<Faq> {
  requirePermission(ctx, "knowledge-write");
  const since = new Date(ctx.clock.nowMs() - restorableDays * dayMs);
  const { row, blanks } = await slugChecked(() =>
    transact(ctx, async (tx) => {
      const restored = await unmarkFaqDeleted(tx, ctx.tenantId, id, since);
      if (restored === undefined) throw new AppError("faq/not-found");
      return { row: restored, blanks: await recordChange(ctx, tx, restored, "added") };
    }),
  );
  takeIn(ctx, null, row);
  return presentFaq(row, blanks);
}

/** A draft with every field set; wordings trimmed, each once, without the question itself. */
export function completeDraft(given: FaqDraft, slug: string): CompleteDraft {
  const draft = faqDraft.parse(given);
  const own = new Set([draft.question, draft.questionEn]);
  const once = (texts: string[]) =>
    [...new Set(texts.map((text) => text.trim()))].filter((text) => !own.has(text));
  return {
    ...draft,
    slug: draft.slug ?? slug,
    phrasings: once(draft.phrasings),
    negatives: once(draft.negatives),
    unborrowed: draft.unborrowed === undefined ? null : [...new Set(draft.unborrowed)],
    extras: draft.extras ?? {},
  };
}

export function whoAndWhen(ctx: Ctx): { userId: UserId | null; at: Date } {
  return { userId: ctx.actor.kind === "user" ? ctx.actor.userId : null, at: ctx.clock.now() };
}

/** @throws AppError faq/slug-taken where a living FAQ has the slug that is written. */
export async function slugChecked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === uniqueViolation) {
      throw new AppError("faq/slug-taken", { cause: error });
    }
    throw error;
  }
}

/** Audit and event of a change, and the blanks to present it with. Last in the transaction: it locks the lane. */
export async function recordChange(ctx: Ctx, tx: Tx, row: FaqRow, how: "added" | "changed" | "removed") {
  const blanks = await readBlankValues(tx, ctx.tenantId);
  await requestAudit(ctx, tx, {
    action: `faq-${how}`,
    subject: "faq",
    subjectId: row.id,
    details: { slug: row.slug, version: row.version },
  });
  await emit(ctx, tx, ctx.tenantId, [
    { kind: "faq-changed", payload: { faqId: row.id, slug: row.slug, how } },
  ]);
  return blanks;
}

/** After the commit: the FAQ as it is now is what is matched with. */
export function takeIn(ctx: Ctx, before: FaqRow | null, row: FaqRow): void {
  changeKnowledge(ctx, (knowledge) => {
    if (before !== null && before.slug !== row.slug) knowledge.remove(before.slug);
    if (row.is_on) knowledge.set(knownFaq(row));
    else knowledge.remove(row.slug);
  });
}
