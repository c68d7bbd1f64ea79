// Connected systems as people keep them. Secrets are written and never read back; a stored secret is only ever sent to the
// address it was stored for, so a changed address needs its secrets anew. Live when the call returns.

import {
  type ConnectionDraft,
  type ConnectionId,
  type ShopTool,
  type ToolConnection,
  type ToolDraft,
  type ToolId,
  toolBounds,
} from "@yingda/contract";
import { requestAudit, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { type Tx, transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { newId } from "../../../platform/ids.ts";
import { emit } from "../../../platform/outbox/index.ts";
import { restorableDays } from "../../knowledge/faqs.ts";
import { openSecrets, presentConnection, presentTool, type Secrets, sealSecrets } from "./definitions.ts";
import {
  type ConnectionRow,
  countTools,
  findConnectionRow,
  insertConnection,
  insertTool,
  listConnectionRows,
  listToolRows,
  markConnectionDeleted,
  type ToolRow,
  unmarkConnectionDeleted,
  updateConnectionRow,
} from "./tool-store.ts";
import { toolsChanged } from "./tools-changed.ts";

const uniqueViolation = "23505";
const dayMs = 86_400_000;

export interface Added {
  connection: ToolConnection;
  tools: ShopTool[];
}

export async function listTools(ctx: Ctx): Promise<{ connections: ToolConnection[]; tools: ShopTool[] }> {
  requirePermission(ctx, "settings-read");
  const { rows, tools } = await transact(ctx, async (tx) => ({
    rows: await listConnectionRows(tx, ctx.tenantId),
    tools: await listToolRows(tx, ctx.tenantId),
  }));
  const names = new Map(rows.map(({ id, definition }) => [id, definition.name]));
  const count = (id: ConnectionId) => tools.filter((tool) => tool.connection_id === id).length;
  return {
    connections: rows.map((row) => presentConnection(row, count(row.id))),
    tools: tools.map((tool) => presentTool(tool, names.get(tool.connection_id) ?? "")),
  };
}

/** @throws AppError tool/name-taken, tool/limit-reached */
export async function addConnection(
  ctx: Ctx,
  { connection, tools }: { connection: ConnectionDraft; tools: ToolDraft[] },
): Promise<Added> {
  requirePermission(ctx, "settings-write");
  const id = newId<ConnectionId>();
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const { secrets: given, ...definition } = connection;
  const secrets = withoutEmpty(given);
  const now = ctx.clock.now();
  const added = await nameChecked(() =>
    transact(ctx, async (tx) => {
      await checkCounts(ctx, tx, 1, tools.length);
      const row = await insertConnection(
        tx,
        ctx.tenantId,
        {
          id,
          definition,
          secret_names: Object.keys(secrets),
          sealed_secrets: sealSecrets(vault, id, secrets),
        },
        now,
      );
      const rows: ToolRow[] = [];
      for (const draft of tools)
        rows.push(await insertTool(tx, ctx.tenantId, { id: newId<ToolId>(), connectionId: id, draft }, now));
      await recordToolChange(ctx, tx, "tool-connection-added", id, {
        name: definition.name,
        tools: rows.length,
      });
      return presentAdded(row, rows);
    }),
  );
  toolsChanged(ctx);
  return added;
}

/** @throws AppError tool/not-found, tool/version-moved */
export async function updateConnection(
  ctx: Ctx,
  id: ConnectionId,
  { version, ...draft }: ConnectionDraft & { version: number },
): Promise<ToolConnection> {
  requirePermission(ctx, "settings-write");
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const { secrets: given, ...definition } = draft;
  const changed = await transact(ctx, async (tx) => {
    const before = await livingConnection(ctx, tx, id);
    const kept = isSamePlace(before.definition, definition) ? openSecrets(vault, before) : {};
    const secrets = withoutEmpty({ ...kept, ...given });
    const change = {
      id,
      definition,
      secret_names: Object.keys(secrets),
      sealed_secrets: sealSecrets(vault, id, secrets),
      version,
    };
    const updated = await updateConnectionRow(tx, ctx.tenantId, change, ctx.clock.now());
    if (updated === undefined)
      throw new AppError("tool/version-moved", { details: { version: before.version } });
    await recordToolChange(ctx, tx, "tool-connection-changed", id, { name: definition.name });
    const tools = await listToolRows(tx, ctx.tenantId);
    return presentConnection(updated, tools.filter((tool) => tool.connection_id === id).length);
  });
  toolsChanged(ctx);
  return changed;
}

/** @throws AppError tool/not-found */
export async function deleteConnection(ctx: Ctx, id: ConnectionId): Promise<void> {
  requirePermission(ctx, "settings-write");
  await transact(ctx, async (tx) => {
    if (!(await markConnectionDeleted(tx, ctx.tenantId, id, ctx.clock.now())))
      throw new AppError("tool/not-found");
    await recordToolChange(ctx, tx, "tool-connection-removed", id, {});
  });
  toolsChanged(ctx);
}

/** The undo of a deletion of the last 30 days. @throws AppError tool/not-found, tool/name-taken, tool/limit-reached */
export async function restoreConnection(ctx: Ctx, id: ConnectionId): Promise<Added> {
  requirePermission(ctx, "settings-write");
  const since = new Date(ctx.clock.nowMs() - restorableDays * dayMs);
  const restored = await nameChecked(() =>
    transact(ctx, async (tx) => {
      await checkCounts(ctx, tx, 1, 0);
      const row = await unmarkConnectionDeleted(tx, ctx.tenantId, id, since);
      if (row === undefined) throw new AppError("tool/not-found");
      await recordToolChange(ctx, tx, "tool-connection-added", id, { name: row.definition.name });
      const tools = await listToolRows(tx, ctx.tenantId);
      return presentAdded(
        row,
        tools.filter((tool) => tool.connection_id === id),
      );
    }),
  );
  toolsChanged(ctx);
  return restored;
}

export async function livingConnection(ctx: Ctx, tx: Tx, id: ConnectionId): Promise<ConnectionRow> {
  const row = await findConnectionRow(tx, ctx.tenantId, id);
  if (row === undefined || row.deleted_at !== null) throw new AppError("tool/not-found");
  return row;
}

export async function checkCounts(ctx: Ctx, tx: Tx, connections: number, tools: number): Promise<void> {
  const have = await countTools(tx, ctx.tenantId);
  if (have.connections + connections > toolBounds.connections)
    throw new AppError("tool/limit-reached", { details: { most: toolBounds.connections } });
  if (have.tools + tools > toolBounds.tools)
    throw new AppError("tool/limit-reached", { details: { most: toolBounds.tools } });
}

export async function nameChecked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === uniqueViolation)
      throw new AppError("tool/name-taken", { cause: error });
    throw error;
  }
}

/** Audit and event of a change. Last in the transaction: it locks the lane. */
export async function recordToolChange(
  ctx: Ctx,
  tx: Tx,
  action: string,
  subjectId: string,
  details: Record<string, string | number>,
): Promise<void> {
  await requestAudit(ctx, tx, { action, subject: "tool", subjectId, details });
  await emit(ctx, tx, ctx.tenantId, [{ kind: "tools-changed", payload: {} }]);
}

function presentAdded(row: ConnectionRow, tools: readonly ToolRow[]): Added {
  return {
    connection: presentConnection(row, tools.length),
    tools: tools.map((tool) => presentTool(tool, row.definition.name)),
  };
}

/** The origin of the address and of the token call are where the secrets were meant for. */
function isSamePlace(
  before: Pick<ConnectionDraft, "baseUrl" | "auth">,
  after: Pick<ConnectionDraft, "baseUrl" | "auth">,
): boolean {
  const origins = ({ baseUrl, auth }: typeof before) => [
    new URL(baseUrl).origin,
    "tokenUrl" in auth ? new URL(auth.tokenUrl).origin : "",
  ];
  return origins(before).join() === origins(after).join();
}

function withoutEmpty(secrets: Secrets): Secrets {
  return Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== ""));
}
