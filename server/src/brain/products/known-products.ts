// A shop's products made ready for a turn: names to find, fault codes by key, codes printed on products. A plain value
// that is built anew at every change; the arrays in it are indexed once by the language package. Pure.

import type { FaultCode, ProductDraft, ProductId } from "@yingda/contract";
import type { CatalogueProduct } from "@yingda/language";
import { looseKey, plainKey } from "./fault-keys.ts";

export interface KnownProduct extends ProductDraft {
  id: ProductId;
  /** "YYYY-MM-DD": when it was last written. */
  checkedOn: string;
}

/** A code printed on a product: which one, and of which batch ("" none). */
export interface PrintedCode {
  product: ProductId;
  batch: string;
}

export interface KnownFault {
  product: KnownProduct;
  fault: FaultCode;
}

export interface KnownProducts {
  /** Those that are on, in the order they were made. */
  readonly all: readonly KnownProduct[];
  readonly byId: ReadonlyMap<string, KnownProduct>;
  readonly printed: ReadonlyMap<string, PrintedCode>;
  /** For finding names and fault codes in what customers write. */
  readonly catalogue: readonly CatalogueProduct[];
  readonly faultCodes: readonly string[];
  /** By loose key; of one product the exact spelling first. */
  readonly faults: ReadonlyMap<string, readonly KnownFault[]>;
  /** Bar codes and texts of codes on packages. */
  readonly barcodes: ReadonlyMap<string, ProductId>;
}

export const noProducts: KnownProducts = knownProducts([], new Map());

export function knownProducts(
  products: readonly KnownProduct[],
  printed: ReadonlyMap<string, PrintedCode>,
): KnownProducts {
  const all = products.filter(({ isOn }) => isOn);
  const byId = new Map<string, KnownProduct>(all.map((product) => [product.id, product]));
  const faults = new Map<string, KnownFault[]>();
  const faultCodes = new Set<string>();
  const barcodes = new Map<string, ProductId>();
  for (const product of all) {
    for (const barcode of product.barcodes) barcodes.set(barcodeKey(barcode), product.id);
    for (const fault of product.faults) {
      faultCodes.add(fault.code);
      const key = looseKey(fault.code);
      faults.set(key, [...(faults.get(key) ?? []), { product, fault }]);
    }
  }
  return {
    all,
    byId,
    printed: new Map([...printed].filter(([, { product }]) => byId.has(product))),
    catalogue: all.map(catalogueEntry),
    faultCodes: [...faultCodes],
    faults,
    barcodes,
  };
}

function catalogueEntry({ id, name, nameEn, models, aliases }: KnownProduct): CatalogueProduct {
  return { id, name, aliases: [nameEn, ...models, ...aliases].filter((other) => other !== "") };
}

export function barcodeKey(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}

/** The faults that a code may mean: of this product, or of all; those spelt exactly so before those that only sound so. */
export function faultsOf(known: KnownProducts, code: string, product: KnownProduct | null): KnownFault[] {
  const loose = known.faults.get(looseKey(code)) ?? [];
  const found = product === null ? loose : loose.filter((one) => one.product.id === product.id);
  const exact = found.filter(({ fault }) => plainKey(fault.code) === plainKey(code));
  const exactIn = new Set(exact.map((one) => one.product.id));
  return [...exact, ...found.filter((one) => !exactIn.has(one.product.id))];
}
