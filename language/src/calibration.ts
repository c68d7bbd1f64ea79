// Turns evidence into the probability that a candidate is the right one. Shipped coefficients come from shops that were
// written for tuning alone (lab/train-language/fit-calibration.ts prints them); each shop moves them a little by judging its
// own phrasings with a classifier that has not seen them. Used by matcher.ts.

import { evidenceNames } from "./evidence.ts";

export interface JudgedEvidence {
  evidence: number[];
  isRight: boolean;
  /** 1 for an ordinary message; less where there are more of a kind than shops see. */
  importance: number;
}

export type Coefficients = number[];

/** Fitted by lab/train-language/fit-calibration.ts; order as in `evidenceNames`. */
export const shippedCoefficients: Coefficients = [
  -2.793, -0.028, -0.388, -0.162, -0.14, 0.798, -3.786, 0.691, 4.447, -4.197, 4.938, 2.535, 4.425, 0.448,
  -0.241, 0.046, -0.296, -0.268, -0.152, -0.176, 0.289, 1.4, 0.155, -9.471, 7.158, 2.446, 1.811, 0.553, 0.958,
  0.75,
];

/**
 * How many judged candidates the shipped coefficients are worth. High on purpose: an owner's phrasings resemble each
 * other more than customers' messages do, so a shop's own evidence is too rosy to be trusted alone.
 */
const priorStrength = 50_000;
const mostRounds = 8;

/** Probability 0-1 that the candidate is right. */
export function probabilityOf(evidence: number[], coefficients: Coefficients): number {
  let sum = 0;
  for (let i = 0; i < evidence.length; i += 1) sum += (evidence[i] as number) * (coefficients[i] as number);
  return 1 / (1 + Math.exp(-sum));
}

/** Coefficients moved from `prior` towards what the judged evidence says (Newton's method with a Gaussian prior). */
export function fitCoefficients(
  judged: JudgedEvidence[],
  prior: Coefficients = shippedCoefficients,
  strength: readonly number[] = prior.map(() => priorStrength),
): Coefficients {
  const size = prior.length;
  const pull = strength.map((judgements) => 0.02 * judgements);
  let coefficients = prior.slice();
  for (let round = 0; round < mostRounds; round += 1) {
    const gradient = coefficients.map((value, i) => (pull[i] as number) * ((prior[i] as number) - value));
    const curvature = Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (_, j) => (i === j ? (pull[i] as number) + 1e-6 : 0)),
    );
    for (const { evidence, isRight, importance } of judged) {
      const p = probabilityOf(evidence, coefficients);
      const slack = importance * ((isRight ? 1 : 0) - p);
      const weight = importance * p * (1 - p);
      for (let i = 0; i < size; i += 1) {
        const own = evidence[i] as number;
        gradient[i] = (gradient[i] as number) + slack * own;
        const row = curvature[i] as number[];
        for (let j = 0; j < size; j += 1)
          row[j] = (row[j] as number) + weight * own * (evidence[j] as number);
      }
    }
    const step = solve(curvature, gradient);
    const moved = furthestBetter(coefficients, step, (tried) => lossOf(tried, judged, prior, pull));
    if (moved === null) break;
    coefficients = moved;
    if (Math.max(...step.map(Math.abs)) < 1e-4) break;
  }
  return coefficients;
}

/**
 * The whole step, or the longest of its halves, quarters … that makes things better; null when none does. A whole step
 * overshoots without bounds where a shop's phrasings contradict the prior ("东方牌红锅多少钱" is nearest to another product's
 * question, for each of 160 products).
 */
function furthestBetter(
  from: Coefficients,
  step: number[],
  lossAt: (tried: Coefficients) => number,
): Coefficients | null {
  const before = lossAt(from);
  for (let share = 1; share > 1e-3; share /= 2) {
    const tried = from.map((value, i) => value + share * (step[i] as number));
    if (lossAt(tried) < before) return tried;
  }
  return null;
}

/** What is minimised: surprise at the judged, and distance from the prior. */
function lossOf(
  coefficients: Coefficients,
  judged: readonly JudgedEvidence[],
  prior: Coefficients,
  pull: readonly number[],
): number {
  let loss = 0;
  for (let i = 0; i < coefficients.length; i += 1)
    loss += 0.5 * (pull[i] as number) * ((coefficients[i] as number) - (prior[i] as number)) ** 2;
  for (const { evidence, isRight, importance } of judged) {
    const p = probabilityOf(evidence, coefficients);
    loss -= importance * Math.log(Math.max(1e-12, isRight ? p : 1 - p));
  }
  return loss;
}

/** Coefficients from judged evidence alone: how the shipped ones are made (lab). `fixed`: those that are given, by name. */
export function fitCalibration(judged: JudgedEvidence[], fixed: ReadonlyMap<string, number>): Coefficients {
  const prior = evidenceNames.map((name) => fixed.get(name) ?? 0);
  const strength = evidenceNames.map((name) => (fixed.has(name) ? 1e12 : 1));
  return fitCoefficients(judged, prior, strength);
}

/** Solves a small positive definite system by elimination; both arguments are used up. */
function solve(matrix: number[][], right: number[]): number[] {
  const size = right.length;
  for (let column = 0; column < size; column += 1) {
    const pivot = matrix[column] as number[];
    for (let row = column + 1; row < size; row += 1) {
      const target = matrix[row] as number[];
      const factor = (target[column] as number) / (pivot[column] as number);
      for (let k = column; k < size; k += 1)
        target[k] = (target[k] as number) - factor * (pivot[k] as number);
      right[row] = (right[row] as number) - factor * (right[column] as number);
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row -= 1) {
    let rest = right[row] as number;
    for (let k = row + 1; k < size; k += 1)
      rest -= ((matrix[row] as number[])[k] as number) * (solution[k] as number);
    solution[row] = rest / ((matrix[row] as number[])[row] as number);
  }
  return solution;
}
