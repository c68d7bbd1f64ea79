// Finds where a sheet's titles end, which one or two rows are its header, and where its body begins. Used by
// table-from-rows.ts on lines of one width.

import { readCell } from "./read-cell.ts";
import { topicOfHeader } from "./topics.ts";

export interface Header {
  /** The header's rows; none where the sheet begins with values. */
  header: string[][];
  /** Index of the first line of the body. */
  body: number;
}

/** In: the sheet's filled lines, all of one width. Out: its header rows, merged cells of the upper one filled. */
export function findHeader(lines: readonly string[][]): Header {
  const start = lines.findIndex((line) => line.filter((text) => text !== "").length >= 2);
  const first = lines[start];
  if (first === undefined) return { header: [], body: lines.length };
  if (!isHeader(first)) return { header: [], body: start };
  const second = lines[start + 1];
  if (second === undefined || !isSecondHeader(first, second)) return { header: [first], body: start + 1 };
  return { header: [filledRight(first, second), second], body: start + 2 };
}

function isHeader(line: string[]): boolean {
  const filled = line.filter((text) => text !== "");
  const values = filled.filter(isValue).length;
  const isKnown = filled.some((text) => text.length <= 30 && topicOfHeader(text) !== null && !isValue(text));
  // a list of fees has its weight steps across: values, but behind a known word
  if (isKnown) return values < filled.length;
  return values === 0 && filled.every((text) => text.length <= 40);
}

/** Prices, hours, yes and no; days of the week and plain sizes may well be headers. */
function isValue(text: string): boolean {
  const { kind } = readCell(text);
  return (
    kind === "money" ||
    kind === "number" ||
    kind === "range" ||
    kind === "hours" ||
    kind === "yes-no" ||
    kind === "formula"
  );
}

/** The upper header has gaps from merging, the lower one fills them with words and leaves the row's name blank. */
function isSecondHeader(first: string[], second: string[]): boolean {
  const key = first.findIndex((text) => text !== "");
  const isGapFilled = first.some((text, at) => text === "" && at > key && (second[at] ?? "") !== "");
  const isRepeated = first.some((text, at) => at > key && text !== "" && text === first[at - 1]);
  const keeps = second[key] === "" || second[key] === first[key];
  return keeps && (isGapFilled || isRepeated) && !second.some((text) => isValue(text));
}

/** Carries a merged heading to the right, over columns that the lower row names. */
function filledRight(first: string[], second: string[]): string[] {
  let before = "";
  return first.map((text, at) => {
    if (text !== "") before = text;
    return text !== "" || second[at] === "" ? text : before;
  });
}
