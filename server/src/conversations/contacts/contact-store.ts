// SQL for the tables contact and identity.
import type { Channel, ContactId, ConversationId, IdentityId, InboxId, TenantId } from "@yingda/contract";
import type { NamedStatement, Tx } from "../../platform/db/index.ts";

export interface ContactRow {
  id: ContactId;
  sealed_name: Buffer;
  is_named: boolean;
  sealed_phone: Buffer | null;
  sealed_email: Buffer | null;
  sealed_notes: Buffer | null;
  sealed_context: Buffer | null;
  language: string | null;
  tags: string[];
  is_blocked: boolean;
  version: number;
  first_seen_at: Date;
  last_seen_at: Date;
}

export const contactColumns = `ct.id, ct.sealed_name, ct.is_named, ct.sealed_phone, ct.sealed_email, ct.sealed_notes,
  ct.sealed_context, ct.language, ct.tags, ct.is_blocked, ct.version, ct.first_seen_at, ct.last_seen_at`;

export const readContactStatement: NamedStatement = {
  name: "contact-read",
  text: `select ${contactColumns} from contact ct where ct.tenant_id = $1 and ct.id = $2`,
};

export async function readContact(
  tx: Tx,
  tenantId: TenantId,
  id: ContactId,
  isLocked = false,
): Promise<ContactRow | undefined> {
  return tx.maybe<ContactRow>(`${readContactStatement.text}${isLocked ? " for no key update" : ""}`, [
    tenantId,
    id,
  ]);
}

export interface IdentityRow {
  id: IdentityId;
  inboxId: InboxId;
  channel: Channel;
  inboxName: string;
  isVerified: boolean;
  sealedExternalId: Buffer;
  createdAt: Date;
}

export async function listIdentities(tx: Tx, tenantId: TenantId, id: ContactId): Promise<IdentityRow[]> {
  return tx.rows<IdentityRow>(
    `select i.id, i.inbox_id as "inboxId", b.channel, b.name as "inboxName", i.is_verified as "isVerified",
       i.sealed_external_id as "sealedExternalId", i.created_at as "createdAt"
     from identity i join inbox b on b.tenant_id = i.tenant_id and b.id = i.inbox_id
     where i.tenant_id = $1 and i.contact_id = $2 order by i.created_at, i.id`,
    [tenantId, id],
  );
}

/**
 * Conversations of a contact whose screens must hear of a change: every one that is not resolved, and the newest.
 * At most 20, newest first.
 */
export async function liveConversations(
  tx: Tx,
  tenantId: TenantId,
  id: ContactId,
): Promise<{ id: ConversationId; status: string }[]> {
  return tx.rows(
    `select c.id, c.status from conversation c where c.tenant_id = $1 and c.contact_id = $2
     order by (c.status <> 'resolved') desc, c.created_at desc limit 20`,
    [tenantId, id],
  );
}

/** Waits for lines of this contact that are on their way in, and keeps further ones out till the end of the transaction. */
export async function holdIdentities(tx: Tx, tenantId: TenantId, id: ContactId): Promise<void> {
  await tx.rows(
    `select pg_advisory_xact_lock(19779, ('x' || encode(substring(i.external_hash from 1 for 4), 'hex'))::bit(32)::int)
     from (select external_hash from identity where tenant_id = $1 and contact_id = $2 order by external_hash) i`,
    [tenantId, id],
  );
}
