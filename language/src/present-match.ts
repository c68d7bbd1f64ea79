// A candidate as whoever asked sees it: its id, how sure the matcher is, and why. Called by matcher.ts.

import type { Nearness } from "./embedding-scorer.ts";
import type { Slot } from "./item-rows.ts";
import type { Match } from "./matcher-types.ts";
import type { NormalisedText } from "./normalise.ts";
import type { PreparedText } from "./prepared-text.ts";
import type { Scores } from "./scores.ts";
import type { ShopModel } from "./shop-model.ts";
import type { Row } from "./shop-rows.ts";

/** A message as the matcher read it. */
export interface Read {
  text: NormalisedText;
  scores: Scores;
  /** Its features by name, and the hash of each. */
  names: string[];
  hashes: Uint32Array;
  /** Words and pairs of characters that no phrasing has. */
  unseen: string[];
  /** What an embedding model says of each item; null for none. */
  meant: Nearness | null;
}

/** From this confidence on a message counts as said word for word; others stay below. */
const exactConfidence = 0.98;
const mostInexact = 0.979;

/** A place with what its item was given: how sure the matcher is of it. */
export interface Ranked {
  slot: number;
  confidence: number;
  isExact: boolean;
}

/** Null for a place that no item has, and for an item one of whose negative examples is nearer than all its phrasings. */
export function rank({ slots }: ShopModel, slot: number, read: Read, probability: number): Ranked | null {
  const place = slots[slot];
  if (place === null || place === undefined) return null;
  const isExact = place.rows.some(({ kind, text }) => kind === "own" && text.key === read.text.text);
  if (read.scores.refused[slot] === 1 && !isExact) return null;
  const confidence = isExact ? Math.max(exactConfidence, probability) : Math.min(mostInexact, probability);
  return { slot, isExact, confidence };
}

export function presentMatch(model: ShopModel, { slot, confidence, isExact }: Ranked, read: Read): Match {
  const { item } = model.slots[slot] as Slot;
  const { scores } = read;
  const at = scores.nearest[slot] as number;
  const nearest = at < 0 ? null : (model.shop.rows[at] as Row);
  return {
    id: item.id,
    confidence,
    why: {
      phrasing: nearest?.text.original ?? "",
      borrowedFrom: nearest?.intent ?? null,
      words: scores.words[slot] as number,
      wordsBorrowed: scores.wordsBorrowed[slot] as number,
      sense: scores.sense[slot] as number,
      senseBorrowed: scores.senseBorrowed[slot] as number,
      probability: scores.probability[slot] as number,
      bridge: scores.bridge[slot] as number,
      shared: nearest === null ? [] : sharedWith(model, read, nearest.text),
      isExact,
      ...(read.meant === null ? {} : { embedding: read.meant.near[read.meant.ids.indexOf(item.id)] ?? -1 }),
    },
  };
}

/** Han pairs, words and concepts that message and phrasing share, the rarest first. */
function sharedWith({ shop: { space } }: ShopModel, read: Read, phrasing: PreparedText): string[] {
  const theirs = new Set(phrasing.hashes);
  return read.names
    .flatMap((name, at) => {
      const hash = read.hashes[at] as number;
      if (!theirs.has(hash) || !isShownFeature(name)) return [];
      return [{ name: name.slice(2), rarity: 1 / (1 + space.countOf(space.idOf(hash))) }];
    })
    .sort((a, b) => b.rarity - a.rarity)
    .slice(0, 4)
    .map(({ name }) => name);
}

/** Han pairs, words and concepts say something to a person; the rest of the features does not. */
function isShownFeature(name: string): boolean {
  return name.startsWith("w:") || name.startsWith("c:") || (name.startsWith("h:") && [...name].length === 4);
}
