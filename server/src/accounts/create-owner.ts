// The first owner: made once, with a one-time token that only the console shows, so that a stranger cannot claim a fresh install.
// Also the way back in (`yingda reset-owner`) for whoever has the machine.
import type { Role, TenantId, UserId } from "@yingda/contract";
import { type Ctx, makeCtx, type Services } from "../platform/context.ts";
import type { Tx } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { newId, randomToken } from "../platform/ids.ts";
import { requestAudit } from "./audit/request-audit.ts";
import type { Device } from "./open-session.ts";
import { passwordWeakness } from "./password-rules.ts";
import { hashAccount, hashPassword, hashToken } from "./secrets.ts";
import {
  deleteSessionsExcept,
  giveBackSetupToken,
  ownerExists,
  replaceSetupToken,
  useSetupToken,
} from "./session-store.ts";
import { enter, type SignedInUser } from "./sign-in.ts";
import { setupTokenMs } from "./sign-in-model.ts";
import { changeTenant, insertTenant, listTenants } from "./tenant-store.ts";
import { changeUser, insertUser, listUsers } from "./user-store.ts";

export function hasOwner(services: Pick<Services, "db">): Promise<boolean> {
  return services.db.system(ownerExists);
}

/** A fresh token for the console; any earlier one stops working. */
export async function issueSetupToken(
  services: Pick<Services, "db" | "clock">,
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomToken(16);
  const now = services.clock.now();
  const expiresAt = new Date(now.getTime() + setupTokenMs);
  await services.db.system((tx) => replaceSetupToken(tx, hashToken(token), now, expiresAt));
  return { token, expiresAt };
}

export interface FirstOwner {
  token: string;
  account: string;
  password: string;
  name: string;
  locale: "zh-CN" | "en";
  device: Device;
}

/** What the other rooms put into a new tenant: default inbox, queue, hours. Runs in the tenant's own transactions. */
export type PrepareTenant = (ctx: Ctx) => Promise<void>;

/** @throws AppError setup/already-done, setup/token-invalid, user/password-weak */
export async function createOwner(
  services: Services,
  owner: FirstOwner,
  prepareTenant: PrepareTenant,
): Promise<SignedInUser> {
  checkPassword(owner.password, owner.account);
  if (await hasOwner(services)) throw new AppError("setup/already-done");
  const now = services.clock.now();
  const tokenHash = hashToken(owner.token);
  if (!(await services.db.system((tx) => useSetupToken(tx, tokenHash, now))))
    throw new AppError("setup/token-invalid");
  try {
    const tenantId = await onlyTenant(services, owner.locale);
    const ctx = makeCtx(services, {
      tenantId,
      actor: { kind: "system", name: "setup" },
      address: owner.device.address,
    });
    await prepareTenant(ctx);
    const user = await addUser(ctx, {
      account: owner.account,
      password: owner.password,
      name: owner.name || owner.account,
      role: "owner",
    });
    return await enter(services, user, owner.device, "owner-created");
  } catch (error) {
    // no owner was made: the same link must work again
    await services.db.system((tx) => giveBackSetupToken(tx, tokenHash));
    throw error;
  }
}

/** The tenant of a fresh installation; a demo seeded before has made it already. */
async function onlyTenant(services: Services, locale: "zh-CN" | "en"): Promise<TenantId> {
  const [existing] = await services.db.system(listTenants);
  if (existing) {
    const { tenant_id: tenantId } = existing;
    await services.db.transact(tenantId, (tx) => changeTenant(tx, tenantId, { locale }));
    return tenantId;
  }
  return createTenant(services, { name: locale === "en" ? "My shop" : "我的店铺", locale });
}

export async function createTenant(
  services: Services,
  { name, locale }: { name: string; locale: "zh-CN" | "en" },
): Promise<TenantId> {
  const tenantId = newId<TenantId>();
  await services.db.transact(tenantId, (tx) =>
    insertTenant(tx, { tenant_id: tenantId, name, locale, created_at: services.clock.now() }),
  );
  return tenantId;
}

export interface NewMember {
  account: string | null;
  password: string | null;
  name: string;
  role: Role;
  isDemo?: boolean;
}

/** @throws AppError user/email-taken when the account is in use. */
export async function addUser(
  ctx: Ctx,
  member: NewMember,
  alongside?: (tx: Tx, userId: UserId) => Promise<void>,
) {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const id = newId<UserId>();
  const row = {
    tenant_id: ctx.tenantId,
    id,
    account_hash: member.account ? await hashAccount(ctx, member.account) : null,
    sealed_account: member.account
      ? vault.seal({ table: "app_user", column: "sealed_account", row: id }, member.account.trim())
      : null,
    sealed_name: vault.seal({ table: "app_user", column: "sealed_name", row: id }, member.name.trim()),
    password_hash: member.password ? await hashPassword(member.password) : null,
    role: member.role,
    is_demo: member.isDemo ?? false,
    created_at: ctx.clock.now(),
  };
  await ctx.db.transact(ctx.tenantId, async (tx) => {
    if (!(await insertUser(tx, row))) throw new AppError("user/email-taken");
    await alongside?.(tx, id);
    await requestAudit(ctx, tx, {
      action: "member-added",
      subject: "user",
      subjectId: id,
      details: { role: member.role },
    });
  });
  return row;
}

/** @throws AppError user/password-weak {why} */
export function checkPassword(password: string, account: string): void {
  const why = passwordWeakness(password, account);
  if (why) throw new AppError("user/password-weak", { details: { why } });
}

/** For the console: gives the first owner a new password, ends their sessions and second factor. null: there is no owner yet. */
export async function resetOwner(services: Services): Promise<{ account: string; password: string } | null> {
  for (const tenant of await services.db.system(listTenants)) {
    const ctx = makeCtx(services, {
      tenantId: tenant.tenant_id,
      actor: { kind: "system", name: "reset-owner" },
    });
    const vault = await services.vault.forTenant(tenant.tenant_id);
    const password = randomToken(12);
    const passwordHash = await hashPassword(password);
    const account = await services.db.transact(tenant.tenant_id, async (tx) => {
      const owner = (await listUsers(tx, tenant.tenant_id)).find(
        (user) => user.role === "owner" && user.sealed_account,
      );
      if (!owner?.sealed_account) return null;
      await changeUser(tx, tenant.tenant_id, owner.id, {
        password_hash: passwordHash,
        is_active: true,
        sealed_totp: null,
        totp_confirmed_at: null,
        totp_last_step: null,
      });
      await deleteSessionsExcept(tx, tenant.tenant_id, owner.id, null);
      await requestAudit(ctx, tx, { action: "owner-reset", subject: "user", subjectId: owner.id });
      return vault.openText(
        { table: "app_user", column: "sealed_account", row: owner.id },
        owner.sealed_account,
      );
    });
    if (account) return { account, password };
  }
  return null;
}
