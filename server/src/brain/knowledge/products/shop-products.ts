// The shop's products as people keep them: list, read, add, change, remove, bring back. Each change is live when the call
// returns. Two people at one product: the second is told (product/version-moved), nothing is merged.

import {
  type Product,
  type ProductDraft,
  type ProductId,
  type ProductSummary,
  productBounds,
} from "@yingda/contract";
import { requestAudit, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { type Tx, transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { newId } from "../../../platform/ids.ts";
import { emit } from "../../../platform/outbox/index.ts";
import { restorableDays, whoAndWhen } from "../faqs.ts";
import { reloadPart } from "../knowledge-cache.ts";
import { checkProduct } from "./check-product.ts";
import { presentProduct, presentProductSummary } from "./product-rows.ts";
import {
  countProducts,
  findProductRow,
  insertProductRow,
  listCodeRows,
  listProductRows,
  markProductDeleted,
  type ProductRow,
  unmarkProductDeleted,
  updateProductRow,
} from "./product-store.ts";

const uniqueViolation = "23505";
const dayMs = 86_400_000;

export async function listProducts(ctx: Ctx): Promise<ProductSummary[]> {
  requirePermission(ctx, "knowledge-read");
  const { rows, codes } = await transact(ctx, async (tx) => ({
    rows: await listProductRows(tx, ctx.tenantId),
    codes: await listCodeRows(tx, ctx.tenantId),
  }));
  const counts = new Map<string, number>();
  for (const { product_id } of codes) counts.set(product_id, (counts.get(product_id) ?? 0) + 1);
  return rows.map((row) => presentProductSummary(row, counts.get(row.id) ?? 0));
}

/** @throws AppError product/not-found */
export async function getProduct(ctx: Ctx, id: ProductId): Promise<Product> {
  requirePermission(ctx, "knowledge-read");
  return presentProduct(await transact(ctx, (tx) => livingProduct(ctx, tx, id)));
}

/** @throws AppError product/name-taken, product/limit-reached, product/same-fault, product/picture-not-found */
export async function createProduct(ctx: Ctx, given: ProductDraft): Promise<Product> {
  requirePermission(ctx, "knowledge-write");
  const draft = await checkProduct(ctx, given);
  const row = await nameChecked(() => transact(ctx, (tx) => addProduct(ctx, tx, draft)));
  await reloadPart(ctx, "product-changed");
  return presentProduct(row);
}

/** Inside a transaction, for one product or for the rows of a sheet. The draft is checked already. */
export async function addProduct(ctx: Ctx, tx: Tx, draft: ProductDraft): Promise<ProductRow> {
  await checkCount(ctx, tx);
  const row = await insertProductRow(tx, ctx.tenantId, newId<ProductId>(), draft, whoAndWhen(ctx));
  await recordProductChange(ctx, tx, row, "added");
  return row;
}

/** @throws AppError product/not-found, product/version-moved, and what createProduct throws */
export async function updateProduct(
  ctx: Ctx,
  id: ProductId,
  { version, ...given }: ProductDraft & { version: number },
): Promise<Product> {
  requirePermission(ctx, "knowledge-write");
  const draft = await checkProduct(ctx, given);
  const row = await nameChecked(() => transact(ctx, (tx) => changeProduct(ctx, tx, { id, version, draft })));
  await reloadPart(ctx, "product-changed");
  return presentProduct(row);
}

/** The same inside a transaction. */
export async function changeProduct(
  ctx: Ctx,
  tx: Tx,
  changed: { id: ProductId; version: number; draft: ProductDraft },
): Promise<ProductRow> {
  const known = await livingProduct(ctx, tx, changed.id);
  const row = await updateProductRow(tx, ctx.tenantId, changed, whoAndWhen(ctx));
  if (row === undefined) {
    // `known` may have been read before the faster one's commit: say the version that stands now
    const now = await findProductRow(tx, ctx.tenantId, changed.id);
    throw new AppError("product/version-moved", { details: { version: now?.version ?? known.version } });
  }
  await recordProductChange(ctx, tx, row, "changed");
  return row;
}

/** @throws AppError product/not-found */
export async function deleteProduct(ctx: Ctx, id: ProductId): Promise<void> {
  requirePermission(ctx, "knowledge-write");
  await transact(ctx, async (tx) => {
    const deleted = await markProductDeleted(tx, ctx.tenantId, id, ctx.clock.now());
    if (deleted === undefined) throw new AppError("product/not-found");
    await recordProductChange(ctx, tx, deleted, "removed");
  });
  await reloadPart(ctx, "product-changed");
}

/** The undo of a deletion of the last 30 days. @throws AppError product/not-found, product/name-taken, product/limit-reached */
export async function restoreProduct(ctx: Ctx, id: ProductId): Promise<Product> {
  requirePermission(ctx, "knowledge-write");
  const since = new Date(ctx.clock.nowMs() - restorableDays * dayMs);
  const row = await nameChecked(() =>
    transact(ctx, async (tx) => {
      await checkCount(ctx, tx);
      const restored = await unmarkProductDeleted(tx, ctx.tenantId, id, since);
      if (restored === undefined) throw new AppError("product/not-found");
      await recordProductChange(ctx, tx, restored, "added");
      return restored;
    }),
  );
  await reloadPart(ctx, "product-changed");
  return presentProduct(row);
}

/** @throws AppError product/not-found */
export async function livingProduct(ctx: Ctx, tx: Tx, id: ProductId): Promise<ProductRow> {
  const row = await findProductRow(tx, ctx.tenantId, id);
  if (row === undefined || row.deleted_at !== null) throw new AppError("product/not-found");
  return row;
}

async function checkCount(ctx: Ctx, tx: Tx): Promise<void> {
  const most = productBounds.products;
  if ((await countProducts(tx, ctx.tenantId)) >= most)
    throw new AppError("product/limit-reached", { details: { most } });
}

export async function nameChecked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === uniqueViolation)
      throw new AppError("product/name-taken", { cause: error });
    throw error;
  }
}

/** Audit and event of a change. Last in the transaction: it locks the lane. */
async function recordProductChange(
  ctx: Ctx,
  tx: Tx,
  row: ProductRow,
  how: "added" | "changed" | "removed",
): Promise<void> {
  await requestAudit(ctx, tx, {
    action: `product-${how}`,
    subject: "product",
    subjectId: row.id,
    details: { name: row.name, version: row.version },
  });
  await emit(ctx, tx, ctx.tenantId, [{ kind: "product-changed", payload: { productId: row.id, how } }]);
}
