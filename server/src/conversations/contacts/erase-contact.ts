// Erases a contact for good: the person, their identities, conversations, messages, search rows and files. What stays
// is ids: the domain events and the audit entry that it was done.
import type { ContactId, ConversationId, MediaId, MessageContent } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { type Tx, transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { emit } from "../../platform/outbox/index.ts";
import { openBody } from "../message-seal.ts";
import type { MessageRow } from "../message-store.ts";
import { recentMessages } from "../recent-messages.ts";
import { sendMediaRemoval } from "../remove-media.ts";
import { holdIdentities, readContact } from "./contact-store.ts";

/** Files go after the commit, by a job that is part of it. @throws contact/not-found, auth/not-allowed. */
export async function eraseContact(ctx: Ctx, contactId: ContactId): Promise<void> {
  requirePermission(ctx, "contacts-erase");
  await transact(ctx, async (tx) => {
    await holdIdentities(tx, ctx.tenantId, contactId);
    if (!(await readContact(tx, ctx.tenantId, contactId, true))) throw new AppError("contact/not-found");
    const conversations = await tx.rows<{ id: ConversationId }>(
      "select c.id from conversation c where c.tenant_id = $1 and c.contact_id = $2 for update",
      [ctx.tenantId, contactId],
    );
    const ids = conversations.map(({ id }) => id);
    await sendMediaRemoval(ctx, tx, await eraseMessages(ctx, tx, ids));
    await tx.run("delete from contact where tenant_id = $1 and id = $2", [ctx.tenantId, contactId]);
    for (const id of ids) await emit(ctx, tx, id, [{ kind: "contact-erased", payload: { contactId } }]);
    await requestAudit(ctx, tx, {
      action: "contact-erased",
      subject: "contact",
      subjectId: contactId,
      details: { conversations: ids.length },
    });
    tx.afterCommit(() => {
      for (const id of ids) recentMessages(ctx).forget(ctx.tenantId, id);
    });
  });
}

/**
 * Deletes search rows and messages of these conversations and returns the files they named. The conversations
 * themselves (and with them marks, traces, timers) go with their own row, by cascade.
 */
export async function eraseMessages(ctx: Ctx, tx: Tx, ids: readonly ConversationId[]): Promise<MediaId[]> {
  if (ids.length === 0) return [];
  await tx.run(
    `delete from message_search s using message m
     where m.tenant_id = $1 and m.conversation_id = any($2) and s.tenant_id = $1 and s.message_id = m.id`,
    [ctx.tenantId, ids],
  );
  const gone = await tx.rows<Pick<MessageRow, "id" | "sealed_content"> & { author_kind: string }>(
    "delete from message m where m.tenant_id = $1 and m.conversation_id = any($2) returning m.id, m.sealed_content, m.author_kind",
    [ctx.tenantId, ids],
  );
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  // a picture that the bot sent belongs to the shop's FAQ and is sent to others, too
  const theirs = gone.filter(({ author_kind }) => author_kind !== "bot");
  return [...new Set(theirs.flatMap((row) => mediaOf(openBody(vault, row.id, row.sealed_content).content)))];
}

function mediaOf(content: MessageContent): MediaId[] {
  if ("mediaId" in content) return [content.mediaId];
  return content.kind === "card" && content.imageMediaId ? [content.imageMediaId] : [];
}
