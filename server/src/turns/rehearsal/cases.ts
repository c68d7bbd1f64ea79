// The conversations that a shop rehearses: brought in, told what they should lead to, taken away and back.

import {
  type ConversationId,
  type Expected,
  type PasteReply,
  type RehearsalCase,
  type RehearsalCaseId,
  type RehearsalTurn,
  rehearsalBounds,
} from "@yingda/contract";
import { hasPermission, requestAudit, requirePermission } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { type Tx, transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { readPasted } from "./read-pasted.ts";
import {
  addRecordCase,
  type CaseRow,
  countCases,
  deleteCases,
  findCase,
  listCaseRows,
  putCase,
  turnsPlace,
} from "./rehearsal-store.ts";

const sampleSize = 5;
/** PostgreSQL's foreign key violation: the only key of a case that can fail is that of its conversation. */
const conversationGone = "23503";

export async function listCases(ctx: Ctx): Promise<RehearsalCase[]> {
  requirePermission(ctx, "knowledge-read");
  return (await readCases(ctx)).filter(mayBeSeen(ctx));
}

/** What was made from the record is customers' words: who may read knowledge only does not see it. */
export function mayBeSeen(ctx: Ctx): (of: { conversationId: ConversationId | null }) => boolean {
  const seesRecord = hasPermission(ctx, "conversations-read");
  return ({ conversationId }) => seesRecord || conversationId === null;
}

/** Without a permission of its own: for runs. */
export async function readCases(ctx: Ctx): Promise<RehearsalCase[]> {
  const rows = await transact(ctx, (tx) => listCaseRows(tx, ctx.tenantId));
  return Promise.all(rows.map((row) => openCase(ctx, row)));
}

/** @throws AppError rehearsal/limit-reached, rehearsal/nothing-found */
export async function pasteCases(ctx: Ctx, text: string, isDryRun: boolean): Promise<PasteReply> {
  requirePermission(ctx, "knowledge-write");
  const { conversations, problems } = readPasted(text);
  const reply: PasteReply = {
    conversations: conversations.length,
    lines: conversations.reduce((sum, turns) => sum + turns.length, 0),
    problems: problems.slice(0, 100),
    sample: conversations.slice(0, sampleSize).map((turns) => turns.map(({ customer }) => customer)),
  };
  if (isDryRun) return reply;
  if (conversations.length === 0) throw new AppError("rehearsal/nothing-found");
  const rows = await Promise.all(conversations.map((turns) => sealCase(ctx, turns)));
  await transact(ctx, async (tx) => {
    await checkCount(ctx, tx, rows.length);
    for (const row of rows) await putCase(tx, ctx.tenantId, row);
    await requestAudit(ctx, tx, {
      action: "rehearsal-added",
      subject: "rehearsal",
      subjectId: null,
      details: { conversations: rows.length },
    });
  });
  return reply;
}

/** @throws AppError rehearsal/not-found */
export async function changeCase(
  ctx: Ctx,
  id: RehearsalCaseId,
  change: { isGate?: boolean | undefined; expect?: { at: number; wanted: Expected | null } | undefined },
): Promise<RehearsalCase> {
  requirePermission(ctx, "knowledge-write");
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  return transact(ctx, async (tx) => {
    const row = await findCase(tx, ctx.tenantId, id);
    if (row === undefined || !mayBeSeen(ctx)(row)) throw new AppError("rehearsal/not-found");
    const known = JSON.parse(vault.openText(turnsPlace(id), row.sealedTurns)) as RehearsalTurn[];
    const { expect } = change;
    if (expect !== undefined && known[expect.at] === undefined) throw new AppError("rehearsal/not-found");
    const turns = known.map((turn, at) => (at === expect?.at ? { ...turn, expect: expect.wanted } : turn));
    const isGate = change.isGate ?? row.isGate;
    const sealedTurns = vault.seal(turnsPlace(id), JSON.stringify(turns));
    await putCase(tx, ctx.tenantId, { ...row, isGate, sealedTurns });
    return { id, turns, isGate, conversationId: row.conversationId, createdAt: row.createdAt.toISOString() };
  });
}

export async function takeCases(ctx: Ctx, ids: readonly RehearsalCaseId[]): Promise<RehearsalCase[]> {
  requirePermission(ctx, "knowledge-write");
  const ofRecord = hasPermission(ctx, "conversations-read");
  const rows = await transact(ctx, (tx) => deleteCases(tx, ctx.tenantId, ids, ofRecord));
  return Promise.all(rows.map((row) => openCase(ctx, row)));
}

/** The undo of taking them; of a conversation that has gone meanwhile nothing comes back. @throws AppError rehearsal/limit-reached */
export async function putCasesBack(ctx: Ctx, cases: readonly RehearsalCase[]): Promise<void> {
  requirePermission(ctx, "knowledge-write");
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const rows = cases.map(
    ({ id, turns, isGate, conversationId, createdAt }): CaseRow => ({
      id,
      isGate,
      conversationId,
      sealedTurns: vault.seal(turnsPlace(id), JSON.stringify(turns)),
      createdAt: new Date(createdAt),
    }),
  );
  await transact(ctx, async (tx) => {
    await checkCount(ctx, tx, cases.length);
    for (const row of rows) if (row.conversationId === null) await putCase(tx, ctx.tenantId, row);
  });
  for (const row of rows) if (row.conversationId !== null) await addFromRecord(ctx, row);
}

/** False when the conversation was taken before, or has gone. */
export async function addFromRecord(ctx: Ctx, row: CaseRow): Promise<boolean> {
  try {
    return await transact(ctx, (tx) => addRecordCase(tx, ctx.tenantId, row));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === conversationGone) return false;
    throw error;
  }
}

export async function checkCount(ctx: Ctx, tx: Tx, more: number): Promise<void> {
  const most = rehearsalBounds.cases;
  if ((await countCases(tx, ctx.tenantId)) + more > most)
    throw new AppError("rehearsal/limit-reached", { details: { most } });
}

export async function sealCase(
  ctx: Ctx,
  turns: readonly RehearsalTurn[],
  conversationId: ConversationId | null = null,
): Promise<CaseRow> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const id = newId<RehearsalCaseId>();
  const sealedTurns = vault.seal(turnsPlace(id), JSON.stringify(turns));
  return { id, isGate: false, conversationId, sealedTurns, createdAt: ctx.clock.now() };
}

async function openCase(
  ctx: Ctx,
  { id, isGate, conversationId, sealedTurns, createdAt }: CaseRow,
): Promise<RehearsalCase> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const turns = JSON.parse(vault.openText(turnsPlace(id), sealedTurns)) as RehearsalTurn[];
  return { id, turns, isGate, conversationId, createdAt: createdAt.toISOString() };
}
