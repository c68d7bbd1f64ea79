// Can a person be promised at this moment, and how long would it take? Asked by turns for every turn and by the widget's
// face, so the answer is kept for a second per tenant.
import type { BusinessHours, ConversationId, HandoffAvailability, TenantId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { type Tx, transact } from "../platform/db/index.ts";
import type { EventRef, Listener } from "../platform/outbox/index.ts";
import { type Agent, type AgentRows, describeAgents, readAgentRows, servesQueue } from "./agents.ts";
import { isAtWork, isFree } from "./choose.ts";
import { expectedWaitSeconds } from "./expected-wait.ts";
import { isOpenAt, nextOpening } from "./hours.ts";
import { findHours } from "./hours-store.ts";
import { countWaiting, placeOf, recentWaits } from "./queue-store.ts";

export type Availability = {
  /** open: somebody is free. queueing: somebody is there but busy. closed: outside the hours. nobody: nobody is there. */
  availability: HandoffAvailability;
  /** The place a newcomer would get; null when they cannot queue now. */
  place: number | null;
  /** Null when unknown. */
  expectedWaitSeconds: number | null;
  /** When the shop opens next; null while it is open, or when it does not open within a year. */
  opensAt: Date | null;
  /** Names of queues that somebody serves while the usual one has nobody; left out otherwise. */
  servedQueues?: string[];
};
export type QueueState = { place: number; expectedWaitSeconds: number | null };

const keptForMs = 1_000;
const waitsSinceMs = 24 * 3_600_000;
const waitsCounted = 20;

type Facts = { hours: BusinessHours | null; agents: AgentRows; waiting: number; waits: number[] };
type State = { now: Availability; agents: Agent[]; waits: number[] };
type Kept = { readAtMs: number; reading: Promise<State> };
type Serving = { freeAgents: number; presentAgents: number; recentWaitsMs: number[] };
const kept = new WeakMap<object, Map<TenantId, Kept>>();

/** What a contact can be promised now. At most a second old. */
export async function availability(ctx: Ctx): Promise<Availability> {
  return (await currentState(ctx)).now;
}

/** Where a waiting conversation stands; null when it does not wait. The place is exact, the wait at most a second old. */
export async function visitorQueueState(
  ctx: Ctx,
  conversationId: ConversationId,
): Promise<QueueState | null> {
  const at = ctx.clock.now();
  const found = await transact(ctx, async (tx) => {
    const stands = await placeOf(tx, conversationId, at);
    if (!stands) return null;
    const { place, queueId, isInDefault } = stands;
    const waits = isInDefault ? null : await recentWaits(tx, waitsSince(at), waitsCounted, queueId);
    return { place, queueId, waits };
  });
  if (found === null) return null;
  const state = await currentState(ctx);
  const theirs = state.agents.filter((agent) => servesQueue(agent, found.queueId));
  const serving = servingOf(theirs, found.waits ?? state.waits);
  return { place: found.place, expectedWaitSeconds: expectedWaitSeconds({ place: found.place, ...serving }) };
}

/**
 * Names of the queues that somebody at work serves, in and off hours; null where the default one is served: what waits in
 * others goes there.
 */
export async function queuesWithoutDefault(ctx: Ctx): Promise<string[] | null> {
  const { agents } = await currentState(ctx);
  const isDefaultServed = agents.some((agent) => agent.servesDefault && isAtWork(agent));
  return isDefaultServed ? null : servedBy(agents);
}

function servedBy(agents: readonly Agent[]): string[] {
  return [...new Set(agents.filter(isAtWork).flatMap(({ queues }) => queues.map(({ name }) => name)))];
}

/** Forgets the kept answer, for whoever has just changed hours or presence and looks again. */
export function forgetAvailability(ctx: Ctx): void {
  kept.get(ctx.db)?.delete(ctx.tenantId);
}

/** Hears of hours and presence that were changed on other nodes: an agent who has just come is not said to be away there. */
export function availabilityListener({ db }: Pick<Ctx, "db">): Listener {
  return {
    name: "availability",
    kinds: ["presence-changed", "hours-changed", "queues-changed"],
    heard(refs: readonly EventRef[]) {
      for (const { tenantId } of refs) kept.get(db)?.delete(tenantId);
    },
    lost() {
      kept.get(db)?.clear();
    },
  };
}

function currentState(ctx: Ctx): Kept["reading"] {
  const perTenant = kept.get(ctx.db) ?? new Map<TenantId, Kept>();
  kept.set(ctx.db, perTenant);
  const nowMs = ctx.clock.nowMs();
  const last = perTenant.get(ctx.tenantId);
  if (last && Math.abs(nowMs - last.readAtMs) < keptForMs) return last.reading;
  const reading = readState(ctx);
  perTenant.set(ctx.tenantId, { readAtMs: nowMs, reading });
  reading.catch(() => perTenant.delete(ctx.tenantId));
  return reading;
}

async function readState(ctx: Ctx): Promise<State> {
  const at = ctx.clock.now();
  const facts = await transact(ctx, (tx) => readFacts(tx, at));
  const agents = await describeAgents(ctx, facts.agents);
  return { now: judge(facts, agents, at), agents, waits: facts.waits };
}

function servingOf(agents: readonly Agent[], recentWaitsMs: number[]): Serving {
  return {
    freeAgents: agents.filter(isFree).length,
    presentAgents: agents.filter(isAtWork).length,
    recentWaitsMs,
  };
}

const waitsSince = (at: Date) => new Date(at.getTime() - waitsSinceMs);

async function readFacts(tx: Tx, at: Date): Promise<Facts> {
  const hours = await findHours(tx);
  const agents = await readAgentRows(tx);
  const waiting = await countWaiting(tx, at);
  const waits = await recentWaits(tx, waitsSince(at), waitsCounted);
  return { hours, agents, waiting, waits };
}

/** A promise is one of the default queue: whoever serves only others is at work for those. */
function judge(facts: Facts, agents: readonly Agent[], at: Date): Availability {
  const serving = servingOf(
    agents.filter(({ servesDefault }) => servesDefault),
    facts.waits,
  );
  if (!isOpenAt(facts.hours, at))
    return {
      availability: "closed",
      place: null,
      expectedWaitSeconds: null,
      opensAt: nextOpening(facts.hours, at),
    };
  const served = servedBy(agents);
  if (serving.presentAgents === 0)
    return {
      availability: "nobody",
      place: null,
      expectedWaitSeconds: null,
      opensAt: null,
      ...(served.length === 0 ? {} : { servedQueues: served }),
    };
  const place = facts.waiting + 1;
  return {
    availability: place <= serving.freeAgents ? "open" : "queueing",
    place,
    expectedWaitSeconds: expectedWaitSeconds({ place, ...serving }),
    opensAt: null,
  };
}
