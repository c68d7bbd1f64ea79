// Reads a spreadsheet someone uploaded (xlsx, or csv in UTF-8, UTF-16 or GBK) into rows of text. The file comes from
// outside: it is bounded in size, rows and cells, and nothing in it is evaluated.

import { parse } from "csv-parse/sync";
import iconv from "iconv-lite";
import { AppError } from "../../../platform/errors.ts";
import { type LeftOut, type SheetRead, xlsxRows } from "./xlsx-rows.ts";

export const maxSheetBytes = 5 * 1_024 * 1_024;
const maxRows = 5_000;
const maxColumns = 60;
/** As much as a cell of a workbook can hold. */
const longestCell = 32_767;

/** A row with its number as the person sees it in the file (the first line is 1). */
export interface SheetRow {
  row: number;
  cells: string[];
}

/**
 * Rows with at least one filled cell, trimmed; of each the first `mostColumns` cells.
 * @throws AppError import/too-large, import/unreadable
 */
export async function readSheet(bytes: Buffer, mostColumns = maxColumns): Promise<SheetRow[]> {
  return (await readBook(bytes, mostColumns)).rows;
}

/** The same, with what a workbook holds besides. */
export async function readBook(
  bytes: Buffer,
  mostColumns = maxColumns,
): Promise<{ rows: SheetRow[]; left: LeftOut }> {
  if (bytes.length > maxSheetBytes)
    throw new AppError("import/too-large", { details: { maxBytes: maxSheetBytes } });
  const isZip = bytes.subarray(0, 4).equals(Buffer.from("PK\u0003\u0004", "latin1"));
  const { rows, left }: SheetRead = isZip
    ? await xlsxRows({ bytes, mostRows: maxRows + 2, mostColumns })
    : { rows: readCsvRows(bytes), left: { sheets: [], hiddenColumns: [] } };
  if (rows.length > maxRows + 1) throw new AppError("import/too-large", { details: { maxRows } });
  const filled = rows
    .map((cells, index) => ({ row: index + 1, cells: cells.slice(0, mostColumns).map(clean) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ""));
  return { rows: filled, left };
}

function clean(cell: string): string {
  const trimmed = cell.slice(0, longestCell).trim();
  return /^'[=+\-@\t\r]/u.test(trimmed) ? trimmed.slice(1) : trimmed;
}

function readCsvRows(bytes: Buffer): string[][] {
  const text = decode(bytes);
  if (text.includes("\u0000")) throw new AppError("import/unreadable", { details: { format: "unknown" } });
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      to: maxRows + 2,
    });
  } catch (error) {
    throw new AppError("import/unreadable", { details: { format: "csv" }, cause: error });
  }
}

/** By its mark; else UTF-8 when it is valid; else GB18030, which Excel on a Chinese Windows writes. */
function decode(bytes: Buffer): string {
  if (bytes.subarray(0, 2).equals(Buffer.from([0xff, 0xfe]))) return iconv.decode(bytes, "utf16le");
  if (bytes.subarray(0, 2).equals(Buffer.from([0xfe, 0xff]))) return iconv.decode(bytes, "utf16be");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return iconv.decode(bytes, "gb18030");
  }
}

/** The mark that stands most often in the first line. */
function delimiterOf(text: string): string {
  const first = text.split(/\r?\n/u, 1)[0] ?? "";
  const counted = [",", "\t", ";", "，"].map((mark) => ({ mark, count: first.split(mark).length - 1 }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).mark;
}
