// The door of policies: rules of the shop as data, decided by computation and never by guessing.

export { type Bilingual, type PolicySource, policySource } from "@yingda/contract";
export {
  type DecidedPolicy,
  decidePolicy,
  type MissingInput,
  type UndecidedPolicy,
} from "./decide-policy.ts";
export type { MissingReason } from "./judge-condition.ts";
export type { Given, Policy, PolicyProblem, PolicyProblemCode, PolicyValue } from "./policy.ts";
export { type PolicyAsked, policyAsked } from "./policy-asked.ts";
export { inShopZone, type ReadPolicy, readPolicy, readPolicyText } from "./read-policy.ts";
export { type PolicyInputs, type ReadOptions, readPolicyInputs } from "./read-policy-inputs.ts";
export {
  type ShippedPolicyKey,
  shippedPolicy,
  shippedPolicyKeys,
  shippedPolicyText,
} from "./shipped-policies.ts";
export type { ComputationLine } from "./show-computation.ts";
