/**
 * The cells of one HTML table while it is being read, with merged cells filled in.
 */
import { looksLikeHeader, tableLines } from "./table-lines.ts";

const mostColumns = 60;
const mostRows = 5_000;
const mostSpan = 500;

export class HtmlTable {
  readonly #rows: string[][] = [];
  /** Cells of rows to come that a cell above reaches into. */
  readonly #reaching = new Map<number, { text: string; rows: number }>();
  #row: string[] | null = null;
  #isHeaderRow = true;
  #headerRows = 0;
  #isLeft = false;
  #cell: { text: string[]; columns: number; rows: number } | null = null;

  startRow(): void {
    this.endRow();
    this.#row = [];
    this.#isHeaderRow = true;
    this.#reachIn();
  }

  endRow(): void {
    this.endCell();
    if (this.#row === null) return;
    const isHeader = this.#isHeaderRow && this.#row.length > 1 && this.#rows.length === this.#headerRows;
    if (this.#rows.length < mostRows) this.#rows.push(this.#row);
    if (isHeader) this.#headerRows += 1;
    this.#row = null;
  }

  startCell(isHeader: boolean, attributes: Record<string, string>): void {
    if (this.#row === null) this.startRow();
    this.endCell();
    if (!isHeader) this.#isHeaderRow = false;
    this.#cell = { text: [], columns: spanOf(attributes["colspan"]), rows: spanOf(attributes["rowspan"]) };
  }

  endCell(): void {
    if (this.#cell === null || this.#row === null) return;
    const { text, columns, rows } = this.#cell;
    const said = text.join(" ").trim();
    for (let i = 0; i < columns && this.#row.length < mostColumns; i += 1) {
      // The text of a cell merged over columns is said once: twice in one line it would only be noise.
      if (rows > 1) this.#reaching.set(this.#row.length, { text: said, rows: rows - 1 });
      this.#row.push(i === 0 ? said : "");
    }
    this.#cell = null;
    this.#reachIn();
  }

  get isInCell(): boolean {
    return this.#cell !== null && !this.#isLeft;
  }

  text(block: string): void {
    this.#cell?.text.push(block);
  }

  /** It only lays out the page: what it held so far, and nothing from now on. */
  leave(): string[] {
    const lines = this.lines();
    this.#isLeft = true;
    return lines;
  }

  /** One line a row. A first row of th cells, or one that looks like it, names the columns. */
  lines(): string[] {
    if (this.#isLeft) return [];
    this.endRow();
    const rows = this.#rows.filter((row) => row.some(Boolean));
    const header = this.#headerRows > 0 ? joined(rows.slice(0, this.#headerRows)) : null;
    if (header !== null && rows.length > this.#headerRows)
      return tableLines(header, rows.slice(this.#headerRows));
    if (rows.some((row) => row.length > 2) && looksLikeHeader(rows))
      return tableLines(rows[0] ?? [], rows.slice(1));
    return rows.every((row) => row.length <= 2) ? pairs(rows) : tableLines(null, rows);
  }

  #reachIn(): void {
    for (let at = this.#row?.length ?? 0; ; at += 1) {
      const reaching = this.#reaching.get(at);
      if (reaching === undefined || this.#row === null || this.#row.length >= mostColumns) return;
      this.#row.push(reaching.text);
      reaching.rows -= 1;
      if (reaching.rows === 0) this.#reaching.delete(at);
    }
  }
}

function spanOf(value: string | undefined): number {
  const span = Number.parseInt(value ?? "1", 10);
  return Number.isInteger(span) && span > 0 ? Math.min(span, mostSpan) : 1;
}

/** Two header rows ("Price" over "retail" and "trade") are one name for each column. */
function joined(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: width }, (_, at) =>
    [...new Set(rows.map((row) => row[at] ?? "").filter(Boolean))].join(" "),
  );
}

/** A table of two columns is mostly a list of names and values. */
function pairs(rows: readonly (readonly string[])[]): string[] {
  return rows.map(([name = "", value = ""]) => {
    if (name === "" || value === "") return name + value;
    return /\p{Script=Han}/u.test(name + value) ? `${name}：${value}` : `${name}: ${value}`;
  });
}
