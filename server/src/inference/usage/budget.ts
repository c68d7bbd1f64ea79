// The month's budget of a shop: read, set. 500 yuan that stop, until an owner says otherwise.

import type { UsageBudget } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { forgetBudget } from "./meter.ts";
import { type BudgetRow, writeBudget } from "./usage-store.ts";

export const microsPerYuan = 1_000_000;
export const standardBudget: Pick<BudgetRow, "monthlyMicros" | "stops" | "prices"> = {
  monthlyMicros: 500 * microsPerYuan,
  stops: true,
  prices: {},
};

export function presentBudget({ monthlyMicros, stops, prices }: typeof standardBudget): UsageBudget {
  return { monthlyYuan: monthlyMicros / microsPerYuan, stops, prices };
}

/** Counts from the next call on, here at once and on other nodes within half a minute (meter.ts). */
export async function setBudget(ctx: Ctx, budget: UsageBudget): Promise<UsageBudget> {
  requirePermission(ctx, "settings-write");
  const { monthlyYuan, stops, prices } = budget;
  const row = { monthlyMicros: Math.round(monthlyYuan * microsPerYuan), stops, prices };
  await transact(ctx, async (tx) => {
    await writeBudget(tx, ctx.tenantId, row);
    await requestAudit(ctx, tx, {
      action: "budget-changed",
      subject: "budget",
      subjectId: null,
      details: { monthlyYuan, stops, prices: Object.keys(prices).length },
    });
  });
  forgetBudget(ctx);
  return presentBudget(row);
}
