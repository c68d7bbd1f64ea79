// Reads the rows of a sheet into products with their fault codes, and names row by row what cannot be taken. A row with a
// problem is left out; nothing of it is guessed. Pure.

import { type FaultCode, type ProductDraft, type ProductProblem, productDraft } from "@yingda/contract";
import type { ZodType } from "zod";
import { plainKey } from "../../products/fault-keys.ts";
import { splitList } from "../sheets/columns.ts";
import type { SheetRow } from "../sheets/read-sheet.ts";
import { type ProductColumn, productColumnOf, readEnding, splitSteps } from "./product-columns.ts";

/** A product as a sheet gives it: only the fields that the sheet fills. */
export interface SheetProduct {
  row: number;
  fields: Partial<ProductDraft> & { name: string };
  faults: (FaultCode & { row: number })[];
}

export interface ParsedProducts {
  products: SheetProduct[];
  problems: ProductProblem[];
}

type Cells = Partial<Record<ProductColumn, string>>;
const shape = productDraft.shape;
const faultShape = shape.faults.unwrap().element;

export function parseProducts(sheet: readonly SheetRow[], knownFaqs: ReadonlySet<string>): ParsedProducts {
  const problems: ProductProblem[] = [];
  const note = (row: number, code: ProductProblem["code"], text: string) =>
    void problems.push({ row, code, text: text.slice(0, 80) });
  const [head, ...rows] = sheet;
  const columns = (head?.cells ?? []).map(productColumnOf);
  if (!columns.includes("name")) {
    note(head?.row ?? 1, "no-header", (head?.cells ?? []).join(" "));
    return { products: [], problems };
  }
  head?.cells.forEach((title, at) => {
    if (title !== "" && columns[at] === null) note(head.row, "unknown-column", title);
  });
  const products = new Map<string, SheetProduct>();
  let current: SheetProduct | null = null;
  for (const { row, cells: texts } of rows) {
    const cells: Cells = {};
    columns.forEach((column, at) => {
      if (column !== null && (texts[at] ?? "") !== "") cells[column] = texts[at] as string;
    });
    if (cells.name !== undefined) {
      const name = shape.name.safeParse(cells.name);
      if (!name.success) {
        note(row, "too-long", cells.name);
        current = null;
        continue;
      }
      current = products.get(name.data) ?? { row, fields: { name: name.data }, faults: [] };
      products.set(name.data, current);
    }
    if (current === null) {
      note(row, "no-name", texts.join(" "));
      continue;
    }
    Object.assign(current.fields, readFields(cells, row, note));
    const fault = readFault(cells, row, knownFaqs, note);
    if (fault === null) continue;
    if (current.faults.some(({ code }) => plainKey(code) === plainKey(fault.code)))
      note(row, "same-code", fault.code);
    else current.faults.push({ ...fault, row });
  }
  return { products: [...products.values()], problems };
}

type Note = (row: number, code: ProductProblem["code"], text: string) => void;

function readFields(cells: Cells, row: number, note: Note): Partial<ProductDraft> {
  const fields: Partial<ProductDraft> = {};
  for (const column of ["nameEn", "warranty", "warrantyEn", "manualUrl", "videoUrl"] as const) {
    const cell = cells[column];
    if (cell === undefined) continue;
    const parsed = shape[column].safeParse(cell);
    if (parsed.success) fields[column] = parsed.data;
    else note(row, column.endsWith("Url") ? "bad-link" : "too-long", cell);
  }
  for (const column of ["models", "aliases", "barcodes"] as const) {
    const cell = cells[column];
    if (cell === undefined) continue;
    const parsed = shape[column].safeParse(splitNames(cell));
    if (parsed.success) fields[column] = parsed.data;
    else note(row, "too-long", cell);
  }
  return fields;
}

/** Also parted by commas, as people write models. */
function splitNames(cell: string): string[] {
  return [...new Set(splitList(cell).flatMap((entry) => entry.split(/[,，、;；]/u)))]
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

function readFault(cells: Cells, row: number, knownFaqs: ReadonlySet<string>, note: Note): FaultCode | null {
  const { code, meaning, meaningEn = "", steps = "", stepsEn = "", faq = "" } = cells;
  if (code === undefined) {
    if (meaning !== undefined || steps !== "") note(row, "no-code", meaning ?? steps);
    return null;
  }
  if (meaning === undefined) {
    note(row, "no-meaning", code);
    return null;
  }
  const ending = readEnding(cells.ending ?? "");
  if (ending === null) {
    note(row, "unknown-ending", cells.ending ?? "");
    return null;
  }
  if (faq !== "" && !knownFaqs.has(faq)) note(row, "unknown-faq", faq);
  const english = splitSteps(stepsEn);
  const given = {
    code,
    meaning,
    meaningEn,
    steps: splitSteps(steps).map((text, at) => ({ text, textEn: english[at] ?? "" })),
    ending,
    faq: knownFaqs.has(faq) ? faq : "",
  };
  const parsed = (faultShape as ZodType<FaultCode>).safeParse(given);
  if (parsed.success) return parsed.data;
  note(row, given.steps.length > 12 ? "too-many" : "too-long", code);
  return null;
}
