// Account and password in, session out. A wrong account costs the same time as a wrong password, and guessing locks the
// account for that address only, so that a stranger cannot lock the owner out.
import type { TenantId } from "@yingda/contract";
import { makeCtx, type Services } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import { requestAudit } from "./audit/request-audit.ts";
import { type Device, type OpenedSession, openSession, resolveTenant, userActor } from "./open-session.ts";
import { hashAccount, hashAddress, isPasswordRight } from "./secrets.ts";
import { clearFailures, countFailure, lockOut, readFailures } from "./session-store.ts";
import { forgetFailuresMs, lockMs } from "./sign-in-model.ts";
import { checkSecondFactor } from "./totp.ts";
import { findUserByAccount, type UserRow } from "./user-store.ts";

const nobodysTenant = "00000000-0000-0000-0000-000000000000" as TenantId;

export interface SignIn {
  account: string;
  password: string;
  code?: string | undefined;
  device: Device;
}

export interface SignedInUser {
  tenantId: TenantId;
  actor: ReturnType<typeof userActor>;
  session: OpenedSession;
}

/** @throws AppError auth/wrong-credentials, auth/locked-out {retryAfterMs}, auth/second-factor-required, auth/second-factor-wrong */
export async function signIn(services: Services, attempt: SignIn): Promise<SignedInUser> {
  const accountHash = await hashAccount(services, attempt.account);
  const addressHash = await hashAddress(services, attempt.device.address);
  await checkLock(services, accountHash, addressHash);
  const tenantId = await resolveTenant(services, "account", accountHash);
  // an account that does not exist is looked for just the same: the time taken must not tell
  const user = await services.db.transact(tenantId, (tx) =>
    findUserByAccount(tx, tenantId ?? nobodysTenant, accountHash),
  );
  const isRight = await isPasswordRight(user?.password_hash ?? null, attempt.password);
  if (!user || !isRight || !user.is_active) {
    await recordFailure(services, accountHash, addressHash, user);
    throw new AppError("auth/wrong-credentials");
  }
  if (user.totp_confirmed_at) {
    if (!attempt.code) throw new AppError("auth/second-factor-required");
    if (!(await checkSecondFactor(services, user, attempt.code))) {
      await recordFailure(services, accountHash, addressHash, user);
      throw new AppError("auth/second-factor-wrong");
    }
  }
  await services.db.system((tx) => clearFailures(tx, accountHash, addressHash));
  return enter(services, user, attempt.device, "signed-in");
}

/** Opens a session for a member who has just proved who they are (sign-in, invitation, first owner). */
export async function enter(
  services: Services,
  user: Pick<UserRow, "tenant_id" | "id" | "role" | "sealed_name">,
  device: Device,
  action: string,
): Promise<SignedInUser> {
  const vault = await services.vault.forTenant(user.tenant_id);
  const name = vault.openText({ table: "app_user", column: "sealed_name", row: user.id }, user.sealed_name);
  const actor = userActor(user.id, user.role, name);
  const ctx = makeCtx(services, { tenantId: user.tenant_id, actor, address: device.address });
  const session = await services.db.transact(user.tenant_id, async (tx) => {
    const opened = await openSession(services, tx, { tenantId: user.tenant_id, userId: user.id, device });
    await requestAudit(ctx, tx, { action, subject: "session", subjectId: opened.id });
    return opened;
  });
  return { tenantId: user.tenant_id, actor, session };
}

async function checkLock(services: Services, accountHash: Buffer, addressHash: Buffer): Promise<void> {
  const row = await services.db.system((tx) => readFailures(tx, accountHash, addressHash));
  const leftMs = (row?.locked_until?.getTime() ?? 0) - services.clock.nowMs();
  if (leftMs > 0) throw new AppError("auth/locked-out", { details: { retryAfterMs: leftMs } });
}

async function recordFailure(
  services: Services,
  accountHash: Buffer,
  addressHash: Buffer,
  user: UserRow | undefined,
): Promise<void> {
  const now = services.clock.now();
  const lockedMs = await services.db.system(async (tx) => {
    const failures = await countFailure(
      tx,
      accountHash,
      addressHash,
      now,
      new Date(now.getTime() - forgetFailuresMs),
    );
    const ms = lockMs(failures);
    if (ms > 0) await lockOut(tx, accountHash, addressHash, new Date(now.getTime() + ms));
    return ms;
  });
  if (!user || lockedMs === 0) return;
  const ctx = makeCtx(services, { tenantId: user.tenant_id, actor: { kind: "system", name: "sign-in" } });
  await services.db.transact(user.tenant_id, (tx) =>
    requestAudit(ctx, tx, {
      action: "sign-in-locked",
      subject: "user",
      subjectId: user.id,
      details: { lockedMs },
    }),
  );
}
