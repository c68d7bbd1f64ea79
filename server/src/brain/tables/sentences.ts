// What is said with cells: the row, the column and the cell's own text, in both languages. Nothing but words that stand
// here and texts that stand in the table. Used by the askers of this folder.

import type { Locale } from "../knowledge/knowledge.ts";
import type { CitedCell } from "./outcome.ts";

export type Sentence = Record<Locale, string>;

/** "A3 打印机的价格：¥1,299。" Several cells of a row are parted by commas, rows by semicolons. */
export function cellsSentence(tableName: string, perRow: CitedCell[][]): Sentence {
  const first = perRow[0]?.[0];
  const isBare = perRow.length === 1 && first !== undefined && first.rowLabel === "";
  const zh = perRow.map((cells) => zhRow(cells, isBare ? "" : tableName)).join("；");
  const en = perRow.map((cells) => enRow(cells, isBare ? "" : tableName)).join("; ");
  return { "zh-CN": `${zh}。`, en: `${en}.` };
}

function zhRow(cells: CitedCell[], fallback: string): string {
  const name = cells[0]?.rowLabel || fallback;
  const told = cells.map(({ header, text }) => (header === "" ? text : `${header}：${text}`)).join("，");
  if (name === "") return told;
  return cells[0]?.header === "" ? `${name}：${told}` : `${name}的${told}`;
}

function enRow(cells: CitedCell[], fallback: string): string {
  const name = cells[0]?.rowLabel || fallback;
  const told = cells.map(({ header, text }) => (header === "" ? text : `${header}: ${text}`)).join(", ");
  if (name === "") return told;
  return cells[0]?.header === "" ? `${name}: ${told}` : `${name}, ${told}`;
}

/** "最高/最低" over a column; for prices "最贵/最便宜". */
export function extremeSentence(isMost: boolean, isPrice: boolean, cells: CitedCell[]): Sentence {
  const zhWord = isPrice ? (isMost ? "最贵" : "最便宜") : isMost ? "最高" : "最低";
  const enWord = isPrice ? (isMost ? "most expensive" : "cheapest") : isMost ? "highest" : "lowest";
  const header = cells[0]?.header ?? "";
  const names = cells.map(({ rowLabel, text }) => ({ rowLabel, text }));
  const zh = names.map(({ rowLabel, text }) => `${rowLabel}（${text}）`).join("、");
  const en = names.map(({ rowLabel, text }) => `${rowLabel} (${text})`).join(", ");
  if (isPrice) return { "zh-CN": `${zhWord}的是${zh}。`, en: `The ${enWord}: ${en}.` };
  return { "zh-CN": `${header}${zhWord}的是${zh}。`, en: `The ${enWord} in “${header}”: ${en}.` };
}

/** Both cells, then which is more; `winner` null when they are alike. */
export function compareSentence(
  cells: CitedCell[],
  winner: CitedCell | null,
  isMost: boolean,
  isPrice: boolean,
): Sentence {
  const header = cells[0]?.header ?? "";
  const zhCells = cells.map(({ rowLabel, text }) => `${rowLabel}的${header}：${text}`).join("；");
  const enCells = cells.map(({ rowLabel, text }) => `${rowLabel}, ${header}: ${text}`).join("; ");
  if (winner === null) return { "zh-CN": `${zhCells}。一样。`, en: `${enCells}. They are the same.` };
  const zhWord = isPrice ? (isMost ? "贵" : "便宜") : isMost ? "高" : "低";
  const enWord = isPrice ? (isMost ? "costs more" : "is cheaper") : isMost ? "is higher" : "is lower";
  return {
    "zh-CN": `${zhCells}。${isPrice ? winner.rowLabel : `${winner.rowLabel}的${header}`}更${zhWord}。`,
    en: `${enCells}. ${winner.rowLabel} ${enWord}.`,
  };
}

/** A sentence with a verdict in front of cells: "现在开着。周六的营业时间：9:00-21:00。" */
export function withVerdict(verdict: Sentence | null, told: Sentence): Sentence {
  if (verdict === null) return told;
  return { "zh-CN": `${verdict["zh-CN"]}${told["zh-CN"]}`, en: `${verdict.en} ${told.en}` };
}

/** The question back; without choices it is asked openly. */
export function askSentence(about: "row" | "size" | "column" | "table", labels: string[]): Sentence {
  const zhList = labels.map((label) => `“${label}”`).join("、");
  const enList = labels.map((label) => `“${label}”`).join(", ");
  if (labels.length === 1) return { "zh-CN": `请问您是问${zhList}吗？`, en: `Do you mean ${enList}?` };
  const what = {
    row: { zh: "哪一款", en: "Which one" },
    size: { zh: "哪个尺码", en: "Which size" },
    column: { zh: "哪一项", en: "Which of these" },
    table: { zh: "哪一种", en: "Which kind" },
  }[about];
  const zh = labels.length === 0 ? `请问您问的是${what.zh}？` : `请问您问的是${what.zh}：${zhList}？`;
  const en = labels.length === 0 ? `${what.en} do you mean?` : `${what.en} do you mean: ${enList}?`;
  return { "zh-CN": zh, en };
}
