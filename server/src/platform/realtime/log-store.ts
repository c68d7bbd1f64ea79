// SQL of the workbench's cursor: heads and the numbered log.
import type { EventKind, TenantId } from "@yingda/contract";
import type { Db, NamedStatement, Tx } from "../db/transact.ts";
import { refOf } from "../outbox/index.ts";
import type { EventRef, HeardEvent } from "../outbox/types.ts";

export interface NumberedRef {
  seq: number;
  ref: EventRef;
}

const numberStatement: NamedStatement = {
  name: "relay-number",
  text: `select seq, aggregate_id as "aggregateId", event_seq as "eventSeq" from relay_number($1, $2, $3::uuid[], $4::bigint[], $5::text[])`,
};

/** Gives the next numbers to visible events; those that have theirs already are left out. In the order of the numbers. */
export async function numberEvents(
  db: Db,
  tenantId: TenantId,
  at: Date,
  refs: readonly EventRef[],
): Promise<NumberedRef[]> {
  const rows = await db.once<{ seq: number; aggregateId: string; eventSeq: number }>(
    tenantId,
    numberStatement,
    [
      tenantId,
      at,
      refs.map((ref) => ref.aggregateId),
      refs.map((ref) => ref.seq),
      refs.map((ref) => ref.kind),
    ],
  );
  const byPosition = new Map(refs.map((ref) => [`${ref.aggregateId} ${ref.seq}`, ref]));
  const numbered: NumberedRef[] = [];
  for (const row of rows) {
    const ref = byPosition.get(`${row.aggregateId} ${row.eventSeq}`);
    if (ref) numbered.push({ seq: row.seq, ref });
  }
  return numbered.sort((a, b) => a.seq - b.seq);
}

const headStatement: NamedStatement = {
  name: "realtime-head",
  text: "select seq from realtime_head where tenant_id = $1",
};

export async function readHead(db: Db, tenantId: TenantId): Promise<number> {
  const [row] = await db.once<{ seq: number }>(tenantId, headStatement, [tenantId]);
  return row?.seq ?? 0;
}

const logStatement: NamedStatement = {
  name: "realtime-log",
  text: `select l.seq as number, e.tenant_id as "tenantId", e.aggregate_id as "aggregateId", e.seq, e.id, e.kind, e.at, e.payload
    from realtime_log l
    join outbox_event e on e.tenant_id = l.tenant_id and e.aggregate_id = l.aggregate_id and e.seq = l.event_seq
    where l.tenant_id = $1 and l.seq > $2 order by l.seq limit $3`,
};

/** Numbers after one, with their events. */
export async function readLog(
  db: Db,
  tenantId: TenantId,
  afterSeq: number,
  limit: number,
): Promise<NumberedRef[]> {
  const rows = await db.once<HeardEvent & { number: number }>(tenantId, logStatement, [
    tenantId,
    afterSeq,
    limit,
  ]);
  return rows.map(({ number, ...event }) => ({ seq: number, ref: refOf(event as HeardEvent) }));
}

const oldestStatement: NamedStatement = {
  name: "realtime-oldest",
  text: "select seq from realtime_log where tenant_id = $1 order by seq limit 1",
};

/** The oldest number that is kept; null when none is. */
export async function readOldest(db: Db, tenantId: TenantId): Promise<number | null> {
  const [row] = await db.once<{ seq: number }>(tenantId, oldestStatement, [tenantId]);
  return row?.seq ?? null;
}

/**
 * A new leader leaves a gap above what the old one gave: numbers are not flushed to disk one by one, so a database crash
 * may have taken the last of them back, and no number may ever be given twice.
 */
export async function leaveGap(tx: Tx, gap: number): Promise<void> {
  await tx.run("update realtime_head set seq = seq + $1", [gap]);
}

/** Events of these kinds since an instant that have no number: what a dead leader left. */
export async function findUnnumbered(
  tx: Tx,
  kinds: readonly EventKind[],
  since: Date,
  limit: number,
): Promise<EventRef[]> {
  const events = await tx.rows<HeardEvent>(
    `select e.tenant_id as "tenantId", e.aggregate_id as "aggregateId", e.seq, e.id, e.kind, e.at, e.payload from outbox_event e
     where e.at >= $1 and e.kind = any($2) and not exists (
       select from realtime_log l where l.tenant_id = e.tenant_id and l.aggregate_id = e.aggregate_id and l.event_seq = e.seq)
     order by e.at, e.aggregate_id, e.seq limit $3`,
    [since, kinds, limit],
  );
  return events.map(refOf);
}

/** When the newest number was given; null when none is kept. */
export async function newestNumberAt(tx: Tx): Promise<Date | null> {
  const row = await tx.maybe<{ at: Date }>("select at from realtime_log order by at desc limit 1");
  return row?.at ?? null;
}

/** Deletes up to `limit` numbers that are too old or too many; resolves to how many went. */
export async function trimLog(tx: Tx, before: Date, keep: number, limit: number): Promise<number> {
  const old = await tx.run(
    "delete from realtime_log where ctid = any(array(select ctid from realtime_log where at < $1 limit $2))",
    [before, limit],
  );
  const many = await tx.run(
    `delete from realtime_log where ctid = any(array(
       select l.ctid from realtime_head h join realtime_log l on l.tenant_id = h.tenant_id and l.seq <= h.seq - $1 limit $2))`,
    [keep, limit],
  );
  return old + many;
}
