// Flows as people see them: which there are, one with its text and problems, switching one on or off. A change is live
// when the call returns.

import type { FlowDetail, FlowSummary } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { emit } from "../../../platform/outbox/index.ts";
import { explainProblem } from "../definition/problems.ts";
import { forgetFlows } from "./flow-cache.ts";
import { type FlowRow, findFlowRow, listFlowRows, writeFlowSwitch } from "./flow-store.ts";
import { type FlowText, shippedFlows, textOfFlow } from "./flow-texts.ts";

/** The shipped flows, then the tenant's own. */
export async function listFlows(ctx: Ctx): Promise<FlowSummary[]> {
  requirePermission(ctx, "knowledge-read");
  const rows = await transact(ctx, (tx) => listFlowRows(tx, ctx.tenantId));
  const byId = new Map(rows.map((row) => [row.flow, row]));
  const ids = new Set([...shippedFlows().keys(), ...byId.keys()]);
  return [...ids].flatMap((id) => {
    const text = textOfFlow(id, byId.get(id));
    return text === null ? [] : [summarise(text, byId.get(id))];
  });
}

/** @throws AppError flow/not-found */
export async function getFlow(ctx: Ctx, id: string): Promise<FlowDetail> {
  requirePermission(ctx, "knowledge-read");
  const row = await transact(ctx, (tx) => findFlowRow(tx, ctx.tenantId, id));
  const text = textOrRefuse(id, row);
  const problems = text.problems.map((problem) => ({ step: problem.step, text: explainProblem(problem) }));
  return { ...summarise(text, row), yaml: text.yaml, problems };
}

/**
 * Switches a flow on or off. `tools` also connects its lookups to a system, or with null to none: for the demo shop.
 * @throws AppError flow/not-found; flow/has-problems when one that cannot run is to be switched on
 */
export async function switchFlow(
  ctx: Ctx,
  id: string,
  isOn: boolean,
  tools?: "demo" | null,
): Promise<FlowSummary> {
  requirePermission(ctx, "knowledge-write");
  const { text, row } = await transact(ctx, async (tx) => {
    const found = textOrRefuse(id, await findFlowRow(tx, ctx.tenantId, id));
    const [problem] = found.problems;
    if (isOn && problem !== undefined) {
      const { zh, en } = explainProblem(problem);
      throw new AppError("flow/has-problems", { details: { count: found.problems.length, zh, en } });
    }
    await writeFlowSwitch(tx, ctx.tenantId, { flow: id, isOn, tools, at: ctx.clock.now() });
    const details = { slug: id, isOn };
    await requestAudit(ctx, tx, { action: "flow-switched", subject: "flow", subjectId: null, details });
    await emit(ctx, tx, ctx.tenantId, [{ kind: "flow-changed", payload: { flow: id } }]);
    return { text: found, row: await findFlowRow(tx, ctx.tenantId, id) };
  });
  forgetFlows(ctx);
  return summarise(text, row);
}

function textOrRefuse(id: string, row: FlowRow | undefined): FlowText {
  const text = textOfFlow(id, row);
  if (text === null) throw new AppError("flow/not-found");
  return text;
}

function summarise({ id, flow, isOwn, problems }: FlowText, row: FlowRow | undefined): FlowSummary {
  return {
    id,
    name: flow?.name ?? { zh: id, en: id },
    isOn: row?.is_on ?? false,
    isOwn,
    version: row?.version ?? 0,
    tools: row?.tools ?? null,
    problemCount: problems.length,
  };
}
