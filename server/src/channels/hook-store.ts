// SQL of webhook calls already handled: a platform that repeats a call gets the same answer without the work. Owner: channels.
import type { InboxId, TenantId } from "@yingda/contract";
import type { Tx } from "../platform/db/index.ts";

export async function resolveHookTenant(tx: Tx, inboxId: InboxId): Promise<TenantId | null> {
  const { tenant } = await tx.one<{ tenant: TenantId | null }>(`select resolve_hook_tenant($1) as tenant`, [
    inboxId,
  ]);
  return tenant;
}

export async function wasSeen(tx: Tx, inboxId: InboxId, callId: string): Promise<boolean> {
  const row = await tx.maybe(`select 1 from webhook_seen where inbox_id = $1 and call_id = $2`, [
    inboxId,
    callId,
  ]);
  return row !== undefined;
}

export async function markSeen(
  tx: Tx,
  tenantId: TenantId,
  inboxId: InboxId,
  callId: string,
  at: Date,
): Promise<void> {
  await tx.run(
    `insert into webhook_seen (tenant_id, inbox_id, call_id, at) values ($1, $2, $3, $4) on conflict do nothing`,
    [tenantId, inboxId, callId, at],
  );
}

/** System role. */
export async function forgetSeen(tx: Tx, before: Date): Promise<void> {
  await tx.run(`delete from webhook_seen where at < $1`, [before]);
}
