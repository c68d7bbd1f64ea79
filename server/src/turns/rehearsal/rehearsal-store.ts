// SQL of rehearsals. Cases and results hold customers' words and are sealed.

import type {
  ConversationId,
  RehearsalCaseId,
  RehearsalRunId,
  RehearsalSums,
  TenantId,
} from "@yingda/contract";
import type { Tx } from "../../platform/db/index.ts";

export interface CaseRow {
  id: RehearsalCaseId;
  isGate: boolean;
  conversationId: ConversationId | null;
  sealedTurns: Buffer;
  createdAt: Date;
}
export interface RunRow {
  id: RehearsalRunId;
  area: "live" | "test";
  state: "waiting" | "running" | "done" | "cancelled" | "failed";
  done: number;
  total: number;
  sums: RehearsalSums | null;
  createdAt: Date;
}

export const turnsPlace = (id: RehearsalCaseId) => ({
  table: "rehearsal_case",
  column: "sealed_turns",
  row: id,
});
export const linesPlace = (run: RehearsalRunId, id: RehearsalCaseId) => ({
  table: "rehearsal_result",
  column: "sealed_lines",
  row: `${run}:${id}`,
});
/** Of runs before results stood line by line. */
export const resultsPlace = (id: RehearsalRunId) => ({
  table: "rehearsal_run",
  column: "sealed_results",
  row: id,
});

const caseColumns = `id, is_gate as "isGate", conversation_id as "conversationId", sealed_turns as "sealedTurns", created_at as "createdAt"`;
const runColumns = `id, area, state, done, total, sums, created_at as "createdAt"`;
const keptRuns = 20;

export function listCaseRows(tx: Tx, tenantId: TenantId): Promise<CaseRow[]> {
  return tx.rows<CaseRow>(`select ${caseColumns} from rehearsal_case where tenant_id = $1 order by id desc`, [
    tenantId,
  ]);
}

export function findCase(tx: Tx, tenantId: TenantId, id: RehearsalCaseId): Promise<CaseRow | undefined> {
  return tx.maybe<CaseRow>(
    `select ${caseColumns} from rehearsal_case where tenant_id = $1 and id = $2 for update`,
    [tenantId, id],
  );
}

/** How many there are. Makes others who add some wait until this transaction ends, so that the limit holds. */
export async function countCases(tx: Tx, tenantId: TenantId): Promise<number> {
  await tx.rows("select pg_advisory_xact_lock(hashtextextended('rehearsal_case' || $1::text, 0))", [
    tenantId,
  ]);
  const { count } = await tx.one<{ count: number }>(
    "select count(*)::int as count from rehearsal_case where tenant_id = $1",
    [tenantId],
  );
  return count;
}

/** Nothing is put where its conversation has been taken by another case. */
export async function putCase(tx: Tx, tenantId: TenantId, row: CaseRow): Promise<void> {
  await insertCase(
    tx,
    tenantId,
    row,
    "on conflict (tenant_id, id) do update set is_gate = excluded.is_gate, sealed_turns = excluded.sealed_turns",
  );
}

/** False when the conversation was taken before. Fails with PostgreSQL's 23503 when it has gone. */
export async function addRecordCase(tx: Tx, tenantId: TenantId, row: CaseRow): Promise<boolean> {
  return (await insertCase(tx, tenantId, row, "on conflict do nothing")) > 0;
}

function insertCase(tx: Tx, tenantId: TenantId, row: CaseRow, onConflict: string): Promise<number> {
  return tx.run(
    `insert into rehearsal_case (tenant_id, id, is_gate, sealed_turns, created_at, conversation_id)
     select $1, $2, $3, $4, $5, $6::uuid
     where not exists (select from rehearsal_case k where k.tenant_id = $1 and k.conversation_id = $6 and k.id <> $2)
     ${onConflict}`,
    [tenantId, row.id, row.isGate, row.sealedTurns, row.createdAt, row.conversationId],
  );
}

/** Which of these conversations are rehearsed already. */
export async function knownConversations(
  tx: Tx,
  tenantId: TenantId,
  ids: readonly ConversationId[],
): Promise<Set<ConversationId>> {
  const rows = await tx.rows<{ id: ConversationId }>(
    "select conversation_id as id from rehearsal_case where tenant_id = $1 and conversation_id = any($2::uuid[])",
    [tenantId, ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** `ofRecord`: also those that were made from the record. */
export function deleteCases(
  tx: Tx,
  tenantId: TenantId,
  ids: readonly RehearsalCaseId[],
  ofRecord: boolean,
): Promise<CaseRow[]> {
  return tx.rows<CaseRow>(
    `delete from rehearsal_case where tenant_id = $1 and id = any($2::uuid[]) and ($3 or conversation_id is null)
     returning ${caseColumns}`,
    [tenantId, ids, ofRecord],
  );
}

export async function insertRun(tx: Tx, tenantId: TenantId, run: RunRow): Promise<void> {
  await tx.run(
    `insert into rehearsal_run (tenant_id, id, area, state, total, created_at) values ($1, $2, $3, $4, $5, $6)`,
    [tenantId, run.id, run.area, run.state, run.total, run.createdAt],
  );
  await tx.run(
    `delete from rehearsal_run where tenant_id = $1 and id not in
       (select id from rehearsal_run where tenant_id = $1 order by id desc limit ${keptRuns})`,
    [tenantId],
  );
}

export function listRunRows(tx: Tx, tenantId: TenantId): Promise<RunRow[]> {
  return tx.rows<RunRow>(
    `select ${runColumns} from rehearsal_run where tenant_id = $1 order by id desc limit ${keptRuns}`,
    [tenantId],
  );
}

export function findRun(
  tx: Tx,
  tenantId: TenantId,
  id: RehearsalRunId,
): Promise<(RunRow & { sealedResults: Buffer | null }) | undefined> {
  return tx.maybe(
    `select ${runColumns}, sealed_results as "sealedResults" from rehearsal_run where tenant_id = $1 and id = $2`,
    [tenantId, id],
  );
}

/** Moves a run that is still going, or whose last attempt failed; false when it was cancelled or is done. */
export async function moveRun(
  tx: Tx,
  tenantId: TenantId,
  id: RehearsalRunId,
  to: { state: RunRow["state"]; done: number; sums?: RehearsalSums },
): Promise<boolean> {
  const moved = await tx.run(
    `update rehearsal_run set state = $3, done = $4, sums = coalesce($5::jsonb, sums)
     where tenant_id = $1 and id = $2 and state in ('waiting', 'running', 'failed')`,
    [tenantId, id, to.state, to.done, to.sums ? JSON.stringify(to.sums) : null],
  );
  return moved > 0;
}

/** What came of one case, in the order of the run. Nothing is kept of a case whose conversation has gone meanwhile. */
export interface ResultRow {
  caseId: RehearsalCaseId;
  place: number;
  conversationId: ConversationId | null;
  sealedLines: Buffer;
}

export async function insertResults(
  tx: Tx,
  tenantId: TenantId,
  run: RehearsalRunId,
  rows: readonly ResultRow[],
): Promise<void> {
  await tx.run("delete from rehearsal_result where tenant_id = $1 and run_id = $2", [tenantId, run]);
  await tx.run(
    `insert into rehearsal_result (tenant_id, run_id, case_id, place, conversation_id, sealed_lines)
     select $1, $2, u.id, u.place, u.conversation, u.sealed
     from unnest($3::uuid[], $4::int[], $5::uuid[], $6::bytea[]) as u (id, place, conversation, sealed)
     where u.conversation is null or exists (select from rehearsal_case k
       where k.tenant_id = $1 and k.conversation_id = u.conversation)`,
    [
      tenantId,
      run,
      rows.map(({ caseId }) => caseId),
      rows.map(({ place }) => place),
      rows.map(({ conversationId }) => conversationId),
      rows.map(({ sealedLines }) => sealedLines),
    ],
  );
}

export function listResults(tx: Tx, tenantId: TenantId, run: RehearsalRunId): Promise<ResultRow[]> {
  return tx.rows<ResultRow>(
    `select case_id as "caseId", place, conversation_id as "conversationId", sealed_lines as "sealedLines"
     from rehearsal_result where tenant_id = $1 and run_id = $2 order by place`,
    [tenantId, run],
  );
}
