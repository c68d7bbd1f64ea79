// Turns the rows of a sheet into FAQ drafts, with what is wrong told by row and column. Pure. A row that cannot be used
// never keeps the others from being imported.

import { type FaqDraft, faqDraft, type ImportReport } from "@yingda/contract";
import { type ColumnKey, columnOf, columnTitles, readSwitch, splitList } from "./columns.ts";
import { isExtrasColumn, readExtrasCell } from "./extras-cells.ts";
import type { SheetRow } from "./read-sheet.ts";

export interface ParsedRow {
  row: number;
  draft: FaqDraft;
  /** A member's name; "" nobody, null where the sheet has no such column. */
  owner: string | null;
}
export interface ParsedSheet {
  rows: ParsedRow[];
  /** Those that the sheet has. */
  columns: ReadonlySet<ColumnKey>;
  errors: ImportReport["errors"];
}

const headerRows = 5; // a title or a remark may stand above the header
const shownValue = 80;

export function parseFaqs(sheet: readonly SheetRow[]): ParsedSheet {
  const header = sheet.slice(0, headerRows).find(({ cells }) => {
    const columns = cells.map(columnOf);
    return columns.includes("question") && columns.includes("answer");
  });
  if (header === undefined) {
    return {
      rows: [],
      columns: new Set(),
      errors: [{ row: sheet[0]?.row ?? 1, column: null, code: "header-missing", value: "" }],
    };
  }
  const columns = header.cells.map(columnOf);
  const known = new Set(columns.filter((column) => column !== null));
  const parsed: ParsedSheet = { rows: [], columns: known, errors: [] };
  const firstRowOf = new Map<string, number>();
  for (const { row, cells } of sheet.filter((line) => line.row > header.row)) {
    const read = readRow(columns, cells);
    const result = faqDraft.safeParse(read.draft);
    if (!result.success) {
      parsed.errors.push(...result.error.issues.map((issue) => problem(row, issue.path, issue.code, read)));
      continue;
    }
    const name = result.data.slug ?? result.data.question;
    const before = firstRowOf.get(name);
    if (before !== undefined) {
      parsed.errors.push({ row, column: columnTitles.question, code: "repeated", value: String(before) });
      continue;
    }
    firstRowOf.set(name, row);
    parsed.rows.push({ row, draft: result.data, owner: read.owner });
  }
  return parsed;
}

interface RawRow {
  draft: Partial<Record<ColumnKey, unknown>> & { extras?: Record<string, unknown> };
  owner: string | null;
}

function readRow(columns: (ColumnKey | null)[], cells: string[]): RawRow {
  const read: RawRow = { draft: {}, owner: null };
  const { draft } = read;
  columns.forEach((key, index) => {
    const cell = cells[index] ?? "";
    if (key === null) return;
    if (key === "owner") read.owner = cell;
    else if (isExtrasColumn(key)) draft.extras = { ...draft.extras, [key]: readExtrasCell(key, cell) };
    else if (key === "tags" || key === "phrasings" || key === "negatives" || key === "unborrowed") {
      // several columns of one name ("相似问法" three times) add up
      const before = draft[key];
      draft[key] = [
        ...(Array.isArray(before) ? before : []),
        ...splitList(key === "tags" ? cell.replace(/[,，、;；]/gu, "|") : cell),
      ];
    } else if (key === "isOn") draft[key] = readSwitch(cell);
    else if (cell !== "" || key === "question" || key === "answer") draft[key] = cell;
  });
  return read;
}

function problem(
  row: number,
  path: readonly PropertyKey[],
  code: string,
  { draft }: RawRow,
): ImportReport["errors"][number] {
  const [first, second] = path;
  const name = first === "extras" ? second : first;
  const key = typeof name === "string" && name in columnTitles ? (name as ColumnKey) : null;
  const said = key === null ? "" : (first === "extras" ? draft.extras : draft)?.[key];
  const value = typeof said === "string" ? said : JSON.stringify(said ?? "");
  const isMissing = (key === "question" || key === "answer") && (said ?? "") === "";
  return {
    row,
    column: key === null ? null : columnTitles[key],
    code: isMissing ? "missing" : code,
    value: isMissing ? "" : value.slice(0, shownValue),
  };
}
