// SQL for the shop's products and the codes printed on them. A product is the shop's own words and stands in clear, as FAQs do.

import type { ProductDraft, ProductId, TenantId } from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";
import type { ByWhom } from "../tables/table-store.ts";

export interface ProductRow {
  id: ProductId;
  name: string;
  body: unknown;
  version: number;
  updated_at: Date;
  deleted_at: Date | null;
}
export interface CodeRow {
  code: string;
  product_id: ProductId;
  batch: string;
  created_at: Date;
}

const columns = "id, name, body, version, updated_at, deleted_at";

/** All living products, in the order they were made. */
export function listProductRows(tx: Tx, tenantId: TenantId): Promise<ProductRow[]> {
  return tx.rows<ProductRow>(
    `select ${columns} from product where tenant_id = $1 and deleted_at is null order by id`,
    [tenantId],
  );
}

/** One product, deleted or not. */
export function findProductRow(tx: Tx, tenantId: TenantId, id: ProductId): Promise<ProductRow | undefined> {
  return tx.maybe<ProductRow>(`select ${columns} from product where tenant_id = $1 and id = $2`, [
    tenantId,
    id,
  ]);
}

/** How many there are. Makes others who add one wait until this transaction ends, so that the limit holds. */
export async function countProducts(tx: Tx, tenantId: TenantId): Promise<number> {
  await tx.rows("select pg_advisory_xact_lock(hashtextextended('product' || $1::text, 0))", [tenantId]);
  const { count } = await tx.one<{ count: number }>(
    "select count(*)::int as count from product where tenant_id = $1 and deleted_at is null",
    [tenantId],
  );
  return count;
}

/** Fails with PostgreSQL's 23505 when a living product has the name. */
export function insertProductRow(
  tx: Tx,
  tenantId: TenantId,
  id: ProductId,
  draft: ProductDraft,
  by: ByWhom,
): Promise<ProductRow> {
  return tx.one<ProductRow>(
    `insert into product (tenant_id, id, name, body, fault_count, updated_at, updated_by)
     values ($1, $2, $3, $4::jsonb, $5, $6, $7) returning ${columns}`,
    [tenantId, id, draft.name, JSON.stringify(draft), draft.faults.length, by.at, by.userId],
  );
}

/** Writes over a product of exactly this version; undefined when somebody else was faster. */
export function updateProductRow(
  tx: Tx,
  tenantId: TenantId,
  { id, version, draft }: { id: ProductId; version: number; draft: ProductDraft },
  by: ByWhom,
): Promise<ProductRow | undefined> {
  return tx.maybe<ProductRow>(
    `update product set name = $3, body = $4::jsonb, fault_count = $5, updated_at = $6, updated_by = $7,
       version = version + 1
     where tenant_id = $1 and id = $2 and version = $8 and deleted_at is null returning ${columns}`,
    [tenantId, id, draft.name, JSON.stringify(draft), draft.faults.length, by.at, by.userId, version],
  );
}

export function markProductDeleted(
  tx: Tx,
  tenantId: TenantId,
  id: ProductId,
  at: Date,
): Promise<ProductRow | undefined> {
  return tx.maybe<ProductRow>(
    `update product set deleted_at = $3, version = version + 1
     where tenant_id = $1 and id = $2 and deleted_at is null returning ${columns}`,
    [tenantId, id, at],
  );
}

/** Undoes a deletion that is not older than `since`. */
export function unmarkProductDeleted(
  tx: Tx,
  tenantId: TenantId,
  id: ProductId,
  since: Date,
): Promise<ProductRow | undefined> {
  return tx.maybe<ProductRow>(
    `update product set deleted_at = null, version = version + 1
     where tenant_id = $1 and id = $2 and deleted_at >= $3 returning ${columns}`,
    [tenantId, id, since],
  );
}

/** Ends what can no longer be restored, with its codes. System role: all tenants. */
export function purgeDeletedProducts(tx: Tx, before: Date): Promise<number> {
  return tx.run("delete from product where deleted_at < $1", [before]);
}

/** Codes of living products, newest first; of one product where it is named. */
export function listCodeRows(tx: Tx, tenantId: TenantId, id?: ProductId): Promise<CodeRow[]> {
  return tx.rows<CodeRow>(
    `select c.code, c.product_id, c.batch, c.created_at from product_code c
     join product p on p.tenant_id = c.tenant_id and p.id = c.product_id and p.deleted_at is null
     where c.tenant_id = $1 and ($2::uuid is null or c.product_id = $2)
     order by c.created_at desc, c.batch, c.code`,
    [tenantId, id ?? null],
  );
}

export interface NamedCodeRow {
  code: string;
  batch: string;
  product: string;
  product_en: string;
}

/** These codes of living products, with what the product is called; in no order. */
export function findCodeRows(tx: Tx, tenantId: TenantId, codes: readonly string[]): Promise<NamedCodeRow[]> {
  return tx.rows<NamedCodeRow>(
    `select c.code, c.batch, p.name as product, coalesce(p.body->>'nameEn', '') as product_en from product_code c
     join product p on p.tenant_id = c.tenant_id and p.id = c.product_id and p.deleted_at is null
     where c.tenant_id = $1 and c.code = any($2::text[])`,
    [tenantId, codes],
  );
}

/** A batch that has a code keeps it. */
export async function insertCodeRow(
  tx: Tx,
  tenantId: TenantId,
  { code, product_id, batch, created_at }: CodeRow,
): Promise<void> {
  await tx.run(
    `insert into product_code (tenant_id, code, product_id, batch, created_at) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id, product_id, batch) do nothing`,
    [tenantId, code, product_id, batch, created_at],
  );
}

export function deleteCodeRow(
  tx: Tx,
  tenantId: TenantId,
  code: string,
): Promise<{ product_id: ProductId } | undefined> {
  return tx.maybe("delete from product_code where tenant_id = $1 and code = $2 returning product_id", [
    tenantId,
    code,
  ]);
}
