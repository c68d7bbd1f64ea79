// Numbers the events that the workbench shows, after their commit, on one node: the owner of shard 0. An event that comes
// alone is numbered at once; while numbers are being given, what comes gathers for the next flight.
import type { EventKind, TenantId } from "@yingda/contract";
import type { Clock } from "../clock.ts";
import type { Db } from "../db/transact.ts";
import type { Log } from "../log.ts";
import type { EventRef, Outbox } from "../outbox/types.ts";
import {
  findUnnumbered,
  leaveGap,
  type NumberedRef,
  newestNumberAt,
  numberEvents,
  trimLog,
} from "./log-store.ts";

export interface RelayOptions {
  db: Db;
  clock: Clock;
  log: Log;
  outbox: Outbox;
  kinds: readonly EventKind[];
  numbered(tenantId: TenantId, entries: NumberedRef[]): void;
}

export interface Relay {
  start(): void;
  stop(): Promise<void>;
}

const batchMost = 500;
/** Between two flights of a tenant under load: bigger batches, fewer statements. */
const restMs = 8;
const retryMs = 250;
/** More than can be given between two flushes of the database's log (600 ms at most). */
const leaderGap = 5_000;
const catchUpAtOnce = 5_000;
/** A transaction may write its instant this long before its commit. */
const lateMs = 60_000;
const keepMs = 24 * 3_600_000;
const keepNumbers = 100_000;
const trimEveryMs = 600_000;

interface Line {
  waiting: EventRef[];
  isFlying: boolean;
}

export function createRelay({ db, clock, log, outbox, kinds, numbered }: RelayOptions): Relay {
  const lines = new Map<TenantId, Line>();
  const flights = new Set<Promise<void>>();
  let isLeading = false;
  let isStopped = false;
  let trimTimer: NodeJS.Timeout | null = null;
  const stops: (() => void)[] = [];

  function take(refs: readonly EventRef[]): void {
    if (!isLeading) return;
    for (const ref of refs) {
      const line: Line = lines.get(ref.tenantId) ?? { waiting: [], isFlying: false };
      lines.set(ref.tenantId, line);
      line.waiting.push(ref);
      if (!line.isFlying) depart(ref.tenantId, line);
    }
  }

  function depart(tenantId: TenantId, line: Line): void {
    line.isFlying = true;
    // the other refs of this turn of the event loop come along
    queueMicrotask(() => {
      const flight = fly(tenantId, line);
      flights.add(flight);
      void flight.finally(() => flights.delete(flight));
    });
  }

  async function fly(tenantId: TenantId, line: Line): Promise<void> {
    while (line.waiting.length > 0 && !isStopped) {
      const batch = line.waiting.splice(0, batchMost);
      try {
        const entries = await numberEvents(db, tenantId, clock.now(), batch);
        if (entries.length > 0) numbered(tenantId, entries);
        if (line.waiting.length > 0) await pause(restMs);
      } catch (error) {
        log.warn({ err: error, tenantId }, "realtime numbers not given");
        line.waiting.unshift(...batch);
        await pause(retryMs);
        if (!isLeading) line.waiting = [];
      }
    }
    line.isFlying = false;
    if (line.waiting.length === 0) lines.delete(tenantId);
  }

  async function lead(): Promise<void> {
    try {
      const unnumbered = await db.system(async (tx) => {
        const newestAt = await newestNumberAt(tx);
        await leaveGap(tx, leaderGap);
        const sinceMs = Math.min(newestAt?.getTime() ?? clock.nowMs(), clock.nowMs()) - lateMs;
        return findUnnumbered(tx, kinds, new Date(sinceMs), catchUpAtOnce);
      });
      if (isLeading) take(unnumbered);
    } catch (error) {
      log.warn({ err: error }, "realtime leader not ready");
      await pause(retryMs);
      if (isLeading && !isStopped) await lead();
    }
  }

  function shardsChanged(): void {
    const leads = outbox.isLeader();
    if (leads === isLeading) return;
    isLeading = leads;
    if (leads) void lead();
  }

  async function trim(): Promise<void> {
    if (!isLeading) return;
    try {
      for (let gone = 1; gone > 0 && !isStopped; )
        gone = await db.system((tx) => trimLog(tx, new Date(clock.nowMs() - keepMs), keepNumbers, 5_000));
    } catch (error) {
      log.warn({ err: error }, "realtime log not trimmed");
    }
  }

  return {
    start() {
      stops.push(outbox.listen({ name: "relay", kinds, heard: take }));
      stops.push(outbox.onShardsChanged(shardsChanged));
      shardsChanged();
      trimTimer = setInterval(() => void trim(), trimEveryMs);
      trimTimer.unref();
    },
    async stop() {
      isStopped = true;
      isLeading = false;
      for (const stop of stops) stop();
      if (trimTimer) clearInterval(trimTimer);
      await Promise.all(flights);
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
