// Reads everything claimable out of one text, reply or source alike, so that both are compared by the same reading. What
// an earlier finder took, a later one does not see; digits that nobody explained remain as bare numbers.

import { findAmounts } from "./amounts.ts";
import type { Amount, Found } from "./claim.ts";
import { findTimes } from "./clock.ts";
import { findCodes, findContacts, findPhones } from "./contacts-and-codes.ts";
import { findDates } from "./dates.ts";
import { type FoldedText, foldText, maskStretches } from "./fold.ts";
import { findNoClaims } from "./no-claims.ts";
import { findPromises } from "./promises.ts";

export interface ClaimsOfText {
  folded: FoldedText;
  /** Everything but promises, in reading order. */
  facts: Found[];
  promises: Found[];
}

/** Promises whose numbers are part of their words: 24/7, 假一赔十. */
const withOwnNumbers = /^(?:round-the-clock|fake-compensation)$/u;
/** "20x30cm", "80 by 40 cm" are two lengths. */
const times = /(?<=\d)\s?(?:[x×*]|乘以?| by )\s?(?=\d)/gu;

/** Reads a text. `side` as in findPromises. Throws nothing; work grows with the length. */
export function readClaims(original: string, side: "claims" | "backing"): ClaimsOfText {
  const folded = foldText(original);
  const promises = findPromises(folded.text, side);
  const facts: Found[] = [];
  let text = maskStretches(
    folded.text,
    promises.filter(({ meaning }) => "family" in meaning && withOwnNumbers.test(meaning.family)),
  );
  const take = (found: Found[]) => {
    for (const one of found) facts.push(one);
    text = maskStretches(text, found);
  };
  take(findContacts(text));
  text = maskStretches(text, findNoClaims(text));
  take(findPhones(text));
  text = maskStretches(
    text,
    [...text.matchAll(times)].map((found) => ({ start: found.index, end: found.index + found[0].length })),
  );
  take(findCodes(text, (start, end) => original.slice(folded.from[start] ?? 0, folded.to[end - 1] ?? 0)));
  if (side === "backing") facts.push(...numbersOfCodes(facts));
  take(findTimes(text));
  take(findDates(text, side));
  take(findAmounts(text, side));
  facts.sort((a, b) => a.start - b.start);
  return { folded, facts, promises };
}

/** "8000rpm" of a source also backs 8000 with a unit that we do not know. */
function numbersOfCodes(facts: readonly Found[]): Found[] {
  return facts.flatMap(({ start, end, meaning }) => {
    if (meaning.kind !== "code") return [];
    const value = Number(/^(\d{1,9})[a-z]{1,6}$/u.exec(meaning.key)?.[1] ?? Number.NaN);
    if (Number.isNaN(value)) return [];
    const number: Amount = {
      kind: "number",
      unit: "",
      low: value,
      high: value,
      bound: "none",
      per: [],
      name: meaning.key,
    };
    return [{ start, end, meaning: number }];
  });
}
