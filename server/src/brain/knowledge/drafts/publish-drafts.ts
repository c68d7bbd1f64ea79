// Drafts become live, each in a transaction of its own: what is refused says why and does not keep the others.

import type { FaqId, PublishReport } from "@yingda/contract";
import { requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { type FaqRow, findFaqRow, insertFaqRow, updateFaqRow } from "../faq-store.ts";
import { completeDraft, recordChange, slugChecked, takeIn, whoAndWhen } from "../faqs.ts";
import { type DraftRow, deleteDraftRow, findDraftRow, readPolicy } from "./draft-store.ts";
import { isOwnWork } from "./faq-drafts.ts";

export async function publishFaqDrafts(ctx: Ctx, ids: readonly FaqId[]): Promise<PublishReport> {
  requirePermission(ctx, "knowledge-publish");
  const report: PublishReport = { published: [], refused: [] };
  for (const id of new Set(ids)) {
    const outcome = await publishOne(ctx, id);
    if (outcome === null) report.published.push(id);
    else report.refused.push({ faqId: id, ...outcome });
  }
  return report;
}

interface Refused {
  question: string;
  code: string;
}

/** Null when it is live now. */
async function publishOne(ctx: Ctx, id: FaqId): Promise<Refused | null> {
  let question = "";
  try {
    const { before, row } = await slugChecked(() =>
      transact(ctx, async (tx) => {
        const draft = await findDraftRow(tx, ctx.tenantId, id, true);
        if (draft === undefined) throw new AppError("faq/draft-not-found");
        question = draft.body.question;
        if (isOwnWork(ctx, draft, await readPolicy(tx, ctx.tenantId))) throw new AppError("faq/own-draft");
        const known = await findFaqRow(tx, ctx.tenantId, id);
        const live = known === undefined || known.deleted_at !== null ? null : known;
        const written = await write(draft, live);
        await deleteDraftRow(tx, ctx.tenantId, id);
        await recordChange(ctx, tx, written, live === null ? "added" : "changed");
        return { before: live, row: written };

        async function write({ body, base_version }: DraftRow, now: FaqRow | null): Promise<FaqRow> {
          const complete = completeDraft(body, now?.slug ?? `own.${id.slice(-12)}`);
          if (base_version === 0) {
            if (now !== null) throw new AppError("faq/version-moved");
            return insertFaqRow(tx, ctx.tenantId, { ...complete, id, pack: null }, whoAndWhen(ctx));
          }
          if (now === null) throw new AppError("faq/not-found");
          const update = { ...complete, id, version: base_version };
          const updated = await updateFaqRow(tx, ctx.tenantId, update, whoAndWhen(ctx));
          if (updated === undefined) throw new AppError("faq/version-moved");
          return updated;
        }
      }),
    );
    takeIn(ctx, before, row);
    return null;
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith("faq/")) return { question, code: error.code };
    throw error;
  }
}
