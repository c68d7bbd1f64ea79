// One's own sessions: the list, ending one, signing out.
import type { SignedInSession } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { isUuid } from "../platform/ids.ts";
import { requestAudit } from "./audit/request-audit.ts";
import { requireUser } from "./permissions.ts";
import { deleteSession, listSessionRows } from "./session-store.ts";

export async function listSessions(ctx: Ctx, currentId: string): Promise<SignedInSession[]> {
  const me = requireUser(ctx);
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const rows = await transact(ctx, (tx) => listSessionRows(tx, ctx.tenantId, me.userId, ctx.clock.now()));
  return rows.map((row) => ({
    id: row.id,
    device: vault.openText({ table: "session", column: "sealed_device", row: row.id }, row.sealed_device),
    address: vault.openText({ table: "session", column: "sealed_address", row: row.id }, row.sealed_address),
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    isCurrent: row.id === currentId,
  }));
}

/** @throws AppError request/not-found: not one of theirs, or ended already. */
export async function endSession(ctx: Ctx, id: string): Promise<void> {
  const me = requireUser(ctx);
  if (!isUuid(id)) throw new AppError("request/not-found");
  await transact(ctx, async (tx) => {
    if ((await deleteSession(tx, ctx.tenantId, me.userId, id)) === 0) throw new AppError("request/not-found");
    await requestAudit(ctx, tx, { action: "session-revoked", subject: "session", subjectId: id });
  });
}

/** Signing out twice is not an error. */
export async function signOut(ctx: Ctx, id: string): Promise<void> {
  const me = requireUser(ctx);
  if (!isUuid(id)) return;
  await transact(ctx, async (tx) => {
    if ((await deleteSession(tx, ctx.tenantId, me.userId, id)) > 0)
      await requestAudit(ctx, tx, { action: "signed-out", subject: "session", subjectId: id });
  });
}
