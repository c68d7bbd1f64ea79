// Writes FAQs as a spreadsheet: xlsx, or csv with the mark that makes Excel read it as UTF-8. A csv cell that begins like
// a formula gets an apostrophe before it, because opening a file must never run what a stranger wrote into it.

import type { Faq } from "@yingda/contract";
import { stringify } from "csv-stringify/sync";
import writeXlsx from "write-excel-file/node";
import { type ColumnKey, columnKeys, columnTitles, joinList } from "./columns.ts";
import { type ExtrasColumn, isExtrasColumn, writeExtrasCell } from "./extras-cells.ts";

const widths: Record<ColumnKey, number> = {
  slug: 24,
  question: 36,
  answer: 60,
  questionEn: 36,
  answerEn: 60,
  category: 14,
  tags: 16,
  phrasings: 40,
  negatives: 30,
  unborrowed: 30,
  isOn: 8,
  owner: 14,
  expiresOn: 14,
  related: 24,
  offersRelated: 10,
  spoken: 40,
  spokenEn: 40,
  contents: 30,
  variants: 30,
};

export type SheetFaq = Pick<Faq, Exclude<ColumnKey, "isOn" | "owner" | ExtrasColumn>> & {
  isOn: boolean;
  /** The name of who looks after it, or "". */
  owner: string;
  extras: Faq["extras"];
};

export function writeCsv(faqs: readonly SheetFaq[]): Buffer {
  const rows = [columnKeys.map((key) => columnTitles[key]), ...faqs.map(cellsOf)];
  return Buffer.from(`\uFEFF${stringify(rows, { escape_formulas: true, record_delimiter: "windows" })}`);
}

export async function writeXlsxSheet(faqs: readonly SheetFaq[]): Promise<Buffer> {
  const header = columnKeys.map((key) => ({
    value: columnTitles[key],
    type: String,
    fontWeight: "bold" as const,
  }));
  const rows = faqs.map((faq) => cellsOf(faq).map((value) => ({ value, type: String, wrap: true })));
  const columns = columnKeys.map((key) => ({ width: widths[key] }));
  return writeXlsx([header, ...rows], { columns, stickyRowsCount: 1, sheet: "FAQ" }).toBuffer();
}

function cellsOf(faq: SheetFaq): string[] {
  return columnKeys.map((key) => {
    if (isExtrasColumn(key)) return writeExtrasCell(key, faq.extras);
    const value = faq[key];
    if (typeof value === "boolean") return value ? "是" : "否";
    return typeof value === "string" ? value : joinList(value);
  });
}
