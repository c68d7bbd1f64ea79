// What a new reading found otherwise than the one before: passages added, removed, or written anew. Pure.

import { textSimilarity } from "@yingda/language";
import type { CutPassage } from "../cut/cut-passages.ts";

export interface PassageChange {
  /** Of the new passage, or of the one that is gone. */
  id: string;
  kind: "added" | "changed" | "removed";
  page: number | null;
  url: string | null;
  heading: readonly string[];
  before: string | null;
  after: string | null;
}

/** Two texts under one heading that share this much are one passage, written anew. */
const alike = 0.3;

/** Looked at for each new passage: within a long list of rows under one heading its neighbours are enough. */
const mostCompared = 20;

/** In the order of the new document, what is gone last. */
export function comparePassages(
  before: readonly CutPassage[],
  after: readonly CutPassage[],
): PassageChange[] {
  const old = new Set(before.map(({ id }) => id));
  const now = new Set(after.map(({ id }) => id));
  const gone = Map.groupBy(
    before.filter(({ id }) => !now.has(id)),
    keyOf,
  );
  const changes: PassageChange[] = [];
  for (const passage of after) {
    if (old.has(passage.id)) continue;
    const near = gone.get(keyOf(passage)) ?? [];
    const at = near
      .slice(0, mostCompared)
      .findIndex(({ text }) => textSimilarity(text, passage.text) >= alike);
    const [was] = at < 0 ? [] : near.splice(at, 1);
    changes.push({
      ...placeOf(passage),
      kind: was ? "changed" : "added",
      before: was?.text ?? null,
      after: passage.text,
    });
  }
  for (const passage of [...gone.values()].flat())
    changes.push({ ...placeOf(passage), kind: "removed", before: passage.text, after: null });
  return changes;
}

function placeOf({ id, page, url, heading }: CutPassage) {
  return { id, page, url, heading };
}

function keyOf({ url, heading }: CutPassage): string {
  return [url ?? "", ...heading].join("\n");
}
