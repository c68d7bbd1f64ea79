// The shop's policies as people keep them: list, add, change, remove, bring back. Each change is live when the call
// returns. A policy with a problem is never kept: each problem is told with its place.

import type { PolicyDraft, PolicyId, PolicyList, PolicySource, ShopPolicy } from "@yingda/contract";
import { policyBounds } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { type Tx, transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { newId } from "../../../platform/ids.ts";
import { emit } from "../../../platform/outbox/index.ts";
import { restorableDays, whoAndWhen } from "../faqs.ts";
import { changeKnowledge } from "../knowledge-cache.ts";
import { knownPolicy, presentPolicy, readGiven, shippedPolicies } from "./known-policy.ts";
import {
  countPolicies,
  findPolicyRow,
  insertPolicyRow,
  listPolicyRows,
  markPolicyDeleted,
  type PolicyRow,
  unmarkPolicyDeleted,
  updatePolicyRow,
} from "./policy-store.ts";

const uniqueViolation = "23505";
const dayMs = 86_400_000;

export async function listPolicies(ctx: Ctx): Promise<PolicyList> {
  requirePermission(ctx, "knowledge-read");
  const rows = await transact(ctx, (tx) => listPolicyRows(tx, ctx.tenantId));
  return { policies: rows.map(presentPolicy), shipped: [...shippedPolicies()] };
}

/** @throws AppError policy/wrong, policy/key-taken, policy/limit-reached */
export async function createPolicy(ctx: Ctx, draft: PolicyDraft): Promise<ShopPolicy> {
  requirePermission(ctx, "knowledge-write");
  const source = readDraft(draft);
  const row = await keyChecked(() =>
    transact(ctx, async (tx) => {
      await checkCount(ctx, tx);
      const values = { id: newId<PolicyId>(), source, isOn: draft.isOn };
      const inserted = await insertPolicyRow(tx, ctx.tenantId, values, whoAndWhen(ctx));
      await record(ctx, tx, inserted, "added");
      return inserted;
    }),
  );
  takeIn(ctx, row);
  return presentPolicy(row);
}

/** @throws AppError policy/not-found, policy/version-moved, policy/wrong, policy/key-taken */
export async function updatePolicy(
  ctx: Ctx,
  id: PolicyId,
  draft: PolicyDraft & { version: number },
): Promise<ShopPolicy> {
  requirePermission(ctx, "knowledge-write");
  const source = readDraft(draft);
  const row = await keyChecked(() =>
    transact(ctx, async (tx) => {
      const values = { id, source, isOn: draft.isOn, version: draft.version };
      const updated = await updatePolicyRow(tx, ctx.tenantId, values, whoAndWhen(ctx));
      if (updated === undefined) {
        const now = await findPolicyRow(tx, ctx.tenantId, id);
        if (now === undefined) throw new AppError("policy/not-found");
        throw new AppError("policy/version-moved", { details: { version: now.version } });
      }
      await record(ctx, tx, updated, "changed");
      return updated;
    }),
  );
  takeIn(ctx, row);
  return presentPolicy(row);
}

/** @throws AppError policy/not-found */
export async function deletePolicy(ctx: Ctx, id: PolicyId): Promise<void> {
  requirePermission(ctx, "knowledge-write");
  await transact(ctx, async (tx) => {
    const deleted = await markPolicyDeleted(tx, ctx.tenantId, id, ctx.clock.now());
    if (deleted === undefined) throw new AppError("policy/not-found");
    await record(ctx, tx, deleted, "removed");
  });
  changeKnowledge(ctx, (knowledge) => knowledge.removePolicy(id));
}

/** The undo of a deletion of the last 30 days. @throws AppError policy/not-found, policy/key-taken, policy/limit-reached */
export async function restorePolicy(ctx: Ctx, id: PolicyId): Promise<ShopPolicy> {
  requirePermission(ctx, "knowledge-write");
  const since = new Date(ctx.clock.nowMs() - restorableDays * dayMs);
  const row = await keyChecked(() =>
    transact(ctx, async (tx) => {
      await checkCount(ctx, tx);
      const restored = await unmarkPolicyDeleted(tx, ctx.tenantId, id, since);
      if (restored === undefined) throw new AppError("policy/not-found");
      await record(ctx, tx, restored, "added");
      return restored;
    }),
  );
  takeIn(ctx, row);
  return presentPolicy(row);
}

function readDraft({ source: given }: PolicyDraft): PolicySource {
  const { source, read } = readGiven(given);
  if (read.kind !== "policy") throw new AppError("policy/wrong", { details: { problems: read.problems } });
  return source as PolicySource; // readPolicy has checked the shape
}

async function checkCount(ctx: Ctx, tx: Tx): Promise<void> {
  const most = policyBounds.policies;
  if ((await countPolicies(tx, ctx.tenantId)) >= most)
    throw new AppError("policy/limit-reached", { details: { most } });
}

async function keyChecked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === uniqueViolation)
      throw new AppError("policy/key-taken", { cause: error });
    throw error;
  }
}

/** Audit and event of a change. Last in the transaction: it locks the lane. */
async function record(ctx: Ctx, tx: Tx, row: PolicyRow, how: "added" | "changed" | "removed"): Promise<void> {
  await requestAudit(ctx, tx, {
    action: `policy-${how}`,
    subject: "policy",
    subjectId: row.id,
    details: { key: row.key, isOn: row.is_on, version: row.version },
  });
  await emit(ctx, tx, ctx.tenantId, [{ kind: "policy-changed", payload: { policyId: row.id, how } }]);
}

/** After the commit: the policy as it is now is what customers are answered by. */
function takeIn(ctx: Ctx, row: PolicyRow): void {
  const known = row.is_on ? knownPolicy(row) : null;
  changeKnowledge(ctx, (knowledge) =>
    known === null ? knowledge.removePolicy(row.id) : knowledge.setPolicy(row.id, known),
  );
}
