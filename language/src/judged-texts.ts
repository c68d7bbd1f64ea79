// What a shop's judging of its own phrasings leaves behind for weighing an embedding model (embedding-scorer.ts): texts by
// their words and items by their ids, so that it outlives changes of the shop, saving and loading. Pure.

import { type Coefficients, probabilityOf } from "./calibration.ts";
import { embeddable, type JudgedText } from "./embedding-scorer.ts";
import type { JudgedCandidate } from "./judge-shop.ts";
import { noneSlot, type Row } from "./shop-rows.ts";

export type { JudgedText } from "./embedding-scorer.ts";

/** Strangers that a model is shown: each costs a call, and all are alike in being none of the shop's. */
const mostStrangers = 60;
const surest = 1e-6;

interface Judge {
  shop: { rows: readonly Row[] };
  slots: readonly ({ item: { id: string }; rows: readonly Row[] } | null)[];
  coefficients: Coefficients;
}

export function judgedTexts(
  judged: readonly JudgedCandidate[],
  { shop, slots, coefficients }: Judge,
): JudgedText[] {
  const byRow = Map.groupBy(judged, ({ row }) => row);
  const strangers = [...byRow.keys()].filter((at) => shop.rows[at]?.slot === noneSlot);
  const step = Math.max(1, Math.ceil(strangers.length / mostStrangers));
  const kept = new Set(strangers.filter((_, at) => at % step === 0));
  return [...byRow].flatMap(([at, candidates]) => {
    const row = shop.rows[at] as Row;
    const isStranger = row.slot === noneSlot;
    if (isStranger && !kept.has(at)) return [];
    return [
      {
        text: embeddable(row.text.key),
        right: slots[row.slot]?.item.id ?? null,
        importance: (candidates[0]?.importance ?? 1) * (isStranger ? step : 1),
        candidates: candidates.flatMap(({ slot, evidence }) => {
          const id = slots[slot]?.item.id;
          return id === undefined ? [] : [{ id, logOdds: logOddsOf(probabilityOf(evidence, coefficients)) }];
        }),
      },
    ];
  });
}

/** Own phrasings by item, as they are embedded. */
export function ownTextsOf({ slots }: Pick<Judge, "slots">): Map<string, string[]> {
  return new Map(
    slots.flatMap((slot) =>
      slot === null
        ? []
        : [
            [
              slot.item.id,
              slot.rows.filter(({ kind }) => kind === "own").map(({ text }) => embeddable(text.key)),
            ],
          ],
    ),
  );
}

/** Kept finite at both ends. */
export function logOddsOf(probability: number): number {
  const p = Math.min(1 - surest, Math.max(surest, probability));
  return Math.log(p / (1 - p));
}
