// The sample shop's contacts: marked when they are brought, and taken away whole. Called by whoever seeds the demo.
import type { ContactId, ConversationId } from "@yingda/contract";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { emit } from "../../platform/outbox/index.ts";
import { recentMessages } from "../recent-messages.ts";
import { sendMediaRemoval } from "../remove-media.ts";
import { eraseMessages } from "./erase-contact.ts";

/** Everything of these contacts is the demo's from here on. */
export async function markDemoContacts(ctx: Ctx, contactIds: readonly ContactId[]): Promise<void> {
  await transact(ctx, async (tx) => {
    await tx.run("update contact set is_demo = true where tenant_id = $1 and id = any($2)", [
      ctx.tenantId,
      contactIds,
    ]);
    await tx.run("update conversation set is_demo = true where tenant_id = $1 and contact_id = any($2)", [
      ctx.tenantId,
      contactIds,
    ]);
  });
}

/** Removes contacts, conversations and quick replies of the demo; what people made themselves stays. */
export async function removeDemoRecord(ctx: Ctx): Promise<void> {
  await transact(ctx, async (tx) => {
    const rows = await tx.rows<{ id: ConversationId; contact_id: ContactId }>(
      `select c.id, c.contact_id from contact ct join conversation c on c.tenant_id = ct.tenant_id and c.contact_id = ct.id
       where ct.tenant_id = $1 and ct.is_demo for update of c`,
      [ctx.tenantId],
    );
    const ids = rows.map(({ id }) => id);
    await sendMediaRemoval(ctx, tx, await eraseMessages(ctx, tx, ids));
    await tx.run("delete from contact where tenant_id = $1 and is_demo", [ctx.tenantId]);
    await tx.run("delete from canned_reply where tenant_id = $1 and is_demo", [ctx.tenantId]);
    for (const { id, contact_id: contactId } of rows)
      await emit(ctx, tx, id, [{ kind: "contact-erased", payload: { contactId } }]);
    tx.afterCommit(() => {
      for (const id of ids) recentMessages(ctx).forget(ctx.tenantId, id);
    });
  });
}
