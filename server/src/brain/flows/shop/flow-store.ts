// SQL for the flows that a tenant has switched on or written anew, and for what was published when.

import type { TenantId, UserId } from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";

export interface FlowRow {
  flow: string;
  is_on: boolean;
  version: number;
  /** Null: the shipped text; of a flow that does not ship: nothing is published yet. */
  yaml: string | null;
  tools: "demo" | null;
  /** What is written and not published. */
  draft: string | null;
  /** Null: those that ship. */
  dialogues: string | null;
  /** Number of the latest version of the tenant's own text; goes up only. */
  published: number;
  deleted_at: Date | null;
}

export interface ByWhom {
  userId: UserId | null;
  at: Date;
}

const columns = "flow, is_on, version, yaml, tools, draft, dialogues, published, deleted_at";

/** The living ones. */
export function listFlowRows(tx: Tx, tenantId: TenantId): Promise<FlowRow[]> {
  return tx.rows<FlowRow>(
    `select ${columns} from tenant_flow where tenant_id = $1 and deleted_at is null order by flow`,
    [tenantId],
  );
}

/** A living one. */
export function findFlowRow(tx: Tx, tenantId: TenantId, flow: string): Promise<FlowRow | undefined> {
  return tx.maybe<FlowRow>(
    `select ${columns} from tenant_flow where tenant_id = $1 and flow = $2 and deleted_at is null`,
    [tenantId, flow],
  );
}

/** Living or deleted. */
export function findAnyFlowRow(tx: Tx, tenantId: TenantId, flow: string): Promise<FlowRow | undefined> {
  return tx.maybe<FlowRow>(`select ${columns} from tenant_flow where tenant_id = $1 and flow = $2`, [
    tenantId,
    flow,
  ]);
}

/** Makes others who write a flow of this tenant wait until the transaction ends. */
export async function lockFlows(tx: Tx, tenantId: TenantId): Promise<void> {
  await tx.rows("select pg_advisory_xact_lock(hashtextextended('tenant_flow' || $1::text, 0))", [tenantId]);
}

/** All of them, deleted ones as well: their ids are not given again. */
export function listAllFlowRows(tx: Tx, tenantId: TenantId): Promise<FlowRow[]> {
  return tx.rows<FlowRow>(`select ${columns} from tenant_flow where tenant_id = $1`, [tenantId]);
}

/** Writes all of a row; its version is the next one, counted from the one that stands. */
export function putFlowRow(
  tx: Tx,
  tenantId: TenantId,
  row: Omit<FlowRow, "version">,
  { userId, at }: ByWhom,
): Promise<FlowRow> {
  return tx.one<FlowRow>(
    `insert into tenant_flow (tenant_id, flow, is_on, yaml, tools, draft, dialogues, published, deleted_at, changed_at, changed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (tenant_id, flow) do update set is_on = excluded.is_on, yaml = excluded.yaml, tools = excluded.tools,
       draft = excluded.draft, dialogues = excluded.dialogues, published = excluded.published,
       deleted_at = excluded.deleted_at, changed_at = excluded.changed_at, changed_by = excluded.changed_by,
       version = tenant_flow.version + 1
     returning ${columns}`,
    [
      tenantId,
      row.flow,
      row.is_on,
      row.yaml,
      row.tools,
      row.draft,
      row.dialogues,
      row.published,
      row.deleted_at,
      at,
      userId,
    ],
  );
}

export interface VersionRow {
  number: number;
  published_at: Date;
  published_by: UserId | null;
}

/** Newest first, without their texts. */
export function listVersionRows(tx: Tx, tenantId: TenantId, flow: string): Promise<VersionRow[]> {
  return tx.rows<VersionRow>(
    `select number, published_at, published_by from tenant_flow_version
     where tenant_id = $1 and flow = $2 order by number desc`,
    [tenantId, flow],
  );
}

export async function findVersionText(
  tx: Tx,
  tenantId: TenantId,
  flow: string,
  number: number,
): Promise<string | null> {
  const row = await tx.maybe<{ yaml: string }>(
    "select yaml from tenant_flow_version where tenant_id = $1 and flow = $2 and number = $3",
    [tenantId, flow, number],
  );
  return row?.yaml ?? null;
}

/** Keeps a published text, and only the newest `most` of the flow. */
export async function addVersion(
  tx: Tx,
  tenantId: TenantId,
  { flow, number, yaml, most }: { flow: string; number: number; yaml: string; most: number },
  { userId, at }: ByWhom,
): Promise<void> {
  await tx.run(
    `insert into tenant_flow_version (tenant_id, flow, number, yaml, published_at, published_by)
     values ($1, $2, $3, $4, $5, $6)`,
    [tenantId, flow, number, yaml, at, userId],
  );
  await tx.run("delete from tenant_flow_version where tenant_id = $1 and flow = $2 and number <= $3", [
    tenantId,
    flow,
    number - most,
  ]);
}

/** Ends what can no longer be restored, with its versions. System role: all tenants. */
export async function purgeDeletedFlows(tx: Tx, before: Date): Promise<number> {
  await tx.run(
    `delete from tenant_flow_version v using tenant_flow f
     where f.tenant_id = v.tenant_id and f.flow = v.flow and f.deleted_at < $1`,
    [before],
  );
  return tx.run("delete from tenant_flow where deleted_at < $1", [before]);
}
