// Groups questions that mean the same, so that an owner sees what customers ask and no FAQ answers. Vectors come from the
// caller (the shipped encoder or a stronger one); shared pieces of text help where the vectors do not know the words.
// Leaders are found in one pass, texts go to the nearest of them in a second, groups that have met are joined.

import { normalise } from "../normalise.ts";
import { findKeywords, isSameKeyword } from "./keywords.ts";
import { overlapOf, shinglesOf } from "./shingles.ts";

export type Embed = (text: string) => Float32Array;

export interface Cluster<T> {
  /** The question nearest to the middle of the group, without politeness: readable as a heading. */
  label: string;
  /** Up to three words that tell this group from the others. */
  keywords: string[];
  /** Nearest to the middle first. */
  members: T[];
  /** Mean similarity of the members to the middle, 0-1. */
  tightness: number;
}

interface Point {
  vector: Float32Array;
  shingles: Set<string>;
  /** Places in the given list of all texts that normalise alike. */
  places: number[];
  text: string;
}
interface Group {
  centre: Float32Array;
  points: Point[];
}

const vectorShare = 0.65;
const mostPoints = 5_000;

/**
 * Clusters texts by meaning, biggest groups first; a text that fits nowhere is a group of its own.
 *
 * In:  items with their text (of more than 5,000 different ones the first), a function from text to a vector of any
 *      length (all alike; zero where it knows nothing), and how alike members must be (0-1; 0.4 suits the shipped encoder).
 */
export function clusterTexts<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  embed: Embed,
  { threshold = 0.4 }: { threshold?: number } = {},
): Cluster<T>[] {
  const points = pointsOf(items.map(textOf), embed);
  const groups = joinGroups(assign(points, lead(points, threshold), threshold), threshold);
  const clusters = groups
    .filter((group) => group.points.length > 0)
    .map((group) => describe(group, items))
    .sort((a, b) => b.members.length - a.members.length || (a.label < b.label ? -1 : 1));
  return clusters.map((cluster, at) => ({
    ...cluster,
    keywords: tellingKeywords(cluster, clusters, at, textOf),
  }));
}

function pointsOf(texts: string[], embed: Embed): Point[] {
  const byKey = new Map<string, Point>();
  texts.forEach((text, place) => {
    const { text: key } = normalise(text);
    const known = byKey.get(key);
    if (known !== undefined) known.places.push(place);
    else if (byKey.size < mostPoints)
      byKey.set(key, { vector: unitOf(embed(text)), shingles: shinglesOf(key), places: [place], text: key });
  });
  return [...byKey.values()].sort(
    (a, b) => b.places.length - a.places.length || b.text.length - a.text.length,
  );
}

function similarity(a: Point, b: Point): number {
  const byVector = dot(a.vector, b.vector);
  const byText = overlapOf(a.shingles, b.shingles);
  return isZero(a.vector) || isZero(b.vector)
    ? byText
    : vectorShare * byVector + (1 - vectorShare) * Math.max(byText, byVector * byText);
}

function lead(points: Point[], threshold: number): Point[] {
  const leaders: Point[] = [];
  for (const point of points)
    if (leaders.every((leader) => similarity(leader, point) < threshold)) leaders.push(point);
  return leaders;
}

function assign(points: Point[], leaders: Point[], threshold: number): Group[] {
  const groups = leaders.map((leader): Group => ({ centre: leader.vector, points: [] }));
  for (const point of points) {
    let best = -1;
    let nearest = threshold - 1e-9;
    leaders.forEach((leader, at) => {
      const near = leader === point ? 2 : similarity(leader, point);
      if (near > nearest) [best, nearest] = [at, near];
    });
    groups[best]?.points.push(point);
  }
  for (const group of groups) group.centre = centreOf(group.points);
  return groups;
}

/** Two groups whose middles have come nearer than their members had to be are one. */
function joinGroups(groups: Group[], threshold: number): Group[] {
  const joined: Group[] = [];
  const bySize = [...groups].sort((a, b) => b.points.length - a.points.length);
  for (const group of bySize) {
    const host = joined.find(
      ({ centre }) => !isZero(centre) && dot(centre, group.centre) >= Math.min(0.95, threshold + 0.4),
    );
    if (host === undefined) joined.push(group);
    else {
      host.points.push(...group.points);
      host.centre = centreOf(host.points);
    }
  }
  return joined;
}

function describe<T>({ centre, points }: Group, items: readonly T[]): Cluster<T> {
  const nearness = (point: Point) => (isZero(centre) ? 1 : dot(point.vector, centre));
  const ranked = [...points].sort((a, b) => nearness(b) - nearness(a) || a.text.length - b.text.length);
  // of the most central ones the shortest reads best, unless it is a fragment
  const central = ranked.slice(0, 5).filter(({ text }) => text.length >= 4);
  const best = central.sort((a, b) => score(b) - score(a))[0] ?? ranked[0];
  function score(point: Point): number {
    return nearness(point) + 0.05 * Math.log2(point.places.length) - 0.006 * Math.abs(point.text.length - 12);
  }
  return {
    label: readable(best?.text ?? ""),
    keywords: [],
    members: ranked.flatMap(({ places }) => places.map((place) => items[place] as T)),
    tightness:
      ranked.reduce((sum, point) => sum + Math.max(0, nearness(point)), 0) / Math.max(1, ranked.length),
  };
}

/** Masks read as "…". */
function readable(text: string): string {
  return text.replace(/\s?#[a-z]+\s?/gu, "…").trim();
}

function tellingKeywords<T>(
  cluster: Cluster<T>,
  clusters: Cluster<T>[],
  at: number,
  textOf: (item: T) => string,
): string[] {
  const found = findKeywords(cluster.members.map(textOf), { limit: 8 });
  const others = clusters
    .filter((_, other) => other !== at)
    .slice(0, 30)
    .map(({ label }) => label);
  const telling = [...found].sort(
    (a, b) => b.score / (1 + usesOf(b.phrase)) - a.score / (1 + usesOf(a.phrase)),
  );
  const kept: string[] = [];
  for (const { phrase } of telling)
    if (kept.length < 3 && kept.every((other) => !isSameKeyword(other, phrase))) kept.push(phrase);
  return kept;
  function usesOf(phrase: string): number {
    return others.filter((label) => label.includes(phrase)).length;
  }
}

function centreOf(points: Point[]): Float32Array {
  const centre = new Float32Array(points[0]?.vector.length ?? 0);
  for (const { vector, places } of points) {
    const weight = 1 + Math.log2(places.length);
    for (let d = 0; d < centre.length; d += 1) centre[d] = (centre[d] ?? 0) + weight * (vector[d] ?? 0);
  }
  const length = Math.sqrt(dot(centre, centre));
  return length < 1e-9 ? centre.fill(0) : centre.map((value) => value / length);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d += 1) sum += (a[d] as number) * (b[d] ?? 0);
  return sum;
}

function unitOf(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  return Number.isFinite(length) && length > 1e-9
    ? vector.map((value) => value / length)
    : new Float32Array(vector.length);
}

function isZero(vector: Float32Array): boolean {
  return vector.every((value) => value === 0);
}
