// Decides by a policy: the outcome with the sentence it rests on and the computation behind it, or the inputs that have
// to be asked for first. Never guesses: an input that could change the outcome is asked for, one that cannot is not.
// Pure; called by the brain with what was read from the customer's words and what is known of the order.

import type { Bilingual } from "@yingda/contract";
import { dayIn } from "./calendar-days.ts";
import { judgeCondition, type Known, knownValue, type MissingReason } from "./judge-condition.ts";
import type { Condition, Given, Outcome, Policy, PolicyRule, PolicyValue } from "./policy.ts";
import { type ComputationLine, showComputation } from "./show-computation.ts";

export interface DecidedPolicy extends Outcome {
  kind: "decided";
  policy: string;
  /** Key of the rule; null where the default holds. */
  rule: string | null;
  /** The inputs without which the outcome could have been another, in the policy's order. */
  restsOn: { input: string; value: PolicyValue }[];
  /** One line for each condition that decided. */
  computation: ComputationLine[];
}
export interface MissingInput {
  input: string;
  why: MissingReason;
  question: Bilingual;
}
export interface UndecidedPolicy {
  kind: "missing";
  policy: string;
  /** At least one; asked in this order, and after each answer the policy is decided anew. */
  inputs: MissingInput[];
}

type Judged =
  | { kind: "met" }
  | { kind: "failed"; by: Condition }
  | { kind: "open"; missing: Map<string, MissingReason> };

const leads: Record<MissingReason, Bilingual> = {
  "not-said": { zh: "", en: "" },
  "not-precise": { zh: "需要再具体一点才能确定。", en: "I need that a little more exactly. " },
  "in-future": { zh: "这个日期还没有到。", en: "That day is still to come. " },
  "not-usable": { zh: "", en: "" },
};

/**
 * Decides by the first rule that fits.
 *
 * In:  what is known, by key of input; keys that the policy does not have are ignored, values that do not fit their
 *      input are asked for again. `now` is an instant; the day is that of the policy's time zone.
 * Out: exactly one of decided and missing, for any given values.
 * @throws RangeError for an invalid `now`.
 */
export function decidePolicy(policy: Policy, given: Given, now: Date): DecidedPolicy | UndecidedPolicy {
  const today = dayIn(policy.timeZone, now);
  const values = new Map(Object.entries(given));
  const known = new Map<string, Known>(
    policy.inputs.map((input) => [input.key, knownValue(input, values.get(input.key), today)]),
  );
  const judge = (rule: PolicyRule): Judged => {
    const missing = new Map<string, MissingReason>();
    for (const condition of rule.when) {
      const one = known.get(condition.input) ?? { missing: "not-said" };
      const verdict = "missing" in one ? one.missing : judgeCondition(condition, one.value, today);
      if (verdict === false) return { kind: "failed", by: condition };
      if (verdict !== true) missing.set(condition.input, verdict === "unknown" ? "not-precise" : verdict);
    }
    return missing.size === 0 ? { kind: "met" } : { kind: "open", missing };
  };

  const missing = new Map<string, MissingReason>();
  const failed: Condition[] = [];
  let rule: PolicyRule | null = null;
  for (const candidate of policy.rules) {
    const judged = judge(candidate);
    if (judged.kind === "failed") failed.push(judged.by);
    if (judged.kind === "open") for (const [key, why] of judged.missing) missing.set(key, why);
    if (judged.kind !== "met") continue;
    rule = candidate;
    break;
  }
  if (missing.size > 0) return ask(policy, missing);

  const deciding = rule?.when ?? failed;
  const { outcome, words, cites } = rule ?? policy.otherwise;
  return {
    kind: "decided",
    policy: policy.key,
    rule: rule?.key ?? null,
    outcome,
    words,
    cites,
    restsOn: policy.inputs.flatMap(({ key }) => {
      const value = values.get(key);
      const isUsed = [...failed, ...deciding].some(({ input }) => input === key);
      return isUsed && value !== undefined ? [{ input: key, value }] : [];
    }),
    computation: showComputation(policy, deciding, known, today),
  };
}

function ask(policy: Policy, missing: ReadonlyMap<string, MissingReason>): UndecidedPolicy {
  const inputs = policy.inputs.flatMap((input): MissingInput[] => {
    const why = missing.get(input.key);
    if (why === undefined) return [];
    const question = { zh: leads[why].zh + input.ask.zh, en: leads[why].en + input.ask.en };
    return [{ input: input.key, why, question }];
  });
  return { kind: "missing", policy: policy.key, inputs };
}
