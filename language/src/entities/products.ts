// Products of a shop's catalogue in a message, however they are written: whole, shortened, misspelt, by sound, by alias,
// in pinyin. Candidates come from shared pieces of names; an alignment then says how well they fit. Called by findEntities.

import { soundOfCharacter } from "../pinyin.ts";
import type { Finding, Piece, Scene } from "./entity.ts";
import { alignPart, alignWhole, leastScore, type Placed, type Units } from "./product-alignment.ts";
import {
  type CatalogueProduct,
  mergeSpelling,
  type ProductIndex,
  type ProductName,
  pairsOf,
  productIndexOf,
} from "./product-index.ts";

const longestRead = 400;
const mostCandidates = 40;
/** Beside the best one a candidate must come this near to be told. */
const near = 0.15;

/** Products in a folded text. Overlapping finds are settled: the best one keeps the place, rivals become its candidates. */
export function findProducts({ text }: Pick<Scene, "text">, catalogue: readonly CatalogueProduct[]): Piece[] {
  if (catalogue.length === 0) return [];
  const index = productIndexOf(catalogue);
  const message = messageUnits(text.slice(0, longestRead));
  const placed = candidatesOf(index, message)
    .flatMap((name) => [alignWhole(name, message), alignPart(index, name, message)])
    .filter((place): place is Placed => place !== null && place.score >= leastScore);
  return settle([...placed, ...findSpelled(index, text.slice(0, longestRead), message)], message);
}

function messageUnits(text: string): Units {
  const units: string[] = [];
  const at: number[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] as string;
    if (!/[\p{L}\p{N}+]/u.test(character)) continue;
    units.push(character);
    at.push(i);
  }
  return { units, sounds: units.map(soundOfCharacter), at };
}

/** The names that share most with the message, by rare pairs first. */
function candidatesOf({ names, byPair, rarity }: ProductIndex, { units, sounds }: Units): ProductName[] {
  const scores = new Map<number, number>();
  const keys = new Set([...pairsOf(units), ...units, ...pairsOf(sounds).map((pair) => `~${pair}`)]);
  for (const key of keys) {
    const holders = byPair.get(key);
    if (holders === undefined || holders.length > 2_000) continue;
    const weight = rarity(key) * (key.startsWith("~") ? 0.6 : 1);
    for (const at of holders)
      scores.set(at, (scores.get(at) ?? 0) + weight / Math.sqrt((names[at] as ProductName).units.length));
  }
  return [...scores]
    .sort((a, b) => b[1] - a[1])
    .slice(0, mostCandidates)
    .map(([at]) => names[at] as ProductName);
}

/** Names typed in pinyin: "chunmian duanxiu". */
function findSpelled({ names, bySpelling }: ProductIndex, text: string, { at }: Units): Placed[] {
  return [...text.matchAll(/[a-z][a-z' ]{4,60}[a-z]/gu)].flatMap((found) => {
    const typed = mergeSpelling(found[0].replace(/[' ]/gu, ""));
    const counts = new Map<number, number>();
    for (let i = 0; i + 4 <= typed.length; i += 1)
      for (const name of new Set(bySpelling.get(typed.slice(i, i + 4)) ?? []))
        counts.set(name, (counts.get(name) ?? 0) + 1);
    const [first] = [...counts].sort((a, b) => b[1] - a[1]);
    if (first === undefined) return [];
    const name = names[first[0]] as ProductName;
    const grams = Math.max(1, Math.min(typed.length, name.spelling.length) - 3);
    const score = Math.min(0.9, first[1] / grams);
    if (score < 0.7 || first[1] < 3) return [];
    const from = at.findIndex((place) => place >= found.index);
    const to = at.findIndex((place) => place >= found.index + found[0].length);
    return [{ from, to: to < 0 ? at.length : to, score, name }];
  });
}

function settle(placed: Placed[], { at }: Units): Piece[] {
  const strength = ({ score, from, to }: Placed) => score + Math.min(10, to - from) * 0.02;
  const sorted = [...placed].sort((a, b) => strength(b) - strength(a));
  const pieces: (Piece & { from: number; to: number; finding: Finding & { kind: "product" } })[] = [];
  for (const place of sorted) {
    const { from, to, score, name } = place;
    const holder = pieces.find((piece) => from < piece.to && to > piece.from);
    const candidate = { id: name.id, name: name.title, score: Math.round(score * 100) / 100 };
    if (holder !== undefined) {
      const isNear = (holder.finding.candidates[0]?.score ?? 0) - score <= near;
      const isNew = holder.finding.candidates.every(({ id }) => id !== name.id);
      if (isNear && isNew && holder.finding.candidates.length < 5) holder.finding.candidates.push(candidate);
      continue;
    }
    const start = at[from] ?? 0;
    const end = (at[to - 1] ?? 0) + 1;
    const finding = {
      kind: "product" as const,
      value: name.id,
      name: name.title,
      candidates: [candidate],
      confidence: candidate.score,
    };
    pieces.push({ start, end, from, to, finding });
  }
  return pieces.map(({ start, end, finding }) => ({ start, end, finding }));
}
