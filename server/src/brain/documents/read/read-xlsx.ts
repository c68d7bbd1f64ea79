/**
 * An Excel workbook (.xlsx) into sections, sheet by sheet: merged cells filled, hidden sheets left out (shops keep their
 * costs there), values as they were last computed. Nothing is evaluated.
 */
import readXlsx from "read-excel-file/node";
import { type Reading, type ReadProblem, type ReadResult, type ReadSection, readBounds } from "./model.ts";
import { Unreadable } from "./refusal.ts";
import { cellText, sheetSections } from "./sheet-sections.ts";
import { storedZip, unpackZip } from "./unpack-zip.ts";
import { listedSheets, placeOf, showPercents } from "./xlsx-parts.ts";

const mostMerges = 20_000;

/** @throws Unreadable document/broken, document/encrypted, document/unpacks-too-large */
export async function readWorkbook(bytes: Uint8Array, { name, onProgress }: Reading): Promise<ReadResult> {
  const parts = unpackZip(
    bytes,
    "xlsx",
    (part) => /\.(?:xml|rels)$/iu.test(part) && !/drawing|chart/iu.test(part),
  );
  const sheets = await readXlsx(storedZip(parts)).catch((error: unknown) => {
    throw new Unreadable("document/broken", { format: "xlsx" }, error);
  });
  const listed = listedSheets(parts);
  const sections: ReadSection[] = [];
  const problems: ReadProblem[] = [];
  for (const [at, { sheet, data }] of sheets.entries()) {
    const { part, isHidden } = listed[at] ?? { part: "", isHidden: false };
    if (isHidden) problems.push({ code: "sheet-hidden", values: { sheet } });
    else {
      const rows = data.map((row) => [...row] as unknown[]);
      showPercents(rows, parts, part);
      const merged = fillMerged(rows, parts.get(part)?.toString("utf8") ?? "");
      if (merged > 0) problems.push({ code: "merged-filled", values: { count: merged } });
      const heading = sheets.length > 1 || !/^(?:sheet|工作表)\s*\d*$/iu.test(sheet) ? [name, sheet] : [name];
      const read = sheetSections({ name: sheet, page: at + 1, rows }, heading);
      sections.push(...read.sections);
      problems.push(...read.problems);
    }
    onProgress(at + 1, sheets.length);
  }
  return { title: name, pages: sheets.length, sections, problems };
}

/**
 * Says the text of a cell that is merged over rows in each of them (over columns it is said once: twice in one line is
 * noise). Changes the rows. @returns how many merged cells had a text
 */
function fillMerged(rows: unknown[][], xml: string): number {
  let filled = 0;
  let seen = 0;
  for (const [, from = "", to = ""] of xml.matchAll(
    /<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})"/gu,
  )) {
    seen += 1;
    if (seen > mostMerges) break;
    const [top, bottom] = [placeOf(from), placeOf(to)];
    const text = rows[top.row]?.[top.column];
    if (cellText(text) === "") continue;
    filled += 1;
    for (let row = top.row + 1; row <= Math.min(bottom.row, rows.length - 1, readBounds.rows); row += 1) {
      const cells = rows[row];
      if (cells !== undefined && cellText(cells[top.column]) === "") cells[top.column] = text;
    }
  }
  return filled;
}
