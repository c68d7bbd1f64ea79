// SQL for the table inbox, and its row as the server uses it. Settings are jsonb of a known version, parsed here;
// secrets are sealed as one JSON value.
import {
  type BotBehaviour,
  type BotSettings,
  botBehaviour,
  botSettings,
  type Channel,
  channelCapabilities,
  type Inbox,
  type InboxId,
  type TenantId,
  usualBehaviour,
  type WidgetSettings,
  widgetSettings,
} from "@yingda/contract";
import { z } from "zod";
import type { TenantVault } from "../../platform/crypto/index.ts";
import type { NamedStatement, Tx } from "../../platform/db/index.ts";

/** Webhook signing secrets of a push channel. The one before stays valid until `previousUntilAt`. */
export interface InboxSecrets {
  webhook: string | null;
  previous: string | null;
  previousUntilAt: string | null;
}

/** An inbox with its secrets in clear: never leaves the server. */
export interface InboxRecord extends Inbox {
  secrets: InboxSecrets;
}

const settingsSchema = z.object({
  v: z.literal(1),
  widget: widgetSettings,
  bot: botSettings,
  behaviour: botBehaviour.default(usualBehaviour),
});
const noSecrets: InboxSecrets = { webhook: null, previous: null, previousUntilAt: null };

export interface InboxRow {
  id: InboxId;
  channel: Channel;
  name: string;
  public_key: string;
  is_on: boolean;
  allowed_origins: string[];
  settings: unknown;
  sealed_secrets: Buffer | null;
  webhook_url: string | null;
  reopen_window_ms: number;
  health_state: Inbox["health"]["state"];
  health_code: string | null;
  health_at: Date | null;
  version: number;
  created_at: Date;
}

const columns = `id, channel, name, public_key, is_on, allowed_origins, settings, sealed_secrets, webhook_url,
  reopen_window_ms, health_state, health_code, health_at, version, created_at`;

export const listInboxesStatement: NamedStatement = {
  name: "inbox-list",
  text: `select ${columns} from inbox where tenant_id = $1 and deleted_at is null order by created_at, id`,
};

export function inboxOf(vault: TenantVault, row: InboxRow, nowMs: number): InboxRecord {
  const { widget, bot, behaviour } = settingsSchema.parse(row.settings);
  const secrets = openSecrets(vault, row);
  const hasPrevious = secrets.previous !== null && Date.parse(secrets.previousUntilAt ?? "") > nowMs;
  const isPush = channelCapabilities[row.channel].delivery === "push";
  return {
    id: row.id,
    channel: row.channel,
    name: row.name,
    publicKey: row.public_key,
    isOn: row.is_on,
    allowedOrigins: row.allowed_origins,
    widget,
    bot,
    behaviour,
    reopenWindowMs: row.reopen_window_ms,
    webhook: isPush
      ? { url: row.webhook_url ?? "", hasSecret: secrets.webhook !== null, hasNextSecret: hasPrevious }
      : null,
    health: { state: row.health_state, code: row.health_code, at: row.health_at?.toISOString() ?? null },
    createdAt: row.created_at.toISOString(),
    version: row.version,
    secrets,
  };
}

export function sealSecrets(vault: TenantVault, id: InboxId, secrets: InboxSecrets): Buffer {
  return vault.seal(secretsPlace(id), JSON.stringify(secrets));
}

function openSecrets(vault: TenantVault, row: InboxRow): InboxSecrets {
  if (!row.sealed_secrets) return noSecrets;
  return JSON.parse(vault.openText(secretsPlace(row.id), row.sealed_secrets)) as InboxSecrets;
}

function secretsPlace(id: InboxId) {
  return { table: "inbox", column: "sealed_secrets", row: id };
}

export async function lockInbox(tx: Tx, tenantId: TenantId, id: InboxId): Promise<InboxRow | undefined> {
  return tx.maybe<InboxRow>(
    `select ${columns} from inbox where tenant_id = $1 and id = $2 and deleted_at is null for update`,
    [tenantId, id],
  );
}

export async function insertInbox(
  tx: Tx,
  tenantId: TenantId,
  inbox: {
    id: InboxId;
    channel: Channel;
    name: string;
    publicKey: string;
    widget: WidgetSettings;
    bot: BotSettings;
    reopenWindowMs: number;
    sealedSecrets: Buffer | null;
    at: Date;
  },
): Promise<void> {
  await tx.run(
    `insert into inbox (tenant_id, id, channel, name, public_key, settings, sealed_secrets, reopen_window_ms, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tenantId,
      inbox.id,
      inbox.channel,
      inbox.name,
      inbox.publicKey,
      settingsJson({ ...inbox, behaviour: usualBehaviour }),
      inbox.sealedSecrets,
      inbox.reopenWindowMs,
      inbox.at,
    ],
  );
}

/** Writes the columns of a changed inbox and raises its version. */
export async function writeInbox(
  tx: Tx,
  tenantId: TenantId,
  after: InboxRecord,
  webhookUrl: string | null,
): Promise<void> {
  await tx.run(
    `update inbox set name = $3, is_on = $4, allowed_origins = $5, settings = $6, reopen_window_ms = $7,
       webhook_url = $8, version = version + 1 where tenant_id = $1 and id = $2`,
    [
      tenantId,
      after.id,
      after.name,
      after.isOn,
      after.allowedOrigins,
      settingsJson(after),
      after.reopenWindowMs,
      webhookUrl,
    ],
  );
}

function settingsJson({
  widget,
  bot,
  behaviour,
}: {
  widget: WidgetSettings;
  bot: BotSettings;
  behaviour: BotBehaviour;
}): string {
  return JSON.stringify({ v: 1, widget, bot, behaviour });
}
