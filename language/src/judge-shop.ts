// A shop judges its own phrasings, each on rows and by a classifier that have not seen it: what its calibration is fitted
// on. Called by shop-model.ts at the end of training.

import type { JudgedEvidence } from "./calibration.ts";
import { isBlindTo } from "./classifier.ts";
import { evidenceFor, shortlist, weighable } from "./evidence.ts";
import type { Vector } from "./feature-space.ts";
import type { Scores } from "./scores.ts";
import { noneSlot, type Row, type ShopRows } from "./shop-rows.ts";

/** More texts than this are drawn evenly. */
const mostJudged = 240;

/** How many unrelated messages a shop sees for each one that it answers: the fewer its questions, the more. */
export function strangersPerOwn(items: number): number {
  return Math.max(0.35, 3 / Math.max(1, items));
}

/** Which text was judged, and for which item. */
export interface JudgedCandidate extends JudgedEvidence {
  row: number;
  slot: number;
}

/**
 * Judges in pieces of some milliseconds; returns the evidence.
 *
 * `scoresOf`: the scores of a row's text with the row left out, given the share of its weight that other texts know.
 */
export function* judgingShop(
  shop: ShopRows,
  items: number,
  scoresOf: (row: number, coverage: number) => Scores,
): Generator<void, JudgedCandidate[]> {
  const { rows } = shop;
  const own = rows.flatMap(({ kind }, at) =>
    isBlindTo(at) && (kind === "own" || kind === "background") ? [at] : [],
  );
  const step = Math.max(1, Math.floor(own.length / mostJudged));
  const judgedRows = own.filter((_, i) => i % step === 0);
  const strangers = judgedRows.filter((at) => (rows[at] as Row).kind === "background").length;
  const owners = judgedRows.length - strangers;
  const strangerImportance = strangers === 0 ? 0 : Math.min(1, (strangersPerOwn(items) * owners) / strangers);
  const judged: JudgedCandidate[] = [];
  for (const [i, at] of judgedRows.entries()) {
    const row = rows[at] as Row;
    const ready = weighable(scoresOf(at, coverageWithout(shop, shop.vectorOf(at))));
    for (const slot of shortlist(ready, 2))
      judged.push({
        row: at,
        slot,
        evidence: evidenceFor(slot, ready),
        isRight: slot === row.slot,
        importance: row.slot === noneSlot ? strangerImportance : 1,
      });
    if (i % 40 === 39) yield;
  }
  return judged;
}

/** Share of the text's weight in features that at least one other text has, too. */
function coverageWithout({ space }: ShopRows, vector: Vector): number {
  let known = 0;
  for (let i = 0; i < vector.ids.length; i += 1)
    if (space.countOf(vector.ids[i] as number) > 1) known += (vector.weights[i] as number) ** 2;
  return known;
}
