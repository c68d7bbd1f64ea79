// What the health page and /health say: each part looks at itself and gives a state, a code the client has words for, and
// figures. Nothing here is cached but the readiness, which load balancers ask every second.
import { X509Certificate } from "node:crypto";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { join } from "node:path";
import type { healthCheck } from "@yingda/contract";
import type { z } from "zod";
import { listInboxes } from "../conversations/index.ts";
import { countUnindexed } from "../conversations/search/count-unindexed.ts";
import type { Ctx, Services } from "../platform/context.ts";
import type { DiskGuard } from "../platform/db/index.ts";
import type { Backups } from "./backups.ts";
import type { KeyKeeper } from "./key-keeper.ts";

type HealthCheck = z.infer<typeof healthCheck>;

export interface HealthSources {
  services: Services;
  backups: Backups;
  keys: KeyKeeper;
  /** null where the disk is not ours to watch (DATABASE_URL). */
  disk: DiskGuard | null;
  /** The certificate in use as PEM; null behind somebody else's TLS or without any. */
  certificate: (() => string) | null;
}

const backupLateMs = 48 * 3_600_000;
const waitingLateMs = 10_000;
const unindexedLate = 20;
const certificateSoonMs = 14 * 86_400_000;

/** In the order in which the page shows them. One that cannot be looked at says so instead of failing the page. */
export async function healthChecks(
  ctx: Ctx,
  sources: HealthSources,
  deadLetters: number,
): Promise<HealthCheck[]> {
  const looks: [string, () => HealthCheck | Promise<HealthCheck>][] = [
    ["database", () => databaseCheck(sources)],
    ["disk", () => diskCheck(sources)],
    ["outbox", () => outboxCheck(sources, deadLetters)],
    ["search", () => searchCheck(ctx)],
    ["realtime", () => realtimeCheck(sources)],
    ["jobs", () => jobsCheck(sources)],
    ["backup", () => backupCheck(sources)],
    ["keys", () => keyCheck(sources)],
    ["media", () => mediaCheck(sources)],
    ["channels", () => channelCheck(ctx)],
    ["mail", () => mailCheck(sources)],
    ["certificate", () => certificateCheck(sources)],
  ];
  return Promise.all(
    looks.map(async ([name, look]) => {
      try {
        return await look();
      } catch (error) {
        sources.services.log.warn({ err: error, check: name }, "health check failed");
        return check(name, "down", "unreachable");
      }
    }),
  );
}

function check(
  name: string,
  state: HealthCheck["state"],
  code: string | null,
  values: HealthCheck["values"] = {},
): HealthCheck {
  return { name, state, code, values };
}

/** "warn" with its code when something is not as it should be. */
function warnIf(name: string, isOff: boolean, code: string, values: HealthCheck["values"] = {}): HealthCheck {
  return isOff ? check(name, "warn", code, values) : check(name, "ok", null, values);
}

async function databaseCheck({ services: { db } }: HealthSources): Promise<HealthCheck> {
  const startedMs = performance.now();
  await db.system((tx) => tx.one("select 1 as one"));
  const { app } = db.stats();
  const tookMs = Math.round((performance.now() - startedMs) * 10) / 10;
  const values = { tookMs, connections: app.total, waiting: app.waiting };
  return warnIf("database", app.waiting > 50, "lagging", values);
}

function diskCheck({ disk }: HealthSources): HealthCheck {
  if (!disk) return check("disk", "ok", null);
  const { freeBytes, totalBytes, isLow } = disk.state();
  const values = { freeBytes, totalBytes };
  return isLow ? check("disk", "down", "platform/disk-full", values) : check("disk", "ok", null, values);
}

function outboxCheck({ services: { outbox } }: HealthSources, deadLetters: number): HealthCheck {
  const { waiting, running, oldestWaitingMs, shards, nodes } = outbox.state();
  const values = { waiting, running, oldestWaitingMs, shards, nodes, deadLetters };
  if (deadLetters > 0) return check("outbox", "warn", "dead-letters", values);
  return warnIf("outbox", oldestWaitingMs > waitingLateMs, "lagging", values);
}

async function searchCheck(ctx: Ctx): Promise<HealthCheck> {
  const waiting = await countUnindexed(ctx);
  return warnIf("search", waiting > unindexedLate, "lagging", { waiting });
}

async function jobsCheck({ services: { jobs, config } }: HealthSources): Promise<HealthCheck> {
  const { waiting, failed, isWorking } = await jobs.state();
  const isStopped = !isWorking && config.roles.includes("worker");
  const code = isStopped ? "jobs-stopped" : failed > 0 ? "jobs-failed" : null;
  return check("jobs", code ? "warn" : "ok", code, { waiting, failed });
}

function realtimeCheck({ services: { realtime, outbox } }: HealthSources): HealthCheck {
  return check("realtime", "ok", null, { ...realtime.hub.counts(), isLeader: outbox.isLeader() });
}

async function backupCheck({ services: { clock }, backups }: HealthSources): Promise<HealthCheck> {
  const [newest] = await backups.list();
  if (!newest) return check("backup", "warn", "backup-never");
  const ageMs = clock.nowMs() - newest.at.getTime();
  const values = { ageHours: Math.round(ageMs / 3_600_000), sizeBytes: newest.sizeBytes };
  return warnIf("backup", ageMs > backupLateMs, "backup-old", values);
}

async function keyCheck({ keys }: HealthSources): Promise<HealthCheck> {
  if (keys.rotation?.state === "failed") return check("keys", "warn", "rotation-failed");
  return warnIf("keys", !(await keys.isRecoveryConfirmed()), "recovery-unconfirmed");
}

/** The folder takes every file first, also where S3 is where they end up. */
async function mediaCheck({ services: { config } }: HealthSources): Promise<HealthCheck> {
  await access(join(config.dataFolder, "media"), constants.W_OK);
  return check("media", "ok", null, { storage: config.s3 ? "s3" : "disk" });
}

/** The worst of all inboxes that are on; `values` names those that are not well. */
async function channelCheck(ctx: Ctx): Promise<HealthCheck> {
  const inboxes = await listInboxes({ ...ctx, actor: { kind: "system", name: "health" } });
  const unwell = inboxes.filter(
    ({ isOn, health }) => isOn && (health.state === "down" || health.state === "warn"),
  );
  const worst = unwell.find(({ health }) => health.state === "down") ?? unwell[0];
  const values = Object.fromEntries(unwell.map(({ name, health }) => [name, health.code ?? health.state]));
  if (!worst) return check("channels", "ok", null, { count: inboxes.length });
  return check("channels", worst.health.state === "down" ? "down" : "warn", "unreachable", values);
}

/** Nothing needs mail but the alerts: without it is a choice, no fault. */
function mailCheck({ services: { mailer } }: HealthSources): HealthCheck {
  return check("mail", "ok", mailer.isConfigured ? null : "not-configured");
}

function certificateCheck({ certificate, services: { clock } }: HealthSources): HealthCheck {
  if (!certificate) return check("certificate", "ok", "not-configured");
  const { validToDate } = new X509Certificate(certificate());
  const leftMs = validToDate.getTime() - clock.nowMs();
  const values = { daysLeft: Math.floor(leftMs / 86_400_000) };
  if (leftMs <= 0) return check("certificate", "down", "expiring", values);
  return warnIf("certificate", leftMs < certificateSoonMs, "expiring", values);
}

/** Whether this node can serve: the database answers. Asked at most once a second. */
export function readinessOf({ db, clock }: Pick<Services, "db" | "clock">): () => Promise<boolean> {
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let answer: Promise<boolean> = Promise.resolve(false);
  return () => {
    const nowMs = clock.nowMs();
    if (Math.abs(nowMs - askedAtMs) >= 1_000) {
      askedAtMs = nowMs;
      answer = db
        .system((tx) => tx.one("select 1 as one"))
        .then(
          () => true,
          () => false,
        );
    }
    return answer;
  };
}
