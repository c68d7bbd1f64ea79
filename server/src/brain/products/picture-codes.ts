// What the codes in a customer's pictures say: one of our labels, a bar code of a product, or a number as it stands on a parcel or
// an order. Anything else (a stranger's address, a payment code) says nothing: it is data, and never opened. Pure.

import type { PictureRead } from "@yingda/contract";
import { barcodeKey, type KnownProduct, type KnownProducts } from "./known-products.ts";

const ourLabel = /\/h\/[\w-]{1,60}\/([2-9a-z]{10})(?:[?#]|$)/iu;
const number = /^(?=.*\d)[A-Z0-9-]{6,32}$/iu;
/** Codes of shops' shelves: they name goods, not orders. */
const shelf = /^(?:EAN|UPC)/iu;

/** The product that a picture shows the code of, with its batch. */
export function productPictured(
  known: KnownProducts,
  pictures: readonly PictureRead[],
): { product: KnownProduct; batch: string } | null {
  for (const { text } of pictures.flatMap(({ codes }) => codes)) {
    const printed = known.printed.get((ourLabel.exec(text)?.[1] ?? text).toLowerCase());
    const id = printed?.product ?? known.barcodes.get(barcodeKey(text));
    const product = id === undefined ? undefined : known.byId.get(id);
    if (product !== undefined) return { product, batch: printed?.batch ?? "" };
  }
  return null;
}

/** Numbers that may be of a parcel or an order, each once. */
export function numbersPictured(pictures: readonly PictureRead[]): string[] {
  const texts = pictures
    .flatMap(({ codes }) => codes)
    .filter(({ format }) => !shelf.test(format))
    .map(({ text }) => text.trim());
  return [...new Set(texts.filter((text) => number.test(text)))];
}
