// Drafts beside what is live: written, handed to review, given back, thrown away. One draft for each FAQ, shared by all who
// may write; the second of two at one draft is told (faq/draft-moved). The bot says nothing of a draft.

import {
  type FaqDraft,
  type FaqDraftBrief,
  type FaqDraftFull,
  type FaqId,
  type FaqPolicy,
  faqDraft,
} from "@yingda/contract";
import { hasPermission, listMembersBrief, requestAudit, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { type Tx, transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { newId } from "../../../platform/ids.ts";
import { emit } from "../../../platform/outbox/index.ts";
import { findFaqRow } from "../faq-store.ts";
import { whoAndWhen } from "../faqs.ts";
import {
  type DraftRow,
  deleteDraftRow,
  findDraftRow,
  listDraftRows,
  readPolicy,
  writeDraftRow,
  writeDraftState,
} from "./draft-store.ts";

export async function listFaqDrafts(ctx: Ctx): Promise<FaqDraftBrief[]> {
  requirePermission(ctx, "knowledge-read");
  const { rows, policy } = await transact(ctx, async (tx) => ({
    rows: await listDraftRows(tx, ctx.tenantId),
    policy: await readPolicy(tx, ctx.tenantId),
  }));
  if (rows.length === 0) return [];
  const names = await namesOfMembers(ctx);
  return rows.map((row) => presentBrief(ctx, row, policy, names));
}

/** @throws AppError faq/draft-not-found */
export async function getFaqDraft(ctx: Ctx, id: FaqId): Promise<FaqDraftFull> {
  requirePermission(ctx, "knowledge-read");
  const { row, policy } = await transact(ctx, async (tx) => ({
    row: await findDraftRow(tx, ctx.tenantId, id),
    policy: await readPolicy(tx, ctx.tenantId),
  }));
  if (row === undefined) throw new AppError("faq/draft-not-found");
  return { ...presentBrief(ctx, row, policy, await namesOfMembers(ctx)), draft: row.body };
}

export async function createFaqDraft(ctx: Ctx, given: FaqDraft): Promise<FaqDraftFull> {
  return saveFaqDraft(ctx, newId<FaqId>(), { ...given, revision: 0, baseVersion: 0 });
}

/** @throws AppError faq/draft-moved, faq/not-found for a draft of an FAQ that is gone */
export async function saveFaqDraft(
  ctx: Ctx,
  id: FaqId,
  given: FaqDraft & { revision: number; baseVersion: number },
): Promise<FaqDraftFull> {
  requirePermission(ctx, "knowledge-write");
  const { revision, baseVersion } = given;
  const body = faqDraft.parse(given);
  await transact(ctx, async (tx) => {
    const live = await findFaqRow(tx, ctx.tenantId, id);
    if (baseVersion > 0 && (live === undefined || live.deleted_at !== null))
      throw new AppError("faq/not-found");
    const write = { id, body: { ...body, slug: live?.slug ?? body.slug }, baseVersion, revision };
    if (!(await writeDraftRow(tx, ctx.tenantId, write, whoAndWhen(ctx))))
      throw new AppError("faq/draft-moved");
    await noteDraft(ctx, tx, id, "faq-draft-saved");
  });
  return getFaqDraft(ctx, id);
}

/** @throws AppError faq/draft-not-found */
export async function discardFaqDraft(ctx: Ctx, id: FaqId): Promise<void> {
  requirePermission(ctx, "knowledge-write");
  await transact(ctx, async (tx) => {
    if (!(await deleteDraftRow(tx, ctx.tenantId, id))) throw new AppError("faq/draft-not-found");
    await noteDraft(ctx, tx, id, "faq-draft-discarded");
  });
}

/** Hands a draft to review, or gives it back, with a word to the other. @throws AppError faq/draft-not-found */
export async function sendFaqDraft(
  ctx: Ctx,
  id: FaqId,
  { state, note }: { state: DraftRow["state"]; note: string },
): Promise<FaqDraftFull> {
  requirePermission(ctx, "knowledge-write");
  await transact(ctx, async (tx) => {
    if ((await writeDraftState(tx, ctx.tenantId, id, state, note)) === 0)
      throw new AppError("faq/draft-not-found");
    await noteDraft(ctx, tx, id, state === "review" ? "faq-draft-sent" : "faq-draft-returned");
  });
  return getFaqDraft(ctx, id);
}

/** Audit and event. Last in the transaction: it locks the lane. */
export async function noteDraft(ctx: Ctx, tx: Tx, id: FaqId, action: string): Promise<void> {
  await requestAudit(ctx, tx, { action, subject: "faq", subjectId: id, details: {} });
  await emit(ctx, tx, ctx.tenantId, [{ kind: "faq-draft-changed", payload: { faqId: id } }]);
}

/** Whether this member may publish the draft: where another must look, not the one who wrote it. */
export function mayPublish(ctx: Ctx, row: DraftRow, policy: FaqPolicy): boolean {
  return hasPermission(ctx, "knowledge-publish") && !isOwnWork(ctx, row, policy);
}

export function isOwnWork(ctx: Ctx, row: DraftRow, policy: FaqPolicy): boolean {
  if (!policy.needsReview || ctx.actor.kind === "system") return false;
  return ctx.actor.kind !== "user" || row.written_by === ctx.actor.userId;
}

export async function namesOfMembers(ctx: Ctx): Promise<ReadonlyMap<string, string>> {
  return new Map((await listMembersBrief(ctx)).map(({ id, name }) => [id, name]));
}

export function whoIs(id: DraftRow["written_by"], names: ReadonlyMap<string, string>): FaqDraftBrief["by"] {
  return id === null ? null : { id, name: names.get(id) ?? "" };
}

function presentBrief(
  ctx: Ctx,
  row: DraftRow,
  policy: FaqPolicy,
  names: ReadonlyMap<string, string>,
): FaqDraftBrief {
  return {
    faqId: row.faq_id,
    question: row.body.question,
    isNew: row.live_version === null,
    isBehind: row.live_version !== null && row.live_version !== row.base_version,
    state: row.state,
    note: row.note,
    revision: row.revision,
    by: whoIs(row.written_by, names),
    updatedAt: row.updated_at.toISOString(),
    canPublish: mayPublish(ctx, row, policy),
  };
}
