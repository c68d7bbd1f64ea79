// SQL of kept answers.

import type { TenantId } from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";

export interface KeptRow {
  id: string;
  model: string;
  prompt: string;
  sealed_text: Buffer;
  input_tokens: number;
  output_tokens: number;
}

export const keptPlace = (id: string) => ({ table: "kept_answer", column: "sealed_text", row: id });

/** Notes the use; undefined for none that is younger than `since`. */
export function takeKept(
  tx: Tx,
  tenantId: TenantId,
  key: Buffer,
  since: Date,
  at: Date,
): Promise<KeptRow | undefined> {
  return tx.maybe<KeptRow>(
    `update kept_answer set used_at = $4 where tenant_id = $1 and key = $2 and kept_at >= $3
     returning id, model, prompt, sealed_text, input_tokens, output_tokens`,
    [tenantId, key, since, at],
  );
}

/** The newer of two that were made at once stays. */
export async function putKept(
  tx: Tx,
  tenantId: TenantId,
  key: Buffer,
  { id, model, prompt, sealed_text, input_tokens, output_tokens }: KeptRow,
  at: Date,
): Promise<void> {
  await tx.run("delete from kept_answer where tenant_id = $1 and key = $2", [tenantId, key]);
  await tx.run(
    `insert into kept_answer (tenant_id, id, key, model, prompt, sealed_text, input_tokens, output_tokens, kept_at, used_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) on conflict (tenant_id, key) do nothing`,
    [tenantId, id, key, model, prompt, sealed_text, input_tokens, output_tokens, at],
  );
}

/** Ends what is too old and, beyond `most`, what was used longest ago. */
export async function trimKept(tx: Tx, tenantId: TenantId, since: Date, most: number): Promise<void> {
  await tx.run(
    `delete from kept_answer where tenant_id = $1 and (kept_at < $2 or id in
       (select id from kept_answer where tenant_id = $1 order by used_at desc, id desc offset $3))`,
    [tenantId, since, most],
  );
}

export async function countKept(tx: Tx, tenantId: TenantId, since: Date): Promise<number> {
  const { count } = await tx.one<{ count: number }>(
    "select count(*)::int as count from kept_answer where tenant_id = $1 and kept_at >= $2",
    [tenantId, since],
  );
  return count;
}

export function deleteKept(tx: Tx, tenantId: TenantId): Promise<number> {
  return tx.run("delete from kept_answer where tenant_id = $1", [tenantId]);
}
