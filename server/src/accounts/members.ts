// Members: the list, and changes of name, role, capacity and whether they may sign in. There is always an owner who can.
import type { Member, Presence, Role, UserId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { emit } from "../platform/outbox/index.ts";
import { requestAudit } from "./audit/request-audit.ts";
import { checkPassword } from "./create-owner.ts";
import { requirePermission, requireUser } from "./permissions.ts";
import { hashPassword } from "./secrets.ts";
import { deleteSessionsExcept, listSessionRows } from "./session-store.ts";
import { checkOwnPassword } from "./totp.ts";
import { changeUser, findUser, listUsers, lockOwners, type UserChange, type UserRow } from "./user-store.ts";

/** What routing and conversations know of members; app.ts hands it in, since accounts sees neither room. */
export interface MemberLoad {
  presence: Presence;
  openCount: number;
}
export type LoadOfMembers = (ctx: Ctx) => Promise<ReadonlyMap<UserId, MemberLoad>>;

export async function presentMembers(ctx: Ctx, rows: UserRow[], loadOf: LoadOfMembers): Promise<Member[]> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const load = await loadOf(ctx);
  return rows.map((row) => ({
    id: row.id,
    name: vault.openText({ table: "app_user", column: "sealed_name", row: row.id }, row.sealed_name),
    email: row.sealed_email
      ? vault.openText({ table: "app_user", column: "sealed_email", row: row.id }, row.sealed_email)
      : null,
    role: row.role,
    presence: load.get(row.id)?.presence ?? "away",
    capacity: row.capacity,
    openCount: load.get(row.id)?.openCount ?? 0,
    isDemo: row.is_demo && row.account_hash === null,
    isActive: row.is_active,
    hasTotp: row.totp_confirmed_at !== null,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  }));
}

export async function listMembers(ctx: Ctx, loadOf: LoadOfMembers): Promise<Member[]> {
  requirePermission(ctx, "members-read");
  return presentMembers(ctx, await transact(ctx, (tx) => listUsers(tx, ctx.tenantId)), loadOf);
}

export interface MemberBrief {
  id: UserId;
  name: string;
  role: Role;
  capacity: number;
  isActive: boolean;
  /** A demo agent that nobody can sign in as yet. */
  isDemo: boolean;
}

/** Names, roles and capacities for the other rooms; no permission, since it never leaves the server as it is. */
export async function listMembersBrief(ctx: Ctx): Promise<MemberBrief[]> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const rows = await transact(ctx, (tx) => listUsers(tx, ctx.tenantId));
  return rows.map((row) => ({
    id: row.id,
    name: vault.openText({ table: "app_user", column: "sealed_name", row: row.id }, row.sealed_name),
    role: row.role,
    capacity: row.capacity,
    isActive: row.is_active,
    isDemo: row.is_demo && row.account_hash === null,
  }));
}

export interface MemberUpdate {
  name?: string | undefined;
  role?: Role | undefined;
  capacity?: number | undefined;
  isActive?: boolean | undefined;
}

/** Returns ids of sessions whose live lines must end now. @throws AppError user/not-found, user/last-owner, auth/not-allowed */
export async function updateMember(
  ctx: Ctx,
  id: UserId,
  update: MemberUpdate,
): Promise<{ row: UserRow; cutSessions: string[] }> {
  requirePermission(ctx, "members-write");
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  return transact(ctx, async (tx) => {
    const before = await findUser(tx, ctx.tenantId, id);
    if (!before) throw new AppError("user/not-found");
    checkRoleChange(ctx, before, update);
    if (before.role === "owner" && (update.isActive === false || (update.role && update.role !== "owner"))) {
      const owners = await lockOwners(tx, ctx.tenantId);
      if (owners.every((owner) => owner === id)) throw new AppError("user/last-owner");
    }
    const change: UserChange = {};
    if (update.name !== undefined)
      change.sealed_name = vault.seal({ table: "app_user", column: "sealed_name", row: id }, update.name);
    if (update.role !== undefined) change.role = update.role;
    if (update.capacity !== undefined) change.capacity = update.capacity;
    if (update.isActive !== undefined) change.is_active = update.isActive;
    await changeUser(tx, ctx.tenantId, id, change);
    // with another role the live lines must be opened anew: they were admitted with the permissions of before
    const isRoleNew = update.role !== undefined && update.role !== before.role;
    const cutSessions =
      update.isActive === false
        ? await deleteSessionsExcept(tx, ctx.tenantId, id, null)
        : isRoleNew
          ? (await listSessionRows(tx, ctx.tenantId, id, ctx.clock.now())).map((session) => session.id)
          : [];
    await emit(ctx, tx, ctx.tenantId, [{ kind: "member-changed", payload: { userId: id } }]);
    await requestAudit(ctx, tx, {
      action: "member-changed",
      subject: "user",
      subjectId: id,
      details: {
        changed: Object.keys(change).join(","),
        role: update.role ?? null,
        isActive: update.isActive ?? null,
      },
    });
    const row = await findUser(tx, ctx.tenantId, id);
    if (!row) throw new AppError("user/not-found");
    return { row, cutSessions };
  });
}

/** Only an owner makes or unmakes an owner. */
function checkRoleChange(ctx: Ctx, before: UserRow, update: MemberUpdate): void {
  const touchesOwner = before.role === "owner" || update.role === "owner";
  if (touchesOwner && (ctx.actor.kind !== "user" || ctx.actor.role !== "owner"))
    throw new AppError("auth/not-allowed");
}

export interface OwnUpdate {
  name?: string | undefined;
  email?: string | null | undefined;
  password?: { current: string; next: string } | undefined;
}

async function ownAccount(ctx: Ctx, userId: UserId): Promise<string> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const row = await transact(ctx, (tx) => findUser(tx, ctx.tenantId, userId));
  if (!row?.sealed_account) return "";
  return vault.openText({ table: "app_user", column: "sealed_account", row: userId }, row.sealed_account);
}

/** Changes one's own name, e-mail or password; a new password ends one's other sessions (their ids come back). */
export async function updateMe(
  ctx: Ctx,
  update: OwnUpdate,
  sessionId: string,
): Promise<{ endedSessions: string[] }> {
  const me = requireUser(ctx);
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const change: UserChange = {};
  if (update.name !== undefined)
    change.sealed_name = vault.seal(
      { table: "app_user", column: "sealed_name", row: me.userId },
      update.name,
    );
  if (update.email !== undefined)
    change.sealed_email =
      update.email === null
        ? null
        : vault.seal({ table: "app_user", column: "sealed_email", row: me.userId }, update.email);
  if (update.password) {
    await checkOwnPassword(ctx, update.password.current);
    checkPassword(update.password.next, await ownAccount(ctx, me.userId));
    change.password_hash = await hashPassword(update.password.next);
  }
  return transact(ctx, async (tx) => {
    await changeUser(tx, ctx.tenantId, me.userId, change);
    const endedSessions = update.password
      ? await deleteSessionsExcept(tx, ctx.tenantId, me.userId, sessionId)
      : [];
    await emit(ctx, tx, ctx.tenantId, [{ kind: "member-changed", payload: { userId: me.userId } }]);
    if (update.password)
      await requestAudit(ctx, tx, { action: "password-changed", subject: "user", subjectId: me.userId });
    return { endedSessions };
  });
}
