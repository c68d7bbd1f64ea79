// Puts every event that this node hears into the lanes of its subscribers, once and in order. Events come from a commit
// in this process, from another node, or from a sweep; positions within the aggregate tell which are new, which are known
// and which are missing, and what is missing is read from the database.
import type { EventKind, TenantId } from "@yingda/contract";
import type { Services } from "../context.ts";
import {
  type Aggregate,
  AggregateMemory,
  type Lane,
  newAggregate,
  newLane,
  placeOf,
  refOf,
  shardOf,
} from "./aggregates.ts";
import { batchRunner } from "./batch-runner.ts";
import { eventRunner, type Runner } from "./event-runner.ts";
import { findRecent, type LoadedAggregate, loadAggregates } from "./outbox-store.ts";
import type { EventRef, HeardEvent, Subscriber } from "./types.ts";

/** Aggregates remembered per half; about 200 bytes each. */
const memoryGeneration = 10_000;
const loadAtOnce = 500;
const readAgainMs = 500;

/** An aggregate to read, with the events of it that were heard with their hints. */
interface Wanted {
  tenantId: TenantId;
  /** The lowest position heard: read whatever its instant says (clocks are set back). */
  fromSeq: number;
  upToSeq: number;
  events: Map<number, HeardEvent>;
}

export interface DispatcherDeps {
  services: Services;
  backOffMs: readonly number[];
  subscribers: readonly Subscriber[];
  isMine(shard: number): boolean;
  /** Every shard's events are followed on the relay leader, its own on every node. */
  follows(shard: number): boolean;
  /** Everything before this instant is handled: how far back a forgotten aggregate is read. */
  checkpoint(): Date;
  /** Events heard for the first time and in order, for listeners. */
  tell(refs: readonly EventRef[]): void;
  changed(): void;
}

export interface Dispatcher {
  hear(ref: EventRef): void;
  /** Finds what was committed since an instant in these shards and never heard. */
  sweep(shards: readonly number[], since: Date): Promise<void>;
  heardSeq(aggregateId: string): number | undefined;
  /** Before a sweep of shards that were just taken over: what was heard of them was not handled here. */
  forget(shards: readonly number[]): void;
  dropLost(): void;
  /** Once a second, after the leases were renewed. */
  poke(): void;
  checkHanging(): void;
  readonly isLoading: boolean;
  readonly waiting: number;
  readonly running: number;
  oldestAtMs(): number | null;
  stop(): Promise<void>;
}

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { services, subscribers } = deps;
  const memory = new AggregateMemory(memoryGeneration);
  const runnerDeps = {
    services,
    backOffMs: deps.backOffMs,
    isMine: deps.isMine,
    reload: (lane: Lane) => reload(lane),
    changed: deps.changed,
  };
  const runners: Runner[] = subscribers.map((subscriber) => {
    if (subscriber.batch) return batchRunner(subscriber, subscriber.batch, runnerDeps);
    if (subscriber.handle) return eventRunner(subscriber, subscriber.handle, runnerDeps);
    throw new Error(`subscriber ${subscriber.name} handles nothing`);
  });
  const wanting = new Map<EventKind, number[]>();
  subscribers.forEach((subscriber, index) => {
    for (const kind of subscriber.kinds) wanting.set(kind, [...(wanting.get(kind) ?? []), index]);
  });
  /** Aggregates to read from the database before anything more of them is taken. */
  const toLoad = new Map<string, Wanted>();
  let isLoadPlanned = false;
  let loadsRunning = 0;
  let isStopping = false;

  function hear(ref: EventRef): void {
    if (isStopping) return;
    if (!deps.follows(shardOf(ref.aggregateId))) {
      deps.tell([ref]);
      return;
    }
    const aggregate = memory.get(ref.aggregateId);
    const mustLoad = aggregate?.isLoading || (toLoad.size > 0 && toLoad.has(ref.aggregateId));
    const place = mustLoad ? "gap" : placeOf(aggregate, ref.seq);
    if (place === "known") return;
    if (place === "next" && ref.event)
      take(aggregate ?? remember(ref.tenantId, ref.aggregateId, 0), ref.event);
    else load(ref.tenantId, ref.aggregateId, ref.seq, ref.event);
  }

  function remember(tenantId: TenantId, id: string, heardSeq: number): Aggregate {
    const aggregate = newAggregate(tenantId, id, heardSeq);
    memory.put(aggregate);
    return aggregate;
  }

  function take(aggregate: Aggregate, event: HeardEvent): void {
    aggregate.heardSeq = event.seq;
    offer(aggregate, event);
    deps.tell([refOf(event)]);
  }

  function offer(aggregate: Aggregate, event: HeardEvent): void {
    if (!deps.isMine(aggregate.shard)) return;
    for (const index of wanting.get(event.kind) ?? []) {
      const subscriber = subscribers[index];
      const runner = runners[index];
      if (!subscriber || !runner || subscriber.wants?.(event) === false) continue;
      const lane = aggregate.lanes[index] ?? newLane(aggregate, 0);
      aggregate.lanes[index] = lane;
      const lastSeq = lane.queue.at(-1)?.seq ?? lane.doneSeq;
      if (event.seq > lastSeq) runner.offer(lane, event);
    }
  }

  /** `upToSeq`: nothing is read if it was heard meanwhile. */
  function load(tenantId: TenantId, id: string, upToSeq: number, event?: HeardEvent): void {
    const entry: Wanted = toLoad.get(id) ?? { tenantId, fromSeq: upToSeq, upToSeq, events: new Map() };
    toLoad.set(id, entry);
    entry.fromSeq = Math.min(entry.fromSeq, upToSeq);
    entry.upToSeq = Math.max(entry.upToSeq, upToSeq);
    if (event) entry.events.set(event.seq, event);
    planLoad();
  }

  function planLoad(): void {
    if (isLoadPlanned || isStopping) return;
    isLoadPlanned = true;
    setImmediate(() => void runLoad());
  }

  /** Takes out of `toLoad` what can be read now: not what is being read, nor what was heard meanwhile. */
  function takeWanted(): { aggregate: Aggregate; entry: Wanted; isNew: boolean }[] {
    const wanted: { aggregate: Aggregate; entry: Wanted; isNew: boolean }[] = [];
    for (const [id, entry] of toLoad) {
      if (wanted.length === loadAtOnce) break;
      const known = memory.get(id);
      if (known?.isLoading) continue;
      toLoad.delete(id);
      if (known && known.heardSeq >= entry.upToSeq) continue;
      const aggregate = known ?? remember(entry.tenantId, id, 0);
      aggregate.isLoading = true;
      wanted.push({ aggregate, entry, isNew: !known });
    }
    return wanted;
  }

  async function runLoad(): Promise<void> {
    isLoadPlanned = false;
    const wanted = isStopping ? [] : takeWanted();
    if (wanted.length === 0) return deps.changed();
    loadsRunning += 1;
    try {
      const keys = wanted.map(({ aggregate, entry, isNew }) => ({
        tenantId: aggregate.tenantId,
        id: aggregate.id,
        afterSeq: isNew ? entry.fromSeq - 1 : aggregate.heardSeq,
      }));
      const found = await services.db.system((tx) => loadAggregates(tx, keys, deps.checkpoint()));
      const byId = new Map(found.map((loaded) => [loaded.id, loaded]));
      for (const { aggregate, entry } of wanted) {
        aggregate.isLoading = false;
        const loaded = byId.get(aggregate.id);
        if (loaded) takeLoaded(aggregate, loaded, entry);
      }
      if (toLoad.size > 0) planLoad();
    } catch (error) {
      services.log.error({ err: error }, "outbox events not read");
      for (const { aggregate, entry, isNew } of wanted) {
        aggregate.isLoading = false;
        if (isNew) memory.drop((other) => other === aggregate);
        if (!toLoad.has(aggregate.id)) toLoad.set(aggregate.id, entry);
      }
      setTimeout(planLoad, readAgainMs).unref();
    } finally {
      loadsRunning -= 1;
    }
    deps.changed();
  }

  /** Everything up to `lastSeq` is visible and was read: lanes get what is not done, listeners what they have not heard. */
  function takeLoaded(aggregate: Aggregate, loaded: LoadedAggregate, entry: Wanted): void {
    subscribers.forEach((subscriber, index) => {
      const doneSeq = loaded.positions.get(subscriber.name);
      const lane = aggregate.lanes[index];
      if (doneSeq === undefined || (lane && lane.state !== "idle")) return;
      if (lane) lane.doneSeq = Math.max(lane.doneSeq, doneSeq);
      else aggregate.lanes[index] = newLane(aggregate, doneSeq);
    });
    const told: EventRef[] = [];
    for (const stored of loaded.events) {
      const event = entry.events.get(stored.seq) ?? stored;
      offer(aggregate, event);
      if (event.seq > aggregate.heardSeq) told.push(refOf(event));
    }
    aggregate.heardSeq = Math.max(aggregate.heardSeq, loaded.lastSeq);
    if (told.length > 0) deps.tell(told);
  }

  /** Another process moved this lane: forget where it stood and read. */
  function reload(lane: Lane): void {
    const { aggregate } = lane;
    const index = aggregate.lanes.indexOf(lane);
    if (index >= 0) aggregate.lanes[index] = undefined;
    load(aggregate.tenantId, aggregate.id, Number.MAX_SAFE_INTEGER);
  }

  async function sweep(shards: readonly number[], since: Date): Promise<void> {
    if (shards.length === 0 || isStopping) return;
    const recent = await services.db.system((tx) => findRecent(tx, shards, since));
    for (const { tenantId, id, lastSeq } of recent) {
      if ((memory.get(id)?.heardSeq ?? 0) < lastSeq) load(tenantId, id, lastSeq);
    }
  }

  return {
    hear,
    sweep,
    heardSeq: (aggregateId) => {
      const aggregate = memory.get(aggregateId);
      return aggregate?.isLoading ? undefined : aggregate?.heardSeq;
    },
    forget(shards) {
      memory.drop((aggregate) => shards.includes(aggregate.shard));
    },
    dropLost() {
      memory.drop((aggregate) => !deps.follows(aggregate.shard));
      for (const runner of runners) runner.dropLost();
    },
    poke() {
      for (const runner of runners) runner.poke();
    },
    checkHanging() {
      for (const runner of runners) runner.checkHanging();
    },
    get isLoading() {
      return toLoad.size > 0 || loadsRunning > 0;
    },
    get waiting() {
      return runners.reduce((sum, runner) => sum + runner.waiting, toLoad.size + loadsRunning);
    },
    get running() {
      return runners.reduce((sum, runner) => sum + runner.running, 0);
    },
    oldestAtMs() {
      const times = runners.map((runner) => runner.oldestAtMs()).filter((at) => at !== null);
      return times.length > 0 ? Math.min(...times) : null;
    },
    async stop() {
      isStopping = true;
      await Promise.all(runners.map((runner) => runner.stop()));
    },
  };
}
