// Puts the outbox together: events heard from commits here, from other nodes and from sweeps go to the dispatcher's lanes
// (for the shards this node holds) and to its listeners. Made once by app.ts.
import type { Clock } from "../clock.ts";
import { makeCtx, type Services } from "../context.ts";
import type { Db } from "../db/transact.ts";
import { newId } from "../ids.ts";
import type { Log } from "../log.ts";
import { shardCount, shardOf } from "./aggregates.ts";
import { standardBackOffMs } from "./attempt.ts";
import { createBus } from "./bus.ts";
import { retryDeadLetter } from "./dead-letters.ts";
import { createDispatcher, type Dispatcher } from "./dispatcher.ts";
import type { LeasedShard } from "./lease-store.ts";
import { createLeases } from "./leases.ts";
import { listDeadLetters, readEvents } from "./outbox-store.ts";
import type { BusTopic, EventHints, EventRef, HeardEvent, Listener, Outbox, Subscriber } from "./types.ts";

export interface OutboxOptions {
  db: Db;
  clock: Clock;
  log: Log;
  /** Roles of this node: only a "worker" takes shards. */
  roles: readonly string[];
  /** False for the only server of a data folder: no leases to renew, nobody to notify. */
  isShared: boolean;
  /** Shorter in tests. */
  leaseTtlMs?: number;
  tickMs?: number;
  backOffMs?: readonly number[];
}

/** The longest a transaction can take between writing an event's instant and its commit. */
const longestTransactionMs = 15_000;
const everyShard = Array.from({ length: shardCount }, (_, shard) => shard);

export function createOutbox(options: OutboxOptions): Outbox {
  const {
    db,
    clock,
    log,
    roles,
    isShared,
    leaseTtlMs = 3_000,
    tickMs = 1_000,
    backOffMs = standardBackOffMs,
  } = options;
  const nodeId = newId<string>();
  const subscribers: Subscriber[] = [];
  const listeners = new Set<Listener>();
  const topicListeners = new Map<BusTopic, Set<(payload: unknown) => void>>();
  const shardListeners = new Set<() => void>();
  const waitsForSettling = new Set<() => void>();
  let services: Services | null = null;
  let dispatcher: Dispatcher | null = null;
  let timer: NodeJS.Timeout | null = null;
  let toTell: EventRef[] = [];
  let checkpointMs = 0;
  let takeOversRunning = 0;
  let ticks = 0;
  let isTicking = false;
  let stopping: Promise<void> | null = null;

  const bus = createBus({
    db,
    log,
    nodeId,
    isShared,
    heard: (refs) => refs.forEach(hear),
    published: (topic, payload) => topicListeners.get(topic)?.forEach((heard) => void heard(payload)),
    lost() {
      for (const listener of listeners) listener.lost?.();
      void sweepAll(clock.nowMs() - 10 * longestTransactionMs);
    },
  });
  const leases = createLeases({
    db,
    log,
    nodeId,
    roles,
    isShared,
    ttlMs: leaseTtlMs,
    checkpoint: () => moveCheckpoint(),
    gained: (shards) => void takeOver(shards),
    lost() {
      dispatcher?.dropLost();
      for (const changed of shardListeners) changed();
    },
  });

  function hear(ref: EventRef): void {
    if (dispatcher) dispatcher.hear(ref);
    else tell([ref]);
  }

  /** Listeners hear in batches, in the next turn of the event loop: whoever committed goes on first. */
  function tell(refs: readonly EventRef[]): void {
    if (toTell.length === 0) setImmediate(tellNow);
    toTell.push(...refs);
  }

  function tellNow(): void {
    const refs = toTell;
    toTell = [];
    for (const listener of listeners) {
      const { kinds } = listener;
      const wanted = kinds ? refs.filter((ref) => kinds.includes(ref.kind)) : refs;
      try {
        if (wanted.length > 0) listener.heard(wanted);
      } catch (error) {
        log.error({ err: error, listener: listener.name }, "outbox listener failed");
      }
    }
    settleIfQuiet();
  }

  function isQuiet(): boolean {
    return (
      toTell.length === 0 && (dispatcher === null || (dispatcher.waiting === 0 && dispatcher.running === 0))
    );
  }

  function settleIfQuiet(): void {
    if (waitsForSettling.size === 0 || !isQuiet()) return;
    for (const settled of waitsForSettling) settled();
    waitsForSettling.clear();
  }

  /**
   * Everything before it is handled, or is heard again by the sweep of the last seconds. Follows the clock, back as well:
   * events written after a correction carry earlier instants. Stands still while events are being read, and from the
   * stop on, when lanes let go of what they hold.
   */
  function moveCheckpoint(): Date | null {
    if (!dispatcher) return null;
    if (!dispatcher.isLoading && takeOversRunning === 0 && !stopping) {
      const horizonMs = clock.nowMs() - longestTransactionMs;
      checkpointMs = Math.min(horizonMs, dispatcher.oldestAtMs() ?? horizonMs);
    }
    return new Date(checkpointMs);
  }

  async function takeOver(shards: LeasedShard[]): Promise<void> {
    const numbers = shards.map(({ shard }) => shard);
    const sinceMs = Math.min(...shards.map(({ checkpointAt }) => checkpointAt?.getTime() ?? 0));
    checkpointMs = checkpointMs === 0 ? sinceMs : Math.min(checkpointMs, sinceMs);
    dispatcher?.forget(numbers);
    for (const changed of shardListeners) changed();
    takeOversRunning += 1;
    try {
      await dispatcher?.sweep(numbers, new Date(sinceMs));
    } catch (error) {
      log.error({ err: error, shards: numbers.length }, "outbox shards not swept");
      await new Promise((resolve) => setTimeout(resolve, tickMs).unref());
      const still = shards.filter(({ shard }) => leases.isMine(shard));
      if (still.length > 0 && !stopping) void takeOver(still);
    } finally {
      takeOversRunning -= 1;
    }
  }

  async function sweepAll(sinceMs: number): Promise<void> {
    const shards = leases.isMine(0) ? everyShard : leases.owned();
    try {
      await dispatcher?.sweep(shards, new Date(sinceMs));
    } catch (error) {
      log.warn({ err: error }, "outbox not swept");
    }
  }

  async function tick(): Promise<void> {
    if (isTicking) return;
    isTicking = true;
    ticks += 1;
    await leases.tick();
    bus.setNodes(leases.nodes);
    dispatcher?.poke();
    if (ticks % 3 === 0) await sweepAll(clock.nowMs() - longestTransactionMs);
    if (ticks % 5 === 0) dispatcher?.checkHanging();
    isTicking = false;
  }

  return {
    committed(tenantId, aggregateId, events, hints) {
      const refs = events.map((event): EventRef => {
        const heard = {
          ...event,
          tenantId,
          aggregateId,
          ...hintFor(event, hints),
          isOwn: true,
        } as HeardEvent;
        return { tenantId, aggregateId, seq: event.seq, kind: event.kind, event: heard };
      });
      refs.forEach(hear);
      bus.tell(refs);
    },
    subscribe(subscriber) {
      if (services) throw new Error(`subscriber ${subscriber.name} came after the start`);
      if (subscribers.some(({ name }) => name === subscriber.name))
        throw new Error(`two subscribers ${subscriber.name}`);
      subscribers.push(subscriber as unknown as Subscriber);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    read: (tenantId, aggregateId, afterSeq, limit = 1_000) =>
      readEvents(db, tenantId, aggregateId, afterSeq, limit),
    publish: (topic, payload) => bus.publish(topic, payload),
    onPublished(topic, heard) {
      const heards = topicListeners.get(topic) ?? new Set();
      topicListeners.set(topic, heards.add(heard));
      return () => void heards.delete(heard);
    },
    heardSeq: (aggregateId) => dispatcher?.heardSeq(aggregateId),
    async start(given) {
      services = given;
      dispatcher = createDispatcher({
        services: given,
        backOffMs,
        subscribers,
        isMine: leases.isMine,
        follows: (shard) => leases.isMine(shard) || leases.isMine(0),
        // a clock that was just set back counts at once
        checkpoint: () => new Date(Math.min(checkpointMs, clock.nowMs() - longestTransactionMs)),
        tell,
        changed: settleIfQuiet,
      });
      await bus.start();
      await leases.start();
      bus.setNodes(leases.nodes);
      timer = setInterval(() => void tick(), tickMs);
      timer.unref();
    },
    stop() {
      if (!stopping) moveCheckpoint();
      stopping ??= (async () => {
        if (timer) clearInterval(timer);
        await dispatcher?.stop();
        await leases
          .stop()
          .catch((error: unknown) => log.warn({ err: error }, "outbox leases not given back"));
        await bus.stop();
      })();
      return stopping;
    },
    settled() {
      if (isQuiet()) return Promise.resolve();
      return new Promise((resolve) => waitsForSettling.add(resolve));
    },
    isMine: (aggregateId) => leases.isMine(shardOf(aggregateId)),
    isLeader: () => leases.isMine(0),
    onShardsChanged(changed) {
      shardListeners.add(changed);
      return () => void shardListeners.delete(changed);
    },
    deadLetters: (tenantId, limit = 100) =>
      db.transact(tenantId, (tx) => listDeadLetters(tx, tenantId, limit)),
    retryDeadLetter(tenantId, id) {
      if (!services) throw new Error("the outbox has not started");
      const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "dead-letter" } });
      return retryDeadLetter(ctx, subscribers, id);
    },
    state() {
      const oldestAtMs = dispatcher?.oldestAtMs() ?? null;
      return {
        waiting: dispatcher?.waiting ?? 0,
        running: dispatcher?.running ?? 0,
        oldestWaitingMs: oldestAtMs === null ? 0 : Math.max(0, clock.nowMs() - oldestAtMs),
        shards: leases.owned().length,
        nodes: leases.nodes,
      };
    },
  };
}

function hintFor(event: { payload: object }, hints: EventHints | undefined): Pick<HeardEvent, "message"> {
  if (!hints?.messages || !("messageId" in event.payload)) return {};
  const { messageId } = event.payload;
  const message = hints.messages.find((written) => written.id === messageId);
  return message ? { message } : {};
}
