/**
 * Rows of a sheet into sections: what stands above the header is text, the header is said again in every row. Used for
 * Excel and CSV alike. Pure.
 */
import { type ReadProblem, type ReadSection, readBounds } from "./model.ts";
import { looksLikeHeader, tableLines } from "./table-lines.ts";

/** Rows that stand together in one section: few enough to be one answer's source, many enough to be worth a section. */
const rowsTogether = 8;
const charactersTogether = 600;
/** How far down a header may stand: titles and notes come first. */
const deepestHeader = 8;

/**
 * In:  a sheet's name and its rows; a cell is a text or what the reader of the format gives.
 * Out: its sections, and problems with the sheet's name in them.
 */
export function sheetSections(
  sheet: { name: string; page: number | null; rows: readonly (readonly unknown[])[] },
  heading: readonly string[],
): { sections: ReadSection[]; problems: ReadProblem[] } {
  const { rows, problems } = bounded(sheet.rows);
  const filled = rows.filter((row) => row.some(Boolean));
  if (filled.length === 0)
    return { sections: [], problems: [{ code: "sheet-empty", values: { sheet: sheet.name } }] };
  const at = headerAt(filled);
  if (at < 0) problems.push({ code: "no-header", values: { sheet: sheet.name } });
  const above = tableLines(null, filled.slice(0, Math.max(0, at)));
  const lines = at < 0 ? tableLines(null, filled) : tableLines(filled[at] ?? [], filled.slice(at + 1));
  const texts = [...(above.length > 0 ? [above.join("\n")] : []), ...together(lines)];
  return { sections: texts.map((text) => ({ page: sheet.page, heading, text })), problems };
}

function headerAt(rows: readonly (readonly string[])[]): number {
  for (let at = 0; at < Math.min(deepestHeader, rows.length - 1); at += 1) {
    const row = trimmed(rows[at] ?? []);
    const below = rows.slice(at + 1, at + 4).map((next) => next.filter(Boolean).length);
    if (row.length > 1 && looksLikeHeader([row, ...rows.slice(at + 1, at + 2)]) && below.some((n) => n > 1))
      return at;
  }
  return -1;
}

/** Without the empty cells at the right, so that a narrow header over wide notes is still whole. */
function trimmed(row: readonly string[]): readonly string[] {
  return row.slice(0, row.findLastIndex((cell) => cell !== "") + 1);
}

function together(lines: readonly string[]): string[] {
  const texts: string[] = [];
  let part: string[] = [];
  let characters = 0;
  for (const line of lines) {
    if (part.length >= rowsTogether || (part.length > 0 && characters + line.length > charactersTogether)) {
      texts.push(part.join("\n"));
      part = [];
      characters = 0;
    }
    part.push(line);
    characters += line.length;
  }
  if (part.length > 0) texts.push(part.join("\n"));
  return texts;
}

function bounded(all: readonly (readonly unknown[])[]): { rows: string[][]; problems: ReadProblem[] } {
  const { rows: mostRows, columns: mostColumns, cellCharacters: mostCharacters } = readBounds;
  const counts = { cut: 0, formulas: 0 };
  const rows = all.slice(0, mostRows).map((row) =>
    row.slice(0, mostColumns).map((cell) => {
      const text = cellText(cell);
      if (/^(?:[=@]|[+-](?![\d.\s]))/u.test(text)) counts.formulas += 1;
      if (text.length > mostCharacters) counts.cut += 1;
      return text.slice(0, mostCharacters);
    }),
  );
  const problems: ReadProblem[] = [];
  if (all.length > mostRows) problems.push({ code: "rows-left-out", values: { mostRows } });
  if (all.some((row) => row.slice(mostColumns).some((cell) => cellText(cell) !== "")))
    problems.push({ code: "columns-left-out", values: { mostColumns } });
  if (counts.cut > 0) problems.push({ code: "cell-cut", values: { count: counts.cut, mostCharacters } });
  if (counts.formulas > 0) problems.push({ code: "formula-as-text", values: { count: counts.formulas } });
  return { rows, problems };
}

/**
 * A number as it is meant: 0.1 + 0.2 is kept as 0.30000000000000004 in a sheet. A spreadsheet itself shows 15 digits, and a
 * bar code has 13.
 */
export function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? "" : dateText(cell);
  if (typeof cell === "number") return String(Number(cell.toPrecision(15)));
  return String(cell).replaceAll("\0", "").trim();
}

/** A time of day is kept as a part of the day before a sheet's first one: 0:00 to 24:00. */
const firstDayMs = Date.UTC(1899, 11, 30);
const dayMs = 86_400_000;

function dateText(date: Date): string {
  const sinceMs = date.getTime() - firstDayMs;
  if (sinceMs === dayMs) return "24:00";
  const text = date.toISOString();
  if (sinceMs >= 0 && sinceMs < dayMs) return text.slice(11, 16);
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, 16).replace("T", " ");
}
