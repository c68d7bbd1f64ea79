// SQL for connected systems and their tools.

import type { ConnectionId, TenantId, ToolDraft, ToolId } from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";
import type { ConnectionDefinition } from "./definitions.ts";

export interface ConnectionRow {
  id: ConnectionId;
  definition: ConnectionDefinition;
  secret_names: string[];
  sealed_secrets: Buffer | null;
  version: number;
  updated_at: Date;
  deleted_at: Date | null;
}
export interface ToolRow {
  id: ToolId;
  connection_id: ConnectionId;
  name: string;
  definition: ToolDraft;
  version: number;
  updated_at: Date;
  deleted_at: Date | null;
  last_at: Date | null;
  last_state: "done" | "failed" | "unknown" | null;
  last_error: string | null;
}

const connectionColumns = "id, definition, secret_names, sealed_secrets, version, updated_at, deleted_at";
const toolColumns =
  "id, connection_id, name, definition, version, updated_at, deleted_at, last_at, last_state, last_error";

export function listConnectionRows(tx: Tx, tenantId: TenantId): Promise<ConnectionRow[]> {
  return tx.rows(
    `select ${connectionColumns} from tool_connection where tenant_id = $1 and deleted_at is null order by id`,
    [tenantId],
  );
}

export function listToolRows(tx: Tx, tenantId: TenantId): Promise<ToolRow[]> {
  return tx.rows(
    `select ${toolColumns} from shop_tool where tenant_id = $1 and deleted_at is null order by connection_id, id`,
    [tenantId],
  );
}

/** Makes others who add wait until this transaction ends, so that the limits hold. */
export async function countTools(
  tx: Tx,
  tenantId: TenantId,
): Promise<{ connections: number; tools: number }> {
  await tx.rows("select pg_advisory_xact_lock(hashtextextended('shop_tool' || $1::text, 0))", [tenantId]);
  return tx.one(
    `select (select count(*)::int from tool_connection where tenant_id = $1 and deleted_at is null) as connections,
       (select count(*)::int from shop_tool where tenant_id = $1 and deleted_at is null) as tools`,
    [tenantId],
  );
}

/** One system, deleted or not. */
export function findConnectionRow(
  tx: Tx,
  tenantId: TenantId,
  id: ConnectionId,
): Promise<ConnectionRow | undefined> {
  return tx.maybe(`select ${connectionColumns} from tool_connection where tenant_id = $1 and id = $2`, [
    tenantId,
    id,
  ]);
}

export type NewConnection = Pick<ConnectionRow, "id" | "definition" | "secret_names" | "sealed_secrets">;

export function insertConnection(
  tx: Tx,
  tenantId: TenantId,
  row: NewConnection,
  at: Date,
): Promise<ConnectionRow> {
  return tx.one(
    `insert into tool_connection (tenant_id, id, definition, secret_names, sealed_secrets, updated_at)
     values ($1, $2, $3::jsonb, $4, $5, $6) returning ${connectionColumns}`,
    [tenantId, row.id, JSON.stringify(row.definition), row.secret_names, row.sealed_secrets, at],
  );
}

/** Undefined when somebody else was faster. */
export function updateConnectionRow(
  tx: Tx,
  tenantId: TenantId,
  row: NewConnection & { version: number },
  at: Date,
): Promise<ConnectionRow | undefined> {
  return tx.maybe(
    `update tool_connection set definition = $3::jsonb, secret_names = $4, sealed_secrets = $5, updated_at = $6,
       version = version + 1
     where tenant_id = $1 and id = $2 and version = $7 and deleted_at is null returning ${connectionColumns}`,
    [tenantId, row.id, JSON.stringify(row.definition), row.secret_names, row.sealed_secrets, at, row.version],
  );
}

/** With its living tools, which bear the same instant, so that the undo brings back just these. */
export async function markConnectionDeleted(
  tx: Tx,
  tenantId: TenantId,
  id: ConnectionId,
  at: Date,
): Promise<boolean> {
  const row = await tx.maybe(
    `update tool_connection set deleted_at = $3, version = version + 1
     where tenant_id = $1 and id = $2 and deleted_at is null returning id`,
    [tenantId, id, at],
  );
  if (row === undefined) return false;
  await tx.run(
    "update shop_tool set deleted_at = $3 where tenant_id = $1 and connection_id = $2 and deleted_at is null",
    [tenantId, id, at],
  );
  return true;
}

/** Fails with PostgreSQL's 23505 when one of its tools' names was taken since. */
export async function unmarkConnectionDeleted(
  tx: Tx,
  tenantId: TenantId,
  id: ConnectionId,
  since: Date,
): Promise<ConnectionRow | undefined> {
  await tx.run(
    `update shop_tool t set deleted_at = null from tool_connection c
     where c.tenant_id = $1 and c.id = $2 and c.deleted_at >= $3 and t.tenant_id = $1 and t.connection_id = $2
       and t.deleted_at = c.deleted_at`,
    [tenantId, id, since],
  );
  return tx.maybe(
    `update tool_connection set deleted_at = null, version = version + 1
     where tenant_id = $1 and id = $2 and deleted_at >= $3 returning ${connectionColumns}`,
    [tenantId, id, since],
  );
}

/** Fails with PostgreSQL's 23505 when a living tool has the name. */
export function insertTool(
  tx: Tx,
  tenantId: TenantId,
  { id, connectionId, draft }: { id: ToolId; connectionId: ConnectionId; draft: ToolDraft },
  at: Date,
): Promise<ToolRow> {
  return tx.one(
    `insert into shop_tool (tenant_id, id, connection_id, name, definition, updated_at)
     values ($1, $2, $3, $4, $5::jsonb, $6) returning ${toolColumns}`,
    [tenantId, id, connectionId, draft.name, JSON.stringify(draft), at],
  );
}

export function findToolRow(tx: Tx, tenantId: TenantId, id: ToolId): Promise<ToolRow | undefined> {
  return tx.maybe(
    `select ${toolColumns} from shop_tool where tenant_id = $1 and id = $2 and deleted_at is null`,
    [tenantId, id],
  );
}

export function updateToolRow(
  tx: Tx,
  tenantId: TenantId,
  { id, draft, version }: { id: ToolId; draft: ToolDraft; version: number },
  at: Date,
): Promise<ToolRow | undefined> {
  return tx.maybe(
    `update shop_tool set name = $3, definition = $4::jsonb, updated_at = $5, version = version + 1
     where tenant_id = $1 and id = $2 and version = $6 and deleted_at is null returning ${toolColumns}`,
    [tenantId, id, draft.name, JSON.stringify(draft), at, version],
  );
}

export function markToolDeleted(
  tx: Tx,
  tenantId: TenantId,
  id: ToolId,
  at: Date,
): Promise<ToolRow | undefined> {
  return tx.maybe(
    `update shop_tool set deleted_at = $3, version = version + 1
     where tenant_id = $1 and id = $2 and deleted_at is null returning ${toolColumns}`,
    [tenantId, id, at],
  );
}

/** Only while its system is there. */
export function unmarkToolDeleted(
  tx: Tx,
  tenantId: TenantId,
  id: ToolId,
  since: Date,
): Promise<ToolRow | undefined> {
  return tx.maybe(
    `update shop_tool set deleted_at = null, version = version + 1
     where tenant_id = $1 and id = $2 and deleted_at >= $3
       and connection_id in (select id from tool_connection where tenant_id = $1 and deleted_at is null)
     returning ${toolColumns}`,
    [tenantId, id, since],
  );
}

export async function noteLastCall(
  tx: Tx,
  tenantId: TenantId,
  id: ToolId,
  last: { at: Date; state: string; error: string | null },
): Promise<void> {
  await tx.run(
    "update shop_tool set last_at = $3, last_state = $4, last_error = $5 where tenant_id = $1 and id = $2",
    [tenantId, id, last.at, last.state, last.error],
  );
}

/** Ends what can no longer be restored. System role: all tenants. */
export async function purgeDeletedTools(tx: Tx, before: Date): Promise<number> {
  const tools = await tx.run("delete from shop_tool where deleted_at < $1", [before]);
  return tools + (await tx.run("delete from tool_connection where deleted_at < $1", [before]));
}
