// Which documents a question may be answered from when it is about one product: its manual first, never another product's. Pure.

import type { Passages } from "../documents/search/shop-passages.ts";
import { passagesOf } from "../documents/search/some-passages.ts";
import type { Turn } from "../turn.ts";
import { meantProducts } from "./product-meant.ts";

export interface MeantPassages {
  /** The product's own manual; null without one. */
  own: Passages | null;
  /** All documents but the manuals of other products. */
  all: Passages;
}

export function passagesMeant({ knowledge, input, heard }: Turn): MeantPassages {
  const { passages, products } = knowledge;
  const manuals = new Set<string>(products.all.flatMap(({ manualDocument }) => manualDocument ?? []));
  if (manuals.size === 0) return { own: null, all: passages };
  const [meant, ...others] = meantProducts(products, input, heard.text);
  if (meant === undefined || others.length > 0) return { own: null, all: passages };
  const own = meant.product.manualDocument;
  return {
    own: own === null ? null : passagesOf(passages, (document) => document === own),
    all: passagesOf(passages, (document) => document === own || !manuals.has(document)),
  };
}
