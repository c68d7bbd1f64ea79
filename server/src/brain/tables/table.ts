// A shop's sheet as a table: what tableFromRows makes and askTables reads. Plain data, safe to keep as JSON. A cell keeps
// its original text, which is the only thing ever spoken; its value is a reading of that text for ranges and comparisons.

import type { TableProblem } from "@yingda/contract";
import type { Topic } from "./topics.ts";

export type { TableProblem } from "@yingda/contract";

export type CellValue =
  | { kind: "blank" }
  /** Per what, where the cell says so ("盒" of 99元/盒); `isRough` for "from ¥99" and for a span of prices. */
  | { kind: "money"; amount: number; currency: string | null; per: string | null; isRough: boolean }
  | { kind: "number"; amount: number; unit: string | null }
  /** Both ends belong to it; null is open. */
  | { kind: "range"; low: number | null; high: number | null; unit: string | null }
  /** Minutes since midnight; a span that ends before it starts runs past midnight. No span: closed. */
  | { kind: "hours"; spans: { from: number; to: number }[] }
  | { kind: "yes-no"; isYes: boolean }
  /** Monday 1 to Sunday 7. */
  | { kind: "weekdays"; days: number[] }
  /** Looks like a formula or a spreadsheet's error: never computed, never spoken. */
  | { kind: "formula" }
  | { kind: "text" };

export interface Cell {
  text: string;
  value: CellValue;
}

export const columnKinds = [
  "name",
  "money",
  "number",
  "range",
  "hours",
  "yes-no",
  "weekdays",
  "text",
] as const;
export type ColumnKind = (typeof columnKinds)[number];

export interface Column {
  /** As written; two header rows are joined by a space. Empty where the sheet has none. */
  header: string;
  /** Each header row's words alone, and the header without its unit: what a question may call this column. */
  names: string[];
  kind: ColumnKind;
  topic: Topic | null;
  /** From the header: "cm" of 胸围(cm). */
  unit: string | null;
  /** "key": the row's name. "part": tells rows apart beside it (colour, size). "group": shared by many rows. */
  naming: "key" | "part" | "group" | null;
}

export interface Row {
  cells: Cell[];
  /** The section that the row stands under, or "". */
  group: string;
  /** 1-based row of the sheet; of a table turned on its side, the column. */
  place: number;
}

export interface Table {
  name: string;
  /** What every unnamed value column is about, from the table's name: "stock" for 库存表. */
  topic: Topic | null;
  columns: Column[];
  rows: Row[];
  /** Attributes stood down the side of the sheet. */
  isTurned: boolean;
  /** The sheet was larger than what is read; nothing is said about "the cheapest" of it. */
  isCut: boolean;
  problems: TableProblem[];
}

/** A cell of a table: row and column count from 0 within the table (not the sheet). */
export interface TablePlace {
  table: string;
  row: number;
  column: number;
}
