// A draft becomes what customers get: checked, its dialogues played, kept as a numbered version that can be gone back to.
// The number also stands in the text, so that a run that began on an older version is seen and handed over.

import { type FlowDetail, type FlowVersion, flowBounds } from "@yingda/contract";
import { getTenant, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { type Tx, transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { shopFlowTools } from "../../tools/shop/flow-tools.ts";
import { checkPlaces, type Places, type PlacesOf } from "../definition/check-places.ts";
import { setFields } from "../definition/edit-yaml.ts";
import { playDialogues } from "../run/play-dialogues.ts";
import { forgetFlows } from "./flow-cache.ts";
import { addVersion, type FlowRow, findVersionText, listVersionRows, putFlowRow } from "./flow-store.ts";
import { dialoguesOf, type FlowText, flowText, shippedFlows } from "./flow-texts.ts";
import { detailOf, recordFlowChange, refuseProblems } from "./flows.ts";
import { whoAndWhen } from "./who-and-when.ts";
import { rowToChange } from "./write-flow.ts";

/**
 * @throws AppError flow/not-found, flow/version-moved, flow/not-published where there is no draft, flow/has-problems, and
 * flow/dialogues-failed with how many, unless `isConfirmed`
 */
export async function publishFlow(
  ctx: Ctx,
  id: string,
  { version, isConfirmed }: { version: number; isConfirmed: boolean },
  placesOf: PlacesOf,
): Promise<FlowDetail> {
  requirePermission(ctx, "knowledge-write");
  const { timeZone } = await getTenant(ctx);
  const tools = await shopFlowTools(ctx);
  const places = await placesOf(ctx);
  const row = await transact(ctx, async (tx) => {
    const known = await rowToChange(ctx, tx, id, version);
    if (known.draft === null) throw new AppError("flow/not-published");
    const text = flowText(id, known.draft, true, tools);
    refuseProblems(withPlaces(text, places));
    if (!isConfirmed && text.flow !== null) {
      const { results, problem } = playDialogues(text.flow, dialoguesOf(id, known), {
        now: ctx.clock.now(),
        timeZone,
      });
      const failed = results.filter(({ isOk }) => !isOk);
      if (failed.length > 0 || problem !== null)
        throw new AppError("flow/dialogues-failed", {
          details: { failed: failed.length, total: results.length, name: failed[0]?.name ?? "" },
        });
    }
    return publishText(ctx, tx, known, { yaml: known.draft, draft: null }, "flow-published");
  });
  forgetFlows(ctx);
  return detailOf(id, row, tools);
}

function withPlaces(text: FlowText, places: Places): FlowText {
  if (text.flow === null) return text;
  return { ...text, problems: [...text.problems, ...checkPlaces(text.flow, places).problems] };
}

/** Newest first. @throws AppError flow/not-found */
export async function listFlowVersions(ctx: Ctx, id: string): Promise<FlowVersion[]> {
  requirePermission(ctx, "knowledge-read");
  const rows = await transact(ctx, (tx) => listVersionRows(tx, ctx.tenantId, id));
  return rows.map(({ number, published_at, published_by }, at) => ({
    number,
    publishedAt: published_at.toISOString(),
    publishedBy: published_by,
    isCurrent: at === 0,
  }));
}

/** @throws AppError flow/not-found */
export async function getFlowVersion(ctx: Ctx, id: string, number: number): Promise<{ yaml: string }> {
  requirePermission(ctx, "knowledge-read");
  const yaml = await transact(ctx, (tx) => findVersionText(tx, ctx.tenantId, id, number));
  if (yaml === null) throw new AppError("flow/not-found");
  return { yaml };
}

/**
 * Publishes an earlier version anew, under a new number; a draft stays as it is.
 * @throws AppError flow/not-found, flow/version-moved, flow/has-problems
 */
export async function rollBackFlow(
  ctx: Ctx,
  id: string,
  { number, version }: { number: number; version: number },
  placesOf: PlacesOf,
): Promise<FlowDetail> {
  requirePermission(ctx, "knowledge-write");
  const tools = await shopFlowTools(ctx);
  const places = await placesOf(ctx);
  const row = await transact(ctx, async (tx) => {
    const known = await rowToChange(ctx, tx, id, version);
    const yaml = await findVersionText(tx, ctx.tenantId, id, number);
    if (yaml === null) throw new AppError("flow/not-found");
    refuseProblems(withPlaces(flowText(id, yaml, true, tools), places));
    return publishText(ctx, tx, known, { yaml, draft: known.draft }, "flow-rolled-back");
  });
  forgetFlows(ctx);
  return detailOf(id, row, tools);
}

async function publishText(
  ctx: Ctx,
  tx: Tx,
  row: FlowRow,
  { yaml, draft }: { yaml: string; draft: string | null },
  action: string,
): Promise<FlowRow> {
  const id = row.flow;
  const shipped = shippedFlows().get(id)?.flow?.version ?? 0;
  const number = Math.max(row.published, shipped) + 1;
  const text = setFields(yaml, { version: number });
  const by = whoAndWhen(ctx);
  const written = await putFlowRow(tx, ctx.tenantId, { ...row, yaml: text, draft, published: number }, by);
  await addVersion(tx, ctx.tenantId, { flow: id, number, yaml: text, most: flowBounds.versions }, by);
  await recordFlowChange(ctx, tx, id, action, { version: number });
  return written;
}
