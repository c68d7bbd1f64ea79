// What is done about a gap: ignored and taken back, noted as made into an FAQ, or merged into one.

import { type FaqId, type Gap, type GapId, type GapState, maxPhrasings } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../accounts/index.ts";
import { getFaq, getFaqPolicy, saveFaqDraft, updateFaq } from "../../brain/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { decideGapRow, lockGap } from "./gap-store.ts";
import { getGap, requireBoth } from "./list-gaps.ts";
import { phrasingsOf, questionsOf } from "./suggest-faq.ts";

/** @throws AppError gap/not-found, faq/not-found */
export async function decideGap(
  ctx: Ctx,
  id: GapId,
  { state, faqId = null }: { state: Exclude<GapState, "merged">; faqId?: FaqId | null },
): Promise<Gap> {
  requirePermission(ctx, "knowledge-write");
  requireBoth(ctx);
  await write(ctx, id, state, faqId);
  return getGap(ctx, id);
}

/** Its questions become phrasings of the FAQ. @throws AppError gap/not-found, faq/not-found, faq/version-moved, faq/draft-moved */
export async function mergeGap(
  ctx: Ctx,
  id: GapId,
  faqId: FaqId,
): Promise<{ gap: Gap; added: number; isDraft: boolean }> {
  requirePermission(ctx, "knowledge-write");
  requireBoth(ctx);
  const { texts } = await questionsOf(ctx, id);
  const faq = await getFaq(ctx, faqId);
  const known = new Set([faq.question, faq.questionEn, ...faq.phrasings]);
  const room = Math.max(0, maxPhrasings - faq.phrasings.length);
  const fresh = phrasingsOf(texts)
    .filter((text) => !known.has(text))
    .slice(0, room);
  const { unborrowed: _, version, ...rest } = faq;
  const changed = { ...rest, phrasings: [...faq.phrasings, ...fresh] };
  const isDraft = (await getFaqPolicy(ctx)).needsReview;
  if (fresh.length > 0) {
    if (isDraft) await saveFaqDraft(ctx, faqId, { ...changed, revision: 0, baseVersion: version });
    else await updateFaq(ctx, faqId, { ...changed, version });
  }
  await write(ctx, id, "merged", faqId);
  return { gap: await getGap(ctx, id), added: fresh.length, isDraft };
}

async function write(ctx: Ctx, id: GapId, state: GapState, faqId: FaqId | null): Promise<void> {
  const by = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  await transact(ctx, async (tx) => {
    if ((await lockGap(tx, ctx.tenantId, id)) === undefined) throw new AppError("gap/not-found");
    await decideGapRow(tx, ctx.tenantId, id, { state, faqId, by, at: ctx.clock.now() });
    await requestAudit(ctx, tx, {
      action: "gap-decided",
      subject: "gap",
      subjectId: id,
      details: { state, faqId },
    });
  });
}
