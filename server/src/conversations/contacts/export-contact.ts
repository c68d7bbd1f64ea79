// Everything held about one contact as one JSON document: the answer to "what do you know about me?".
import type { ContactId, Message } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import type { TenantVault } from "../../platform/crypto/index.ts";
import { type Tx, transact } from "../../platform/db/index.ts";
import { type ConversationRow, conversationColumns } from "../conversation-store.ts";
import { type MessageRow, messageColumns, messageOf } from "../message-store.ts";
import { commentPlace } from "../record-rating.ts";
import { openExternalId } from "./contact-seal.ts";
import { listIdentities, readContact } from "./contact-store.ts";
import { openReachable, presentContact } from "./get-contact.ts";

/** Pretty-printed JSON, UTF-8. Private notes of the team are in it: they are about the contact, too. @throws contact/not-found. */
export async function exportContact(ctx: Ctx, contactId: ContactId): Promise<string> {
  requirePermission(ctx, "contacts-erase");
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  return transact(ctx, async (tx) => {
    const {
      phoneMasked: _p,
      emailMasked: _e,
      conversations: _c,
      ...contact
    } = await presentContact(ctx, tx, contactId);
    const row = await readContact(tx, ctx.tenantId, contactId);
    const identities = await listIdentities(tx, ctx.tenantId, contactId);
    await requestAudit(ctx, tx, { action: "contact-exported", subject: "contact", subjectId: contactId });
    return JSON.stringify(
      {
        exportedAt: ctx.clock.now().toISOString(),
        contact: { ...contact, ...(row && openReachable(vault, row)) },
        identities: identities.map((identity) => ({
          channel: identity.channel,
          inbox: identity.inboxName,
          externalId: openExternalId(vault, identity.id, identity.sealedExternalId),
          isVerified: identity.isVerified,
          since: identity.createdAt.toISOString(),
        })),
        conversations: await exportConversations(ctx, tx, vault, contactId),
      },
      null,
      2,
    );
  });
}

type ExportRow = ConversationRow & {
  rating: number | null;
  sealed_rating_comment: Buffer | null;
  sealed_handoff_summary: Buffer | null;
};

async function exportConversations(ctx: Ctx, tx: Tx, vault: TenantVault, contactId: ContactId) {
  const rows = await tx.rows<ExportRow>(
    `select ${conversationColumns}, c.rating, c.sealed_rating_comment, c.sealed_handoff_summary
     from conversation c where c.tenant_id = $1 and c.contact_id = $2 order by c.created_at`,
    [ctx.tenantId, contactId],
  );
  const messages = await tx.rows<MessageRow>(
    `select ${messageColumns} from conversation c
     join message m on m.tenant_id = c.tenant_id and m.conversation_id = c.id
     where c.tenant_id = $1 and c.contact_id = $2 order by m.conversation_id, m.seq`,
    [ctx.tenantId, contactId],
  );
  const byConversation = Map.groupBy(messages, (message) => message.conversation_id);
  return rows.map((row) => ({
    number: row.number,
    status: row.status,
    createdAt: row.created_at.toISOString(),
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    tags: row.tags,
    rating: row.rating,
    ratingComment:
      row.sealed_rating_comment && vault.openText(commentPlace(row.id), row.sealed_rating_comment),
    handoffSummary:
      row.sealed_handoff_summary &&
      vault.openText(
        { table: "conversation", column: "sealed_handoff_summary", row: row.id },
        row.sealed_handoff_summary,
      ),
    messages: (byConversation.get(row.id) ?? []).map((message) => exported(messageOf(vault, message))),
  }));
}

function exported({ seq, kind, author, content, delivery, createdAt }: Message) {
  return { seq, kind, from: author.kind, name: author.name, content, status: delivery.status, at: createdAt };
}
