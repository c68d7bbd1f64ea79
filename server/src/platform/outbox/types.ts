// The words of the outbox: what is stored, what a subscriber hears, and how it says that its work is done.
// Everything here is a type, so that rooms can import it without loading anything.
import type { DomainEvent, EventKind, Message, NewEvent, TenantId } from "@yingda/contract";
import type { Ctx, Services } from "../context.ts";
import type { Tx } from "../db/transact.ts";

/** Kept in memory only, beside the events of one emit: the just-written messages in clear. */
export interface EventHints {
  messages?: readonly Message[];
}

/**
 * A stored event as it is heard. In memory only, and only in the process that wrote it: `isOwn`, and the `message` that
 * was just written, in clear.
 */
export type HeardEvent<Kind extends EventKind = EventKind> = DomainEvent<Kind> & {
  message?: Message;
  isOwn?: true;
};

/** An event that a hot path wrote inside its own SQL function. */
export type CommittedEvent = NewEvent & { id: string; seq: number; at: Date };

/** Points at an event. `event` is missing when only its place is known yet: read it with `outbox.read`. */
export interface EventRef {
  tenantId: TenantId;
  aggregateId: string;
  seq: number;
  kind: EventKind;
  event?: HeardEvent;
}

/** Where a lane stands: what a hot path hands to the SQL function outbox_done() in its own statement. */
export interface LanePosition {
  subscriber: string;
  aggregateId: string;
  fromSeq: number;
  toSeq: number;
}

/**
 * Writes the lane's position in the transaction of the effect. Throws LaneMoved when another process was faster:
 * let it pass, so that the transaction rolls back and nothing happens twice.
 */
export interface Done {
  (tx: Tx): Promise<void>;
  /** For hot paths that call outbox_done() themselves; they report with `written()` after their commit. */
  positions: readonly LanePosition[];
  written(): void;
}

export interface Subscriber<Kind extends EventKind = EventKind> {
  /** Stable: it is the key of the stored positions. */
  name: string;
  kinds: readonly Kind[];
  /** Looks at the event without waiting; an event it does not want costs nothing, not even a position. */
  wants?(event: HeardEvent<Kind>): boolean;
  /** Lanes of different aggregates run at the same time; at most this many (default 32). */
  concurrency?: number;
  /**
   * Handles one event; lanes (subscriber × aggregate) run in order and hold no transaction between them.
   * A handler that returns without having called `done` has its position written for it.
   */
  handle?(ctx: Ctx, event: HeardEvent<Kind>, done: Done): Promise<void>;
  /** Instead of `handle`: events of many aggregates of one tenant at once, in order within each aggregate. */
  batch?: {
    maxEvents: number;
    maxWaitMs: number;
    handleMany(ctx: Ctx, events: HeardEvent<Kind>[], done: Done): Promise<void>;
  };
}

export interface Listener {
  name: string;
  kinds?: readonly EventKind[];
  /** Every node hears every event once it is visible; nothing is stored, nothing is repeated. */
  heard(refs: readonly EventRef[]): void;
  /** Events may have been missed (the line to the other nodes broke): drop what you cached. */
  lost?(): void;
}

export interface DeadLetter {
  id: string;
  subscriber: string;
  eventKind: string;
  aggregateId: string;
  seq: number;
  attempts: number;
  errorCode: string;
  at: Date;
}

/** What passes between nodes besides events; ids only, never a person's words. */
export type BusTopic = "numbered" | "now" | "viewers";

export interface Outbox {
  /** After the commit of a hot path that wrote its events itself; `emit` does this by itself. */
  committed(
    tenantId: TenantId,
    aggregateId: string,
    events: readonly CommittedEvent[],
    hints?: EventHints,
  ): void;
  /** Before `start`. */
  subscribe<Kind extends EventKind>(subscriber: Subscriber<Kind>): void;
  /** For caches and sockets: hears everything, promises nothing. Returns the way to stop. */
  listen(listener: Listener): () => void;
  /** Stored events by position, for refs that came from another node. */
  read(tenantId: TenantId, aggregateId: string, afterSeq: number, limit?: number): Promise<HeardEvent[]>;
  /** Sends to every other node; nothing happens when there is none. `payload` is JSON with ids only. */
  publish(topic: BusTopic, payload: unknown): void;
  onPublished(topic: BusTopic, heard: (payload: unknown) => void): () => void;
  /** Up to which position this node has heard everything of an aggregate; undefined when it does not know. */
  heardSeq(aggregateId: string): number | undefined;
  /** Takes leases, sweeps what a crash left, begins to work. `services` is what handlers get in their ctx. */
  start(services: Services): Promise<void>;
  /** Finishes what is being handled, gives the leases back. */
  stop(): Promise<void>;
  /** Resolves when everything heard so far was handled (for tests and for a clean stop). */
  settled(): Promise<void>;
  /** Whether this node works on the aggregate: room for timers that only one node should hold. */
  isMine(aggregateId: string): boolean;
  /** Whether this node is the one relay leader (owner of shard 0). */
  isLeader(): boolean;
  /** Called when shards come or go; timers of isMine are loaded anew. */
  onShardsChanged(changed: () => void): () => void;
  deadLetters(tenantId: TenantId, limit?: number): Promise<DeadLetter[]>;
  /** Runs a dead letter again; "failed" leaves it dead with one more attempt. */
  retryDeadLetter(tenantId: TenantId, id: string): Promise<"done" | "failed" | "not-found">;
  state(): OutboxState;
}

export interface OutboxState {
  waiting: number;
  running: number;
  oldestWaitingMs: number;
  shards: number;
  nodes: number;
}
