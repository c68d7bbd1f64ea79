// Which product a turn is about: the one that is named, else the one that was talked of just before, the one of the label that
// was scanned, the one that the contact named earlier. Pure.

import type { TurnInput } from "@yingda/contract";
import { seenIn } from "../pictures/seen-words.ts";
import type { KnownProduct, KnownProducts } from "./known-products.ts";
import { productPictured } from "./picture-codes.ts";
import { productCalled, productsNamed } from "./read-question.ts";

export interface MeantProduct {
  product: KnownProduct;
  batch: string;
  /** "words" and "open" are about this turn; a link or an earlier line only makes it likely. */
  from: "words" | "open" | "link" | "earlier";
}

const freshMs = 24 * 3_600_000;
const linesBack = 6;

/** Those that the words name; more than one where they fit several. With a known one among them that one is meant. */
export function meantProducts(known: KnownProducts, input: TurnInput, text: string): MeantProduct[] {
  const pictured = productPictured(known, input.pictures ?? []);
  const before: MeantProduct | null =
    pictured === null
      ? (productSeen(known, input) ?? talkedOf(known, input) ?? scanned(known, input))
      : { ...pictured, from: "words" };
  const named = productsNamed(known, text);
  if (named.length === 0) {
    const earlier = before ?? namedEarlier(known, input);
    return earlier === null ? [] : [earlier];
  }
  const same = named.find(({ id }) => id === before?.product.id);
  if (same !== undefined && before !== null) return [before];
  return named.map((product) => ({ product, batch: "", from: "words" }));
}

/** The one whose model a vision model read in a picture of this turn. */
export function productSeen(known: KnownProducts, input: TurnInput): MeantProduct | null {
  const models = seenIn(input).flatMap((seen) => seen.models);
  const [only, ...others] = models.length === 0 ? [] : productsNamed(known, models.join(" "));
  return only === undefined || others.length > 0 ? null : { product: only, batch: "", from: "open" };
}

function talkedOf(known: KnownProducts, { flowState, utterances }: TurnInput): MeantProduct | null {
  if (flowState?.kind !== "fault" && flowState?.kind !== "product") return null;
  const now = utterances.at(-1)?.at ?? new Date(0);
  const product = known.byId.get(flowState.product);
  if (product === undefined || now.getTime() - new Date(flowState.at).getTime() > freshMs) return null;
  return { product, batch: flowState.batch, from: "open" };
}

/** By the printed code, else by what the link calls it; the latter is only what somebody wrote into an address. */
export function scanned(known: KnownProducts, { context }: Pick<TurnInput, "context">): MeantProduct | null {
  const printed = known.printed.get((context.p ?? "").trim().toLowerCase());
  const product = printed && known.byId.get(printed.product);
  if (printed !== undefined && product !== undefined) return { product, batch: printed.batch, from: "link" };
  const called = productCalled(known, context.product ?? "");
  return called === null
    ? null
    : { product: called, batch: (context.batch ?? "").slice(0, 40), from: "link" };
}

function namedEarlier(known: KnownProducts, { history }: TurnInput): MeantProduct | null {
  const said = history.filter(({ author }) => author === "contact").slice(-linesBack);
  for (const { text } of said.toReversed()) {
    const [only, ...others] = productsNamed(known, text);
    if (only !== undefined && others.length === 0) return { product: only, batch: "", from: "earlier" };
  }
  return null;
}
