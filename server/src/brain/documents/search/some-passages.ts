// Some of a shop's documents, searched as if there were no others. Pure.

import type { Passages } from "./shop-passages.ts";

/** So many more are looked at, because the best may be of documents that are left out. */
const wider = 5;

export function passagesOf(all: Passages, isMeant: (document: string) => boolean): Passages {
  return {
    size: all.size,
    find: (question, most) =>
      all
        .find(question, most * wider)
        .filter(({ document }) => isMeant(document))
        .slice(0, most),
    weigh(text, most) {
      const { question, ranked } = all.weigh(text, most * wider);
      return { question, ranked: ranked.filter(({ document }) => isMeant(document.id)).slice(0, most) };
    },
  };
}
