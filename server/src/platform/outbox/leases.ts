// Which shards this node works on. Several nodes share them evenly, each lease 3 s long and renewed each second; a dead
// node's shards are taken over when its leases end. The only node of a data folder holds all of them without renewing.
import type { Db } from "../db/transact.ts";
import type { Log } from "../log.ts";
import { shardCount } from "./aggregates.ts";
import {
  type LeasedShard,
  releaseLeases,
  removeNode,
  renewLeases,
  reportNode,
  saveCheckpoint,
  takeAllLeases,
  takeLeases,
} from "./lease-store.ts";

export interface LeasesOptions {
  db: Db;
  log: Log;
  nodeId: string;
  roles: readonly string[];
  /** Other nodes may work on the same database. */
  isShared: boolean;
  ttlMs: number;
  /** How far everything of ours was handled; null while that is not known. */
  checkpoint(): Date | null;
  gained(shards: LeasedShard[]): void;
  lost(shards: number[]): void;
}

export interface Leases {
  isMine(shard: number): boolean;
  owned(): number[];
  /** Live nodes, this one included. */
  readonly nodes: number;
  /** Once a second. Never throws. */
  tick(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Leases count as ended this much earlier here than in the database. */
const marginMs = 300;

export function createLeases(options: LeasesOptions): Leases {
  const { db, log, nodeId, roles, isShared, ttlMs } = options;
  const works = roles.includes("worker");
  const own = new Set<number>();
  let validUntilMs = Number.POSITIVE_INFINITY;
  let nodes = 1;
  let savedCheckpointMs = 0;

  function settle(held: LeasedShard[], askedAtMs: number): void {
    validUntilMs = isShared ? askedAtMs + ttlMs - marginMs : Number.POSITIVE_INFINITY;
    const now = new Set(held.map(({ shard }) => shard));
    const lost = [...own].filter((shard) => !now.has(shard));
    const gained = held.filter(({ shard }) => !own.has(shard));
    own.clear();
    for (const shard of now) own.add(shard);
    if (lost.length > 0) options.lost(lost);
    if (gained.length > 0) options.gained(gained);
  }

  async function renew(): Promise<void> {
    const askedAtMs = performance.now();
    const held = await db.system(async (tx) => {
      const counted = await reportNode(tx, nodeId, roles, ttlMs);
      nodes = counted.nodes;
      if (!works) return [];
      const kept = await renewLeases(tx, nodeId, ttlMs, options.checkpoint());
      const share = Math.ceil(shardCount / Math.max(1, counted.workers));
      if (kept.length > share) {
        // the highest go first, so that shard 0, the relay leader's, changes hands least
        const surplus = kept
          .map(({ shard }) => shard)
          .sort((a, b) => b - a)
          .slice(0, kept.length - share);
        await releaseLeases(tx, nodeId, surplus, null);
        return kept.filter(({ shard }) => !surplus.includes(shard));
      }
      // more than the share for a moment, rather than work that nobody does
      return [...kept, ...(await takeLeases(tx, nodeId, ttlMs))];
    });
    settle(held, askedAtMs);
  }

  async function save(): Promise<void> {
    const checkpoint = options.checkpoint();
    if (!checkpoint || Math.abs(checkpoint.getTime() - savedCheckpointMs) < 5_000) return;
    savedCheckpointMs = checkpoint.getTime();
    await db.system((tx) => saveCheckpoint(tx, nodeId, checkpoint));
  }

  return {
    isMine: (shard) => own.has(shard) && performance.now() < validUntilMs,
    owned: () => [...own],
    get nodes() {
      return nodes;
    },
    async tick() {
      try {
        if (isShared) await renew();
        else if (works) await save();
      } catch (error) {
        log.warn({ err: error }, "outbox leases not renewed");
        if (performance.now() >= validUntilMs) settle([], 0);
      }
    },
    async start() {
      if (isShared) await renew();
      else if (works) settle(await db.system((tx) => takeAllLeases(tx, nodeId)), 0);
    },
    async stop() {
      const shards = [...own];
      own.clear();
      const checkpoint = options.checkpoint();
      await db.system(async (tx) => {
        if (shards.length > 0) await releaseLeases(tx, nodeId, shards, checkpoint);
        await removeNode(tx, nodeId);
      });
    },
  };
}
