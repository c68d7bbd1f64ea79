// The tools of a connected system as people keep them: add, change, remove, bring back. Live when the call returns.

import type { ConnectionId, ShopTool, ToolDraft, ToolId } from "@yingda/contract";
import { requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { type Tx, transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { newId } from "../../../platform/ids.ts";
import { restorableDays } from "../../knowledge/faqs.ts";
import { presentTool } from "./definitions.ts";
import { checkCounts, livingConnection, nameChecked, recordToolChange } from "./manage-connections.ts";
import {
  findToolRow,
  insertTool,
  markToolDeleted,
  type ToolRow,
  unmarkToolDeleted,
  updateToolRow,
} from "./tool-store.ts";
import { toolsChanged } from "./tools-changed.ts";

const dayMs = 86_400_000;

/** @throws AppError tool/not-found, tool/name-taken, tool/limit-reached, tool/not-supported */
export async function addTool(ctx: Ctx, connectionId: ConnectionId, draft: ToolDraft): Promise<ShopTool> {
  requirePermission(ctx, "settings-write");
  const tool = await nameChecked(() =>
    transact(ctx, async (tx) => {
      const { definition } = await livingConnection(ctx, tx, connectionId);
      checkKind(definition.kind, draft);
      await checkCounts(ctx, tx, 0, 1);
      const id = newId<ToolId>();
      const row = await insertTool(tx, ctx.tenantId, { id, connectionId, draft }, ctx.clock.now());
      return recorded(ctx, tx, row, "tool-added");
    }),
  );
  toolsChanged(ctx);
  return tool;
}

/** @throws AppError tool/not-found, tool/version-moved, tool/name-taken, tool/not-supported */
export async function updateTool(
  ctx: Ctx,
  id: ToolId,
  { version, ...draft }: ToolDraft & { version: number },
): Promise<ShopTool> {
  requirePermission(ctx, "settings-write");
  const tool = await nameChecked(() =>
    transact(ctx, async (tx) => {
      const before = await findToolRow(tx, ctx.tenantId, id);
      if (before === undefined) throw new AppError("tool/not-found");
      checkKind(before.definition.call.kind, draft);
      const row = await updateToolRow(tx, ctx.tenantId, { id, draft, version }, ctx.clock.now());
      if (row === undefined)
        throw new AppError("tool/version-moved", { details: { version: before.version } });
      return recorded(ctx, tx, row, "tool-changed");
    }),
  );
  toolsChanged(ctx);
  return tool;
}

/** @throws AppError tool/not-found */
export async function deleteTool(ctx: Ctx, id: ToolId): Promise<void> {
  requirePermission(ctx, "settings-write");
  await transact(ctx, async (tx) => {
    const row = await markToolDeleted(tx, ctx.tenantId, id, ctx.clock.now());
    if (row === undefined) throw new AppError("tool/not-found");
    await recordToolChange(ctx, tx, "tool-removed", id, { name: row.name });
  });
  toolsChanged(ctx);
}

/** The undo of a deletion of the last 30 days. @throws AppError tool/not-found, tool/name-taken, tool/limit-reached */
export async function restoreTool(ctx: Ctx, id: ToolId): Promise<ShopTool> {
  requirePermission(ctx, "settings-write");
  const since = new Date(ctx.clock.nowMs() - restorableDays * dayMs);
  const tool = await nameChecked(() =>
    transact(ctx, async (tx) => {
      await checkCounts(ctx, tx, 0, 1);
      const row = await unmarkToolDeleted(tx, ctx.tenantId, id, since);
      if (row === undefined) throw new AppError("tool/not-found");
      return recorded(ctx, tx, row, "tool-added");
    }),
  );
  toolsChanged(ctx);
  return tool;
}

async function recorded(ctx: Ctx, tx: Tx, row: ToolRow, action: string): Promise<ShopTool> {
  const { definition } = await livingConnection(ctx, tx, row.connection_id);
  await recordToolChange(ctx, tx, action, row.id, { name: row.name, version: row.version });
  return presentTool(row, definition.name);
}

/** A tool is called the way its system speaks. */
function checkKind(kind: "http" | "mcp", draft: ToolDraft): void {
  if (draft.call.kind !== kind) throw new AppError("tool/not-supported", { details: { kind } });
}
