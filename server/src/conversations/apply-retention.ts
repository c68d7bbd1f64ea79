// Old conversations leave the record for good when the shop has set how long it keeps them. A nightly job, tenant by
// tenant, in small transactions; stopped anywhere, the next night goes on.
import type { ContactId, ConversationId } from "@yingda/contract";
import { getTenant, listTenantIds } from "../accounts/index.ts";
import { type Ctx, makeCtx, type Services } from "../platform/context.ts";
import { type Tx, transact } from "../platform/db/index.ts";
import { applyTransition } from "./apply-transition.ts";
import { eraseMessages } from "./contacts/erase-contact.ts";
import { sendMediaRemoval } from "./remove-media.ts";

const dayMs = 86_400_000;
const batchSize = 20; // some thousand messages: well within the statement time-out

export interface Retained {
  conversations: number;
  contacts: number;
}

/**
 * Erases conversations in which nothing was said for `retentionDays`, and contacts who have none left. Open ones are
 * resolved first, so that queues and screens let go of them. For the system actor; a person erases with eraseContact.
 */
export async function applyRetention(ctx: Ctx, retentionDays: number): Promise<Retained> {
  const before = new Date(ctx.clock.nowMs() - retentionDays * dayMs);
  const total: Retained = { conversations: 0, contacts: 0 };
  for (;;) {
    const erased = await transact(ctx, (tx) => eraseBatch(ctx, tx, before));
    total.conversations += erased.conversations;
    total.contacts += erased.contacts;
    if (erased.conversations === 0) return total;
  }
}

/** The nightly job: every tenant that has set a retention. */
export async function applyRetentions(services: Services): Promise<void> {
  for (const tenantId of await listTenantIds(services)) {
    const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "retention" } });
    const { retentionDays } = await getTenant(ctx);
    if (retentionDays === null) continue;
    const { conversations, contacts } = await applyRetention(ctx, retentionDays);
    if (conversations > 0)
      ctx.log.info({ tenantId, conversations, contacts, retentionDays }, "retention applied");
  }
}

interface OldRow {
  id: ConversationId;
  contact_id: ContactId;
  status: string;
}

async function eraseBatch(ctx: Ctx, tx: Tx, before: Date): Promise<Retained> {
  const rows = await findOld(tx, ctx, before);
  if (rows.length === 0) return { conversations: 0, contacts: 0 };
  for (const { id, status } of rows)
    if (status !== "resolved")
      await applyTransition(
        ctx,
        tx,
        id,
        { kind: "resolve", disposition: "no-reply", by: "system", at: ctx.clock.now() },
        { silent: true },
      );
  const ids = rows.map(({ id }) => id);
  await sendMediaRemoval(ctx, tx, await eraseMessages(ctx, tx, ids));
  await tx.run("delete from conversation where tenant_id = $1 and id = any($2)", [ctx.tenantId, ids]);
  const contacts = await tx.run(
    `delete from contact ct where ct.tenant_id = $1 and ct.id = any($2) and ct.last_seen_at < $3
       and not exists (select 1 from conversation c where c.tenant_id = $1 and c.contact_id = ct.id)`,
    [ctx.tenantId, rows.map((row) => row.contact_id), before],
  );
  return { conversations: rows.length, contacts };
}

/** Locked; one that somebody works on at this moment is left for the next time. */
async function findOld(tx: Tx, ctx: Ctx, before: Date): Promise<OldRow[]> {
  const pick = (where: string, order: string) =>
    tx.rows<OldRow>(
      `select c.id, c.contact_id, c.status from conversation c where c.tenant_id = $1 and ${where}
       order by ${order} limit ${batchSize} for update skip locked`,
      [ctx.tenantId, before],
    );
  const resolved = await pick("c.status = 'resolved' and c.resolved_at < $2", "c.resolved_at");
  if (resolved.length > 0) return resolved;
  // by slots, which have an index: up to ten minutes younger ones wait for the next night
  return pick("c.status <> 'resolved' and c.active_slot < activity_slot($2)", "c.active_slot");
}
