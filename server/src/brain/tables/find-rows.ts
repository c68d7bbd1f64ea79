// Which rows the words of a question name, and how surely: 3 the whole name, 2 its end or its code ("打印机" or "A3" of "A3
// 激光打印机"), 1 only a piece ("打印机" of "打印机墨盒", which may well be another thing: asked back, never answered).
// Used by the askers of this folder.

import type { RowName, TableIndex } from "./table-index.ts";
import { endsWithGroups, groupCount } from "./word-groups.ts";

export interface FoundRow {
  row: number;
  rank: 1 | 2 | 3;
}

/** In: an index and the joined words of one part of a question. Out: the rows that have all of them, best rank only from 3. */
export function findRows(index: TableIndex, words: readonly string[]): FoundRow[] {
  const found: FoundRow[] = [];
  const telling = words.filter((word) => !isOnlySetting(index, word));
  for (const [row, names] of index.names.entries()) {
    const rank = rankOf(names, telling);
    if (rank !== null) found.push({ row, rank });
  }
  const exact = found.filter(({ rank }) => rank === 3);
  if (exact.length > 0) return exact;
  const sure = found.filter(({ rank }) => rank === 2);
  return sure.length > 0 ? sure : found;
}

/**
 * Rows that belong to what the words say: "printer" of "the cheapest printer", also where a section or a category says it.
 * `sure` leaves out those of which the word is only a piece; `likely` has them too. The table's own name counts only for
 * words that no row has.
 */
export function rowsWithin(
  index: TableIndex,
  words: readonly string[],
): { sure: number[]; likely: number[] } {
  const free = words.filter((word) => !isOnlySetting(index, word));
  const within = (least: number) =>
    index.names.flatMap((names, row) =>
      free.every((word) => isInGroup(names, word) || bestOf(names, word, words, true) >= least) ? [row] : [],
    );
  return { sure: within(2), likely: within(1) };
}

/** A word that only a section says makes the row less sure. */
function rankOf(names: RowName[], words: readonly string[]): FoundRow["rank"] | null {
  let rank = 3;
  let isNamed = false;
  for (const word of words) {
    const best = bestOf(names, word, words, true);
    if (best > 0) {
      rank = Math.min(rank, best);
      isNamed = true;
    } else if (isInGroup(names, word)) rank = Math.min(rank, 2);
    else return null;
  }
  return isNamed ? (rank as FoundRow["rank"]) : null;
}

/** The table's name says it and no row does. */
function isOnlySetting(index: TableIndex, word: string): boolean {
  return index.setting.includes(word) && !index.names.some((names) => bestOf(names, word, [word], false) > 0);
}

function isInGroup(names: RowName[], word: string): boolean {
  return names.some(({ role, text }) => role === "group" && text.includes(word));
}

function bestOf(names: RowName[], word: string, words: readonly string[], isOwnOnly: boolean): number {
  let best = 0;
  for (const name of names) {
    if (isOwnOnly && name.role === "group") continue;
    if (name.wholes.includes(word)) return 3;
    if (name.isWholeOnly || !name.text.includes(word)) continue;
    const said = words
      .filter((one) => name.text.includes(one))
      .reduce((sum, one) => sum + groupCount(one), 0);
    if (said >= groupCount(name.text)) return 3;
    const isSure = isCode(word) || name.wholes.some((whole) => endsWithGroups(whole, word));
    best = Math.max(best, isSure ? 2 : 1);
  }
  return best;
}

/** A model such as a3 or 500ml tells a row whatever stands beside it. */
function isCode(word: string): boolean {
  return /\d/u.test(word) && /[a-z]/u.test(word);
}
