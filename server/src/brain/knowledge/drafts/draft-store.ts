// SQL for drafts of FAQs and for how the shop publishes them.

import {
  type FaqDraft,
  type FaqId,
  type FaqPolicy,
  standardFaqPolicy,
  type TenantId,
  type UserId,
} from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";

export interface DraftRow {
  faq_id: FaqId;
  body: FaqDraft;
  base_version: number;
  state: "draft" | "review";
  note: string;
  revision: number;
  updated_at: Date;
  written_by: UserId | null;
  /** Of the live FAQ; null where there is none. */
  live_version: number | null;
}

const columns = `d.faq_id, d.body, d.base_version, d.state, d.note, d.revision, d.updated_at, d.written_by,
  f.version as live_version`;
const live = "left join faq f on f.tenant_id = d.tenant_id and f.id = d.faq_id and f.deleted_at is null";

export function listDraftRows(tx: Tx, tenantId: TenantId): Promise<DraftRow[]> {
  return tx.rows<DraftRow>(
    `select ${columns} from faq_draft d ${live} where d.tenant_id = $1 order by d.updated_at desc, d.faq_id`,
    [tenantId],
  );
}

/** With `locks` nobody else writes or publishes it until the transaction ends. */
export function findDraftRow(
  tx: Tx,
  tenantId: TenantId,
  id: FaqId,
  locks = false,
): Promise<DraftRow | undefined> {
  return tx.maybe<DraftRow>(
    `select ${columns} from faq_draft d ${live} where d.tenant_id = $1 and d.faq_id = $2 ${locks ? "for update of d" : ""}`,
    [tenantId, id],
  );
}

export interface DraftWrite {
  id: FaqId;
  body: FaqDraft;
  baseVersion: number;
  revision: number;
}

/** Revision 0 writes a first draft, another changes exactly that one; false when somebody was faster. */
export async function writeDraftRow(
  tx: Tx,
  tenantId: TenantId,
  { id, body, baseVersion, revision }: DraftWrite,
  by: { userId: UserId | null; at: Date },
): Promise<boolean> {
  const values = [tenantId, id, JSON.stringify(body), baseVersion, by.at, by.userId];
  if (revision === 0)
    return (
      (await tx.run(
        `insert into faq_draft (tenant_id, faq_id, body, base_version, updated_at, written_by)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
        values,
      )) > 0
    );
  return (
    (await tx.run(
      `update faq_draft set body = $3, base_version = $4, updated_at = $5, written_by = $6, state = 'draft',
         revision = revision + 1 where tenant_id = $1 and faq_id = $2 and revision = $7`,
      [...values, revision],
    )) > 0
  );
}

export function writeDraftState(
  tx: Tx,
  tenantId: TenantId,
  id: FaqId,
  state: DraftRow["state"],
  note: string,
): Promise<number> {
  return tx.run("update faq_draft set state = $3, note = $4 where tenant_id = $1 and faq_id = $2", [
    tenantId,
    id,
    state,
    note,
  ]);
}

export async function deleteDraftRow(tx: Tx, tenantId: TenantId, id: FaqId): Promise<boolean> {
  return (await tx.run("delete from faq_draft where tenant_id = $1 and faq_id = $2", [tenantId, id])) > 0;
}

/** Drafts of FAQs whose rows have ended. System role: all tenants. */
export function purgeOrphanDrafts(tx: Tx): Promise<number> {
  return tx.run(
    `delete from faq_draft d where d.base_version > 0
       and not exists (select 1 from faq f where f.tenant_id = d.tenant_id and f.id = d.faq_id)`,
  );
}

export async function readPolicy(tx: Tx, tenantId: TenantId): Promise<FaqPolicy> {
  const row = await tx.maybe<{ saves_as: FaqPolicy["savesAs"]; needs_review: boolean }>(
    "select saves_as, needs_review from faq_policy where tenant_id = $1",
    [tenantId],
  );
  return row === undefined ? standardFaqPolicy : { savesAs: row.saves_as, needsReview: row.needs_review };
}

export function writePolicy(tx: Tx, tenantId: TenantId, policy: FaqPolicy): Promise<number> {
  return tx.run(
    `insert into faq_policy (tenant_id, saves_as, needs_review) values ($1, $2, $3)
     on conflict (tenant_id) do update set saves_as = excluded.saves_as, needs_review = excluded.needs_review`,
    [tenantId, policy.savesAs, policy.needsReview],
  );
}
