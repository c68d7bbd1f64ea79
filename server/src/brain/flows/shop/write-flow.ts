// Writing flows: a new one, its draft, away and back. Nothing here reaches a customer; publish-flow.ts does that. Two
// people at one flow: the second is told (flow/version-moved), nothing is merged.

import {
  type FlowDetail,
  type FlowDraft,
  type FlowSummary,
  flowBounds,
  type newFlow,
} from "@yingda/contract";
import { requirePermission } from "../../../accounts/index.ts";
import type { Ctx, Services } from "../../../platform/context.ts";
import { type Tx, transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { restorableDays } from "../../knowledge/faqs.ts";
import { shopFlowTools } from "../../tools/shop/flow-tools.ts";
import { blankFlow } from "../definition/blank-flow.ts";
import { setFields } from "../definition/edit-yaml.ts";
import { forgetFlows } from "./flow-cache.ts";
import {
  type FlowRow,
  findFlowRow,
  listAllFlowRows,
  lockFlows,
  purgeDeletedFlows,
  putFlowRow,
} from "./flow-store.ts";
import { dialoguesOf, flowText, shippedFlows, textOfFlow } from "./flow-texts.ts";
import { detailOf, freshRow, recordFlowChange, rowOrFresh, summarise } from "./flows.ts";
import { whoAndWhen } from "./who-and-when.ts";

type NewFlow = (typeof newFlow)["_output"];

const dayMs = 86_400_000;
/** Room for "-60" within the 40 characters of an id. */
const longestBase = 36;

/** A draft that nobody is served by yet. @throws AppError flow/not-found, flow/limit-reached */
export async function createFlow(ctx: Ctx, given: NewFlow): Promise<FlowDetail> {
  requirePermission(ctx, "knowledge-write");
  const tools = await shopFlowTools(ctx);
  return transact(ctx, async (tx) => {
    await lockFlows(tx, ctx.tenantId);
    const rows = await listAllFlowRows(tx, ctx.tenantId);
    if (rows.filter(({ deleted_at }) => deleted_at === null).length >= flowBounds.flows)
      throw new AppError("flow/limit-reached", { details: { most: flowBounds.flows } });
    const { base, draft, dialogues } = beginning(given, rows);
    const id = freeId(base, new Set([...shippedFlows().keys(), ...rows.map(({ flow }) => flow)]));
    const row = {
      ...freshRow(id),
      draft: setFields(draft, { id }),
      dialogues: dialogues === "" ? null : setFields(dialogues, { flow: id }),
    };
    const written = await putFlowRow(tx, ctx.tenantId, row, whoAndWhen(ctx));
    await recordFlowChange(ctx, tx, id, "flow-added");
    return detailOf(id, written, tools);
  });
}

function beginning(given: NewFlow, rows: FlowRow[]): { base: string; draft: string; dialogues: string } {
  if ("name" in given) {
    const base = slug(given.name.en) || "flow";
    return { base, draft: blankFlow(base, given.name), dialogues: "" };
  }
  if ("yaml" in given) {
    const { flow } = flowText("", given.yaml, true);
    return { base: slug(flow?.id ?? "") || "flow", draft: given.yaml, dialogues: "" };
  }
  const { copyOf } = given;
  const row = rows.find(({ flow, deleted_at }) => flow === copyOf && deleted_at === null);
  const draft = row?.draft ?? textOfFlow(copyOf, row)?.yaml;
  if (draft === undefined) throw new AppError("flow/not-found");
  const name = flowText(copyOf, draft, true).flow?.name;
  const renamed =
    name === undefined
      ? draft
      : setFields(draft, { name: { zh: `${name.zh}（副本）`, en: `${name.en} (copy)` }, version: 1 });
  return { base: copyOf, draft: renamed, dialogues: dialoguesOf(copyOf, row) };
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^[^a-z]+|-+$/gu, "")
    .slice(0, longestBase)
    .replace(/-+$/u, "");
}

function freeId(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) {
    const id = `${base.slice(0, longestBase)}-${number}`;
    if (!taken.has(id)) return id;
  }
}

/** Keeps a draft, problems and all, or throws it away. @throws AppError flow/not-found, flow/version-moved */
export async function saveFlowDraft(
  ctx: Ctx,
  id: string,
  { yaml, dialogues, version }: FlowDraft,
): Promise<FlowDetail> {
  requirePermission(ctx, "knowledge-write");
  const tools = await shopFlowTools(ctx);
  return transact(ctx, async (tx) => {
    const row = await rowToChange(ctx, tx, id, version);
    // without a draft and without a published text there would be nothing of that name
    if (yaml === null && textOfFlow(id, row) === null) throw new AppError("flow/not-published");
    const changed = { ...row, draft: yaml, ...(dialogues === undefined ? {} : { dialogues }) };
    const written = await putFlowRow(tx, ctx.tenantId, changed, whoAndWhen(ctx));
    await recordFlowChange(ctx, tx, id, "flow-draft-saved", { version: written.version });
    return detailOf(id, written, tools);
  });
}

/** The row of a flow of exactly this version, locked. @throws AppError flow/not-found, flow/version-moved */
export async function rowToChange(ctx: Ctx, tx: Tx, id: string, version: number): Promise<FlowRow> {
  await lockFlows(tx, ctx.tenantId);
  const known = await rowOrFresh(tx, ctx.tenantId, id);
  if (known.version !== version)
    throw new AppError("flow/version-moved", { details: { version: known.version } });
  return known;
}

/**
 * Removes an own flow; of one that ships, the tenant's text and draft: the shipped text counts again, off.
 * @throws AppError flow/not-found where there is nothing of the tenant's own
 */
export async function deleteFlow(ctx: Ctx, id: string): Promise<void> {
  requirePermission(ctx, "knowledge-write");
  await transact(ctx, async (tx) => {
    await lockFlows(tx, ctx.tenantId);
    const row = await findFlowRow(tx, ctx.tenantId, id);
    if (row === undefined) throw new AppError("flow/not-found");
    await putFlowRow(tx, ctx.tenantId, { ...row, deleted_at: ctx.clock.now() }, whoAndWhen(ctx));
    await recordFlowChange(ctx, tx, id, "flow-removed");
  });
  forgetFlows(ctx);
}

/** The undo of a deletion of the last 30 days, with the switch as it was. @throws AppError flow/not-found */
export async function restoreFlow(ctx: Ctx, id: string): Promise<FlowSummary> {
  requirePermission(ctx, "knowledge-write");
  const since = ctx.clock.nowMs() - restorableDays * dayMs;
  const row = await transact(ctx, async (tx) => {
    await lockFlows(tx, ctx.tenantId);
    const rows = await listAllFlowRows(tx, ctx.tenantId);
    const deleted = rows.find(({ flow, deleted_at }) => flow === id && deleted_at !== null);
    if (deleted === undefined || (deleted.deleted_at?.getTime() ?? 0) < since)
      throw new AppError("flow/not-found");
    const restored = await putFlowRow(tx, ctx.tenantId, { ...deleted, deleted_at: null }, whoAndWhen(ctx));
    await recordFlowChange(ctx, tx, id, "flow-added");
    return restored;
  });
  forgetFlows(ctx);
  return summarise(id, row, await shopFlowTools(ctx));
}

/** Nightly: rows that can no longer be brought back end. Number of flows ended, over all tenants. */
export async function purgeFlows({ db, clock }: Pick<Services, "db" | "clock">): Promise<number> {
  const before = new Date(clock.nowMs() - restorableDays * dayMs);
  return db.system((tx) => purgeDeletedFlows(tx, before));
}
