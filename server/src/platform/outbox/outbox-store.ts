// SQL of the outbox: events, lanes, leases, failures. Only this folder calls it.
import type { EventKind, TenantId } from "@yingda/contract";
import type { Db, NamedStatement, Tx } from "../db/transact.ts";
import type { DeadLetter, HeardEvent } from "./types.ts";

interface EventRow {
  tenant_id: TenantId;
  aggregate_id: string;
  seq: number;
  id: string;
  kind: EventKind;
  at: Date;
  payload: HeardEvent["payload"];
}

function presentEvent(row: EventRow): HeardEvent {
  const { tenant_id: tenantId, aggregate_id: aggregateId, seq, id, kind, at, payload } = row;
  return { tenantId, aggregateId, seq, id, kind, at, payload } as HeardEvent;
}

const readEventsStatement: NamedStatement = {
  name: "outbox-read",
  text: `select tenant_id, aggregate_id, seq, id, kind, at, payload from outbox_event
    where tenant_id = $1 and aggregate_id = $2 and seq > $3 order by seq limit $4`,
};

/** Events of one aggregate after a position, in order. */
export async function readEvents(
  db: Db,
  tenantId: TenantId,
  aggregateId: string,
  afterSeq: number,
  limit: number,
): Promise<HeardEvent[]> {
  const rows = await db.once<EventRow>(tenantId, readEventsStatement, [
    tenantId,
    aggregateId,
    afterSeq,
    limit,
  ]);
  return rows.map(presentEvent);
}

export interface LoadedAggregate {
  tenantId: TenantId;
  id: string;
  lastSeq: number;
  positions: Map<string, number>;
  events: HeardEvent[];
}

/**
 * Aggregates with their lanes and every event since an instant, or after the position given. Events and last position come from one statement, that
 * is one snapshot: nothing below `lastSeq` can appear later.
 */
export async function loadAggregates(
  tx: Tx,
  wanted: readonly { tenantId: TenantId; id: string; afterSeq: number }[],
  since: Date,
): Promise<LoadedAggregate[]> {
  const keys = [wanted.map(({ tenantId }) => tenantId), wanted.map(({ id }) => id)];
  const rows = await tx.rows<
    { tenant_id: TenantId; aggregate_id: string; last: number } & (EventRow | { id: null })
  >(
    `select a.tenant_id, a.aggregate_id, a.seq as last, e.seq, e.id, e.kind, e.at, e.payload
     from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as w (tenant_id, aggregate_id, after_seq)
     join outbox_aggregate a on a.tenant_id = w.tenant_id and a.aggregate_id = w.aggregate_id
     left join outbox_event e on e.tenant_id = a.tenant_id and e.aggregate_id = a.aggregate_id and (e.at >= $4 or e.seq > w.after_seq)
     order by a.tenant_id, a.aggregate_id, e.seq`,
    [...keys, wanted.map(({ afterSeq }) => afterSeq), since],
  );
  const lanes = await tx.rows<{ aggregate_id: string; subscriber: string; done_seq: number }>(
    `select l.aggregate_id, l.subscriber, l.done_seq from unnest($1::uuid[], $2::uuid[]) as w (tenant_id, aggregate_id)
     join outbox_lane l on l.tenant_id = w.tenant_id and l.aggregate_id = w.aggregate_id`,
    keys,
  );
  const found = new Map<string, LoadedAggregate>();
  for (const row of rows) {
    let entry = found.get(row.aggregate_id);
    if (!entry) {
      entry = {
        tenantId: row.tenant_id,
        id: row.aggregate_id,
        lastSeq: row.last,
        positions: new Map(),
        events: [],
      };
      found.set(entry.id, entry);
    }
    if (row.id !== null) entry.events.push(presentEvent(row));
  }
  for (const lane of lanes) found.get(lane.aggregate_id)?.positions.set(lane.subscriber, lane.done_seq);
  return [...found.values()];
}

/** The last position of every aggregate of these shards that had an event since an instant. */
export function findRecent(
  tx: Tx,
  shards: readonly number[],
  since: Date,
): Promise<{ tenantId: TenantId; id: string; lastSeq: number }[]> {
  return tx.rows(
    `select tenant_id as "tenantId", aggregate_id as "id", max(seq) as "lastSeq" from outbox_event
     where at >= $1 and outbox_shard(aggregate_id) = any($2::int[]) group by tenant_id, aggregate_id`,
    [since, shards],
  );
}

const doneStatement: NamedStatement = { name: "outbox-done", text: "select outbox_done($1, $2, $3, $4, $5)" };

/** Moves a lane on its own, where the handler had no rows of its own to write it with. */
export async function writePosition(
  db: Db,
  tenantId: TenantId,
  subscriber: string,
  aggregateId: string,
  fromSeq: number,
  toSeq: number,
): Promise<void> {
  await db.once(tenantId, doneStatement, [tenantId, subscriber, aggregateId, fromSeq, toSeq]);
}

export async function writePositions(
  tx: Tx,
  tenantId: TenantId,
  subscriber: string,
  positions: readonly { aggregateId: string; fromSeq: number; toSeq: number }[],
): Promise<void> {
  const [only] = positions;
  if (only && positions.length === 1) {
    await tx.run(doneStatement.text, [tenantId, subscriber, only.aggregateId, only.fromSeq, only.toSeq]);
    return;
  }
  await tx.run("select outbox_done_many($1, $2, $3::uuid[], $4::bigint[], $5::bigint[])", [
    tenantId,
    subscriber,
    positions.map(({ aggregateId }) => aggregateId),
    positions.map(({ fromSeq }) => fromSeq),
    positions.map(({ toSeq }) => toSeq),
  ]);
}

export interface Failure {
  tenantId: TenantId;
  subscriber: string;
  aggregateId: string;
  seq: number;
  kind: EventKind;
  errorCode: string;
  at: Date;
}

/** Counts one more failed attempt at an event; resolves to how many there were, on whatever node. */
export async function countFailure(tx: Tx, id: string, failure: Failure): Promise<number> {
  const row = await tx.one<{ attempts: number }>(
    `insert into outbox_failure as f (tenant_id, id, subscriber, aggregate_id, seq, event_kind, attempts, error_code, created_at)
     values ($1, $2, $3, $4, $5, $6, 1, $7, $8)
     on conflict (tenant_id, subscriber, aggregate_id, seq) do update set attempts = f.attempts + 1, error_code = excluded.error_code
     returning attempts`,
    [
      failure.tenantId,
      id,
      failure.subscriber,
      failure.aggregateId,
      failure.seq,
      failure.kind,
      failure.errorCode,
      failure.at,
    ],
  );
  return row.attempts;
}

/** Says when the next attempt is due; null buries the event: it is dead until a person tries it again. */
export async function planRetry(tx: Tx, failure: Failure, nextAttemptAt: Date | null): Promise<void> {
  await tx.run(
    `update outbox_failure set next_attempt_at = $5, is_dead = $5::timestamptz is null
     where tenant_id = $1 and subscriber = $2 and aggregate_id = $3 and seq = $4`,
    [failure.tenantId, failure.subscriber, failure.aggregateId, failure.seq, nextAttemptAt],
  );
}

/** Forgets failures of a lane up to a position: what was retried and went well. Dead ones stay. */
export async function clearFailures(
  tx: Tx,
  tenantId: TenantId,
  subscriber: string,
  aggregateId: string,
  upToSeq: number,
): Promise<void> {
  await tx.run(
    "delete from outbox_failure where tenant_id = $1 and subscriber = $2 and aggregate_id = $3 and seq <= $4 and not is_dead",
    [tenantId, subscriber, aggregateId, upToSeq],
  );
}

/** Removes a dead letter in the transaction of its late effect; false when someone else was faster. */
export async function buryDeadLetter(tx: Tx, tenantId: TenantId, id: string): Promise<boolean> {
  return (
    (await tx.run("delete from outbox_failure where tenant_id = $1 and id = $2 and is_dead", [
      tenantId,
      id,
    ])) === 1
  );
}

const deadLetterColumns = `id, subscriber, event_kind as "eventKind", aggregate_id as "aggregateId", seq, attempts, error_code as "errorCode", created_at as "at"`;

export function listDeadLetters(tx: Tx, tenantId: TenantId, limit: number): Promise<DeadLetter[]> {
  return tx.rows(
    `select ${deadLetterColumns} from outbox_failure where tenant_id = $1 and is_dead order by created_at desc limit $2`,
    [tenantId, limit],
  );
}

export function findDeadLetter(tx: Tx, tenantId: TenantId, id: string): Promise<DeadLetter | undefined> {
  return tx.maybe(
    `select ${deadLetterColumns} from outbox_failure where tenant_id = $1 and id = $2 and is_dead`,
    [tenantId, id],
  );
}

/** Deletes up to `limit` events, and dead letters, from before an instant; resolves to how many went. */
export async function deleteBefore(tx: Tx, before: Date, limit: number): Promise<number> {
  await tx.run("delete from outbox_failure where is_dead and created_at < $1", [before]);
  return tx.run(
    "delete from outbox_event where ctid = any(array(select ctid from outbox_event where at < $1 order by at limit $2))",
    [before, limit],
  );
}
