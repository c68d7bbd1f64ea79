// Says of each column what it is about, what kind its cells are, and whether it names rows. Used by table-from-rows.ts.

import { unifyCharacters } from "@yingda/language";
import type { Column, ColumnKind, Row } from "./table.ts";
import { type Topic, topicOfHeader } from "./topics.ts";

const enough = 0.6; // share of the filled cells that make a column's kind; the others are listed as problems
const keyTopics: Topic[] = ["name", "model", "size", "day", "spec", "colour"];
const partTopics: Topic[] = ["name", "model", "size", "colour", "spec", "day", "alias"];
const groupTopics: Topic[] = ["category", "brand"];
const kindOf: Partial<Record<string, ColumnKind>> = {
  money: "money",
  number: "number",
  range: "range",
  hours: "hours",
  "yes-no": "yes-no",
  weekdays: "weekdays",
  text: "text",
};

/** In: zero to two header rows and the body. Out: one description per column. */
export function describeColumns(header: string[][], rows: Row[], width: number): Column[] {
  const columns = Array.from({ length: width }, (_, at) => describe(header, rows, at));
  markBody(columns);
  markNaming(columns, rows.length);
  return columns;
}

function describe(header: string[][], rows: Row[], at: number): Column {
  const parts = [...new Set(header.map((line) => line[at] ?? "").filter((text) => text !== ""))];
  const whole = parts.join(" ");
  const kind = kindOfCells(rows, at);
  const bare = whole.replace(/[(（[【][^)）\]】]*[)）\]】]|[/／][^/／]*$/gu, " ").trim();
  const names = [...new Set([whole, bare, ...parts])].filter((text) => text !== "");
  const topic = topicOfHeader(bare) ?? topicOfHeader(whole);
  return {
    header: whole,
    names,
    kind,
    topic: topic ?? topicOfKind(kind, whole),
    unit: unitOf(whole),
    naming: null,
  };
}

/** Without a header a column of prices is still the price, one of hours the hours. */
function topicOfKind(kind: ColumnKind, header: string): Topic | null {
  if (header !== "") return null;
  return kind === "money" ? "price" : kind === "hours" ? "hours" : kind === "weekdays" ? "day" : null;
}

function kindOfCells(rows: Row[], at: number): ColumnKind {
  const counts = new Map<ColumnKind, number>();
  let filled = 0;
  for (const { cells } of rows) {
    const kind = cells[at]?.value.kind ?? "blank";
    const column = kindOf[kind];
    if (kind === "blank" || column === undefined) continue;
    filled += 1;
    counts.set(column, (counts.get(column) ?? 0) + 1);
  }
  // "≥180" and "175-180" stand in one column with a plain "170"; a shut day among hours reads as hours already
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best !== undefined && best[1] >= filled * enough ? best[0] : "text";
}

const knownUnit =
  /^(?:cm|mm|m|厘米|公分|毫米|米|in|inch|inches|英寸|kg|g|lb|lbs|公斤|千克|斤|克|磅|元|¥|rmb|cny|usd|\$|€|£|ml|l|毫升|升|件|个|台|条|双|页\/分钟|ppm|w|瓦|小时|分钟|天|min|minutes|hours|days)$/u;

/** "cm" of 胸围(cm), 胸围/cm, "Chest, cm" and "Chest cm". */
function unitOf(header: string): string | null {
  const text = unifyCharacters(header);
  const candidates = [
    /[([【]([^)\]】]{1,12})[)\]】]/u.exec(text)?.[1],
    /\/([^/]{1,8})$/u.exec(text)?.[1],
    /[ ,]([^ ,]{1,8})$/u.exec(text)?.[1],
  ];
  for (const found of candidates) {
    const unit = found?.replace(/^(?:单位|unit)[::]?\s?/u, "").trim();
    if (unit !== undefined && knownUnit.test(unit)) return unit;
  }
  return null;
}

/** Beside sizes, a range of heights or weights is that of people. */
function markBody(columns: Column[]): void {
  if (!columns.some(({ topic }) => topic === "size")) return;
  for (const column of columns) {
    if (column.topic === "height" && column.kind === "range") column.topic = "body-height";
    if (column.topic === "weight" && column.kind === "range") column.topic = "body-weight";
  }
}

function markNaming(columns: Column[], rowCount: number): void {
  for (const column of columns) {
    if (column.topic !== null && groupTopics.includes(column.topic)) column.naming = "group";
    else if (column.topic !== null && partTopics.includes(column.topic)) column.naming = "part";
  }
  const byTopic = keyTopics.map((topic) => columns.find((column) => column.topic === topic));
  const key =
    byTopic.find((column) => column !== undefined) ??
    columns.find(({ topic, naming }) => topic !== "index" && topic !== "internal" && naming !== "group");
  if (key === undefined) return;
  // a sheet of one shop's facts turned on its side has no name: its first column is a value
  const isValue = key.topic !== null && (rowCount < 2 || key.kind !== "text");
  if (key.naming === null && (isValue || !isNameLike(key.kind))) return;
  key.naming = "key";
  if (key.kind === "text") key.kind = "name";
}

function isNameLike(kind: ColumnKind): boolean {
  return kind === "text" || kind === "name" || kind === "weekdays" || kind === "number" || kind === "range";
}
