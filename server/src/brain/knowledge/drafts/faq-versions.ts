// What an FAQ said before and who made it say so, going back to it, and confirming that it is still right.

import { type Faq, type FaqDraft, type FaqId, type FaqVersion, noExtras } from "@yingda/contract";
import { getTenant, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { type Tx, transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { localTime } from "../choose-variant.ts";
import { type FaqRow, findFaqRow, markFaqChecked, readFaqEditor, updateFaqRow } from "../faq-store.ts";
import { completeDraft, recordChange, slugChecked, takeIn, whoAndWhen } from "../faqs.ts";
import { warningDays } from "../health/judge-expiry.ts";
import { extrasOf, presentFaq } from "../present-faq.ts";
import { namesOfMembers, whoIs } from "./faq-drafts.ts";
import { listVersionRows, type VersionRow } from "./version-store.ts";

const dayMs = 86_400_000;

/** The newest first. @throws AppError faq/not-found */
export async function listFaqVersions(ctx: Ctx, id: FaqId): Promise<FaqVersion[]> {
  requirePermission(ctx, "knowledge-read");
  const { live, by, rows } = await transact(ctx, async (tx) => ({
    live: await livingFaq(ctx, tx, id),
    by: await readFaqEditor(tx, ctx.tenantId, id),
    rows: await listVersionRows(tx, ctx.tenantId, id),
  }));
  const names = await namesOfMembers(ctx);
  const newest: VersionRow = { version: live.version, at: live.updated_at, by, body: bodyOf(live) };
  return [newest, ...rows.filter(({ version }) => version < live.version)].map((row, at) => ({
    version: row.version,
    at: row.at.toISOString(),
    by: whoIs(row.by, names),
    isLive: at === 0,
    body: { ...row.body, extras: { ...noExtras, ...row.body.extras } },
  }));
}

/** The old words become a new version. @throws AppError faq/not-found, faq/version-not-found, faq/version-moved, faq/slug-taken */
export async function rollBackFaq(ctx: Ctx, id: FaqId, to: number, version: number): Promise<Faq> {
  requirePermission(ctx, "knowledge-publish");
  const { before, row, blanks } = await slugChecked(() =>
    transact(ctx, async (tx) => {
      const live = await livingFaq(ctx, tx, id);
      const old = (await listVersionRows(tx, ctx.tenantId, id)).find((one) => one.version === to);
      if (old === undefined) throw new AppError("faq/version-not-found");
      const { unborrowed: _, ...body } = old.body;
      // the name stays: others refer to it
      const draft = completeDraft(
        { ...body, slug: live.slug, extras: { ...noExtras, ...body.extras } },
        live.slug,
      );
      const updated = await updateFaqRow(tx, ctx.tenantId, { ...draft, id, version }, whoAndWhen(ctx));
      if (updated === undefined)
        throw new AppError("faq/version-moved", { details: { version: live.version } });
      return { before: live, row: updated, blanks: await recordChange(ctx, tx, updated, "changed") };
    }),
  );
  takeIn(ctx, before, row);
  return presentFaq(row, blanks);
}

/**
 * "Still right": checked today. With `extendDays` an expiry that is past or near is moved to so many days from today; one
 * that is far, or none, stays. @throws AppError faq/not-found
 */
export async function confirmFaq(ctx: Ctx, id: FaqId, extendDays: number | null): Promise<Faq> {
  requirePermission(ctx, "knowledge-write");
  const { timeZone } = await getTenant(ctx);
  const today = localTime(ctx.clock.now(), timeZone).day;
  const { before, row, blanks } = await transact(ctx, async (tx) => {
    const live = await livingFaq(ctx, tx, id);
    const { expiresOn } = extrasOf(live);
    const isNear = expiresOn !== null && expiresOn <= dayAfter(today, warningDays);
    const change = isNear && extendDays !== null ? { expiresOn: dayAfter(today, extendDays) } : {};
    const checked = await markFaqChecked(tx, ctx.tenantId, id, change, today);
    if (checked === undefined) throw new AppError("faq/not-found");
    return { before: live, row: checked, blanks: await recordChange(ctx, tx, checked, "changed") };
  });
  takeIn(ctx, before, row);
  return presentFaq(row, blanks);
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

async function livingFaq(ctx: Ctx, tx: Tx, id: FaqId): Promise<FaqRow> {
  const row = await findFaqRow(tx, ctx.tenantId, id);
  if (row === undefined || row.deleted_at !== null) throw new AppError("faq/not-found");
  return row;
}

function bodyOf(row: FaqRow): FaqDraft {
  const { slug, question, answer, category, tags, phrasings, negatives, unborrowed } = row;
  return {
    slug,
    question,
    answer,
    questionEn: row.question_en,
    answerEn: row.answer_en,
    category,
    tags,
    phrasings,
    negatives,
    unborrowed,
    isOn: row.is_on,
    extras: extrasOf(row),
  };
}
