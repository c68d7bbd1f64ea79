/**
 * Links to stored files that work for five minutes without a sign-in: for <img>, players and downloads.
 *
 * Signed with the instance's vault (`vault.forSystem()`); the link names tenant, file and size and can be
 * neither changed nor prolonged. Expiry falls on whole minutes, so a page asked for again within a minute gets
 * the same link and the browser's cache works.
 */
import { timingSafeEqual } from "node:crypto";
import {
  type MediaId,
  mediaId as mediaIdShape,
  type TenantId,
  tenantId as tenantIdShape,
} from "@yingda/contract";
import type { TenantVault } from "../crypto/index.ts";

export const mediaUrlLifeMs = 5 * 60_000;
export type MediaVariant = "full" | "thumb";
export type MediaTarget = { tenantId: TenantId; mediaId: MediaId; variant: MediaVariant };

export type MediaUrlCheck =
  | { kind: "valid"; target: MediaTarget }
  | { kind: "expired" }
  | { kind: "invalid" };

const pathShape = /^\/media\/([0-9a-f-]{36})\/([0-9a-f-]{36})\/(full|thumb)$/;

/** A path with query, such as /media/<tenant>/<id>/full?e=…&s=…; put the public address before it where needed. */
export function signMediaUrl(systemVault: TenantVault, target: MediaTarget, nowMs: number): string {
  const expiresAtSeconds = Math.floor(nowMs / 60_000) * 60 + mediaUrlLifeMs / 1_000;
  const signature = signatureOf(systemVault, target, expiresAtSeconds).toString("base64url");
  return `/media/${target.tenantId}/${target.mediaId}/${target.variant}?e=${expiresAtSeconds}&s=${signature}`;
}

/** Judges a path with query as it came in. */
export function checkMediaUrl(systemVault: TenantVault, pathAndQuery: string, nowMs: number): MediaUrlCheck {
  const url = URL.parse(pathAndQuery, "http://local");
  const [, tenant = "", media = "", variant] = pathShape.exec(url?.pathname ?? "") ?? [];
  const tenantId = tenantIdShape.safeParse(tenant);
  const mediaId = mediaIdShape.safeParse(media);
  const expires = url?.searchParams.get("e") ?? "";
  if (!tenantId.success || !mediaId.success || !/^\d{1,12}$/.test(expires)) return { kind: "invalid" };
  const target: MediaTarget = {
    tenantId: tenantId.data,
    mediaId: mediaId.data,
    variant: variant === "thumb" ? "thumb" : "full",
  };
  const given = Buffer.from(url?.searchParams.get("s") ?? "", "base64url");
  const wanted = signatureOf(systemVault, target, Number(expires));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return { kind: "invalid" };
  return nowMs < Number(expires) * 1_000 ? { kind: "valid", target } : { kind: "expired" };
}

function signatureOf(systemVault: TenantVault, target: MediaTarget, expiresAtSeconds: number): Buffer {
  const parts = [target.tenantId, target.mediaId, target.variant, String(expiresAtSeconds)];
  return systemVault.mac("media-url", parts).subarray(0, 16);
}
