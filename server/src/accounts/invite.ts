// Invitations by link: the token is in the link's fragment (it never reaches a server log), lives seven days, works once.
// A demo agent gets one too: accepting it turns the demo agent into a real member.
import type { Role, UserId } from "@yingda/contract";
import { type Ctx, makeCtx, type Services } from "../platform/context.ts";
import { type Tx, transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { newId, randomToken } from "../platform/ids.ts";
import { emit } from "../platform/outbox/index.ts";
import { requestAudit } from "./audit/request-audit.ts";
import { checkPassword } from "./create-owner.ts";
import { type InvitationRow, insertInvitation, markAccepted, takeInvitation } from "./invitation-store.ts";
import { type Device, resolveTenant } from "./open-session.ts";
import { requirePermission } from "./permissions.ts";
import { hashAccount, hashPassword, hashToken } from "./secrets.ts";
import { enter, type SignedInUser } from "./sign-in.ts";
import { invitationMs } from "./sign-in-model.ts";
import { readTenant } from "./tenant-store.ts";
import { changeUser, findUserByAccount, insertUser, lockUser } from "./user-store.ts";

export interface Invitation {
  name: string;
  role: Role;
  userId?: UserId | undefined;
}

/** @throws AppError auth/not-allowed (only an owner invites an owner), user/not-found */
export async function invite(ctx: Ctx, invitation: Invitation): Promise<{ token: string; expiresAt: Date }> {
  requirePermission(ctx, "members-write");
  if (invitation.role === "owner" && (ctx.actor.kind !== "user" || ctx.actor.role !== "owner"))
    throw new AppError("auth/not-allowed");
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const id = newId<string>();
  const token = randomToken(24);
  const now = ctx.clock.now();
  const expiresAt = new Date(now.getTime() + invitationMs);
  await transact(ctx, async (tx) => {
    if (invitation.userId) await checkCanTakeOver(ctx, tx, invitation.userId);
    await insertInvitation(tx, {
      tenant_id: ctx.tenantId,
      id,
      token_hash: hashToken(token),
      role: invitation.role,
      sealed_name: vault.seal({ table: "invitation", column: "sealed_name", row: id }, invitation.name),
      user_id: invitation.userId ?? null,
      invited_by: ctx.actor.kind === "user" ? ctx.actor.userId : null,
      created_at: now,
      expires_at: expiresAt,
    });
    await requestAudit(ctx, tx, {
      action: "member-invited",
      subject: "invitation",
      subjectId: id,
      details: { role: invitation.role },
    });
  });
  return { token, expiresAt };
}

async function checkCanTakeOver(ctx: Ctx, tx: Tx, userId: UserId): Promise<void> {
  const user = await lockUser(tx, ctx.tenantId, userId);
  if (!user) throw new AppError("user/not-found");
  if (user.account_hash) throw new AppError("request/conflict");
}

/** @throws AppError invitation/invalid: unknown, used or expired. */
export async function readInvitation(
  services: Services,
  token: string,
): Promise<{ shopName: string; role: Role; name: string }> {
  const { ctx, row } = await findInvitation(services, token);
  const vault = await services.vault.forTenant(ctx.tenantId);
  const tenant = await transact(ctx, (tx) => readTenant(tx, ctx.tenantId));
  return {
    shopName: tenant.name,
    role: row.role,
    name: vault.openText({ table: "invitation", column: "sealed_name", row: row.id }, row.sealed_name),
  };
}

async function findInvitation(services: Services, token: string): Promise<{ ctx: Ctx; row: InvitationRow }> {
  const hash = hashToken(token);
  const tenantId = await resolveTenant(services, "invitation", hash);
  if (!tenantId) throw new AppError("invitation/invalid");
  const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "invitation" } });
  const row = await transact(ctx, (tx) => takeInvitation(tx, tenantId, hash, services.clock.now()));
  if (!row) throw new AppError("invitation/invalid");
  return { ctx, row };
}

export interface Acceptance {
  token: string;
  account: string;
  password: string;
  name: string;
  device: Device;
}

/** @throws AppError invitation/invalid, user/email-taken, user/password-weak */
export async function acceptInvitation(services: Services, acceptance: Acceptance): Promise<SignedInUser> {
  checkPassword(acceptance.password, acceptance.account);
  const { ctx } = await findInvitation(services, acceptance.token);
  const accountHash = await hashAccount(services, acceptance.account);
  const passwordHash = await hashPassword(acceptance.password);
  const vault = await services.vault.forTenant(ctx.tenantId);
  const user = await transact(ctx, async (tx) => {
    const row = await takeInvitation(tx, ctx.tenantId, hashToken(acceptance.token), ctx.clock.now());
    if (!row) throw new AppError("invitation/invalid");
    const id = row.user_id ?? newId<UserId>();
    const account = {
      account_hash: accountHash,
      sealed_account: vault.seal(
        { table: "app_user", column: "sealed_account", row: id },
        acceptance.account.trim(),
      ),
      sealed_name: vault.seal({ table: "app_user", column: "sealed_name", row: id }, acceptance.name),
      password_hash: passwordHash,
      role: row.role,
    };
    if (row.user_id) {
      if (await isAccountTaken(services, tx, ctx, accountHash)) throw new AppError("user/email-taken");
      await checkCanTakeOver(ctx, tx, id);
      await changeUser(tx, ctx.tenantId, id, account);
    } else if (
      !(await insertUser(tx, {
        ...account,
        tenant_id: ctx.tenantId,
        id,
        is_demo: false,
        created_at: ctx.clock.now(),
      }))
    ) {
      throw new AppError("user/email-taken");
    }
    await markAccepted(tx, ctx.tenantId, row.id, ctx.clock.now());
    await emit(ctx, tx, ctx.tenantId, [{ kind: "member-changed", payload: { userId: id } }]);
    await requestAudit(ctx, tx, {
      action: "invitation-accepted",
      subject: "user",
      subjectId: id,
      details: { role: row.role },
    });
    return { tenant_id: ctx.tenantId, id, role: row.role, sealed_name: account.sealed_name };
  });
  return enter(services, user, acceptance.device, "signed-in");
}

async function isAccountTaken(services: Services, tx: Tx, ctx: Ctx, accountHash: Buffer): Promise<boolean> {
  if (await findUserByAccount(tx, ctx.tenantId, accountHash)) return true;
  return (await resolveTenant(services, "account", accountHash)) !== null;
}
