// Whether a source makes the same promise: the same family, not denied there, about the same thing, and with its condition
// kept. Called by supports.ts.

import type { Found, PromiseSaid } from "./claim.ts";
import { keepsCondition } from "./conditions.ts";
import { clauseAround, tellingWords } from "./context.ts";
import { families } from "./promise-families.ts";
import type { ReadSource } from "./source-index.ts";

const byId = new Map(families.map((family) => [family.id, family]));
const mostCompared = 60;
/** Ten times the price, buy two get one. */
const counted = /^(?:fake-compensation|gift)$/u;

/** Whether the source makes the promise of the reply. Throws nothing. */
export function supportsPromise(text: string, { start, end, meaning }: Found, source: ReadSource): boolean {
  if (!("family" in meaning)) return false;
  const { family: id, said } = meaning;
  const family = byId.get(id);
  const clause = clauseAround(text, { start, end });
  const named = tellingWords(text.slice(clause.start, clause.end));
  const offers = (source.promises.get(id) ?? []).filter(
    (offer) => "said" in offer.meaning && !offer.meaning.said.isNegated,
  );
  return offers.slice(0, mostCompared).some((offer) => {
    if (!("said" in offer.meaning)) return false;
    if (leavesOut(source, offer, named) || isOfOther(source, offer, named)) return false;
    if (counted.test(id) && said.factor !== null && offer.meaning.said.factor !== said.factor) return false;
    if (family?.hasObject === true && !sameThing(said, offer.meaning.said)) return false;
    if (family?.keepsCondition === undefined) return true;
    return keepsCondition(text, { start, end }, source.text, offer, family.keepsCondition === "timed");
  });
}

/** "新疆也包邮" where 新疆 is left out of the offer. */
function leavesOut({ text, polarity }: ReadSource, offer: Found, named: ReadonlySet<string>): boolean {
  const { start, end } = clauseAround(text, offer);
  const offered = tellingWords(text.slice(start, end));
  return [...polarity.excluded].some((word) => named.has(word) && !offered.has(word));
}

/** "套餐 B 送足浴" where it is package A that has one. */
function isOfOther({ text }: ReadSource, offer: Found, named: ReadonlySet<string>): boolean {
  const asked = [...named].filter((word) => word.startsWith("#"));
  if (asked.length === 0) return false;
  const { start, end } = clauseAround(text, offer);
  const offered = [...tellingWords(text.slice(start, end))].filter((word) => word.startsWith("#"));
  return offered.length > 0 && !asked.some((word) => offered.includes(word));
}

/** Everything the reply promises must be among what the source promises there. */
function sameThing(claim: PromiseSaid, offer: PromiseSaid): boolean {
  const isTagged = claim.objects.length > 0;
  if (isTagged && !claim.objects.every((object) => offer.sentenceObjects.includes(object))) return false;
  if (!sameScript(claim.words, offer.words)) return true;
  const said = new Set(offer.words);
  if (claim.things.length > 1 || (!isTagged && claim.things.length > 0))
    return claim.things.every((words) => words.some((word) => said.has(word)));
  return isTagged || claim.words.length === 0 || claim.words.some((word) => said.has(word));
}

/** Words of two languages cannot be compared. */
function sameScript(a: readonly string[], b: readonly string[]): boolean {
  const isHan = (words: readonly string[]) => words.some((word) => /\p{Script=Han}/u.test(word));
  return isHan(a) === isHan(b);
}
