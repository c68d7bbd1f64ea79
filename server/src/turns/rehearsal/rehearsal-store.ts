// SQL of rehearsals. Cases and results hold customers' words and are sealed.

import type { RehearsalCaseId, RehearsalRunId, RehearsalSums, TenantId } from "@yingda/contract";
import type { Tx } from "../../platform/db/index.ts";

export interface CaseRow {
  id: RehearsalCaseId;
  isGate: boolean;
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
export const resultsPlace = (id: RehearsalRunId) => ({
  table: "rehearsal_run",
  column: "sealed_results",
  row: id,
});

const caseColumns = `id, is_gate as "isGate", sealed_turns as "sealedTurns", created_at as "createdAt"`;
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

export async function putCase(tx: Tx, tenantId: TenantId, row: CaseRow): Promise<void> {
  await tx.run(
    `insert into rehearsal_case (tenant_id, id, is_gate, sealed_turns, created_at) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id, id) do update set is_gate = excluded.is_gate, sealed_turns = excluded.sealed_turns`,
    [tenantId, row.id, row.isGate, row.sealedTurns, row.createdAt],
  );
}

export function deleteCases(tx: Tx, tenantId: TenantId, ids: readonly RehearsalCaseId[]): Promise<CaseRow[]> {
  return tx.rows<CaseRow>(
    `delete from rehearsal_case where tenant_id = $1 and id = any($2::uuid[]) returning ${caseColumns}`,
    [tenantId, ids],
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

/** Moves a run that is still going; false when it was cancelled or has ended. */
export async function moveRun(
  tx: Tx,
  tenantId: TenantId,
  id: RehearsalRunId,
  to: { state: RunRow["state"]; done: number; sums?: RehearsalSums; sealedResults?: Buffer },
): Promise<boolean> {
  const moved = await tx.run(
    `update rehearsal_run set state = $3, done = $4, sums = coalesce($5::jsonb, sums),
       sealed_results = coalesce($6, sealed_results)
     where tenant_id = $1 and id = $2 and state in ('waiting', 'running')`,
    [tenantId, id, to.state, to.done, to.sums ? JSON.stringify(to.sums) : null, to.sealedResults ?? null],
  );
  return moved > 0;
}
