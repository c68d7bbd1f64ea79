// Somebody corrects what is known of a contact, or blocks them.
import type { Contact, ContactId, ContactUpdate } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import type { TenantVault } from "../../platform/crypto/index.ts";
import { type Tx, transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { emit } from "../../platform/outbox/index.ts";
import { applyTransition } from "../apply-transition.ts";
import { nameGiven, sealColumn, sealName } from "./contact-seal.ts";
import { liveConversations, readContact } from "./contact-store.ts";
import { presentContact } from "./get-contact.ts";
import { lastFour, normaliseEmail, normalisePhone } from "./phone.ts";

/**
 * Changes what is given; null empties phone or e-mail. Blocking ends open conversations as spam; later lines of the
 * contact are kept and bring no work. @throws contact/not-found, request/conflict (details.version is what is there
 * now), request/invalid for a phone that is none.
 */
export async function updateContact(ctx: Ctx, contactId: ContactId, update: ContactUpdate): Promise<Contact> {
  requirePermission(ctx, "contacts-write");
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const columns = columnsOf(vault, contactId, update);
  return transact(ctx, async (tx) => {
    const before = await readContact(tx, ctx.tenantId, contactId, true);
    if (!before) throw new AppError("contact/not-found");
    if (before.version !== update.version)
      throw new AppError("request/conflict", { details: { version: before.version } });
    if (columns.size === 0) return presentContact(ctx, tx, contactId);
    await write(tx, ctx, contactId, columns);
    if (update.isBlocked !== undefined && update.isBlocked !== before.is_blocked)
      await block(ctx, tx, contactId, update.isBlocked);
    for (const { id } of await liveConversations(tx, ctx.tenantId, contactId))
      await emit(ctx, tx, id, [{ kind: "contact-changed", payload: { contactId } }]);
    return presentContact(ctx, tx, contactId);
  });
}

/** Columns of the table to their new values. The names are ours, never a caller's. */
function columnsOf(vault: TenantVault, id: ContactId, update: ContactUpdate): Map<string, unknown> {
  const columns = new Map<string, unknown>();
  const name = nameGiven(update.name);
  if (name !== null) {
    columns.set("sealed_name", sealName(vault, id, name));
    columns.set("is_named", true);
    columns.set("name_grams", vault.grams(name));
    columns.set("name_key_id", vault.searchKeyId);
  }
  if (update.phone !== undefined) setPhone(columns, vault, id, update.phone);
  if (update.email !== undefined) {
    const email = update.email === null ? null : normaliseEmail(update.email);
    columns.set("sealed_email", email && sealColumn(vault, "sealed_email", id, email));
    columns.set("email_hash", email && vault.lookup("email", email));
  }
  if (update.notes !== undefined)
    columns.set(
      "sealed_notes",
      update.notes === "" ? null : sealColumn(vault, "sealed_notes", id, update.notes),
    );
  if (update.tags !== undefined)
    columns.set("tags", [...new Set(update.tags.map((tag) => tag.toWellFormed()))]);
  if (update.isBlocked !== undefined) columns.set("is_blocked", update.isBlocked);
  return columns;
}

function setPhone(
  columns: Map<string, unknown>,
  vault: TenantVault,
  id: ContactId,
  typed: string | null,
): void {
  const phone = typed === null || typed === "" ? null : normalisePhone(typed);
  if (phone === null && typed !== null && typed !== "")
    throw new AppError("request/invalid", { details: { field: "phone" } });
  columns.set("sealed_phone", phone && sealColumn(vault, "sealed_phone", id, phone));
  columns.set("phone_hash", phone && vault.lookup("phone", phone));
  columns.set("phone_last4_hash", phone && vault.lookup("phone-last4", lastFour(phone)));
}

async function write(tx: Tx, ctx: Ctx, id: ContactId, columns: Map<string, unknown>): Promise<void> {
  const assignments = [...columns.keys()].map((name, index) => `${name} = $${index + 3}`);
  await tx.run(
    `update contact set ${assignments.join(", ")}, version = version + 1 where tenant_id = $1 and id = $2`,
    [ctx.tenantId, id, ...columns.values()],
  );
}

async function block(ctx: Ctx, tx: Tx, contactId: ContactId, isBlocked: boolean): Promise<void> {
  await requestAudit(ctx, tx, {
    action: isBlocked ? "contact-blocked" : "contact-unblocked",
    subject: "contact",
    subjectId: contactId,
  });
  if (!isBlocked) return;
  for (const { id, status } of await liveConversations(tx, ctx.tenantId, contactId))
    if (status !== "resolved")
      await applyTransition(ctx, tx, id, {
        kind: "resolve",
        disposition: "spam",
        by: "agent",
        at: ctx.clock.now(),
      });
}
