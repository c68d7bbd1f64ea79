// A product's row as the brain asks it and as the workbench sees it. A row written by an older version gets the fields that
// came later. Pure.

import { type Product, type ProductDraft, type ProductSummary, productDraft } from "@yingda/contract";
import type { KnownProduct } from "../../products/known-products.ts";
import type { ProductRow } from "./product-store.ts";

export function draftOf(body: unknown): ProductDraft {
  return productDraft.parse(body);
}

export function presentProduct(row: ProductRow): Product {
  return { ...draftOf(row.body), id: row.id, version: row.version, updatedAt: row.updated_at.toISOString() };
}

export function presentProductSummary(row: ProductRow, codeCount: number): ProductSummary {
  const { name, models, faults, isOn, pictures } = draftOf(row.body);
  return {
    id: row.id,
    name,
    models,
    faultCount: faults.length,
    codeCount,
    isOn,
    picture: pictures[0] ?? null,
    version: row.version,
    updatedAt: row.updated_at.toISOString(),
  };
}

export function knownProduct(row: ProductRow): KnownProduct {
  return { ...draftOf(row.body), id: row.id, checkedOn: row.updated_at.toISOString().slice(0, 10) };
}
