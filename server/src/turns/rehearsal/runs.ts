// Runs of a rehearsal: started, gone through behind, cancelled, read, compared; and the gate before publishing. Each case is a
// conversation of its own with the bot as it is, or with all drafts; nothing of it stands in the record.

import type {
  GateReply,
  RehearsalCase,
  RehearsalChange,
  RehearsalLine,
  RehearsalResult,
  RehearsalRun,
  RehearsalRunFull,
  RehearsalRunId,
} from "@yingda/contract";
import { getTenant, requirePermission } from "../../accounts/index.ts";
import { knowledgeFor, testAreaFor, tryIt } from "../../brain/index.ts";
import { completerFor, costOf } from "../../inference/index.ts";
import { type Ctx, makeCtx, type Services } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import type { JobPayload } from "../../platform/jobs/index.ts";
import { mayBeSeen, readCases } from "./cases.ts";
import { addUp, compare, judgeLine } from "./judge.ts";
import { type Judge, judgeBy } from "./opinion.ts";
import {
  findRun,
  insertResults,
  insertRun,
  linesPlace,
  listResults,
  listRunRows,
  moveRun,
  type RunRow,
  resultsPlace,
} from "./rehearsal-store.ts";

export const rehearsalJob = "rehearse";
type Area = RehearsalRun["area"];
/** Progress is written, and a cancellation heard, every so many cases. */
const stride = 10;

/** @throws AppError rehearsal/nothing-found without a case */
export async function startRun(ctx: Ctx, area: Area): Promise<RehearsalRun> {
  requirePermission(ctx, "knowledge-write");
  const total = (await readCases(ctx)).length;
  if (total === 0) throw new AppError("rehearsal/nothing-found");
  const createdAt = ctx.clock.now();
  const run: RunRow = {
    id: newId<RehearsalRunId>(),
    area,
    state: "waiting",
    done: 0,
    total,
    sums: null,
    createdAt,
  };
  await transact(ctx, async (tx) => {
    await insertRun(tx, ctx.tenantId, run);
    await ctx.jobs.send(tx, rehearsalJob, { tenantId: ctx.tenantId, runId: run.id });
  });
  return present(run);
}

export async function listRuns(ctx: Ctx): Promise<RehearsalRun[]> {
  requirePermission(ctx, "knowledge-read");
  return (await transact(ctx, (tx) => listRunRows(tx, ctx.tenantId))).map(present);
}

/** @throws AppError rehearsal/not-found */
export async function getRun(ctx: Ctx, id: RehearsalRunId): Promise<RehearsalRunFull> {
  requirePermission(ctx, "knowledge-read");
  const row = await transact(ctx, (tx) => findRun(tx, ctx.tenantId, id));
  if (row === undefined) throw new AppError("rehearsal/not-found");
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const kept = await transact(ctx, (tx) => listResults(tx, ctx.tenantId, id));
  const old = row.sealedResults;
  const results =
    old === null
      ? kept.filter(mayBeSeen(ctx)).map(({ caseId, sealedLines }) => ({
          caseId,
          lines: JSON.parse(vault.openText(linesPlace(id, caseId), sealedLines)) as RehearsalLine[],
        }))
      : (JSON.parse(vault.openText(resultsPlace(id), old)) as RehearsalResult[]);
  return { ...present(row), results };
}

/** One that has ended stays as it is. @throws AppError rehearsal/not-found */
export async function cancelRun(ctx: Ctx, id: RehearsalRunId): Promise<RehearsalRun> {
  requirePermission(ctx, "knowledge-write");
  const row = await transact(ctx, async (tx) => {
    const known = await findRun(tx, ctx.tenantId, id);
    if (known === undefined) throw new AppError("rehearsal/not-found");
    await moveRun(tx, ctx.tenantId, id, { state: "cancelled", done: known.done });
    return findRun(tx, ctx.tenantId, id);
  });
  if (row === undefined) throw new AppError("rehearsal/not-found");
  return present(row);
}

/** @throws AppError rehearsal/not-found */
export async function compareRuns(
  ctx: Ctx,
  id: RehearsalRunId,
  before: RehearsalRunId,
): Promise<RehearsalChange[]> {
  const [old, now] = await Promise.all([getRun(ctx, before), getRun(ctx, id)]);
  return compare(old.results, now.results);
}

/** The guarding cases with all drafts, at once. */
export async function rehearseGate(ctx: Ctx): Promise<GateReply> {
  requirePermission(ctx, "knowledge-read");
  const guards = (await readCases(ctx)).filter(({ isGate }) => isGate);
  const results: RehearsalResult[] = [];
  const about = newId<string>();
  for (const one of guards) results.push(await rehearse(ctx, one, "test", about));
  const failing = results.filter(({ lines }) => lines.some(({ isExpected }) => isExpected === false));
  const seen = new Set(guards.filter(mayBeSeen(ctx)).map(({ id }) => id));
  return {
    cases: guards.length,
    failing: failing.map((result) => (seen.has(result.caseId) ? result : { ...result, lines: [] })),
  };
}

/** The job. A second attempt begins anew; what was cancelled stays so. */
export async function runRehearsal(services: Services, payload: JobPayload): Promise<void> {
  const { tenantId, runId } = payload as { tenantId: Ctx["tenantId"]; runId: RehearsalRunId };
  const actor = { kind: "system", name: "rehearsal" } as const;
  const ctx = makeCtx(services, { tenantId, actor });
  const run = await transact(ctx, (tx) => findRun(tx, tenantId, runId));
  if (run === undefined) return;
  try {
    await goThrough(ctx, run);
  } catch (error) {
    await transact(ctx, (tx) => moveRun(tx, tenantId, runId, { state: "failed", done: 0 }));
    throw error;
  }
}

async function goThrough(ctx: Ctx, { id, area }: RunRow): Promise<void> {
  const move = (to: Parameters<typeof moveRun>[3]) =>
    transact(ctx, (tx) => moveRun(tx, ctx.tenantId, id, to));
  const cases = await readCases(ctx);
  const judge = await judgeFor(ctx, id, area);
  const results: RehearsalResult[] = [];
  for (const [at, one] of cases.entries()) {
    if (at % stride === 0 && !(await move({ state: "running", done: at }))) return;
    results.push(await rehearse(ctx, one, area, id, judge));
    await new Promise((resume) => setImmediate(resume)); // chats come first
  }
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const sums = addUp(results, await costOf(ctx, id));
  const rows = results.map(({ caseId, lines }, place) => ({
    caseId,
    place,
    conversationId: cases[place]?.conversationId ?? null,
    sealedLines: vault.seal(linesPlace(id, caseId), JSON.stringify(lines)),
  }));
  await transact(ctx, async (tx) => {
    if (await moveRun(tx, ctx.tenantId, id, { state: "done", done: cases.length, sums }))
      await insertResults(tx, ctx.tenantId, id, rows);
  });
}

/** What it costs is booked to the run. */
async function judgeFor(ctx: Ctx, run: RehearsalRunId, area: Area): Promise<Judge> {
  const [complete, knowledge, { locale }] = await Promise.all([
    completerFor(ctx, { conversationId: run, channel: null, intent: null }),
    area === "test" ? testAreaFor(ctx) : knowledgeFor(ctx),
    getTenant(ctx),
  ]);
  return judgeBy(complete, knowledge, locale);
}

/** `about`: what large models cost is booked to it, as to a conversation. */
async function rehearse(
  ctx: Ctx,
  { id, turns }: RehearsalCase,
  area: Area,
  about: string,
  judge: Judge = async (line) => line,
): Promise<RehearsalResult> {
  const conversation = `rehearsal:${about}:${id}`;
  const lines: RehearsalLine[] = [];
  for (const { customer, expect } of turns) {
    const reply = await tryIt(ctx, {
      text: customer,
      history: [],
      conversation,
      availability: "open",
      area,
      costsTo: about,
    });
    lines.push(await judge(judgeLine(customer, reply, expect), expect));
  }
  return { caseId: id, lines };
}

function present({ id, area, state, done, total, sums, createdAt }: RunRow): RehearsalRun {
  return { id, area, state, done, total, sums, createdAt: createdAt.toISOString() };
}
