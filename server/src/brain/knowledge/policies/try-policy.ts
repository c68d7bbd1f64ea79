// Tries rules on a customer's question, as they stand in the editor: what was read out of it, and what would be said.

import type { PolicySource, PolicyTrialReply } from "@yingda/contract";
import { getTenant, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { decidePolicy, inShopZone, readPolicyInputs } from "../../policies/index.ts";
import { readGiven } from "./known-policy.ts";

/** Nothing is kept. */
export async function tryPolicy(
  ctx: Ctx,
  given: { source: PolicySource | string; text: string },
): Promise<PolicyTrialReply> {
  requirePermission(ctx, "knowledge-read");
  const { read } = readGiven(given.source);
  if (read.kind !== "policy") return { kind: "problems", problems: read.problems };
  const policy = inShopZone(read.policy, (await getTenant(ctx)).timeZone);
  const now = ctx.clock.now();
  const inputs = readPolicyInputs(policy, given.text, now);
  const called = (key: string) =>
    policy.inputs.find((input) => input.key === key)?.called ?? { zh: key, en: key };
  const heard = {
    read: Object.entries(inputs.quotes).map(([key, quote]) => ({ called: called(key), quote })),
    unclear: inputs.unclear.map(called),
  };
  const decided = decidePolicy(policy, inputs.given, now);
  if (decided.kind === "missing") {
    const [first] = decided.inputs;
    return { kind: "missing", ...heard, question: first?.question ?? policy.decides };
  }
  const { words, cites, computation } = decided;
  return { kind: "decided", ...heard, words, cites, computation };
}
