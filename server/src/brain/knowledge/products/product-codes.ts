// Codes printed on products: one for each batch of a product, made, listed and taken back. The code itself says nothing;
// what it stands for is looked up, so a label cannot be altered into another batch's.

import { randomInt } from "node:crypto";
import { type ProductCode, type ProductId, productBounds } from "@yingda/contract";
import { requestAudit, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { type Tx, transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { emit } from "../../../platform/outbox/index.ts";
import { reloadPart } from "../knowledge-cache.ts";
import { type CodeRow, deleteCodeRow, insertCodeRow, listCodeRows } from "./product-store.ts";
import { livingProduct } from "./shop-products.ts";

/** Without what is read wrongly when somebody types it off a label. */
const letters = "23456789abcdefghjkmnpqrstvwxyz";
/** 30 ^ 10: nobody finds another code by trying. */
const codeLength = 10;

/** @throws AppError product/not-found */
export async function listProductCodes(ctx: Ctx, id: ProductId): Promise<ProductCode[]> {
  requirePermission(ctx, "knowledge-read");
  const rows = await transact(ctx, async (tx) => {
    await livingProduct(ctx, tx, id);
    return listCodeRows(tx, ctx.tenantId, id);
  });
  return rows.map(present);
}

/** One for each batch, in the order asked; one that is there is kept. @throws AppError product/not-found, product/limit-reached */
export async function makeProductCodes(
  ctx: Ctx,
  id: ProductId,
  given: readonly string[],
): Promise<ProductCode[]> {
  requirePermission(ctx, "knowledge-write");
  const batches = [...new Set(given)];
  const made = await transact(ctx, async (tx) => {
    const product = await livingProduct(ctx, tx, id);
    await tx.rows("select pg_advisory_xact_lock(hashtextextended('product_code' || $1::text, 0))", [
      ctx.tenantId,
    ]);
    const before = await listCodeRows(tx, ctx.tenantId);
    const known = new Set(before.filter((row) => row.product_id === id).map(({ batch }) => batch));
    const missing = batches.filter((batch) => !known.has(batch));
    if (before.length + missing.length > productBounds.codes)
      throw new AppError("product/limit-reached", { details: { most: productBounds.codes } });
    for (const batch of missing) {
      const row: CodeRow = { code: newCode(), product_id: id, batch, created_at: ctx.clock.now() };
      await insertCodeRow(tx, ctx.tenantId, row);
    }
    const rows = await listCodeRows(tx, ctx.tenantId, id);
    if (missing.length > 0) await record(ctx, tx, id, { name: product.name, made: missing.length });
    return batches.flatMap((batch) => rows.filter((row) => row.batch === batch));
  });
  await reloadPart(ctx, "product-changed");
  return made.map(present);
}

/** @throws AppError product/code-not-found */
export async function removeProductCode(ctx: Ctx, code: string): Promise<void> {
  requirePermission(ctx, "knowledge-write");
  await transact(ctx, async (tx) => {
    const removed = await deleteCodeRow(tx, ctx.tenantId, code);
    if (removed === undefined) throw new AppError("product/code-not-found");
    await record(ctx, tx, removed.product_id, { removed: 1 });
  });
  await reloadPart(ctx, "product-changed");
}

async function record(
  ctx: Ctx,
  tx: Tx,
  productId: ProductId,
  details: Record<string, string | number>,
): Promise<void> {
  const entry = { action: "product-codes-changed", subject: "product", subjectId: productId, details };
  await requestAudit(ctx, tx, entry);
  await emit(ctx, tx, ctx.tenantId, [{ kind: "product-changed", payload: { productId, how: "changed" } }]);
}

function newCode(): string {
  return Array.from({ length: codeLength }, () => letters[randomInt(letters.length)]).join("");
}

function present({ code, batch, created_at }: CodeRow): ProductCode {
  return { code, batch, createdAt: created_at.toISOString() };
}
