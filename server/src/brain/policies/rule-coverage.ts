// Finds rules that can never decide, and rules that contradict each other at an edge. Rules are boxes on axes (days since
// purchase, amount, region); the first rule that fits decides, so an exception before a general rule is right and is left
// alone. Called by read-policy.ts.

import type { AxisSet, Keys, Line, PolicyProblem, PolicyRule } from "./policy.ts";
import { problem } from "./policy-problems.ts";

type Box = ReadonlyMap<string, AxisSet>;
const mostPieces = 2_000; // far beyond any policy a person can read; bounds the work

/** What a rule covers, conditions on one axis put together; the input whose conditions exclude each other otherwise. */
export function boxOf(rule: PolicyRule): { box: Box } | { emptyInput: string } {
  const box = new Map<string, AxisSet>();
  for (const { axis, set, input } of rule.when) {
    const before = box.get(axis);
    const both = before === undefined ? set : intersection(before, set);
    if (both === null) return { emptyInput: input };
    box.set(axis, both);
  }
  return { box };
}

/**
 * Problems between rules.
 *
 * @param domains everything that an axis can be, for the axes that any rule uses
 */
export function checkCoverage(
  rules: readonly { rule: PolicyRule; box: Box; path: string }[],
  domains: Box,
): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  rules.forEach(({ rule, box, path }, index) => {
    const earlier = rules.slice(0, index);
    let left: Box[] = [box];
    for (const other of earlier) {
      left = left.flatMap((piece) => without(piece, other.box, domains));
      if (left.length > mostPieces) {
        problems.push(problem("too-tangled", path, rule.key));
        return;
      }
      if (left.length === 0) {
        problems.push(problem("unreachable-rule", path, rule.key, other.rule.key));
        return;
      }
    }
    const crossing = earlier.find(
      (other) => other.rule.outcome !== rule.outcome && crosses(other.box, box, domains),
    );
    if (crossing !== undefined)
      problems.push(problem("overlapping-rules", path, rule.key, crossing.rule.key));
  });
  return problems;
}

/** The part of a box outside another, as boxes that do not overlap. */
function without(box: Box, other: Box, domains: Box): Box[] {
  const pieces: Box[] = [];
  let rest = box;
  for (const [axis, set] of other) {
    const own = rest.get(axis) ?? (domains.get(axis) as AxisSet);
    const inside = intersection(own, set);
    if (inside === null) return [box];
    const before = rest;
    pieces.push(...difference(own, set).map((part) => new Map(before).set(axis, part)));
    rest = new Map(rest).set(axis, inside);
  }
  return pieces;
}

/**
 * Alike but for one range, and each has something of its own beside what they share: 0-7 days and 7-15 days. Lists of
 * choices and places may cross: "these countries" before "everywhere abroad" is an exception and no slip.
 */
function crosses(one: Box, other: Box, domains: Box): boolean {
  const axes = [...new Set([...one.keys(), ...other.keys()])];
  const pairs = axes.map((axis) => {
    const domain = domains.get(axis) as AxisSet;
    return [one.get(axis) ?? domain, other.get(axis) ?? domain] as const;
  });
  const different = pairs.filter(([a, b]) => difference(a, b).length > 0 || difference(b, a).length > 0);
  const [[a, b] = [], ...more] = different;
  if (a?.kind !== "line" || b?.kind !== "line" || more.length > 0) return false;
  return intersection(a, b) !== null && difference(a, b).length > 0 && difference(b, a).length > 0;
}

function intersection(a: AxisSet, b: AxisSet): AxisSet | null {
  if (a.kind === "line" && b.kind === "line") return line(Math.max(a.min, b.min), Math.min(a.max, b.max));
  if (a.kind === "keys" && b.kind === "keys") return keys([...a.keys].filter((key) => b.keys.has(key)));
  return null;
}

function difference(a: AxisSet, b: AxisSet): AxisSet[] {
  if (a.kind === "line" && b.kind === "line") {
    const parts = [line(a.min, Math.min(a.max, b.min - 1)), line(Math.max(a.min, b.max + 1), a.max)];
    return parts.filter((part) => part !== null);
  }
  if (a.kind === "keys" && b.kind === "keys") {
    const left = keys([...a.keys].filter((key) => !b.keys.has(key)));
    return left === null ? [] : [left];
  }
  return [a];
}

function line(min: number, max: number): Line | null {
  return min > max ? null : { kind: "line", min, max };
}

function keys(list: string[]): Keys | null {
  return list.length === 0 ? null : { kind: "keys", keys: new Set(list) };
}
