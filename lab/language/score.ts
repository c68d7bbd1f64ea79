// Runs a set through the engine and counts: how often the right label is first or among three, how well confidence tells
// in scope from out of scope, and what the engine's own thresholds would have done.

import { createMatcher, decideMatch, type MatcherOptions } from "@yingda/language";
import { percentile, round } from "../shared/figures.ts";
import type { Shop } from "./sets.ts";

export interface LanguageFigures {
  top1: number;
  top3: number;
  auroc: number | null;
  oosRefusedAt95: number | null;
  answered: number;
  askedBack: number;
  refused: number;
  answeredCorrect: number | null;
  askedBackContains: number | null;
  oosAnswered: number | null;
  oosRefused: number | null;
  trainMs: number;
  p50Ms: number;
  p99Ms: number;
  rssMb: number;
}

export interface Judged {
  text: string;
  /** Null for a message out of scope. */
  label: string | null;
  ids: string[];
  confidence: number;
  outcome: "answer" | "ask-back" | "refuse";
  offered: string[];
}

export function judgeShops(
  shops: readonly Shop[],
  perturb: (text: string, at: number) => string = (text) => text,
  options: MatcherOptions = {},
): { judged: Judged[]; trainMs: number; times: number[] } {
  const judged: Judged[] = [];
  const times: number[] = [];
  let trainMs = 0;
  for (const shop of shops) {
    const began = performance.now();
    const matcher = createMatcher(shop.items, options);
    trainMs += performance.now() - began;
    const ask = (text: string, label: string | null) => {
      const said = perturb(text, judged.length);
      const asked = performance.now();
      const { matches } = matcher.match(said);
      times.push(performance.now() - asked);
      const decision = decideMatch(matches);
      judged.push({
        text: said,
        label,
        ids: matches.map(({ id }) => id),
        confidence: matches[0]?.confidence ?? 0,
        outcome: decision.outcome,
        offered: decision.outcome === "ask-back" ? decision.candidates.map(({ id }) => id) : [],
      });
    };
    for (const { text, label } of shop.test) ask(text, label);
    for (const text of shop.outside) ask(text, null);
  }
  return { judged, trainMs, times };
}

export function figuresOf({ judged, trainMs, times }: ReturnType<typeof judgeShops>): LanguageFigures {
  const inside = judged.filter(({ label }) => label !== null);
  const outside = judged.filter(({ label }) => label === null);
  const share = (rows: readonly Judged[], test: (row: Judged) => boolean) =>
    rows.length === 0 ? null : round(rows.filter(test).length / rows.length, 4);
  const answered = inside.filter(({ outcome }) => outcome === "answer");
  const asked = inside.filter(({ outcome }) => outcome === "ask-back");
  const kept = percentile(
    inside.map(({ confidence }) => confidence),
    0.05,
  );
  return {
    top1: share(inside, ({ ids, label }) => ids[0] === label) ?? 0,
    top3: share(inside, ({ ids, label }) => ids.slice(0, 3).includes(label as string)) ?? 0,
    auroc: outside.length === 0 ? null : round(auroc(inside, outside), 4),
    oosRefusedAt95: share(outside, ({ confidence }) => confidence < kept),
    answered: share(inside, ({ outcome }) => outcome === "answer") ?? 0,
    askedBack: share(inside, ({ outcome }) => outcome === "ask-back") ?? 0,
    refused: share(inside, ({ outcome }) => outcome === "refuse") ?? 0,
    answeredCorrect: share(answered, ({ ids, label }) => ids[0] === label),
    askedBackContains: share(asked, ({ offered, label }) => offered.includes(label as string)),
    oosAnswered: share(outside, ({ outcome }) => outcome === "answer"),
    oosRefused: share(outside, ({ outcome }) => outcome === "refuse"),
    trainMs: round(trainMs, 1),
    p50Ms: round(percentile(times, 0.5), 3),
    p99Ms: round(percentile(times, 0.99), 3),
    rssMb: Math.round(process.memoryUsage().rss / 1_048_576),
  };
}

/** Probability that an in-scope message is surer than one out of scope; ties count half. */
function auroc(inside: readonly Judged[], outside: readonly Judged[]): number {
  const sorted = [...inside, ...outside].sort((a, b) => a.confidence - b.confidence);
  let rankSum = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to]?.confidence === sorted[from]?.confidence) to += 1;
    const rank = (from + to + 1) / 2;
    for (let at = from; at < to; at += 1) if (sorted[at]?.label !== null) rankSum += rank;
    from = to;
  }
  return (rankSum - (inside.length * (inside.length + 1)) / 2) / (inside.length * outside.length);
}
