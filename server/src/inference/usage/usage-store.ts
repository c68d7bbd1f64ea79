// SQL for calls and the budget. Money in millionths of a yuan.

import type { ModelPrice, TenantId } from "@yingda/contract";
import type { Tx } from "../../platform/db/index.ts";

export interface CallRow {
  id: string;
  at: Date;
  kind: "llm" | "embedding";
  model: string;
  task: string;
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
  isEstimated: boolean;
  isFailed: boolean;
  tookMs: number;
  costMicros: number;
  isAssumed: boolean;
  /** No call: a kept answer made it needless, and saved this. */
  isKept: boolean;
  savedMicros: number;
  conversationId: string | null;
  channel: string | null;
  intent: string | null;
}
export interface BudgetRow {
  monthlyMicros: number;
  stops: boolean;
  prices: Record<string, ModelPrice>;
  warnedMonth: string | null;
  stoppedMonth: string | null;
}
export interface SumRow {
  key: string;
  calls: number;
  failed: number;
  inputTokens: number;
  outputTokens: number;
  micros: number;
  estimated: number;
  assumed: number;
  saved: number;
  savedMicros: number;
}

export async function insertCall(tx: Tx, tenantId: TenantId, call: CallRow): Promise<void> {
  await tx.run(
    `insert into usage_call (tenant_id, id, at, kind, model, task, input_tokens, cached_input_tokens, output_tokens,
       is_estimated, is_failed, took_ms, cost_micros, is_assumed, conversation_id, channel, intent,
       is_kept, saved_micros)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      tenantId,
      call.id,
      call.at,
      call.kind,
      call.model,
      call.task,
      call.inputTokens,
      call.cachedInputTokens,
      call.outputTokens,
      call.isEstimated,
      call.isFailed,
      call.tookMs,
      call.costMicros,
      call.isAssumed,
      call.conversationId,
      call.channel,
      call.intent,
      call.isKept,
      call.savedMicros,
    ],
  );
}

export async function sumMicros(tx: Tx, tenantId: TenantId, from: Date, to: Date): Promise<number> {
  const { micros } = await tx.one<{ micros: string }>(
    `select coalesce(sum(cost_micros), 0)::text as micros from usage_call where tenant_id = $1 and at >= $2 and at < $3`,
    [tenantId, from, to],
  );
  return Number(micros);
}

const keys = {
  day: "to_char(at at time zone $4, 'YYYY-MM-DD')",
  model: "model",
  task: "task",
  channel: "coalesce(channel, '')",
  intent: "coalesce(intent, '')",
  // a rehearsal's calls are booked to its run, on no channel: no conversation with a customer
  conversation: "case when channel is null then '' else coalesce(conversation_id::text, '') end",
} as const;
export type GroupBy = keyof typeof keys;

/** Sums of a period by one thing, dearest first (days in order); "" where a call was about none. Conversations are counted, so all of them. */
export async function sumBy(
  tx: Tx,
  tenantId: TenantId,
  by: GroupBy,
  { from, to, timeZone }: { from: Date; to: Date; timeZone: string },
): Promise<SumRow[]> {
  const rows = await tx.rows<Record<keyof SumRow, string | number> & { key: string }>(
    `select ${keys[by]} as key, (count(*) filter (where not is_kept))::int as calls, (count(*) filter (where is_failed))::int as failed,
       sum(input_tokens)::text as "inputTokens", sum(output_tokens)::text as "outputTokens",
       sum(cost_micros)::text as micros, (count(*) filter (where is_estimated))::int as estimated,
       (count(*) filter (where is_assumed))::int as assumed, (count(*) filter (where is_kept))::int as saved,
       sum(saved_micros)::text as "savedMicros"
     from usage_call where tenant_id = $1 and at >= $2 and at < $3 and $4::text is not null
     group by 1 order by ${by === "day" ? "1" : "sum(cost_micros) desc, 1"} limit ${by === "conversation" ? "all" : "2000"}`,
    [tenantId, from, to, timeZone],
  );
  return rows.map(({ key, ...sums }) => ({
    key,
    calls: Number(sums.calls),
    failed: Number(sums.failed),
    inputTokens: Number(sums.inputTokens),
    outputTokens: Number(sums.outputTokens),
    micros: Number(sums.micros),
    estimated: Number(sums.estimated),
    assumed: Number(sums.assumed),
    saved: Number(sums.saved),
    savedMicros: Number(sums.savedMicros),
  }));
}

export async function readBudget(tx: Tx, tenantId: TenantId): Promise<BudgetRow | null> {
  const row = await tx.maybe<BudgetRow & { monthlyMicros: string | number }>(
    `select monthly_micros::text as "monthlyMicros", stops, prices, warned_month as "warnedMonth",
       stopped_month as "stoppedMonth" from usage_budget where tenant_id = $1`,
    [tenantId],
  );
  return row === undefined ? null : { ...row, monthlyMicros: Number(row.monthlyMicros) };
}

/** A new limit may warn anew. */
export async function writeBudget(
  tx: Tx,
  tenantId: TenantId,
  { monthlyMicros, stops, prices }: Pick<BudgetRow, "monthlyMicros" | "stops" | "prices">,
): Promise<void> {
  await tx.run(
    `insert into usage_budget (tenant_id, monthly_micros, stops, prices) values ($1, $2, $3, $4::jsonb)
     on conflict (tenant_id) do update set monthly_micros = excluded.monthly_micros, stops = excluded.stops,
       prices = excluded.prices, warned_month = null, stopped_month = null`,
    [tenantId, monthlyMicros, stops, JSON.stringify(prices)],
  );
}

/** True for the one who may tell the owner: once a month for each of the two. */
export async function takeTelling(
  tx: Tx,
  tenantId: TenantId,
  what: "warned" | "stopped",
  month: string,
  usual: Pick<BudgetRow, "monthlyMicros" | "stops">,
): Promise<boolean> {
  const column = what === "warned" ? "warned_month" : "stopped_month";
  const told = await tx.run(
    `insert into usage_budget (tenant_id, monthly_micros, stops, ${column}) values ($1, $3, $4, $2)
     on conflict (tenant_id) do update set ${column} = $2 where usage_budget.${column} is distinct from $2`,
    [tenantId, month, usual.monthlyMicros, usual.stops],
  );
  return told > 0;
}

/** What was booked to one conversation. */
export async function sumOf(tx: Tx, tenantId: TenantId, conversationId: string): Promise<number> {
  const { micros } = await tx.one<{ micros: string }>(
    `select coalesce(sum(cost_micros), 0)::text as micros from usage_call where tenant_id = $1 and conversation_id = $2`,
    [tenantId, conversationId],
  );
  return Number(micros);
}

/** System role: all tenants. */
export function purgeCalls(tx: Tx, before: Date): Promise<number> {
  return tx.run("delete from usage_call where at < $1", [before]);
}
