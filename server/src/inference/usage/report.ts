// What a month of models cost a shop: sums, forecast, state of the budget. Cost per solved conversation is added by insight,
// which knows how conversations ended.

import type { UsageLine, UsageReport } from "@yingda/contract";
import { getTenant } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { microsPerYuan, presentBudget, standardBudget } from "./budget.ts";
import { flushUsage, warnShare } from "./meter.ts";
import { forecast, monthOf, monthSpan } from "./months.ts";
import { priceOf } from "./prices.ts";
import { type GroupBy, readBudget, type SumRow, sumBy, sumMicros, sumOf } from "./usage-store.ts";

const weekMs = 7 * 86_400_000;
const groups = ["day", "model", "task", "channel", "intent", "conversation"] as const satisfies GroupBy[];

export interface MonthOfUsage {
  report: Omit<UsageReport, "yuanPerSolved">;
  /** Conversations that a model was asked for, with what each cost in yuan. */
  conversations: { id: string; yuan: number }[];
  span: { from: Date; to: Date };
}

/** The caller has checked the permission. `month` as YYYY-MM, the running one without it. */
export async function readUsage(ctx: Ctx, wanted?: string): Promise<MonthOfUsage> {
  const { timeZone } = await getTenant(ctx);
  const month = wanted ?? monthOf(ctx.clock.now(), timeZone);
  const span = monthSpan(month, timeZone);
  const nowMs = ctx.clock.nowMs();
  const { sums, week, budget } = await transact(ctx, async (tx) => {
    const sums = new Map<GroupBy, SumRow[]>();
    for (const by of groups) sums.set(by, await sumBy(tx, ctx.tenantId, by, { ...span, timeZone }));
    const since = new Date(Math.max(span.from.getTime(), nowMs - weekMs));
    return {
      sums,
      week: await sumMicros(tx, ctx.tenantId, since, span.to),
      budget: (await readBudget(tx, ctx.tenantId)) ?? standardBudget,
    };
  });
  const of = (by: GroupBy) => sums.get(by) ?? [];
  const total = addUp(of("day"));
  const conversations = of("conversation")
    .filter(({ key }) => key !== "")
    .map(({ key, micros }) => ({ id: key, yuan: micros / microsPerYuan }));
  const onConversations = conversations.reduce((sum, { yuan }) => sum + yuan, 0);
  return {
    span,
    conversations,
    report: {
      month,
      total: sumsOf(total),
      budget: presentBudget(budget),
      forecastYuan: forecast(total.micros, week, span, nowMs) / microsPerYuan,
      state: stateOf(total.micros, budget.monthlyMicros),
      estimatedCalls: total.estimated,
      assumedCalls: total.assumed,
      savedCalls: total.saved,
      savedYuan: total.savedMicros / microsPerYuan,
      conversations: conversations.length,
      yuanPerConversation: conversations.length === 0 ? null : onConversations / conversations.length,
      byDay: of("day").map(line),
      byModel: of("model").map((row) => ({ ...line(row), ...priceOf(row.key, budget.prices) })),
      byTask: of("task").map(line),
      byChannel: of("channel").map(line),
      byIntent: of("intent").map(line),
    },
  };
}

/** What large models cost for one conversation, in yuan. */
export async function costOf(ctx: Ctx, conversationId: string): Promise<number> {
  await flushUsage(ctx.db);
  return (await transact(ctx, (tx) => sumOf(tx, ctx.tenantId, conversationId))) / microsPerYuan;
}

function stateOf(micros: number, limit: number): UsageReport["state"] {
  if (micros >= limit && micros > 0) return "over";
  return micros >= limit * warnShare && micros > 0 ? "warned" : "within";
}

function line(row: SumRow): UsageLine {
  return { key: row.key, ...sumsOf(row) };
}

function sumsOf({ calls, failed, inputTokens, outputTokens, micros }: SumRow) {
  return { calls, failed, inputTokens, outputTokens, yuan: micros / microsPerYuan };
}

function addUp(rows: readonly SumRow[]): SumRow {
  const sum = (pick: (row: SumRow) => number) => rows.reduce((all, row) => all + pick(row), 0);
  return {
    key: "",
    calls: sum(({ calls }) => calls),
    failed: sum(({ failed }) => failed),
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    micros: sum(({ micros }) => micros),
    estimated: sum(({ estimated }) => estimated),
    assumed: sum(({ assumed }) => assumed),
    saved: sum(({ saved }) => saved),
    savedMicros: sum(({ savedMicros }) => savedMicros),
  };
}
