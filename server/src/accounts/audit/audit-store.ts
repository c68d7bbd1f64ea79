// SQL over `audit_entry` and `audit_checkpoint`.
import type { TenantId } from "@yingda/contract";
import type { Tx } from "../../platform/db/index.ts";
import type { ChainEntry } from "./chain.ts";

interface EntryRow {
  seq: number;
  event_id: string;
  at: Date;
  action: string;
  actor_kind: string;
  actor_id: string | null;
  subject: string;
  subject_id: string | null;
  details: ChainEntry["details"];
  sealed_address: Buffer | null;
  link: Buffer;
}

/** An entry as it is stored. */
export interface LinkedEntry extends Omit<ChainEntry, "address"> {
  sealedAddress: Buffer | null;
  link: Buffer;
}

const columns =
  "seq, event_id, at, action, actor_kind, actor_id, subject, subject_id, details, sealed_address, link";

function fromRow(row: EntryRow): LinkedEntry {
  return {
    seq: Number(row.seq),
    eventId: row.event_id,
    at: row.at,
    action: row.action,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    subject: row.subject,
    subjectId: row.subject_id,
    details: row.details,
    sealedAddress: row.sealed_address,
    link: row.link,
  };
}

export interface Head {
  seq: number;
  link: Buffer;
  signature: Buffer;
}

/** Where the chain ends. The lock lets one writer at a time continue it, also across processes. */
export async function lockHead(tx: Tx, tenantId: TenantId): Promise<Head | undefined> {
  await tx.rows("select pg_advisory_xact_lock(hashtextextended('audit:' || $1, 0))", [tenantId]);
  return readHead(tx, tenantId);
}

export async function readHead(tx: Tx, tenantId: TenantId): Promise<Head | undefined> {
  const row = await tx.maybe<Head>("select seq, link, signature from audit_head where tenant_id = $1", [
    tenantId,
  ]);
  return row && { ...row, seq: Number(row.seq) };
}

export function writeHead(tx: Tx, tenantId: TenantId, head: Head): Promise<number> {
  return tx.run(
    `insert into audit_head (tenant_id, seq, link, signature) values ($1, $2, $3, $4)
     on conflict (tenant_id) do update set seq = excluded.seq, link = excluded.link, signature = excluded.signature`,
    [tenantId, head.seq, head.link, head.signature],
  );
}

export async function knownEvents(
  tx: Tx,
  tenantId: TenantId,
  eventIds: string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ event_id: string }>(
    "select event_id from audit_entry where tenant_id = $1 and event_id = any($2::uuid[])",
    [tenantId, eventIds],
  );
  return new Set(rows.map((row) => row.event_id));
}

export function insertEntries(tx: Tx, tenantId: TenantId, entries: LinkedEntry[]): Promise<number> {
  return tx.run(
    `insert into audit_entry (tenant_id, ${columns})
     select $1, * from unnest($2::bigint[], $3::uuid[], $4::timestamptz[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::text[], $10::jsonb[], $11::bytea[], $12::bytea[])`,
    [
      tenantId,
      entries.map((entry) => entry.seq),
      entries.map((entry) => entry.eventId),
      entries.map((entry) => entry.at),
      entries.map((entry) => entry.action),
      entries.map((entry) => entry.actorKind),
      entries.map((entry) => entry.actorId),
      entries.map((entry) => entry.subject),
      entries.map((entry) => entry.subjectId),
      entries.map((entry) => JSON.stringify(entry.details)),
      entries.map((entry) => entry.sealedAddress),
      entries.map((entry) => entry.link),
    ],
  );
}

/** Oldest first, after `seq`. */
export async function entriesAfter(
  tx: Tx,
  tenantId: TenantId,
  seq: number,
  limit: number,
): Promise<LinkedEntry[]> {
  const rows = await tx.rows<EntryRow>(
    `select ${columns} from audit_entry where tenant_id = $1 and seq > $2 order by seq limit $3`,
    [tenantId, seq, limit],
  );
  return rows.map(fromRow);
}

/** Newest first, before `seq` (null: from the newest). */
export async function entriesBefore(
  tx: Tx,
  tenantId: TenantId,
  seq: number | null,
  limit: number,
  action: string | null,
): Promise<LinkedEntry[]> {
  const rows = await tx.rows<EntryRow>(
    `select ${columns} from audit_entry
     where tenant_id = $1 and ($2::bigint is null or seq < $2) and ($4::text is null or action = $4) order by seq desc limit $3`,
    [tenantId, seq, limit, action],
  );
  return rows.map(fromRow);
}

export interface Checkpoint {
  seq: number;
  link: Buffer;
  at: Date;
  signature: Buffer;
}

export async function newestCheckpoint(tx: Tx, tenantId: TenantId): Promise<Checkpoint | undefined> {
  const row = await tx.maybe<Checkpoint>(
    "select seq, link, at, signature from audit_checkpoint where tenant_id = $1 order by seq desc limit 1",
    [tenantId],
  );
  return row && { ...row, seq: Number(row.seq) };
}

export function insertCheckpoint(tx: Tx, tenantId: TenantId, checkpoint: Checkpoint): Promise<number> {
  return tx.run(
    "insert into audit_checkpoint (tenant_id, seq, link, at, signature) values ($1, $2, $3, $4, $5)",
    [tenantId, checkpoint.seq, checkpoint.link, checkpoint.at, checkpoint.signature],
  );
}

export async function lastEntryBefore(
  tx: Tx,
  tenantId: TenantId,
  at: Date,
): Promise<{ seq: number; link: Buffer } | undefined> {
  const row = await tx.maybe<{ seq: number; link: Buffer }>(
    "select seq, link from audit_entry where tenant_id = $1 and at < $2 order by seq desc limit 1",
    [tenantId, at],
  );
  return row && { seq: Number(row.seq), link: row.link };
}

export function deleteEntriesUpTo(tx: Tx, tenantId: TenantId, seq: number): Promise<number> {
  return tx.run("delete from audit_entry where tenant_id = $1 and seq <= $2", [tenantId, seq]);
}
