// SQL for what tools were asked to change. Owner: turns.
import type { ConversationId } from "@yingda/contract";
import type { Tx } from "../../platform/db/index.ts";

export type ToolRunState = "asked" | "running" | "done" | "failed" | "unknown";

export interface ToolRunRow {
  id: string;
  conversationId: ConversationId;
  flow: string;
  step: string;
  tool: string;
  key: string;
  state: ToolRunState;
  attempts: number;
  sealedWork: Buffer;
  sealedAnswer: Buffer | null;
  toldAt: Date | null;
}

export type NewToolRun = Pick<
  ToolRunRow,
  "id" | "conversationId" | "flow" | "step" | "tool" | "key" | "sealedWork"
>;

const columns = `id, conversation_id as "conversationId", flow, step, tool, key, state, attempts,
  sealed_work as "sealedWork", sealed_answer as "sealedAnswer", told_at as "toldAt"`;

/** False when the key is there already: it was asked before, and is not asked again. */
export async function putToolRun(tx: Tx, tenantId: string, run: NewToolRun, at: Date): Promise<boolean> {
  const row = await tx.maybe(
    `insert into tool_run (tenant_id, id, conversation_id, flow, step, tool, key, state, sealed_work, asked_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'asked', $8, $9)
     on conflict (tenant_id, key) do nothing returning id`,
    [tenantId, run.id, run.conversationId, run.flow, run.step, run.tool, run.key, run.sealedWork, at],
  );
  return row !== undefined;
}

export function findToolRun(tx: Tx, id: string): Promise<ToolRunRow | undefined> {
  return tx.maybe<ToolRunRow>(`select ${columns} from tool_run where id = $1`, [id]);
}

/** The row, locked: whoever starts it first has it. */
export function lockToolRun(tx: Tx, id: string): Promise<ToolRunRow | undefined> {
  return tx.maybe<ToolRunRow>(`select ${columns} from tool_run where id = $1 for update`, [id]);
}

export async function startToolRun(tx: Tx, id: string): Promise<void> {
  await tx.run("update tool_run set state = 'running', attempts = attempts + 1 where id = $1", [id]);
}

/** Writes what came of it. What was done wins over "nobody knows", however late it is heard; true when it was written. */
export async function endToolRun(
  tx: Tx,
  id: string,
  { state, sealedAnswer }: { state: "done" | "failed" | "unknown"; sealedAnswer: Buffer | null },
  at: Date,
): Promise<boolean> {
  const row = await tx.maybe(
    `update tool_run set state = $2, sealed_answer = $3, ended_at = $4
     where id = $1 and (state = 'running' or (state = 'unknown' and $2 <> 'unknown')) returning id`,
    [id, state, sealedAnswer, at],
  );
  return row !== undefined;
}

/** False when it was told before. */
export async function markTold(tx: Tx, id: string, at: Date): Promise<boolean> {
  const row = await tx.maybe(
    "update tool_run set told_at = $2 where id = $1 and told_at is null returning id",
    [id, at],
  );
  return row !== undefined;
}

/** Runs asked before this instant of which nobody has been told, of all tenants; system role. */
export function forgottenToolRuns(
  tx: Tx,
  before: Date,
  limit: number,
): Promise<{ tenantId: string; id: string; conversationId: ConversationId }[]> {
  return tx.rows(
    `select tenant_id as "tenantId", id, conversation_id as "conversationId" from tool_run
     where told_at is null and asked_at < $1 order by asked_at limit $2`,
    [before, limit],
  );
}
