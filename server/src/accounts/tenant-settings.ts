// The tenant's own settings: name, zone, language, retention, alerts, switches. Cached a moment, dropped on change.
import type { TenantId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { emit } from "../platform/outbox/index.ts";
import { requestAudit } from "./audit/request-audit.ts";
import { requirePermission } from "./permissions.ts";
import { changeTenant, readTenant, type TenantChange, type TenantRow } from "./tenant-store.ts";

export interface TenantSettings {
  id: TenantId;
  name: string;
  timeZone: string;
  locale: "zh-CN" | "en";
  isSetUp: boolean;
  hasDemo: boolean;
  retentionDays: number | null;
  alertEmail: string | null;
  alertWebhook: string | null;
  features: string[];
}

const freshMs = 5_000; // another node's change shows here at the latest after this
const cache = new Map<TenantId, { settings: TenantSettings; untilMs: number }>();
const webhookPlace = (tenantId: TenantId) => ({
  table: "tenant",
  column: "sealed_alert_webhook",
  row: tenantId,
});

export async function getTenant(ctx: Ctx): Promise<TenantSettings> {
  const cached = cache.get(ctx.tenantId);
  if (cached && cached.untilMs > ctx.clock.nowMs()) return cached.settings;
  const row = await transact(ctx, (tx) => readTenant(tx, ctx.tenantId));
  const settings = await fromRow(ctx, row);
  if (cache.size > 1_000) cache.clear();
  cache.set(ctx.tenantId, { settings, untilMs: ctx.clock.nowMs() + freshMs });
  return settings;
}

async function fromRow(ctx: Ctx, row: TenantRow): Promise<TenantSettings> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  return {
    id: row.tenant_id,
    name: row.name,
    timeZone: row.time_zone,
    locale: row.locale,
    isSetUp: row.is_set_up,
    hasDemo: row.has_demo,
    retentionDays: row.retention_days,
    alertEmail: row.alert_email,
    alertWebhook: row.sealed_alert_webhook
      ? vault.openText(webhookPlace(ctx.tenantId), row.sealed_alert_webhook)
      : null,
    features: row.features,
  };
}

export interface TenantUpdate {
  name?: string | undefined;
  timeZone?: string | undefined;
  locale?: "zh-CN" | "en" | undefined;
  retentionDays?: number | null | undefined;
  isSetUp?: boolean | undefined;
  hasDemo?: boolean | undefined;
  alertEmail?: string | null | undefined;
  alertWebhook?: string | null | undefined;
  features?: string[] | undefined;
}

/** @throws AppError request/invalid for an unknown time zone or a webhook that is not https. */
export async function updateTenant(ctx: Ctx, update: TenantUpdate): Promise<TenantSettings> {
  requirePermission(ctx, "settings-write");
  checkUpdate(update);
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const change: TenantChange = {};
  if (update.name !== undefined) change.name = update.name;
  if (update.timeZone !== undefined) change.time_zone = update.timeZone;
  if (update.locale !== undefined) change.locale = update.locale;
  if (update.retentionDays !== undefined) change.retention_days = update.retentionDays;
  if (update.isSetUp !== undefined) change.is_set_up = update.isSetUp;
  if (update.hasDemo !== undefined) change.has_demo = update.hasDemo;
  if (update.alertEmail !== undefined) change.alert_email = update.alertEmail;
  if (update.features !== undefined) change.features = update.features;
  if (update.alertWebhook !== undefined)
    change.sealed_alert_webhook =
      update.alertWebhook === null ? null : vault.seal(webhookPlace(ctx.tenantId), update.alertWebhook);
  await transact(ctx, async (tx) => {
    await changeTenant(tx, ctx.tenantId, change);
    await emit(ctx, tx, ctx.tenantId, [{ kind: "tenant-changed", payload: {} }]);
    await requestAudit(ctx, tx, {
      action: "tenant-changed",
      subject: "tenant",
      subjectId: ctx.tenantId,
      details: { changed: Object.keys(change).join(",") },
    });
  });
  cache.delete(ctx.tenantId);
  return getTenant(ctx);
}

function checkUpdate(update: TenantUpdate): void {
  if (update.timeZone !== undefined && !isTimeZone(update.timeZone))
    throw new AppError("request/invalid", { details: { field: "timeZone" } });
  if (update.alertWebhook && !/^https:\/\/\S+$/.test(update.alertWebhook))
    throw new AppError("request/invalid", { details: { field: "alertWebhook" } });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
