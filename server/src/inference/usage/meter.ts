// Counts every call to a model and says whether another may be made. The month's sum is kept in memory beside the rows, so
// that asking costs a turn nothing; other nodes' calls are seen when it is read anew.

import type { TenantId } from "@yingda/contract";
import { getTenant } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { type Db, type Tx, transact } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids.ts";
import { emit } from "../../platform/outbox/index.ts";
import { standardBudget } from "./budget.ts";
import { monthOf, monthSpan } from "./months.ts";
import { costMicros, priceOf } from "./prices.ts";
import { type BudgetRow, insertCall, readBudget, sumMicros, takeTelling } from "./usage-store.ts";

/** What a call was and cost in tokens; `about` is handed through. */
export interface UsedCall {
  kind: "llm" | "embedding";
  model: string;
  task: string;
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
  isEstimated: boolean;
  isFailed: boolean;
  tookMs: number;
}
export interface UsedAbout {
  conversationId: string | null;
  channel: string | null;
  intent: string | null;
}

interface Standing {
  month: string;
  spentMicros: number;
  budget: Pick<BudgetRow, "monthlyMicros" | "stops" | "prices">;
  readAtMs: number;
  /** The owner was told here that the limit is reached. */
  isStopTold: boolean;
}

const freshMs = 30_000;
/** The share of the budget at which the owner is told. */
export const warnShare = 0.8;
const standings = new WeakMap<Db, Map<TenantId, Standing>>();
const writing = new WeakMap<Db, Set<Promise<void>>>();

/** False when the month's budget is used up and stops. A budget that cannot be read stops nothing. */
export async function mayAsk(ctx: Ctx): Promise<boolean> {
  try {
    const standing = await standingOf(ctx);
    const { budget, spentMicros, isStopTold } = standing;
    if (!budget.stops || spentMicros < budget.monthlyMicros) return true;
    // calls of several nodes went over it together: none saw it reached, and no call comes after
    if (!isStopTold && spentMicros > 0)
      writeBehind(ctx, () => transact(ctx, (tx) => tell(ctx, tx, standing, "stopped")));
    standing.isStopTold = true;
    return false;
  } catch (error) {
    ctx.log.error({ err: error }, "budget not read");
    return true;
  }
}

/** Keeps a call. Returns at once and never throws; the row is written behind. */
export function keepCall(ctx: Ctx, call: UsedCall, about: UsedAbout): void {
  writeBehind(ctx, () => write(ctx, call, about));
}

/** Keeps that a call was not needed, and what it would have cost; otherwise as keepCall. */
export function keepSaved(
  ctx: Ctx,
  call: Pick<UsedCall, "kind" | "model" | "task" | "inputTokens" | "outputTokens">,
  about: UsedAbout,
): void {
  writeBehind(ctx, () => writeSaved(ctx, call, about));
}

function writeBehind(ctx: Ctx, write: () => Promise<void>): void {
  const set = writing.get(ctx.db) ?? new Set();
  writing.set(ctx.db, set);
  const work: Promise<void> = write()
    .catch((error: unknown) => ctx.log.error({ err: error }, "call to a model not counted"))
    .finally(() => set.delete(work));
  set.add(work);
}

/** Resolves when everything handed in is written: before a process ends, and in tests. */
export async function flushUsage(db: Db): Promise<void> {
  await Promise.all(writing.get(db) ?? []);
}

/** The budget was changed here, or heard to be. */
export function forgetBudget({ db, tenantId }: Pick<Ctx, "db" | "tenantId">): void {
  standings.get(db)?.delete(tenantId);
}

async function write(ctx: Ctx, call: UsedCall, about: UsedAbout): Promise<void> {
  const at = ctx.clock.now();
  const standing = await standingOf(ctx);
  const { price, isAssumed } = priceOf(call.model, standing.budget.prices);
  const cost = costMicros(price, call);
  standing.spentMicros += cost;
  const { monthlyMicros } = standing.budget;
  const isOver = standing.spentMicros >= monthlyMicros;
  const isNear = standing.spentMicros >= monthlyMicros * warnShare;
  await transact(ctx, async (tx) => {
    await insertCall(tx, ctx.tenantId, {
      ...call,
      ...about,
      id: newId(),
      at,
      costMicros: cost,
      isAssumed,
      isKept: false,
      savedMicros: 0,
    });
    if (isNear && cost > 0) await tell(ctx, tx, standing, isOver ? "stopped" : "warned");
  });
}

/** Once a month for each of the two, whoever comes first. */
async function tell(
  ctx: Ctx,
  tx: Tx,
  { month, budget: { monthlyMicros, stops } }: Standing,
  what: "warned" | "stopped",
): Promise<void> {
  if (!(await takeTelling(tx, ctx.tenantId, what, month, { monthlyMicros, stops }))) return;
  await emit(ctx, tx, ctx.tenantId, [
    { kind: "budget-reached", payload: { what: what === "stopped" ? "limit" : "warning" } },
  ]);
}

async function writeSaved(
  ctx: Ctx,
  { kind, model, task, inputTokens, outputTokens }: Parameters<typeof keepSaved>[1],
  about: UsedAbout,
): Promise<void> {
  const { budget } = await standingOf(ctx);
  const { price } = priceOf(model, budget.prices);
  const none = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, tookMs: 0, costMicros: 0 };
  const states = { isEstimated: false, isFailed: false, isAssumed: false, isKept: true };
  const savedMicros = costMicros(price, { inputTokens, cachedInputTokens: 0, outputTokens });
  const row = { kind, model, task, ...none, ...states, ...about, savedMicros };
  await transact(ctx, (tx) => insertCall(tx, ctx.tenantId, { ...row, id: newId(), at: ctx.clock.now() }));
}

async function standingOf(ctx: Ctx): Promise<Standing> {
  const { timeZone } = await getTenant(ctx);
  const month = monthOf(ctx.clock.now(), timeZone);
  const known = standings.get(ctx.db)?.get(ctx.tenantId);
  if (known?.month === month && ctx.clock.nowMs() - known.readAtMs < freshMs) return known;
  const { from, to } = monthSpan(month, timeZone);
  const { spentMicros, budget } = await transact(ctx, async (tx) => ({
    spentMicros: await sumMicros(tx, ctx.tenantId, from, to),
    budget: (await readBudget(tx, ctx.tenantId)) ?? standardBudget,
  }));
  const standing = { month, spentMicros, budget, readAtMs: ctx.clock.nowMs(), isStopTold: false };
  const all = standings.get(ctx.db) ?? new Map<TenantId, Standing>();
  standings.set(ctx.db, all);
  if (all.size > 1_000) all.clear();
  all.set(ctx.tenantId, standing);
  return standing;
}
