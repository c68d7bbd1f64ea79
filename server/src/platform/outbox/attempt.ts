// One try at handling events, and what follows when it fails: back-off, and after five attempts the dead letters.
// Used by both runners.

import type { Ctx } from "../context.ts";
import { makeCtx, type Services } from "../context.ts";
import { AppError, ExternalError } from "../errors.ts";
import { newId } from "../ids.ts";
import { withLogContext } from "../log.ts";
import type { Lane } from "./aggregates.ts";
import { completionOf } from "./done.ts";
import { isLaneMoved } from "./lane-moved.ts";
import {
  clearFailures,
  countFailure,
  type Failure,
  planRetry,
  writePosition,
  writePositions,
} from "./outbox-store.ts";
import type { Done, HeardEvent, LanePosition } from "./types.ts";

export const maxAttempts = 5;
/** Waits after the first to fourth failure, ms: short for a hiccup, about 12 s until a lane goes on without its event. */
export const standardBackOffMs: readonly number[] = [200, 1_000, 3_000, 8_000];
/** After this a handler is taken for hanging: its event counts as failed, and its late `done` is refused. */
export const handlerTimeoutMs = 60_000;
/** The database or its disk is away: wait, and count nothing. */
const outageWaitMs = 1_000;

export type Outcome = { kind: "done" } | { kind: "moved" } | { kind: "failed"; error: unknown };

export interface Running {
  startedAtMs: number;
  giveUp(): void;
}

export function positionOf(subscriber: string, lane: Lane, toSeq: number): LanePosition {
  return { subscriber, aggregateId: lane.aggregate.id, fromSeq: lane.doneSeq, toSeq };
}

/** Runs a handler for events of one tenant and sees to it that the positions are written exactly once. */
export async function attempt(
  services: Services,
  subscriber: string,
  events: readonly HeardEvent[],
  positions: readonly LanePosition[],
  running: Set<Running>,
  handle: (ctx: Ctx, done: Done) => Promise<void>,
): Promise<Outcome> {
  const [first] = events;
  if (!first) return { kind: "done" };
  const { tenantId } = first;
  const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: subscriber } });
  const completion = completionOf(tenantId, subscriber, positions);
  let giveUp = () => {};
  const timedOut = new Promise<never>((_, reject) => {
    giveUp = () => {
      completion.cancel();
      reject(new AppError("internal", { details: { timedOutAfterMs: handlerTimeoutMs } }));
    };
  });
  const entry: Running = { startedAtMs: performance.now(), giveUp };
  running.add(entry);
  try {
    const ids =
      "conversationId" in first.payload
        ? { tenantId, conversationId: first.payload.conversationId }
        : { tenantId };
    await Promise.race([withLogContext(ids, () => handle(ctx, completion.done)), timedOut]);
    if (!completion.isWritten()) await writeOwn(services, subscriber, positions, first.tenantId);
    return { kind: "done" };
  } catch (error) {
    if (isLaneMoved(error)) return { kind: "moved" };
    // the effect and its position are committed: what failed after that is the handler's affair, not a reason to repeat
    if (completion.isWritten()) {
      services.log.error({ err: error, subscriber }, "outbox handler failed after its commit");
      return { kind: "done" };
    }
    return { kind: "failed", error };
  } finally {
    running.delete(entry);
  }
}

async function writeOwn(
  services: Services,
  subscriber: string,
  positions: readonly LanePosition[],
  tenantId: HeardEvent["tenantId"],
): Promise<void> {
  const [only] = positions;
  if (only && positions.length === 1)
    await writePosition(services.db, tenantId, subscriber, only.aggregateId, only.fromSeq, only.toSeq);
  else await services.db.transact(tenantId, (tx) => writePositions(tx, tenantId, subscriber, positions));
}

/**
 * Records a failed attempt at the first event of a lane.
 * Out: "dead" (the lane goes on after it) or how long to wait, ms.
 */
export async function recordFailure(
  services: Services,
  subscriber: string,
  lane: Lane,
  event: HeardEvent,
  error: unknown,
  backOffMs: readonly number[],
): Promise<"dead" | number> {
  const { log, db, clock } = services;
  if (isOutage(error)) return outageWaitMs;
  log.error(
    { err: error, subscriber, eventKind: event.kind, aggregateId: event.aggregateId, seq: event.seq },
    "outbox handler failed",
  );
  const failure: Failure = {
    tenantId: event.tenantId,
    subscriber,
    aggregateId: event.aggregateId,
    seq: event.seq,
    kind: event.kind,
    errorCode: codeOf(error),
    at: clock.now(),
  };
  try {
    return await db.transact(event.tenantId, async (tx) => {
      const attempts = await countFailure(tx, newId<string>(), failure);
      if (attempts >= maxAttempts) {
        await planRetry(tx, failure, null);
        await writePositions(tx, event.tenantId, subscriber, [positionOf(subscriber, lane, event.seq)]);
        return "dead";
      }
      const waitMs = Math.max(backOffMs[attempts - 1] ?? outageWaitMs, retryAfterOf(error));
      await planRetry(tx, failure, new Date(clock.nowMs() + waitMs));
      return waitMs;
    });
  } catch (failed) {
    log.error({ err: failed, subscriber }, "outbox failure not recorded");
    return outageWaitMs;
  }
}

/** Forgets the failures of an event that went well in the end. */
export async function forgetFailures(
  services: Services,
  subscriber: string,
  event: HeardEvent,
): Promise<void> {
  try {
    await services.db.transact(event.tenantId, (tx) =>
      clearFailures(tx, event.tenantId, subscriber, event.aggregateId, event.seq),
    );
  } catch (error) {
    services.log.warn({ err: error, subscriber }, "outbox failure not cleared");
  }
}

export function codeOf(error: unknown): string {
  if (error instanceof AppError) return error.code;
  return "internal";
}

function retryAfterOf(error: unknown): number {
  return error instanceof ExternalError ? Math.min(error.retryAfterMs ?? 0, 60_000) : 0;
}

function isOutage(error: unknown): boolean {
  if (error instanceof ExternalError) return error.system === "database";
  return (
    error instanceof AppError && (error.code === "platform/disk-full" || error.code === "platform/read-only")
  );
}
