// What a node remembers of aggregates it heard of lately: how far it heard, and where each lane stands. Pure memory; the
// dispatcher fills it. Whatever is not remembered is read from the database, so forgetting is always safe.
import type { TenantId } from "@yingda/contract";
import type { EventRef, HeardEvent } from "./types.ts";

export const shardCount = 32;

/** Same rule as outbox_shard() in SQL: the last byte of the id, which is random in a UUIDv7. */
export function shardOf(aggregateId: string): number {
  return Number.parseInt(aggregateId.slice(-2), 16) & (shardCount - 1);
}

/** A ref that carries its event. */
export function refOf(event: HeardEvent): EventRef {
  const { tenantId, aggregateId, seq, kind } = event;
  return { tenantId, aggregateId, seq, kind, event };
}

export interface Lane {
  readonly aggregate: Aggregate;
  /** The stored position: the last event that is known to be handled. */
  doneSeq: number;
  /** Heard, wanted, not handled; the first one may be running. */
  readonly queue: HeardEvent[];
  state: "idle" | "ready" | "running" | "waiting";
  /** Failed attempts at the first event of the queue. */
  attempts: number;
}

export interface Aggregate {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly shard: number;
  /** Every event up to this one was heard on this node. */
  heardSeq: number;
  /** By index of the subscriber; made when it first wants an event. */
  readonly lanes: (Lane | undefined)[];
  /** While it is being read from the database. */
  isLoading: boolean;
}

export function newAggregate(tenantId: TenantId, id: string, heardSeq: number): Aggregate {
  return { tenantId, id, shard: shardOf(id), heardSeq, lanes: [], isLoading: false };
}

export function newLane(aggregate: Aggregate, doneSeq: number): Lane {
  return { aggregate, doneSeq, queue: [], state: "idle", attempts: 0 };
}

/** True when no lane has work: it may be forgotten. */
export function isQuiet(aggregate: Aggregate): boolean {
  return !aggregate.isLoading && aggregate.lanes.every((lane) => lane === undefined || lane.state === "idle");
}

export type Place = "next" | "known" | "gap" | "cold";

/** Where an event stands to what was heard of its aggregate. The first event of an aggregate needs no look-up. */
export function placeOf(aggregate: Aggregate | undefined, seq: number): Place {
  const heardSeq = aggregate?.heardSeq ?? (seq === 1 ? 0 : null);
  if (heardSeq === null) return "cold";
  if (seq <= heardSeq) return "known";
  return seq === heardSeq + 1 ? "next" : "gap";
}

/**
 * Remembers about `generation` to twice as many aggregates: when the young half is full, the old half is forgotten,
 * save those with work. Cheaper than an exact least-recently-used order, which would move an entry at every touch.
 */
export class AggregateMemory {
  #young = new Map<string, Aggregate>();
  #old = new Map<string, Aggregate>();
  readonly #generation: number;

  constructor(generation: number) {
    this.#generation = generation;
  }

  get(id: string): Aggregate | undefined {
    const young = this.#young.get(id);
    if (young) return young;
    const old = this.#old.get(id);
    if (old) this.put(old);
    return old;
  }

  put(aggregate: Aggregate): void {
    this.#young.set(aggregate.id, aggregate);
    if (this.#young.size <= this.#generation) return;
    const forgotten = this.#old;
    this.#old = this.#young;
    this.#young = new Map();
    for (const entry of forgotten.values()) {
      if (!isQuiet(entry) && !this.#old.has(entry.id)) this.#young.set(entry.id, entry);
    }
  }

  /** Forgets what `lost` says, whether it has work or not. */
  drop(lost: (aggregate: Aggregate) => boolean): void {
    for (const half of [this.#young, this.#old]) {
      for (const entry of half.values()) if (lost(entry)) half.delete(entry.id);
    }
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }
}
