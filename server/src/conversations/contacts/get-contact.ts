// One contact as the workbench sees them: phone and e-mail masked, past conversations, identities. And the same in
// clear for whoever asks with a reason that is written down.
import { type Contact, type ContactId, type MessageId, textOf } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import type { TenantVault } from "../../platform/crypto/index.ts";
import { type Tx, transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { openBody } from "../message-seal.ts";
import { previewOf } from "../present-conversation.ts";
import { openColumn, openContext, openName } from "./contact-seal.ts";
import { type ContactRow, listIdentities, readContact } from "./contact-store.ts";
import { maskEmail, maskPhone } from "./phone.ts";

/** @throws contact/not-found, auth/not-allowed. */
export async function getContact(ctx: Ctx, contactId: ContactId): Promise<Contact> {
  requirePermission(ctx, "contacts-read");
  return transact(ctx, (tx) => presentContact(ctx, tx, contactId));
}

/** Inside a transaction that already knows the asking person may see it. @throws contact/not-found. */
export async function presentContact(ctx: Ctx, tx: Tx, contactId: ContactId): Promise<Contact> {
  const row = await readContact(tx, ctx.tenantId, contactId);
  if (!row) throw new AppError("contact/not-found");
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const identities = await listIdentities(tx, ctx.tenantId, contactId);
  const { phone, email } = openReachable(vault, row);
  return {
    id: row.id,
    name: openName(vault, row.id, row.sealed_name),
    isNamed: row.is_named,
    phoneMasked: phone === null ? null : maskPhone(phone),
    emailMasked: email === null ? null : maskEmail(email),
    notes: openColumn(vault, "sealed_notes", row.id, row.sealed_notes) ?? "",
    language: row.language,
    tags: row.tags,
    isBlocked: row.is_blocked,
    identities: identities.map(({ id, inboxId, channel, inboxName, isVerified }) => ({
      id,
      inboxId,
      channel,
      inboxName,
      isVerified,
    })),
    context: openContext(vault, row.id, row.sealed_context),
    conversations: await pastConversations(ctx, vault, tx, contactId),
    firstSeenAt: row.first_seen_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    version: row.version,
  };
}

/** Phone and e-mail in clear; who asked is in the audit log before they are shown. */
export async function revealContact(
  ctx: Ctx,
  contactId: ContactId,
): Promise<{ phone: string | null; email: string | null }> {
  requirePermission(ctx, "contacts-read");
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  return transact(ctx, async (tx) => {
    const row = await readContact(tx, ctx.tenantId, contactId);
    if (!row) throw new AppError("contact/not-found");
    await requestAudit(ctx, tx, { action: "contact-revealed", subject: "contact", subjectId: contactId });
    return openReachable(vault, row);
  });
}

export function openReachable(
  vault: TenantVault,
  row: ContactRow,
): { phone: string | null; email: string | null } {
  return {
    phone: openColumn(vault, "sealed_phone", row.id, row.sealed_phone),
    email: openColumn(vault, "sealed_email", row.id, row.sealed_email),
  };
}

async function pastConversations(
  ctx: Ctx,
  vault: TenantVault,
  tx: Tx,
  contactId: ContactId,
): Promise<Contact["conversations"]> {
  const rows = await tx.rows<
    Pick<Contact["conversations"][number], "id" | "number" | "status"> & {
      created_at: Date;
      last_id: MessageId | null;
      last_content: Buffer | null;
    }
  >(
    `select c.id, c.number, c.status, c.created_at, m.id as last_id, m.sealed_content as last_content
     from (select * from conversation where tenant_id = $1 and contact_id = $2 order by created_at desc limit 20) c
     left join message m on m.tenant_id = $1 and m.conversation_id = c.id and m.seq = c.last_shown_seq
     order by c.created_at desc`,
    [ctx.tenantId, contactId],
  );
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    status: row.status,
    createdAt: row.created_at.toISOString(),
    preview: row.last_id && row.last_content ? preview(vault, row.last_id, row.last_content) : "",
  }));
}

function preview(vault: TenantVault, id: MessageId, sealed: Buffer): string {
  const { content } = openBody(vault, id, sealed);
  return content.kind === "notice" ? "" : previewOf(textOf(content));
}
