// A policy row as the brain decides by it and as the workbench sees it; and those that ship. Pure but for the shipped texts.

import type { PolicySource, ShippedPolicy, ShopPolicy } from "@yingda/contract";
import { policySource } from "@yingda/contract";
import { parse as parseYaml, stringify } from "yaml";
import {
  type Policy,
  type ReadPolicy,
  readPolicy,
  readPolicyText,
  shippedPolicyKeys,
  shippedPolicyText,
} from "../../policies/index.ts";
import type { PolicyRow } from "./policy-store.ts";

/** A policy that customers are answered by. */
export interface KnownPolicy {
  policy: Policy;
  /** "YYYY-MM-DD": when it was last written. */
  checkedOn: string;
}

/** Null for a row that no longer reads: written under older rules, it is shown to the owner and not used. */
export function knownPolicy(row: Pick<PolicyRow, "source" | "updated_at">): KnownPolicy | null {
  const read = readPolicy(row.source);
  if (read.kind !== "policy") return null;
  return { policy: read.policy, checkedOn: row.updated_at.toISOString().slice(0, 10) };
}

export function presentPolicy(row: PolicyRow): ShopPolicy {
  const source = policySource.parse(row.source);
  return {
    id: row.id,
    key: row.key,
    isOn: row.is_on,
    source,
    yaml: policyYaml(row.source),
    version: row.version,
    updatedAt: row.updated_at.toISOString(),
  };
}

/** One rule to a line where it fits, so that an owner can read it. */
function policyYaml(source: PolicySource): string {
  return stringify(source, { lineWidth: 110 });
}

/** What was given, as JSON or YAML, and how it reads. */
export function readGiven(given: PolicySource | string): { source: unknown; read: ReadPolicy } {
  if (typeof given !== "string") return { source: given, read: readPolicy(given) };
  const read = readPolicyText(given);
  return { source: read.kind === "policy" ? parseYaml(given) : null, read };
}

let shipped: readonly ShippedPolicy[] | null = null;

/** Read once. */
export function shippedPolicies(): readonly ShippedPolicy[] {
  shipped ??= shippedPolicyKeys.map((key) => {
    const yaml = shippedPolicyText(key);
    return { key, source: policySource.parse(parseYaml(yaml)), yaml };
  });
  return shipped;
}
