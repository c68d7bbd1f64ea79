// From what an owner wrote to a policy that can decide, or to everything that is wrong with it. Called by the editor's
// check, by whoever stores a policy, and by the shipped policies.

import { type InputSource, type PolicySourceRead, policySource } from "@yingda/contract";
import { parse as parseYaml, YAMLParseError } from "yaml";
import { z } from "zod";
import { isZone } from "./calendar-days.ts";
import { compileCondition, elsewhere, type PlacesByInput } from "./compile-condition.ts";
import { placeKey, readPlace } from "./places.ts";
import type { AxisSet, Condition, Place, Policy, PolicyProblem, PolicyRule } from "./policy.ts";
import { problem } from "./policy-problems.ts";
import { boxOf, checkCoverage } from "./rule-coverage.ts";

export type ReadPolicy = { kind: "policy"; policy: Policy } | { kind: "wrong"; problems: PolicyProblem[] };

const usualZone = "Asia/Shanghai";
const longestText = 60_000; // characters; some hundred rules

/** A policy from YAML or JSON text. Throws nothing. */
export function readPolicyText(text: string): ReadPolicy {
  if (text.length > longestText) return wrong([problem("too-large", "", String(longestText))]);
  try {
    return readPolicy(parseYaml(text, { maxAliasCount: 0, logLevel: "error" }));
  } catch (error) {
    // aliases and other refusals of the reader have no line
    const line = error instanceof YAMLParseError ? (error.linePos?.[0].line ?? 1) : 1;
    return wrong([problem("not-yaml", "", String(line))]);
  }
}

/** A policy from parsed JSON or YAML. Throws nothing; all problems of one stage are told together. */
export function readPolicy(raw: unknown): ReadPolicy {
  const read = policySource.safeParse(raw);
  if (!read.success) return wrong(shapeProblems(raw, read.error));
  const source = read.data;
  const problems = [...checkKeys(source), ...checkZone(source)];
  if (source.default === undefined) problems.push(problem("missing-default", "default"));
  const rules = compileRules(source, problems);
  if (problems.length > 0 || source.default === undefined) return wrong(problems);
  const { asked, name, decides, key, timeZone, inputs } = source;
  return {
    kind: "policy",
    policy: {
      key,
      name,
      decides,
      asked,
      timeZone: timeZone ?? usualZone,
      hasOwnZone: timeZone !== undefined,
      inputs,
      rules,
      otherwise: source.default,
    },
  };
}

/** The policy as a shop in this zone decides by it: days are the shop's unless the policy names a zone itself. */
export function inShopZone(policy: Policy, timeZone: string | undefined): Policy {
  return policy.hasOwnZone || timeZone === undefined ? policy : { ...policy, timeZone };
}

function compileRules(source: PolicySourceRead, problems: PolicyProblem[]): PolicyRule[] {
  const places = placesByInput(source);
  const rules = source.rules.map((rule, index): PolicyRule => {
    const when = rule.when.flatMap((condition, at): Condition[] => {
      const path = `rules[${index}].when[${at}]`;
      const input = source.inputs.find(({ key }) => key === condition.input);
      if (input === undefined) {
        const known = source.inputs.map(({ key }) => key).join(", ");
        problems.push(problem("unknown-input", `${path}.input`, condition.input, known));
        return [];
      }
      const compiled = compileCondition(condition, input, places, path);
      if ("condition" in compiled) return [compiled.condition];
      problems.push(compiled.problem);
      return [];
    });
    return { key: rule.key, when, outcome: rule.outcome, words: rule.words, cites: rule.cites };
  });
  if (problems.every(({ code }) => code === "missing-default"))
    problems.push(...checkRules(rules, source, places));
  return rules;
}

function checkRules(rules: PolicyRule[], source: PolicySourceRead, places: PlacesByInput): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const boxes = rules.flatMap((rule, index) => {
    const path = `rules[${index}]`;
    const found = boxOf(rule);
    if ("box" in found) return [{ rule, box: found.box, path }];
    problems.push(problem("empty-range", `${path}.when`, found.emptyInput));
    return [];
  });
  const domains = new Map<string, AxisSet>();
  for (const condition of rules.flatMap(({ when }) => when)) {
    const owner = source.inputs.find(({ key }) => key === condition.input);
    if (owner !== undefined) domains.set(condition.axis, domainOf(condition, owner, places));
  }
  return [...problems, ...checkCoverage(boxes, domains)];
}

/** Everything that an axis can be. Days, months and money do not go below nothing. */
function domainOf({ set, measure }: Condition, input: InputSource, places: PlacesByInput): AxisSet {
  if (set.kind === "line") {
    const isSigned = measure === "number" || measure === "on";
    return { kind: "line", min: isSigned ? Number.NEGATIVE_INFINITY : 0, max: Number.POSITIVE_INFINITY };
  }
  const keys =
    "choices" in input
      ? input.choices.map(({ key }) => key)
      : [...(places.get(input.key) ?? []).map(placeKey), elsewhere];
  return { kind: "keys", keys: new Set(keys) };
}

function placesByInput(source: PolicySourceRead): PlacesByInput {
  const named = new Map<string, Place[]>();
  for (const { input, in: inside = [], notIn = [] } of source.rules.flatMap(({ when }) => when)) {
    if (source.inputs.find(({ key }) => key === input)?.type !== "region") continue;
    const known = named.get(input) ?? [];
    for (const name of [...inside, ...notIn]) {
      const place = readPlace(name);
      if (place !== null && !known.some((other) => placeKey(other) === placeKey(place))) known.push(place);
    }
    named.set(input, known);
  }
  return named;
}

function checkKeys(source: PolicySourceRead): PolicyProblem[] {
  const lists: [string, { key: string }[]][] = [
    ["inputs", source.inputs],
    ["rules", source.rules],
    ...source.inputs.flatMap((input, index): [string, { key: string }[]][] =>
      "choices" in input ? [[`inputs[${index}].choices`, input.choices]] : [],
    ),
  ];
  return lists.flatMap(([path, items]) =>
    items.flatMap(({ key }, index) =>
      items.findIndex((item) => item.key === key) < index
        ? [problem("duplicate-key", `${path}[${index}].key`, key)]
        : [],
    ),
  );
}

function checkZone({ timeZone }: PolicySourceRead): PolicyProblem[] {
  return timeZone === undefined || isZone(timeZone)
    ? []
    : [problem("unknown-time-zone", "timeZone", timeZone)];
}

/** Zod's own sentences, read once more for the other language. */
function shapeProblems(raw: unknown, error: z.ZodError): PolicyProblem[] {
  const chinese = policySource.safeParse(raw, { error: z.locales.zhCN().localeError });
  const chineseIssues = chinese.success ? [] : chinese.error.issues;
  return error.issues.map(({ path, message }, index) =>
    problem("shape", pathText(path), chineseIssues[index]?.message ?? message, message),
  );
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );
}

function wrong(problems: PolicyProblem[]): ReadPolicy {
  return { kind: "wrong", problems };
}
