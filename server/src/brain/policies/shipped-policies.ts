// The policies that a shop starts from: return window, exchange, warranty, delivery area and time, delivery fee, with
// sample values that the owner replaces. They are texts in shipped/, so that the editor can show them as written.

import { readFileSync } from "node:fs";
import type { Policy } from "./policy.ts";
import { readPolicyText } from "./read-policy.ts";

export const shippedPolicyKeys = [
  "return-window",
  "exchange",
  "warranty",
  "delivery-area",
  "delivery-fee",
] as const;
export type ShippedPolicyKey = (typeof shippedPolicyKeys)[number];

/** The policy as YAML, comments included. */
export function shippedPolicyText(key: ShippedPolicyKey): string {
  return readFileSync(new URL(`./shipped/${key}.yaml`, import.meta.url), "utf8");
}

/** The policy, ready to decide with its sample values. */
export function shippedPolicy(key: ShippedPolicyKey): Policy {
  const read = readPolicyText(shippedPolicyText(key));
  if (read.kind === "policy") return read.policy;
  throw new Error(`the shipped policy ${key} is wrong: ${JSON.stringify(read.problems)}`);
}
