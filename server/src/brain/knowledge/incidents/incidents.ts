// Pinned statements as people keep them: list, pin, change or end, remove. Live when the call returns; over by themselves.

import { type Incident, type IncidentDraft, type IncidentId, incidentBounds } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { type Tx, transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { newId } from "../../../platform/ids.ts";
import { emit } from "../../../platform/outbox/index.ts";
import { restorableDays, whoAndWhen } from "../faqs.ts";
import { reloadPart } from "../knowledge-cache.ts";
import {
  findIncidentRow,
  type IncidentRow,
  insertIncident,
  listIncidentRows,
  markIncidentDeleted,
  unmarkIncidentDeleted,
  updateIncidentRow,
} from "./incident-store.ts";

const hourMs = 3_600_000;

export async function listIncidents(ctx: Ctx): Promise<Incident[]> {
  requirePermission(ctx, "knowledge-read");
  const rows = await transact(ctx, (tx) => listIncidentRows(tx, ctx.tenantId, incidentBounds.kept));
  return rows.map(presentIncident);
}

/** @throws AppError incident/times-wrong, incident/concerns-nothing */
export async function createIncident(ctx: Ctx, draft: IncidentDraft): Promise<Incident> {
  requirePermission(ctx, "knowledge-write");
  checkDraft(draft);
  const id = newId<IncidentId>();
  return change(ctx, id, "pinned", (tx) => insertIncident(tx, ctx.tenantId, id, draft, whoAndWhen(ctx)));
}

/** Ending it now is a change of `endsAt`. @throws AppError incident/not-found, incident/version-moved, and as createIncident */
export async function updateIncident(
  ctx: Ctx,
  id: IncidentId,
  draft: IncidentDraft & { version: number },
): Promise<Incident> {
  requirePermission(ctx, "knowledge-write");
  checkDraft(draft);
  return change(ctx, id, "changed", async (tx) => {
    if (await updateIncidentRow(tx, ctx.tenantId, id, draft, whoAndWhen(ctx))) return;
    const now = await findIncidentRow(tx, ctx.tenantId, id);
    if (now === undefined) throw new AppError("incident/not-found");
    throw new AppError("incident/version-moved", { details: { version: now.version } });
  });
}

/** @throws AppError incident/not-found */
export async function deleteIncident(ctx: Ctx, id: IncidentId): Promise<void> {
  requirePermission(ctx, "knowledge-write");
  await transact(ctx, async (tx) => {
    if (!(await markIncidentDeleted(tx, ctx.tenantId, id, ctx.clock.now())))
      throw new AppError("incident/not-found");
    await record(ctx, tx, id, "removed");
  });
  await reloadPart(ctx, "incident-changed");
}

/** The undo of a removal of the last 30 days. @throws AppError incident/not-found */
export async function restoreIncident(ctx: Ctx, id: IncidentId): Promise<Incident> {
  requirePermission(ctx, "knowledge-write");
  const since = new Date(ctx.clock.nowMs() - restorableDays * 24 * hourMs);
  return change(ctx, id, "pinned", async (tx) => {
    if (!(await unmarkIncidentDeleted(tx, ctx.tenantId, id, since))) throw new AppError("incident/not-found");
  });
}

function checkDraft({ startsAt, endsAt, words, faqs }: IncidentDraft): void {
  const lastsMs = Date.parse(endsAt) - Date.parse(startsAt);
  const { hours } = incidentBounds;
  if (lastsMs <= 0 || lastsMs > hours * hourMs)
    throw new AppError("incident/times-wrong", { details: { hours } });
  if (words.length === 0 && faqs.length === 0) throw new AppError("incident/concerns-nothing");
}

async function change(
  ctx: Ctx,
  id: IncidentId,
  how: "pinned" | "changed",
  write: (tx: Tx) => Promise<void>,
): Promise<Incident> {
  const row = await transact(ctx, async (tx) => {
    await write(tx);
    const written = await findIncidentRow(tx, ctx.tenantId, id);
    if (written === undefined) throw new AppError("incident/not-found");
    await record(ctx, tx, id, how);
    return written;
  });
  await reloadPart(ctx, "incident-changed");
  return presentIncident(row);
}

/** Audit and event of a change. Last in the transaction: it locks the lane. */
async function record(
  ctx: Ctx,
  tx: Tx,
  incidentId: IncidentId,
  how: "pinned" | "changed" | "removed",
): Promise<void> {
  await requestAudit(ctx, tx, {
    action: `incident-${how}`,
    subject: "incident",
    subjectId: incidentId,
    details: {},
  });
  await emit(ctx, tx, ctx.tenantId, [{ kind: "incident-changed", payload: { incidentId, how } }]);
}

function presentIncident(row: IncidentRow): Incident {
  const { id, title, text, words, faqs, version } = row;
  return {
    id,
    title,
    text,
    textEn: row.text_en,
    words,
    faqs,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    toldCount: row.told,
    version,
  };
}
