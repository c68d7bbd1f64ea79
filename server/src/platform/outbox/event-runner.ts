// Runs the lanes of one subscriber that handles events one by one: lanes in parallel up to its limit, events of a lane
// in order. Fed by the dispatcher; holds no transaction while a handler works.
import type { Services } from "../context.ts";
import type { Lane } from "./aggregates.ts";
import {
  attempt,
  forgetFailures,
  handlerTimeoutMs,
  positionOf,
  type Running,
  recordFailure,
} from "./attempt.ts";
import type { HeardEvent, Subscriber } from "./types.ts";

export interface RunnerDeps {
  services: Services;
  backOffMs: readonly number[];
  /** Whether the lane's shard is (still) ours. */
  isMine(shard: number): boolean;
  /** The stored position is elsewhere: read the aggregate anew. */
  reload(lane: Lane): void;
  /** Something finished. */
  changed(): void;
}

export interface Runner {
  offer(lane: Lane, event: HeardEvent): void;
  readonly waiting: number;
  readonly running: number;
  /** When the oldest unhandled event happened, ms since 1970; null when there is none. */
  oldestAtMs(): number | null;
  /** Leases were renewed: what waited for that may go on. */
  poke(): void;
  /** Gives up handlers that hang. */
  checkHanging(): void;
  /** Forgets lanes of shards that are no longer ours. */
  dropLost(): void;
  /** Starts nothing new; resolves when what runs has ended. */
  stop(): Promise<void>;
}

const defaultConcurrency = 32;

export function eventRunner(
  subscriber: Subscriber,
  handle: NonNullable<Subscriber["handle"]>,
  deps: RunnerDeps,
): Runner {
  const { services } = deps;
  const concurrency = subscriber.concurrency ?? defaultConcurrency;
  const ready = new Set<Lane>();
  const waitingLanes = new Map<Lane, NodeJS.Timeout>();
  const runningLanes = new Set<Lane>();
  const running = new Set<Running>();
  let isStopping = false;
  let isPlanned = false;
  let stopped = () => {};

  function plan(): void {
    if (isPlanned || isStopping) return;
    isPlanned = true;
    setImmediate(pump);
  }

  function pump(): void {
    isPlanned = false;
    if (isStopping) return;
    for (const lane of ready) {
      if (runningLanes.size >= concurrency) return;
      // a lease that ran out may come back: until it is lost for good the lane keeps its work
      if (!deps.isMine(lane.aggregate.shard)) continue;
      ready.delete(lane);
      void run(lane);
    }
  }

  function makeReady(lane: Lane): void {
    lane.state = "ready";
    ready.add(lane);
  }

  async function run(lane: Lane): Promise<void> {
    runningLanes.add(lane);
    lane.state = "running";
    try {
      while (lane.queue.length > 0 && !isStopping && deps.isMine(lane.aggregate.shard)) {
        if (!(await runFirst(lane))) return;
      }
      lane.state = "idle";
      if (lane.queue.length > 0) makeReady(lane);
    } finally {
      runningLanes.delete(lane);
      if (ready.size > 0) plan();
      if (isStopping && runningLanes.size === 0) stopped();
      deps.changed();
    }
  }

  /** Handles the first event of a lane; false when the lane must pause. */
  async function runFirst(lane: Lane): Promise<boolean> {
    const [event] = lane.queue;
    if (!event) return false;
    const positions = [positionOf(subscriber.name, lane, event.seq)];
    const outcome = await attempt(services, subscriber.name, [event], positions, running, (ctx, done) =>
      handle(ctx, event, done),
    );
    if (outcome.kind === "moved") {
      lane.state = "idle";
      lane.queue.length = 0;
      deps.reload(lane);
      return false;
    }
    if (outcome.kind === "failed") {
      const next = await recordFailure(services, subscriber.name, lane, event, outcome.error, deps.backOffMs);
      if (next !== "dead") {
        lane.attempts += 1;
        wait(lane, next);
        return false;
      }
    } else if (lane.attempts > 0) {
      await forgetFailures(services, subscriber.name, event);
    }
    lane.attempts = 0;
    lane.doneSeq = event.seq;
    lane.queue.shift();
    return true;
  }

  function wait(lane: Lane, waitMs: number): void {
    lane.state = "waiting";
    const timer = setTimeout(() => {
      waitingLanes.delete(lane);
      makeReady(lane);
      plan();
    }, waitMs);
    timer.unref();
    waitingLanes.set(lane, timer);
  }

  return {
    offer(lane, event) {
      lane.queue.push(event);
      if (lane.state !== "idle") return;
      makeReady(lane);
      plan();
    },
    get waiting() {
      return ready.size + waitingLanes.size;
    },
    get running() {
      return runningLanes.size;
    },
    oldestAtMs() {
      let oldest: number | null = null;
      for (const lanes of [ready, waitingLanes.keys(), runningLanes]) {
        for (const lane of lanes) {
          const atMs = lane.queue[0]?.at.getTime();
          if (atMs !== undefined && (oldest === null || atMs < oldest)) oldest = atMs;
        }
      }
      return oldest;
    },
    poke() {
      if (ready.size > 0) plan();
    },
    checkHanging() {
      const limitMs = performance.now() - handlerTimeoutMs;
      for (const entry of running) if (entry.startedAtMs < limitMs) entry.giveUp();
    },
    dropLost() {
      for (const lane of ready) if (!deps.isMine(lane.aggregate.shard)) ready.delete(lane);
      for (const [lane, timer] of waitingLanes) {
        if (deps.isMine(lane.aggregate.shard)) continue;
        clearTimeout(timer);
        waitingLanes.delete(lane);
      }
    },
    stop() {
      isStopping = true;
      ready.clear();
      for (const timer of waitingLanes.values()) clearTimeout(timer);
      waitingLanes.clear();
      if (runningLanes.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        stopped = resolve;
      });
    },
  };
}
