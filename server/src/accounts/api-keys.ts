// Keys for programs: `yd_` and 256 bits, shown once, stored hashed, each with its scopes.

import type { TenantId } from "@yingda/contract";
import { type ApiKey, type ApiKeyId, type Permission, rolePermissions } from "@yingda/contract";
import type { Actor, Ctx, Services } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { newId, randomToken } from "../platform/ids.ts";
import { requestAudit } from "./audit/request-audit.ts";
import {
  type ApiKeyRow,
  apiKeyByHash,
  insertApiKey,
  listApiKeyRows,
  revokeApiKeyRow,
  touchApiKey,
} from "./invitation-store.ts";
import { resolveTenant } from "./open-session.ts";
import { requirePermission, requireUser } from "./permissions.ts";
import { hashToken } from "./secrets.ts";
import { touchEveryMs } from "./sign-in-model.ts";

function present(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    lastFour: row.last_four,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}

export async function listApiKeys(ctx: Ctx): Promise<ApiKey[]> {
  requirePermission(ctx, "settings-write");
  return (await transact(ctx, (tx) => listApiKeyRows(tx, ctx.tenantId))).map(present);
}

/** Nobody gives a key more than they have. @throws AppError auth/not-allowed */
export async function createApiKey(
  ctx: Ctx,
  wish: { name: string; scopes: Permission[] },
): Promise<{ key: string; apiKey: ApiKey }> {
  requirePermission(ctx, "settings-write");
  const me = requireUser(ctx);
  if (!wish.scopes.every((scope) => rolePermissions[me.role].includes(scope)))
    throw new AppError("auth/not-allowed");
  const key = `yd_${randomToken(32)}`;
  const row = {
    tenant_id: ctx.tenantId,
    id: newId<ApiKeyId>(),
    name: wish.name,
    key_hash: hashToken(key),
    last_four: key.slice(-4),
    scopes: [...new Set(wish.scopes)],
    created_by: me.userId,
    created_at: ctx.clock.now(),
  };
  await transact(ctx, async (tx) => {
    await insertApiKey(tx, row);
    await requestAudit(ctx, tx, {
      action: "api-key-made",
      subject: "api-key",
      subjectId: row.id,
      details: { scopes: row.scopes.join(",") },
    });
  });
  return { key, apiKey: present({ ...row, last_used_at: null, revoked_at: null }) };
}

export async function revokeApiKey(ctx: Ctx, id: ApiKeyId): Promise<void> {
  requirePermission(ctx, "settings-write");
  await transact(ctx, async (tx) => {
    const revoked = await revokeApiKeyRow(tx, ctx.tenantId, id, ctx.clock.now());
    if (revoked === 0) throw new AppError("request/not-found");
    await requestAudit(ctx, tx, { action: "api-key-revoked", subject: "api-key", subjectId: id });
  });
}

/** null: no such key, or revoked. */
export async function findApiKey(
  services: Services,
  key: string,
): Promise<{ tenantId: TenantId; actor: Extract<Actor, { kind: "api-key" }> } | null> {
  const hash = hashToken(key);
  const tenantId = await resolveTenant(services, "api-key", hash);
  if (!tenantId) return null;
  const [row] = await services.db.once<ApiKeyRow>(tenantId, apiKeyByHash, [tenantId, hash]);
  if (!row) return null;
  const now = services.clock.now();
  if (now.getTime() - (row.last_used_at?.getTime() ?? 0) > touchEveryMs) {
    await services.db.transact(tenantId, (tx) => touchApiKey(tx, tenantId, row.id, now));
  }
  return { tenantId, actor: { kind: "api-key", apiKeyId: row.id, permissions: new Set(row.scopes) } };
}
