// Inboxes come, change and go. Each change wakes everybody who keeps one in memory (event inbox-changed) and is audited.
import {
  type BotBehaviour,
  type BotSettings,
  type Channel,
  channelCapabilities,
  type Inbox,
  type InboxId,
  type WidgetSettings,
} from "@yingda/contract";
import { requestAudit, requirePermission } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { type Tx, transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { newId, randomToken } from "../../platform/ids.ts";
import { emit } from "../../platform/outbox/index.ts";
import { forgetInboxes, inboxesOf, withoutSecrets } from "./inbox-cache.ts";
import { defaultBot, defaultReopenWindowMs, defaultWidget } from "./inbox-defaults.ts";
import { type InboxRecord, inboxOf, insertInbox, lockInbox, sealSecrets, writeInbox } from "./inbox-store.ts";

export async function listInboxes(ctx: Ctx): Promise<Inbox[]> {
  requirePermission(ctx, "inboxes-read");
  forgetInboxes(ctx, ctx.tenantId); // the settings page shows what is, not what was half a minute ago
  return [...(await inboxesOf(ctx)).values()].map(withoutSecrets);
}

/** `id` and `publicKey` only for seeds, which want the same ones each time. */
export async function createInbox(
  ctx: Ctx,
  draft: { channel: Channel; name: string; id?: InboxId; publicKey?: string },
): Promise<Inbox> {
  requirePermission(ctx, "inboxes-write");
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const id = draft.id ?? newId<InboxId>();
  const isPush = channelCapabilities[draft.channel].delivery === "push";
  const firstSecret = { webhook: newSecret(), previous: null, previousUntilAt: null };
  return change(ctx, id, "inbox-created", async (tx) => {
    await insertInbox(tx, ctx.tenantId, {
      id,
      channel: draft.channel,
      name: draft.name,
      publicKey: draft.publicKey ?? randomToken(12),
      widget: defaultWidget(draft.name),
      bot: defaultBot(draft.channel),
      reopenWindowMs: defaultReopenWindowMs,
      sealedSecrets: isPush ? sealSecrets(vault, id, firstSecret) : null,
      at: ctx.clock.now(),
    });
  });
}

export interface InboxChange {
  /** What the person saw. */
  version: number;
  name?: string | undefined;
  isOn?: boolean | undefined;
  allowedOrigins?: string[] | undefined;
  widget?: WidgetSettings | undefined;
  bot?: BotSettings | undefined;
  behaviour?: BotBehaviour | undefined;
  reopenWindowMs?: number | undefined;
  webhookUrl?: string | null | undefined;
}

/** @throws inbox/not-found; request/conflict when somebody else changed it since; request/invalid for an origin or webhook that is none. */
export async function updateInbox(ctx: Ctx, inboxId: InboxId, wish: InboxChange): Promise<Inbox> {
  requirePermission(ctx, "inboxes-write");
  const origins = wish.allowedOrigins?.map(originOf);
  if (wish.webhookUrl) checkWebhookUrl(wish.webhookUrl);
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  return change(ctx, inboxId, "inbox-changed", async (tx) => {
    const row = await lockInbox(tx, ctx.tenantId, inboxId);
    if (!row) throw new AppError("inbox/not-found");
    if (row.version !== wish.version)
      throw new AppError("request/conflict", { details: { version: row.version } });
    const before = inboxOf(vault, row, ctx.clock.nowMs());
    const after: InboxRecord = {
      ...before,
      name: wish.name ?? before.name,
      isOn: wish.isOn ?? before.isOn,
      allowedOrigins: origins ?? before.allowedOrigins,
      widget: wish.widget ?? before.widget,
      bot: wish.bot ?? before.bot,
      behaviour: wish.behaviour ?? before.behaviour,
      reopenWindowMs: wish.reopenWindowMs ?? before.reopenWindowMs,
    };
    await writeInbox(
      tx,
      ctx.tenantId,
      after,
      wish.webhookUrl === undefined ? row.webhook_url : wish.webhookUrl,
    );
  });
}

/** Switches it off for good; conversations stay, the public key leads nowhere any more. */
export async function deleteInbox(ctx: Ctx, inboxId: InboxId): Promise<void> {
  requirePermission(ctx, "inboxes-write");
  await transact(ctx, async (tx) => {
    const deleted = await tx.run(
      "update inbox set is_on = false, deleted_at = $3, version = version + 1 where tenant_id = $1 and id = $2 and deleted_at is null",
      [ctx.tenantId, inboxId, ctx.clock.now()],
    );
    if (deleted === 0) throw new AppError("inbox/not-found");
    await announce(ctx, tx, inboxId, "inbox-deleted");
  });
}

const oldSecretLifeMs = 86_400_000;

/**
 * A new secret, in clear, this once: it signs webhooks of push channels and proves signed-in customers of a web chat. The
 * one before stays valid for a day, so that the other side can change over.
 */
export async function rotateInboxSecret(ctx: Ctx, inboxId: InboxId): Promise<{ secret: string }> {
  requirePermission(ctx, "inboxes-write");
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const secret = newSecret();
  await transact(ctx, async (tx) => {
    const row = await lockInbox(tx, ctx.tenantId, inboxId);
    if (!row) throw new AppError("inbox/not-found");
    const { secrets } = inboxOf(vault, row, ctx.clock.nowMs());
    const previousUntilAt = new Date(ctx.clock.nowMs() + oldSecretLifeMs).toISOString();
    const sealed = sealSecrets(vault, inboxId, {
      webhook: secret,
      previous: secrets.webhook,
      previousUntilAt,
    });
    await tx.run(
      "update inbox set sealed_secrets = $3, version = version + 1 where tenant_id = $1 and id = $2",
      [ctx.tenantId, inboxId, sealed],
    );
    await announce(ctx, tx, inboxId, "inbox-secret-rotated");
  });
  return { secret };
}

/** Secrets that a signature may be checked against, newest first. */
export function validSecrets(inbox: InboxRecord, nowMs: number): string[] {
  const { webhook, previous, previousUntilAt } = inbox.secrets;
  const stillValid = previous !== null && previousUntilAt !== null && Date.parse(previousUntilAt) > nowMs;
  return [webhook, stillValid ? previous : null].filter((secret) => secret !== null);
}

/** What channels found when they last used it; told only when it differs from what was known. */
export async function recordInboxHealth(
  ctx: Ctx,
  inboxId: InboxId,
  health: { state: Inbox["health"]["state"]; code: string | null },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const changed = await tx.run(
      `update inbox set health_state = $3, health_code = $4, health_at = $5
       where tenant_id = $1 and id = $2 and (health_state, health_code) is distinct from ($3, $4)`,
      [ctx.tenantId, inboxId, health.state, health.code, ctx.clock.now()],
    );
    if (changed === 0) return;
    tx.afterCommit(() => forgetInboxes(ctx, ctx.tenantId));
    await emit(ctx, tx, ctx.tenantId, [{ kind: "inbox-changed", payload: { inboxId } }]);
  });
}

async function change(
  ctx: Ctx,
  inboxId: InboxId,
  action: string,
  work: (tx: Tx) => Promise<void>,
): Promise<Inbox> {
  await transact(ctx, async (tx) => {
    await work(tx);
    await announce(ctx, tx, inboxId, action);
  });
  const after = (await inboxesOf(ctx)).get(inboxId);
  if (!after) throw new AppError("inbox/not-found"); // deleted in between
  return withoutSecrets(after);
}

async function announce(ctx: Ctx, tx: Tx, inboxId: InboxId, action: string): Promise<void> {
  tx.afterCommit(() => forgetInboxes(ctx, ctx.tenantId));
  await emit(ctx, tx, ctx.tenantId, [{ kind: "inbox-changed", payload: { inboxId } }]);
  await requestAudit(ctx, tx, { action, subject: "inbox", subjectId: inboxId });
}

function newSecret(): string {
  return `whsec_${randomToken(32)}`;
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:"))
    throw new AppError("request/invalid", { details: { field: "allowedOrigins", value: text } });
  return url.origin;
}

function checkWebhookUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
  if (!url || !isWeb || url.username || url.password)
    throw new AppError("request/invalid", { details: { field: "webhookUrl" } });
}
