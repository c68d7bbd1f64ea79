// The second factor: time-based codes (RFC 6238) and ten recovery codes, each usable once.
import { randomInt } from "node:crypto";
import type { UserId } from "@yingda/contract";
import { Secret, TOTP } from "otpauth";
import { type Ctx, makeCtx, type Services } from "../platform/context.ts";
import type { TenantVault } from "../platform/crypto/index.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { requestAudit } from "./audit/request-audit.ts";
import { requireUser } from "./permissions.ts";
import { isPasswordRight } from "./secrets.ts";
import {
  changeUser,
  findUser,
  replaceRecoveryCodes,
  type UserRow,
  useRecoveryCode,
  useTotpStep,
} from "./user-store.ts";

const periodSeconds = 30;
const recoveryCodeCount = 10;

// 10 letters of a 30-letter alphabet without look-alikes: 49 bits, beyond guessing at the pace that the lock-out allows
const recoveryAlphabet = "abcdefghjkmnpqrstuvwxyz2345678";

function newRecoveryCode(): string {
  return Array.from({ length: 10 }, () => recoveryAlphabet.charAt(randomInt(recoveryAlphabet.length))).join(
    "",
  );
}

/** Keyed, because 49 bits could be guessed by whoever has the hashes. */
function hashRecoveryCode(vault: TenantVault, userId: UserId, code: string): Buffer {
  return vault.lookup("recovery-code", `${userId}:${code.toLowerCase()}`);
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: "Yingda",
    label,
    algorithm: "SHA1",
    digits: 6,
    period: periodSeconds,
    secret: Secret.fromBase32(secret),
  });
}

function place(userId: string) {
  return { table: "app_user", column: "sealed_totp", row: userId };
}

/** A code counts for its own 30 s and one step before and after, and only once. */
export async function checkSecondFactor(services: Services, user: UserRow, given: string): Promise<boolean> {
  const code = given.replaceAll(/[\s-]/g, "");
  const ctx = makeCtx(services, { tenantId: user.tenant_id, actor: { kind: "system", name: "sign-in" } });
  if (/^\d{6}$/.test(code)) {
    const step = await matchingStep(services, user, code);
    if (step === null) return false;
    return transact(ctx, (tx) => useTotpStep(tx, user.tenant_id, user.id, step));
  }
  const now = services.clock.now();
  const hash = hashRecoveryCode(await services.vault.forTenant(user.tenant_id), user.id, code);
  return transact(ctx, async (tx) => {
    const used = await useRecoveryCode(tx, user.tenant_id, user.id, hash, now);
    if (used)
      await requestAudit(ctx, tx, { action: "recovery-code-used", subject: "user", subjectId: user.id });
    return used;
  });
}

async function matchingStep(services: Services, user: UserRow, code: string): Promise<number | null> {
  if (!user.sealed_totp) return null;
  const vault = await services.vault.forTenant(user.tenant_id);
  const totp = totpOf(vault.openText(place(user.id), user.sealed_totp), "check");
  const nowMs = services.clock.nowMs();
  const delta = totp.validate({ token: code, window: 1, timestamp: nowMs });
  return delta === null ? null : Math.floor(nowMs / 1_000 / periodSeconds) + delta;
}

/** Stores a fresh secret, not yet in force. Returns the otpauth URI and a QR code as a data URL. */
export async function startTotp(ctx: Ctx): Promise<{ uri: string; qr: string }> {
  const me = requireUser(ctx);
  const secret = new Secret({ size: 20 }).base32;
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const uri = await transact(ctx, async (tx) => {
    const user = await findUser(tx, ctx.tenantId, me.userId);
    if (!user) throw new AppError("user/not-found");
    if (user.totp_confirmed_at) throw new AppError("request/conflict");
    await changeUser(tx, ctx.tenantId, me.userId, { sealed_totp: vault.seal(place(me.userId), secret) });
    return totpOf(secret, me.name || "Yingda").toString();
  });
  const { toDataURL } = await import("qrcode");
  return { uri, qr: await toDataURL(uri, { margin: 1, width: 220 }) };
}

/** Puts it in force and returns recovery codes, shown once. @throws AppError auth/second-factor-wrong */
export async function confirmTotp(ctx: Ctx, code: string): Promise<{ recoveryCodes: string[] }> {
  const me = requireUser(ctx);
  const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode);
  const user = await transact(ctx, (tx) => findUser(tx, ctx.tenantId, me.userId));
  if (!user) throw new AppError("user/not-found");
  if (user.totp_confirmed_at) throw new AppError("request/conflict");
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const step = await matchingStep(ctx, user, code.replaceAll(/\s/g, ""));
  if (step === null) throw new AppError("auth/second-factor-wrong");
  await transact(ctx, async (tx) => {
    await changeUser(tx, ctx.tenantId, me.userId, {
      totp_confirmed_at: ctx.clock.now(),
      totp_last_step: step,
    });
    const hashes = codes.map((value) => hashRecoveryCode(vault, me.userId, value));
    await replaceRecoveryCodes(tx, ctx.tenantId, me.userId, hashes);
    await requestAudit(ctx, tx, { action: "totp-on", subject: "user", subjectId: me.userId });
  });
  return { recoveryCodes: codes.map((value) => `${value.slice(0, 5)}-${value.slice(5)}`) };
}

/** @throws AppError auth/wrong-credentials when the password is not theirs. */
export async function removeTotp(ctx: Ctx, password: string): Promise<void> {
  const me = requireUser(ctx);
  await checkOwnPassword(ctx, password);
  await transact(ctx, async (tx) => {
    await changeUser(tx, ctx.tenantId, me.userId, {
      sealed_totp: null,
      totp_confirmed_at: null,
      totp_last_step: null,
    });
    await replaceRecoveryCodes(tx, ctx.tenantId, me.userId, []);
    await requestAudit(ctx, tx, { action: "totp-off", subject: "user", subjectId: me.userId });
  });
}

/** For what asks the password again: second factor off, recovery key, key rotation. */
export async function checkOwnPassword(ctx: Ctx, password: string): Promise<void> {
  const me = requireUser(ctx);
  const user = await transact(ctx, (tx) => findUser(tx, ctx.tenantId, me.userId));
  if (!(await isPasswordRight(user?.password_hash ?? null, password)))
    throw new AppError("auth/wrong-credentials");
}
