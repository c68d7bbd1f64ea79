// What a vision model saw in the pictures of a turn, as texts to search with, to show to a model and to tell back. It is at most as
// good as the customer's own words, and no words of theirs: no mood, no wish, no start of a flow is read in it. Pure.

import type { PictureSeen, TurnInput } from "@yingda/contract";

const longestSought = 300;

export function seenIn({ pictures = [] }: Pick<TurnInput, "pictures">): PictureSeen[] {
  return pictures.flatMap(({ seen }) => seen ?? []);
}

/** To search with; "" where nothing was seen. */
export function soughtIn(input: Pick<TurnInput, "pictures">): string {
  const texts = seenIn(input).flatMap(({ text, shows }) => (text.length > 0 ? text : [shows]));
  return [...texts.join("\n").trim()].slice(0, longestSought).join("");
}

/** What may be told back: models, codes and numbers. What a picture says of prices and promises backs nothing. */
export function backedBySeen(input: Pick<TurnInput, "pictures">): string[] {
  return seenIn(input)
    .map(({ models, faultCodes, numbers }) => [...models, ...faultCodes, ...numbers].join("\n"))
    .filter((text) => text !== "");
}

/** Of orders and parcels, each once. */
export function numbersSeen(input: Pick<TurnInput, "pictures">): string[] {
  return [...new Set(seenIn(input).flatMap(({ numbers }) => numbers))];
}
