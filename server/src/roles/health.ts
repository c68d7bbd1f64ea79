// What the health page and /health say: each part looks at itself and gives a state, a code the client has words for, and
// figures. Nothing here is cached but the readiness, which load balancers ask every second.

import type { healthCheck } from "@yingda/contract";
import type { z } from "zod";
import { listInboxes } from "../conversations/index.ts";
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
}

const backupLateMs = 36 * 3_600_000;
const waitingLateMs = 10_000;

export async function healthChecks(ctx: Ctx, sources: HealthSources): Promise<HealthCheck[]> {
  return Promise.all([
    databaseCheck(sources),
    outboxCheck(sources),
    jobsCheck(sources),
    Promise.resolve(realtimeCheck(sources)),
    Promise.resolve(diskCheck(sources)),
    backupCheck(sources),
    keyCheck(sources),
    ...(await inboxChecks(ctx)),
  ]);
}

function check(
  name: string,
  state: HealthCheck["state"],
  code: string | null,
  values: HealthCheck["values"] = {},
): HealthCheck {
  return { name, state, code, values };
}

async function databaseCheck({ services: { db } }: HealthSources): Promise<HealthCheck> {
  const startedMs = performance.now();
  try {
    await db.system((tx) => tx.one("select 1 as one"));
  } catch {
    return check("database", "down", "database-unreachable");
  }
  const { app } = db.stats();
  const values = {
    tookMs: Math.round((performance.now() - startedMs) * 10) / 10,
    connections: app.total,
    waiting: app.waiting,
  };
  return check(
    "database",
    app.waiting > 50 ? "warn" : "ok",
    app.waiting > 50 ? "database-busy" : null,
    values,
  );
}

function outboxCheck({ services: { outbox } }: HealthSources): HealthCheck {
  const { waiting, running, oldestWaitingMs, shards, nodes } = outbox.state();
  const isLate = oldestWaitingMs > waitingLateMs;
  return check("outbox", isLate ? "warn" : "ok", isLate ? "outbox-late" : null, {
    waiting,
    running,
    oldestWaitingMs,
    shards,
    nodes,
  });
}

async function jobsCheck({ services: { jobs } }: HealthSources): Promise<HealthCheck> {
  const { waiting, failed } = await jobs.state();
  return check("jobs", failed > 0 ? "warn" : "ok", failed > 0 ? "jobs-failed" : null, { waiting, failed });
}

function realtimeCheck({ services: { realtime, outbox } }: HealthSources): HealthCheck {
  return check("realtime", "ok", null, { ...realtime.hub.counts(), isLeader: outbox.isLeader() });
}

function diskCheck({ disk }: HealthSources): HealthCheck {
  if (!disk) return check("disk", "ok", "disk-elsewhere");
  const { freeBytes, totalBytes, isLow } = disk.state();
  return check("disk", isLow ? "down" : "ok", isLow ? "disk-full" : null, { freeBytes, totalBytes });
}

async function backupCheck({ services: { clock }, backups }: HealthSources): Promise<HealthCheck> {
  const [newest] = await backups.list();
  if (!newest) return check("backup", "warn", "backup-none");
  const ageMs = clock.nowMs() - newest.at.getTime();
  const isLate = ageMs > backupLateMs;
  return check("backup", isLate ? "warn" : "ok", isLate ? "backup-old" : null, {
    ageHours: Math.round(ageMs / 3_600_000),
    sizeBytes: newest.sizeBytes,
  });
}

async function keyCheck({ keys }: HealthSources): Promise<HealthCheck> {
  if (keys.rotation?.state === "failed") return check("keys", "warn", "rotation-failed");
  return (await keys.isRecoveryConfirmed())
    ? check("keys", "ok", null)
    : check("keys", "warn", "recovery-unconfirmed");
}

async function inboxChecks(ctx: Ctx): Promise<HealthCheck[]> {
  const system = { ...ctx, actor: { kind: "system", name: "health" } } as const;
  const inboxes = await listInboxes(system);
  return inboxes
    .filter(({ isOn, health }) => isOn && health.state !== "unknown")
    .map(({ id, name, health }) =>
      check(`inbox:${id}`, health.state === "unknown" ? "ok" : health.state, health.code, { name }),
    );
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
