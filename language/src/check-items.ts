// What a shop may be trained on. Checked before training, loading and every change, so that a mistake of whoever calls is
// told at once and by its name instead of as a strange answer later. Called by shop-model.ts and saved-model.ts.

import type { MatcherItem } from "./matcher-types.ts";

/** How much a matcher takes. An item without phrasings is kept and never matches. */
export const matcherLimits = {
  items: 20_000,
  /** Characters of an id. */
  id: 200,
  /** Phrasings and negatives of one item, and all phrasings of all items. */
  textsPerItem: 5_000,
  texts: 200_000,
  /** Characters of one phrasing: what a message is read up to, too. */
  text: 2_000,
} as const;

export const matcherInputCodes = [
  "not-an-item",
  "id-empty",
  "id-too-long",
  "id-twice",
  "texts-not-a-list",
  "text-not-a-string",
  "text-too-long",
  "too-many-texts",
  "too-many-items",
] as const;
export type MatcherInputCode = (typeof matcherInputCodes)[number];

const remedies: Record<MatcherInputCode, string> = {
  "not-an-item": "give every item as {id, phrasings}",
  "id-empty": "give every item an id",
  "id-too-long": `an id has at most ${matcherLimits.id} characters`,
  "id-twice": "join the items of one id, or give them ids of their own",
  "texts-not-a-list": "give phrasings, negatives and unborrowed as lists of strings",
  "text-not-a-string": "give every phrasing as a string",
  "text-too-long": `a phrasing has at most ${matcherLimits.text} characters: give the question, not the page`,
  "too-many-texts": `at most ${matcherLimits.textsPerItem} phrasings an item and ${matcherLimits.texts} in all`,
  "too-many-items": `at most ${matcherLimits.items} items a matcher: split them by topic`,
};

/** Items that no matcher can be trained on. `code` tells what is wrong, `item` where, the message what to do. */
export class MatcherInputError extends Error {
  override name = "MatcherInputError";
  readonly code: MatcherInputCode;
  /** Id of the item, or its place in the list when it has none; null when it is about all of them. */
  readonly item: string | number | null;

  constructor(code: MatcherInputCode, item: string | number | null) {
    super(`${code}${item === null ? "" : ` (item ${JSON.stringify(item)})`}: ${remedies[code]}`);
    this.code = code;
    this.item = item;
  }
}

/** Checks items that come from outside the type system, too. @throws MatcherInputError for the first that is wrong */
export function checkItems(items: readonly MatcherItem[]): void {
  if (items.length > matcherLimits.items) throw new MatcherInputError("too-many-items", null);
  const seen = new Set<string>();
  let texts = 0;
  for (const [at, item] of items.entries()) {
    texts += checkItem(item, at);
    if (seen.has(item.id)) throw new MatcherInputError("id-twice", item.id);
    seen.add(item.id);
  }
  if (texts > matcherLimits.texts) throw new MatcherInputError("too-many-texts", null);
}

/** Checks one item and counts its texts. `at`: its place. @throws MatcherInputError */
export function checkItem(item: MatcherItem, at = 0): number {
  if (typeof item !== "object" || item === null) throw new MatcherInputError("not-an-item", at);
  const { id } = item;
  if (typeof id !== "string" || id.trim() === "") throw new MatcherInputError("id-empty", at);
  if (id.length > matcherLimits.id) throw new MatcherInputError("id-too-long", id.slice(0, 40));
  if (item.answer !== undefined && typeof item.answer !== "string")
    throw new MatcherInputError("text-not-a-string", id);
  const lists = [item.phrasings, item.negatives ?? [], item.unborrowed ?? []];
  let texts = 0;
  for (const list of lists) {
    if (!Array.isArray(list)) throw new MatcherInputError("texts-not-a-list", id);
    texts += list.length;
    if (texts > matcherLimits.textsPerItem) throw new MatcherInputError("too-many-texts", id);
    for (const text of list as readonly unknown[]) {
      if (typeof text !== "string") throw new MatcherInputError("text-not-a-string", id);
      if (text.length > matcherLimits.text) throw new MatcherInputError("text-too-long", id);
    }
  }
  return texts;
}
