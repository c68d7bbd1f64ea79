// Flows as people see them: which there are, one with its text and problems, switching one on or off. A change is live
// when the call returns.

import type { FlowDetail, FlowSummary, TenantId } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { type Tx, transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { emit } from "../../../platform/outbox/index.ts";
import { shopFlowTools } from "../../tools/shop/flow-tools.ts";
import { placeProblems } from "../definition/place-problems.ts";
import { explainProblem } from "../definition/problems.ts";
import type { FlowTools } from "../definition/tools.ts";
import { forgetFlows } from "./flow-cache.ts";
import {
  type FlowRow,
  findAnyFlowRow,
  findFlowRow,
  listFlowRows,
  lockFlows,
  putFlowRow,
} from "./flow-store.ts";
import { dialoguesOf, type FlowText, flowText, shippedFlows, textOfFlow } from "./flow-texts.ts";
import { whoAndWhen } from "./who-and-when.ts";

/** The shipped flows, then the tenant's own. */
export async function listFlows(ctx: Ctx): Promise<FlowSummary[]> {
  requirePermission(ctx, "knowledge-read");
  const [rows, tools] = await Promise.all([
    transact(ctx, (tx) => listFlowRows(tx, ctx.tenantId)),
    shopFlowTools(ctx),
  ]);
  const byId = new Map(rows.map((row) => [row.flow, row]));
  const ids = new Set([...shippedFlows().keys(), ...byId.keys()]);
  return [...ids].map((id) => summarise(id, byId.get(id), tools));
}

/** @throws AppError flow/not-found */
export async function getFlow(ctx: Ctx, id: string): Promise<FlowDetail> {
  requirePermission(ctx, "knowledge-read");
  const row = await transact(ctx, (tx) => findFlowRow(tx, ctx.tenantId, id));
  return detailOf(id, row, await shopFlowTools(ctx));
}

/**
 * Switches a flow on or off. `tools` also connects its lookups to a system, or with null to none: for the demo shop.
 * @throws AppError flow/not-found; flow/not-published, flow/has-problems when one that cannot run is to be switched on
 */
export async function switchFlow(
  ctx: Ctx,
  id: string,
  isOn: boolean,
  tools?: "demo" | null,
): Promise<FlowSummary> {
  requirePermission(ctx, "knowledge-write");
  const shopTools = await shopFlowTools(ctx);
  const row = await transact(ctx, async (tx) => {
    await lockFlows(tx, ctx.tenantId);
    const before = await rowOrFresh(tx, ctx.tenantId, id);
    if (isOn) refuseProblems(textOfFlow(id, before, shopTools));
    const changed = { ...before, is_on: isOn, ...(tools === undefined ? {} : { tools }) };
    const after = await putFlowRow(tx, ctx.tenantId, changed, whoAndWhen(ctx));
    await recordFlowChange(ctx, tx, id, "flow-switched", { isOn });
    return after;
  });
  forgetFlows(ctx);
  return summarise(id, row, shopTools);
}

/** @throws AppError flow/not-published, flow/has-problems with how many and the first one's sentence */
export function refuseProblems(text: FlowText | null): void {
  if (text === null) throw new AppError("flow/not-published");
  const [problem] = text.problems;
  if (problem === undefined) return;
  const { zh, en } = explainProblem(problem);
  throw new AppError("flow/has-problems", { details: { count: text.problems.length, zh, en } });
}

/** Audit and event of a change. Last in the transaction: it locks the lane. */
export async function recordFlowChange(
  ctx: Ctx,
  tx: Tx,
  id: string,
  action: string,
  details: Record<string, string | number | boolean | null> = {},
): Promise<void> {
  await requestAudit(ctx, tx, {
    action,
    subject: "flow",
    subjectId: null,
    details: { slug: id, ...details },
  });
  await emit(ctx, tx, ctx.tenantId, [{ kind: "flow-changed", payload: { flow: id } }]);
}

/**
 * The living row, or a fresh one for a flow that ships; the numbers of versions go on behind a deleted one.
 * @throws AppError flow/not-found
 */
export async function rowOrFresh(tx: Tx, tenantId: TenantId, id: string): Promise<FlowRow> {
  const row = await findAnyFlowRow(tx, tenantId, id);
  if (row !== undefined && row.deleted_at === null) return row;
  if (!shippedFlows().has(id)) throw new AppError("flow/not-found");
  return { ...freshRow(id), published: row?.published ?? 0 };
}

/** A flow of which nothing was ever written: the shipped text, off. */
export function freshRow(id: string): FlowRow {
  return {
    flow: id,
    is_on: false,
    version: 0,
    yaml: null,
    tools: null,
    draft: null,
    dialogues: null,
    published: 0,
    deleted_at: null,
  };
}

/** @throws AppError flow/not-found */
export function detailOf(id: string, row: FlowRow | undefined, tools: FlowTools): FlowDetail {
  const summary = summarise(id, row, tools);
  const published = textOfFlow(id, row, tools);
  const draft = row?.draft ?? null;
  const shown = draft === null ? published : flowText(id, draft, true, tools);
  if (shown === null) throw new AppError("flow/not-found");
  return {
    ...summary,
    yaml: published?.yaml ?? null,
    draft,
    dialogues: dialoguesOf(id, row),
    problems: placeProblems(shown.yaml, shown.problems),
  };
}

/** @throws AppError flow/not-found */
export function summarise(id: string, row: FlowRow | undefined, tools: FlowTools): FlowSummary {
  const published = textOfFlow(id, row, tools);
  const draft = row?.draft ?? null;
  const shown = published ?? (draft === null ? null : flowText(id, draft, true, tools));
  if (shown === null) throw new AppError("flow/not-found");
  return {
    id,
    name: shown.flow?.name ?? { zh: id, en: id },
    isOn: row?.is_on ?? false,
    isOwn: published === null || published.isOwn,
    isShipped: shippedFlows().has(id),
    hasDraft: draft !== null,
    isPublished: published !== null,
    version: row?.version ?? 0,
    tools: row?.tools ?? null,
    problemCount: shown.problems.length,
  };
}
