// A tenant's products out of the database, ready to be asked. Called by the knowledge cache, also when a document changes.

import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { type DocumentRow, listDocumentRows } from "../../documents/shop/document-store.ts";
import { type KnownProduct, type KnownProducts, knownProducts } from "../../products/known-products.ts";
import { knownProduct } from "./product-rows.ts";
import { listCodeRows, listProductRows } from "./product-store.ts";

export async function loadProducts(ctx: Ctx): Promise<KnownProducts> {
  const { rows, codes, documents } = await transact(ctx, async (tx) => ({
    rows: await listProductRows(tx, ctx.tenantId),
    codes: await listCodeRows(tx, ctx.tenantId),
    documents: await listDocumentRows(tx, ctx.tenantId),
  }));
  const printed = new Map(codes.map(({ code, product_id, batch }) => [code, { product: product_id, batch }]));
  return knownProducts(
    rows.map((row) => withManual(knownProduct(row), documents)),
    printed,
  );
}

/** The original of the document stands in as file or address; a document that is off or gone is none. */
function withManual(product: KnownProduct, documents: readonly DocumentRow[]): KnownProduct {
  const document = documents.find(({ id, is_on }) => id === product.manualDocument && is_on);
  if (document === undefined) return { ...product, manualDocument: null };
  const { title, url, earlier_file } = document;
  // a new version that is still to be read is not given out
  const { media_id, file_name, file_type, size_bytes } = earlier_file ?? document;
  const original = media_id && {
    mediaId: media_id,
    name: file_name ?? title,
    type: file_type ?? "application/octet-stream",
    sizeBytes: size_bytes ?? 0,
  };
  return {
    ...product,
    manualFile: original ?? product.manualFile,
    manualUrl: url ?? product.manualUrl,
  };
}
