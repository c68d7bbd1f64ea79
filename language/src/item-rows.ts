// The rows of one item: its own phrasings, those that it borrows from the corpus intents it means, and its negative
// examples. Called by shop-model.ts when a shop is trained, loaded or changed.

import type { Alignment } from "./alignment.ts";
import { shippedEncoder } from "./encoder.ts";
import { KnownWords } from "./known-words.ts";
import type { MatcherItem } from "./matcher-types.ts";
import { keptTogether, type PreparedText, preparedPhrasings, prepareText } from "./prepared-text.ts";
import { isHan, type Row, type ShopRows } from "./shop-rows.ts";

/** An item in its place: its number is its place in the list of all. */
export interface Slot {
  item: MatcherItem;
  /** Own, then borrowed, then negative. */
  rows: Row[];
  alignment: Alignment[];
  /** Numbers of the aligned intents. */
  intents: number[];
  /** What its askers have words for. */
  known: KnownWords;
}

/** What an item compares messages with, prepared: without repetitions and texts that have nothing to compare. */
export function ownTexts(item: MatcherItem): PreparedText[] {
  const seen = new Set<string>();
  const texts = item.phrasings
    .map(prepareText)
    .filter(({ key, hashes }) => hashes.length > 0 && !seen.has(key) && seen.add(key));
  return keptTogether(texts);
}

/** Adds an item's rows to the shop, in pieces of a few milliseconds. `texts`: from `ownTexts`. */
export function* placingItem(
  shop: ShopRows,
  slot: number,
  item: MatcherItem,
  texts: readonly PreparedText[],
  alignment: readonly Alignment[],
): Generator<void, Slot> {
  const refused = new Set(item.unborrowed ?? []);
  const own = texts.map((text) => shop.add(slot, "own", text));
  const taken = new Set(texts.map(({ key }) => key));
  const hasEnglish = texts.some(({ key }) => /[a-z]{3}/u.test(key));
  const hasChinese = texts.some(({ key }) => isHan(key));
  const kept = alignment.filter(({ slug }) => !refused.has(slug));
  const languages = [...(hasChinese ? (["zh"] as const) : []), ...(hasEnglish ? (["en"] as const) : [])];
  const borrowed: Row[] = [];
  for (const { slug } of kept)
    for (const language of languages) {
      for (const text of preparedPhrasings(slug, language))
        if (!taken.has(text.key) && !refused.has(text.original))
          borrowed.push(shop.add(slot, "borrowed", text, slug));
      yield;
    }
  const negatives = (item.negatives ?? []).map((text) => shop.add(slot, "negative", prepareText(text)));
  const { intents } = shippedEncoder();
  return {
    item,
    rows: [...own, ...borrowed, ...negatives],
    alignment: kept,
    intents: kept.map(({ slug }) => intents.indexOf(slug)),
    known: new KnownWords(texts, kept),
  };
}
