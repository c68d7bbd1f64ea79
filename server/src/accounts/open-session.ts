// Begins, finds and ends sessions. The token is 256 bits, lives only in the cookie, and is stored hashed.
import { type Role, rolePermissions, type TenantId, type UserId } from "@yingda/contract";
import type { Actor, Services } from "../platform/context.ts";
import type { Tx } from "../platform/db/index.ts";
import { newId, randomToken } from "../platform/ids.ts";
import { hashToken } from "./secrets.ts";
import { insertSession, type SessionUser, sessionByToken, touchSession } from "./session-store.ts";
import { expiryOf, touchEveryMs } from "./sign-in-model.ts";

export interface Device {
  userAgent: string;
  address: string;
}

export interface OpenedSession {
  id: string;
  token: string;
  expiresAt: Date;
}

/** Adds a session row in the caller's transaction. */
export async function openSession(
  services: Services,
  tx: Tx,
  who: { tenantId: TenantId; userId: UserId; device: Device },
): Promise<OpenedSession> {
  const vault = await services.vault.forTenant(who.tenantId);
  const id = newId<string>();
  const token = randomToken(32);
  const now = services.clock.now();
  const expiresAt = expiryOf(now, now);
  await insertSession(tx, {
    tenant_id: who.tenantId,
    id,
    user_id: who.userId,
    token_hash: hashToken(token),
    sealed_device: vault.seal(
      { table: "session", column: "sealed_device", row: id },
      who.device.userAgent.slice(0, 300),
    ),
    sealed_address: vault.seal({ table: "session", column: "sealed_address", row: id }, who.device.address),
    created_at: now,
    last_seen_at: now,
    expires_at: expiresAt,
  });
  return { id, token, expiresAt };
}

// Which tenant a token belongs to never changes, so it is remembered; whether the session still lives is asked every time.
const tenantOfToken = new Map<string, TenantId>();
const rememberAtMost = 5_000;

export async function resolveTenant(
  services: Pick<Services, "db">,
  kind: string,
  key: Buffer,
): Promise<TenantId | null> {
  const cacheKey = `${kind}:${key.toString("base64")}`;
  const known = tenantOfToken.get(cacheKey);
  if (known) return known;
  const row = await services.db.transact(null, (tx) =>
    tx.one<{ tenant_id: TenantId | null }>("select resolve_tenant($1, $2) as tenant_id", [kind, key]),
  );
  if (row.tenant_id && (kind === "session" || kind === "api-key")) {
    if (tenantOfToken.size >= rememberAtMost) tenantOfToken.clear();
    tenantOfToken.set(cacheKey, row.tenant_id);
  }
  return row.tenant_id;
}

export interface FoundSession {
  tenantId: TenantId;
  sessionId: string;
  actor: Extract<Actor, { kind: "user" }>;
}

/** null when the token is unknown, the session expired or was revoked, or the member may no longer sign in. */
export async function findSession(services: Services, token: string): Promise<FoundSession | null> {
  const hash = hashToken(token);
  const tenantId = await resolveTenant(services, "session", hash);
  if (!tenantId) return null;
  const [session] = await services.db.once<SessionUser>(tenantId, sessionByToken, [tenantId, hash]);
  const now = services.clock.now();
  if (!session?.is_active || session.expires_at <= now) return null;
  if (now.getTime() - session.last_seen_at.getTime() > touchEveryMs) {
    // created_at is the time in the id; the longest life counts from there
    const createdAt = new Date(Number.parseInt(session.id.replaceAll("-", "").slice(0, 12), 16));
    await services.db.transact(tenantId, (tx) =>
      touchSession(tx, tenantId, session.id, session.user_id, now, expiryOf(createdAt, now)),
    );
  }
  const vault = await services.vault.forTenant(tenantId);
  const name = vault.openText(
    { table: "app_user", column: "sealed_name", row: session.user_id },
    session.sealed_name,
  );
  return { tenantId, sessionId: session.id, actor: userActor(session.user_id, session.role, name) };
}

export function userActor(userId: UserId, role: Role, name: string): Extract<Actor, { kind: "user" }> {
  return { kind: "user", userId, role, permissions: new Set(rolePermissions[role]), name };
}
