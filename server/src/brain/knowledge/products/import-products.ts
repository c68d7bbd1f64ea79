// Products from an uploaded sheet, or only a look at what would become of it (dry run); and all products out as a sheet.
// A product of the same name is changed: what the sheet fills is taken, the rest of it and its other fault codes stay.

import {
  type FaultCode,
  type ProductDraft,
  type ProductImport,
  type ProductProblem,
  productBounds,
  productDraft,
} from "@yingda/contract";
import { stringify } from "csv-stringify/sync";
import writeXlsx from "write-excel-file/node";
import { requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { plainKey } from "../../products/fault-keys.ts";
import { listFaqRows } from "../faq-store.ts";
import { reloadPart } from "../knowledge-cache.ts";
import { readSheet } from "../sheets/read-sheet.ts";
import { parseProducts, type SheetProduct } from "./parse-products.ts";
import { productColumns, productTitles, writeEnding } from "./product-columns.ts";
import { draftOf } from "./product-rows.ts";
import { listProductRows } from "./product-store.ts";
import { addProduct, changeProduct, nameChecked } from "./shop-products.ts";

/** @throws AppError import/too-large, import/unreadable, and what createProduct throws */
export async function importProducts(ctx: Ctx, bytes: Buffer, isDryRun: boolean): Promise<ProductImport> {
  requirePermission(ctx, "knowledge-write");
  const sheet = await readSheet(bytes);
  const result = await nameChecked(() =>
    transact(ctx, async (tx) => {
      const slugs = new Set((await listFaqRows(tx, ctx.tenantId)).map(({ slug }) => slug));
      const { products, problems } = parseProducts(sheet, slugs);
      const rows = await listProductRows(tx, ctx.tenantId);
      const counted: ProductImport = { added: 0, changed: 0, faults: 0, problems };
      for (const given of products) {
        const row = rows.find(({ name }) => name === given.fields.name);
        const room = productBounds.products - rows.length - counted.added;
        if (row === undefined && room <= 0) {
          problems.push({ row: given.row, code: "limit-reached", text: given.fields.name });
          continue;
        }
        const draft = merge(row === undefined ? null : draftOf(row.body), given, problems);
        counted.faults += given.faults.length;
        if (row === undefined) counted.added += 1;
        else counted.changed += 1;
        if (isDryRun) continue;
        if (row === undefined) await addProduct(ctx, tx, draft);
        else await changeProduct(ctx, tx, { id: row.id, version: row.version, draft });
      }
      return { ...counted, problems: problems.toSorted((a, b) => a.row - b.row) };
    }),
  );
  if (!isDryRun) await reloadPart(ctx, "product-changed");
  return result;
}

/** A step of the same words keeps its picture and video. */
function merge(before: ProductDraft | null, given: SheetProduct, problems: ProductProblem[]): ProductDraft {
  const base = before ?? productDraft.parse({ name: given.fields.name });
  const faults = [...base.faults];
  for (const { row, ...fault } of given.faults) {
    const at = faults.findIndex(({ code }) => plainKey(code) === plainKey(fault.code));
    if (at >= 0) faults[at] = withFiles(fault, faults[at] as FaultCode);
    else if (faults.length < productBounds.faults) faults.push(fault);
    else problems.push({ row, code: "too-many", text: fault.code });
  }
  return { ...base, ...given.fields, faults };
}

function withFiles(fault: FaultCode, before: FaultCode): FaultCode {
  const steps = fault.steps.map((step) => {
    const same = before.steps.find(({ text }) => text === step.text);
    if (same === undefined) return step;
    const { picture, videoFile, videoUrl } = same;
    return { ...step, picture, videoFile, videoUrl };
  });
  return { ...fault, steps };
}

/** A cell that begins like a formula gets an apostrophe in csv; in xlsx every cell is a text. */
export async function exportProducts(
  ctx: Ctx,
  format: "xlsx" | "csv",
): Promise<{ body: Buffer; name: string; type: string }> {
  requirePermission(ctx, "knowledge-read");
  const rows = await transact(ctx, (tx) => listProductRows(tx, ctx.tenantId));
  const cells = rows.flatMap(({ body }) => rowsOf(draftOf(body)));
  const titles = productColumns.map((column) => productTitles[column].title);
  if (format === "csv") {
    const text = stringify([titles, ...cells], { escape_formulas: true, record_delimiter: "windows" });
    return { body: Buffer.from(`\uFEFF${text}`), name: "products.csv", type: "text/csv; charset=utf-8" };
  }
  const head = titles.map((value) => ({ value, type: String, fontWeight: "bold" as const }));
  const data = cells.map((row) => row.map((value) => ({ value, type: String, wrap: true })));
  const columns = productColumns.map((column) => ({ width: productTitles[column].width }));
  return {
    body: await writeXlsx([head, ...data], { columns, stickyRowsCount: 1, sheet: "Products" }).toBuffer(),
    name: "products.xlsx",
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  };
}

function rowsOf(product: ProductDraft): string[][] {
  const { name, nameEn, models, aliases, barcodes, warranty, warrantyEn, manualUrl, videoUrl } = product;
  const own = [
    name,
    nameEn,
    models.join("\n"),
    aliases.join("\n"),
    barcodes.join("\n"),
    warranty,
    warrantyEn,
    manualUrl,
    videoUrl,
  ];
  const rest = own.map((_, at) => (at === 0 ? name : ""));
  const faults = product.faults.map(({ code, meaning, meaningEn, steps, ending, faq }) => [
    code,
    meaning,
    meaningEn,
    steps.map(({ text }) => text.replaceAll("\n", " ")).join("\n"),
    steps.map(({ textEn }) => textEn.replaceAll("\n", " ")).join("\n"),
    writeEnding(ending),
    faq,
  ]);
  if (faults.length === 0) return [[...own, "", "", "", "", "", "", ""]];
  return faults.map((fault, at) => [...(at === 0 ? own : rest), ...fault]);
}
