// Runs the lanes of one subscriber that handles many events at once (search index, audit): events gather per tenant until
// there are enough or the first has waited long enough. When a batch fails, its lanes are tried one by one, so that one
// bad event cannot hold up the others.
import type { TenantId } from "@yingda/contract";
import type { Lane } from "./aggregates.ts";
import {
  attempt,
  forgetFailures,
  handlerTimeoutMs,
  positionOf,
  type Running,
  recordFailure,
} from "./attempt.ts";
import type { Runner, RunnerDeps } from "./event-runner.ts";
import type { HeardEvent, Subscriber } from "./types.ts";

interface Basket {
  /** Lanes with unhandled events, in the order they came; a lane appears once. */
  lanes: Set<Lane>;
  eventCount: number;
  timer: NodeJS.Timeout | null;
  isRunning: boolean;
}
type Portion = { lane: Lane; events: HeardEvent[] };

export function batchRunner(
  subscriber: Subscriber,
  batch: NonNullable<Subscriber["batch"]>,
  deps: RunnerDeps,
): Runner {
  const { services } = deps;
  const baskets = new Map<TenantId, Basket>();
  const waitingLanes = new Map<Lane, NodeJS.Timeout>();
  const runningLanes = new Set<Lane>();
  const running = new Set<Running>();
  let runningCount = 0;
  let isStopping = false;
  let stopped = () => {};

  function put(lane: Lane, added: number): void {
    const { tenantId } = lane.aggregate;
    let basket = baskets.get(tenantId);
    if (!basket) {
      basket = { lanes: new Set(), eventCount: 0, timer: null, isRunning: false };
      baskets.set(tenantId, basket);
    }
    basket.lanes.add(lane);
    basket.eventCount += added;
    plan(tenantId, basket);
  }

  function plan(tenantId: TenantId, basket: Basket): void {
    if (isStopping || basket.isRunning || basket.lanes.size === 0) return;
    if (basket.eventCount >= batch.maxEvents) void flush(tenantId, basket);
    else basket.timer ??= setTimeout(() => void flush(tenantId, basket), batch.maxWaitMs);
  }

  async function flush(tenantId: TenantId, basket: Basket): Promise<void> {
    if (basket.timer) clearTimeout(basket.timer);
    basket.timer = null;
    if (basket.isRunning || isStopping) return;
    basket.isRunning = true;
    runningCount += 1;
    const portions = take(basket);
    try {
      const failed = portions.length > 0 && !(await runTogether(portions));
      if (failed) for (const portion of portions) await runAlone(portion);
    } finally {
      for (const { lane } of portions) runningLanes.delete(lane);
      basket.isRunning = false;
      runningCount -= 1;
      if (basket.lanes.size === 0) baskets.delete(tenantId);
      else if (portions.length > 0) plan(tenantId, basket);
      if (isStopping && runningCount === 0) stopped();
      deps.changed();
    }
  }

  /** Takes whole lanes out of the basket until the batch is full. */
  function take(basket: Basket): Portion[] {
    const portions: Portion[] = [];
    let count = 0;
    for (const lane of basket.lanes) {
      if (count >= batch.maxEvents) break;
      // a lease that ran out may come back: until it is lost for good the lane keeps its work
      if (!deps.isMine(lane.aggregate.shard)) continue;
      basket.lanes.delete(lane);
      basket.eventCount -= lane.queue.length;
      lane.state = "running";
      runningLanes.add(lane);
      count += lane.queue.length;
      portions.push({ lane, events: [...lane.queue] });
    }
    return portions;
  }

  async function runTogether(portions: Portion[]): Promise<boolean> {
    const events = portions.flatMap((portion) => portion.events);
    const positions = portions.map(({ lane, events: own }) =>
      positionOf(subscriber.name, lane, own.at(-1)?.seq ?? lane.doneSeq),
    );
    const outcome = await attempt(services, subscriber.name, events, positions, running, (ctx, done) =>
      batch.handleMany(ctx, events, done),
    );
    if (outcome.kind === "done") {
      for (const portion of portions) await finish(portion);
      return true;
    }
    return portions.length === 1 ? giveOne(portions[0], outcome) : false;
  }

  /** The fate of a single lane's portion that did not go well; always true: it is dealt with. */
  async function giveOne(
    portion: Portion | undefined,
    outcome: { kind: "moved" } | { kind: "failed"; error: unknown },
  ): Promise<boolean> {
    const [event] = portion?.events ?? [];
    if (!portion || !event) return true;
    const { lane } = portion;
    if (outcome.kind === "moved") {
      lane.queue.length = 0;
      lane.state = "idle";
      deps.reload(lane);
      return true;
    }
    const next = await recordFailure(services, subscriber.name, lane, event, outcome.error, deps.backOffMs);
    if (next === "dead") {
      await finish({ lane, events: [event] });
      return true;
    }
    lane.attempts += 1;
    lane.state = "waiting";
    const timer = setTimeout(() => {
      waitingLanes.delete(lane);
      lane.state = "ready";
      put(lane, lane.queue.length);
    }, next);
    timer.unref();
    waitingLanes.set(lane, timer);
    return true;
  }

  async function runAlone(portion: Portion): Promise<void> {
    await runTogether([portion]);
  }

  async function finish({ lane, events }: Portion): Promise<void> {
    const last = events.at(-1);
    if (!last) return;
    if (lane.attempts > 0) await forgetFailures(services, subscriber.name, last);
    lane.attempts = 0;
    lane.doneSeq = last.seq;
    lane.queue.splice(0, events.length);
    lane.state = lane.queue.length > 0 ? "ready" : "idle";
    if (lane.state === "ready") put(lane, lane.queue.length);
  }

  return {
    offer(lane, event) {
      lane.queue.push(event);
      if (lane.state === "ready") put(lane, 1);
      else if (lane.state === "idle") {
        lane.state = "ready";
        put(lane, lane.queue.length);
      }
    },
    get waiting() {
      let count = waitingLanes.size;
      for (const basket of baskets.values()) count += basket.lanes.size;
      return count;
    },
    get running() {
      return runningCount;
    },
    oldestAtMs() {
      let oldest: number | null = null;
      const look = (lane: Lane) => {
        const atMs = lane.queue[0]?.at.getTime();
        if (atMs !== undefined && (oldest === null || atMs < oldest)) oldest = atMs;
      };
      for (const basket of baskets.values()) basket.lanes.forEach(look);
      for (const lane of waitingLanes.keys()) look(lane);
      for (const lane of runningLanes) look(lane);
      return oldest;
    },
    poke() {
      for (const [tenantId, basket] of baskets) plan(tenantId, basket);
    },
    checkHanging() {
      const limitMs = performance.now() - handlerTimeoutMs;
      for (const entry of running) if (entry.startedAtMs < limitMs) entry.giveUp();
    },
    dropLost() {
      for (const basket of baskets.values()) {
        for (const lane of basket.lanes) {
          if (deps.isMine(lane.aggregate.shard)) continue;
          basket.lanes.delete(lane);
          basket.eventCount -= lane.queue.length;
        }
      }
      for (const [lane, timer] of waitingLanes) {
        if (deps.isMine(lane.aggregate.shard)) continue;
        clearTimeout(timer);
        waitingLanes.delete(lane);
      }
    },
    stop() {
      isStopping = true;
      for (const basket of baskets.values()) if (basket.timer) clearTimeout(basket.timer);
      for (const timer of waitingLanes.values()) clearTimeout(timer);
      waitingLanes.clear();
      if (runningCount === 0) return Promise.resolve();
      return new Promise((resolve) => {
        stopped = resolve;
      });
    },
  };
}
