// A tenant's products out of the database, ready to be asked. Called by the knowledge cache.

import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { type KnownProducts, knownProducts } from "../../products/known-products.ts";
import { knownProduct } from "./product-rows.ts";
import { listCodeRows, listProductRows } from "./product-store.ts";

export async function loadProducts(ctx: Ctx): Promise<KnownProducts> {
  const { rows, codes } = await transact(ctx, async (tx) => ({
    rows: await listProductRows(tx, ctx.tenantId),
    codes: await listCodeRows(tx, ctx.tenantId),
  }));
  const printed = new Map(codes.map(({ code, product_id, batch }) => [code, { product: product_id, batch }]));
  return knownProducts(rows.map(knownProduct), printed);
}
