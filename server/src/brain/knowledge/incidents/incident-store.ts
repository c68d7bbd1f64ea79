// SQL for pinned statements and for who was told one.

import type { ConversationId, IncidentDraft, IncidentId, TenantId, UserId } from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";

export interface IncidentRow {
  id: IncidentId;
  title: string;
  text: string;
  text_en: string;
  words: string[];
  faqs: string[];
  starts_at: Date;
  ends_at: Date;
  version: number;
  told: number;
}
interface ByWhom {
  userId: UserId | null;
  at: Date;
}

const columns = "i.id, i.title, i.text, i.text_en, i.words, i.faqs, i.starts_at, i.ends_at, i.version";
const told = `(select count(*)::int from incident_told t where t.tenant_id = i.tenant_id and t.incident_id = i.id) as told`;

/** The newest first. */
export function listIncidentRows(tx: Tx, tenantId: TenantId, limit: number): Promise<IncidentRow[]> {
  return tx.rows<IncidentRow>(
    `select ${columns}, ${told} from incident i where i.tenant_id = $1 and i.deleted_at is null order by i.starts_at desc, i.id desc limit $2`,
    [tenantId, limit],
  );
}

/** Those that are not over, whether begun or not. */
export function listComingIncidentRows(tx: Tx, tenantId: TenantId, at: Date): Promise<IncidentRow[]> {
  return tx.rows<IncidentRow>(
    `select ${columns}, 0 as told from incident i
     where i.tenant_id = $1 and i.ends_at > $2 and i.deleted_at is null order by i.starts_at desc, i.id desc`,
    [tenantId, at],
  );
}

export function findIncidentRow(
  tx: Tx,
  tenantId: TenantId,
  id: IncidentId,
): Promise<IncidentRow | undefined> {
  return tx.maybe<IncidentRow>(
    `select ${columns}, ${told} from incident i where i.tenant_id = $1 and i.id = $2 and i.deleted_at is null`,
    [tenantId, id],
  );
}

export async function insertIncident(
  tx: Tx,
  tenantId: TenantId,
  id: IncidentId,
  draft: IncidentDraft,
  by: ByWhom,
): Promise<void> {
  await tx.run(
    `insert into incident (tenant_id, id, title, text, text_en, words, faqs, starts_at, ends_at, updated_at, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [tenantId, id, ...values(draft), by.at, by.userId],
  );
}

/** False when somebody else was faster or it is gone. */
export async function updateIncidentRow(
  tx: Tx,
  tenantId: TenantId,
  id: IncidentId,
  draft: IncidentDraft & { version: number },
  by: ByWhom,
): Promise<boolean> {
  const changed = await tx.run(
    `update incident set title = $3, text = $4, text_en = $5, words = $6, faqs = $7, starts_at = $8, ends_at = $9,
       updated_at = $10, updated_by = $11, version = version + 1
     where tenant_id = $1 and id = $2 and version = $12 and deleted_at is null`,
    [tenantId, id, ...values(draft), by.at, by.userId, draft.version],
  );
  return changed === 1;
}

function values(draft: IncidentDraft): unknown[] {
  const { title, text, textEn, words, faqs, startsAt, endsAt } = draft;
  return [title, text, textEn, words, faqs, startsAt, endsAt];
}

/** False when it is gone already. Who was told stays known. */
export async function markIncidentDeleted(
  tx: Tx,
  tenantId: TenantId,
  id: IncidentId,
  at: Date,
): Promise<boolean> {
  const marked = await tx.run(
    `update incident set deleted_at = $3, version = version + 1
     where tenant_id = $1 and id = $2 and deleted_at is null`,
    [tenantId, id, at],
  );
  return marked === 1;
}

/** Undoes a removal that is not older than `since`. */
export async function unmarkIncidentDeleted(
  tx: Tx,
  tenantId: TenantId,
  id: IncidentId,
  since: Date,
): Promise<boolean> {
  const unmarked = await tx.run(
    `update incident set deleted_at = null, version = version + 1
     where tenant_id = $1 and id = $2 and deleted_at >= $3`,
    [tenantId, id, since],
  );
  return unmarked === 1;
}

/** Ends what can no longer be brought back. System role: all tenants. */
export function purgeDeletedIncidents(tx: Tx, before: Date): Promise<number> {
  return tx.run("delete from incident where deleted_at < $1", [before]);
}

/** True the first time for this conversation. An incident that is gone meanwhile tells nobody. */
export async function insertTold(
  tx: Tx,
  tenantId: TenantId,
  id: IncidentId,
  conversationId: ConversationId,
  at: Date,
): Promise<boolean> {
  const written = await tx.run(
    `insert into incident_told (tenant_id, incident_id, conversation_id, at)
     select $1, i.id, $3, $4 from incident i
     where i.tenant_id = $1 and i.id = $2 and i.deleted_at is null on conflict do nothing`,
    [tenantId, id, conversationId, at],
  );
  return written === 1;
}
