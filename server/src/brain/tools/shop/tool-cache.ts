// A shop's tools as flows use them, kept in memory per tenant: a turn costs no database. Secrets stay sealed here and are
// opened for each call. Dropped when something changes, here or (flow-cache.ts listens) on another node.

import type { TenantId } from "@yingda/contract";
import type { Ctx } from "../../../platform/context.ts";
import { type Db, transact } from "../../../platform/db/index.ts";
import type { KnownTool } from "./definitions.ts";
import { type ConnectionRow, listConnectionRows, listToolRows } from "./tool-store.ts";

export interface ConnectedTool {
  tool: KnownTool;
  connection: ConnectionRow;
}
/** By the name that flows use; off ones are not among them. */
export type ConnectedTools = ReadonlyMap<string, ConnectedTool>;

const mostTenants = 1_000;
const caches = new WeakMap<Db, Map<TenantId, Promise<ConnectedTools>>>();

export function connectedTools(ctx: Ctx): Promise<ConnectedTools> {
  const cache = caches.get(ctx.db) ?? new Map<TenantId, Promise<ConnectedTools>>();
  caches.set(ctx.db, cache);
  const known = cache.get(ctx.tenantId);
  if (known !== undefined) return known;
  const loading = load(ctx);
  cache.set(ctx.tenantId, loading);
  loading.catch(() => cache.get(ctx.tenantId) === loading && cache.delete(ctx.tenantId));
  const [oldest] = cache.size > mostTenants ? cache.keys() : [];
  if (oldest !== undefined) cache.delete(oldest);
  return loading;
}

async function load(ctx: Ctx): Promise<ConnectedTools> {
  const { connections, tools } = await transact(ctx, async (tx) => ({
    connections: await listConnectionRows(tx, ctx.tenantId),
    tools: await listToolRows(tx, ctx.tenantId),
  }));
  const byId = new Map(connections.map((row) => [row.id, row]));
  return new Map(
    tools.flatMap(({ id, connection_id, definition }): [string, ConnectedTool][] => {
      const connection = byId.get(connection_id);
      if (connection === undefined || !definition.isOn) return [];
      return [[definition.name, { tool: { ...definition, id }, connection }]];
    }),
  );
}

/** Call it after the commit of a change. */
export function forgetTools(ctx: Pick<Ctx, "db" | "tenantId">): void {
  caches.get(ctx.db)?.delete(ctx.tenantId);
}

/** Changes may have been missed. */
export function forgetAllTools(db: Db): void {
  caches.get(db)?.clear();
}
