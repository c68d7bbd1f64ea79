// A tenant's policies out of the database, ready to decide by. Called by the knowledge cache.

import type { PolicyId } from "@yingda/contract";
import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { type KnownPolicy, knownPolicy } from "./known-policy.ts";
import { listPolicyRows } from "./policy-store.ts";

/** Those that are on, in the order they were made. */
export async function loadPolicies(ctx: Ctx): Promise<Map<PolicyId, KnownPolicy>> {
  const rows = await transact(ctx, (tx) => listPolicyRows(tx, ctx.tenantId));
  const known = new Map<PolicyId, KnownPolicy>();
  for (const row of rows) {
    const policy = row.is_on ? knownPolicy(row) : null;
    if (policy !== null) known.set(row.id, policy);
    else if (row.is_on) ctx.log.warn({ policyId: row.id }, "a policy no longer reads and is not used");
  }
  return known;
}
