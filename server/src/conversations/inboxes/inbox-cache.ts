// Inboxes as every line, socket and turn asks for them: per tenant, in memory, for half a minute or until
// `inbox-changed` is heard (start.ts listens on every node). Few and small: all of a tenant's are read at once.
import type { Inbox, InboxId, TenantId } from "@yingda/contract";
import { type Ctx, makeCtx, type Services } from "../../platform/context.ts";
import { once } from "../../platform/db/index.ts";
import { type InboxRecord, type InboxRow, inboxOf, listInboxesStatement } from "./inbox-store.ts";

export type { InboxRecord, InboxSecrets } from "./inbox-store.ts";

const freshMs = 30_000;
const mostTenants = 2_000;
const mostKeys = 10_000;

interface CachedInboxes {
  untilMs: number;
  inboxes: Promise<ReadonlyMap<InboxId, InboxRecord>>;
}

class InboxCache {
  readonly byTenant = new Map<TenantId, CachedInboxes>();
  readonly tenantByKey = new Map<string, { untilMs: number; tenantId: TenantId | null }>();
}

const byOwner = new WeakMap<object, InboxCache>();

function cacheOf(services: Pick<Services, "db">): InboxCache {
  const cache = byOwner.get(services.db) ?? new InboxCache();
  byOwner.set(services.db, cache);
  return cache;
}

/** The inbox, at most half a minute old; null when there is none (or it was deleted). Asks no permission. */
export async function getInbox(ctx: Ctx, inboxId: InboxId): Promise<InboxRecord | null> {
  return (await inboxesOf(ctx)).get(inboxId) ?? null;
}

/** All inboxes of the tenant, oldest first, with their secrets. For the server itself. */
export async function inboxesOf(ctx: Ctx): Promise<ReadonlyMap<InboxId, InboxRecord>> {
  const { byTenant } = cacheOf(ctx);
  const nowMs = ctx.clock.nowMs();
  const cached = byTenant.get(ctx.tenantId);
  if (cached && cached.untilMs > nowMs) return cached.inboxes;
  const inboxes = readInboxes(ctx);
  if (byTenant.size >= mostTenants) byTenant.clear();
  byTenant.set(ctx.tenantId, { untilMs: nowMs + freshMs, inboxes });
  inboxes.catch(() => byTenant.delete(ctx.tenantId));
  return inboxes;
}

async function readInboxes(ctx: Ctx): Promise<ReadonlyMap<InboxId, InboxRecord>> {
  const rows = await once<InboxRow>(ctx, listInboxesStatement, [ctx.tenantId]);
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const nowMs = ctx.clock.nowMs();
  return new Map(rows.map((row) => [row.id, inboxOf(vault, row, nowMs)]));
}

/**
 * From a public key of a script line or QR link to tenant and inbox: the way in for visitors, who have no tenant yet.
 * null for an unknown key. An inbox that is switched off is returned; the caller looks at isOn.
 */
export async function findInboxByKey(
  services: Services,
  publicKey: string,
): Promise<{ tenantId: TenantId; inbox: InboxRecord } | null> {
  const tenantId = await tenantOfKey(services, publicKey);
  if (!tenantId) return null;
  const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "inbox-key" } });
  const inboxes = await inboxesOf(ctx);
  const inbox = inboxes.values().find((one) => one.publicKey === publicKey);
  return inbox ? { tenantId, inbox } : null;
}

const plausibleKey = /^[A-Za-z0-9_-]{8,64}$/;

async function tenantOfKey(services: Services, publicKey: string): Promise<TenantId | null> {
  if (!plausibleKey.test(publicKey)) return null;
  const { tenantByKey } = cacheOf(services);
  const nowMs = services.clock.nowMs();
  const cached = tenantByKey.get(publicKey);
  if (cached && cached.untilMs > nowMs) return cached.tenantId;
  const { tenantId } = await services.db.transact(null, (tx) =>
    tx.one<{ tenantId: TenantId | null }>(`select resolve_tenant('inbox', $1) as "tenantId"`, [
      Buffer.from(publicKey),
    ]),
  );
  if (tenantByKey.size >= mostKeys) tenantByKey.clear(); // guesses must not fill the memory
  tenantByKey.set(publicKey, { untilMs: nowMs + freshMs, tenantId });
  return tenantId;
}

/** Forgets what is known of a tenant's inboxes (or of all), after a change here or on another node. */
export function forgetInboxes(services: Pick<Services, "db">, tenantId?: TenantId): void {
  const cache = cacheOf(services);
  if (tenantId) cache.byTenant.delete(tenantId);
  else cache.byTenant.clear();
  cache.tenantByKey.clear();
}

/** What a person may see of an inbox. */
export function withoutSecrets({ secrets: _kept, ...inbox }: InboxRecord): Inbox {
  return inbox;
}
