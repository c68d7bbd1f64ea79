// "170 高能穿 L 吗", "what size for 65kg": holds a body's measures against the ranges of a size chart. With height and weight
// both must fit; where they point to two sizes, or one lies between two, both are told. Used by ask-tables.ts.

import { findRows } from "./find-rows.ts";
import type { Measure } from "./measures.ts";
import { type CitedCell, cite, notHere, type Outcome, type Scene } from "./outcome.ts";
import type { Sentence } from "./sentences.ts";
import { isSameTopic, type Topic } from "./topics.ts";

const bodyTopics: Topic[] = [
  "body-height",
  "body-weight",
  "height",
  "weight",
  "size",
  "bust",
  "waist",
  "hip",
  "foot-length",
  "length",
  "dimensions",
  "stock",
  "duration",
];
const toCentimetres: Record<string, number> = {
  cm: 1,
  厘米: 1,
  公分: 1,
  mm: 0.1,
  毫米: 0.1,
  m: 100,
  米: 100,
  in: 2.54,
  inch: 2.54,
  inches: 2.54,
  英寸: 2.54,
  '"': 2.54,
};
const toKilograms: Record<string, number> = {
  kg: 1,
  公斤: 1,
  千克: 1,
  斤: 0.5,
  lb: 0.453592,
  lbs: 0.453592,
  磅: 0.453592,
};
/** A chart without units is read as centimetres only where nothing else is likely: no inch of waist is above this. */
const leastCentimetres: Partial<Record<Topic, number>> = {
  "body-height": 60,
  bust: 60,
  waist: 50,
  hip: 60,
  "foot-length": 9,
};
/** A measure of 149.6 cm (4'11") is told as 150. */
const slack = 0.05;

interface Ranges {
  measure: Measure;
  column: number;
  /** Rows whose range holds the measure. */
  fitting: number[];
}

/** In: a scene with measures. Out: which size, whether the named size fits, or why not. Null: this table is no size chart. */
export function fitSize(scene: Scene): Outcome | null {
  const { table, reading, index } = scene;
  if (
    reading.measures.length === 0 ||
    !table.columns.some(({ naming, topic }) => naming === "key" && topic === "size")
  )
    return null;
  if (reading.topics.some((topic) => !bodyTopics.includes(topic)) || reading.extreme !== null) return null;
  // one measure alone may be an answer to something else; height and weight together are what sizes are asked by
  const isAsked =
    reading.isWear || reading.parts.length > 0 || reading.topics.length > 0 || scene.previous !== null;
  if (!isAsked && reading.measures.length < 2) return null;
  if (new Set(reading.measures.map(({ topic }) => topic)).size < reading.measures.length)
    return notHere("nothing-fits");
  if (reading.days.length > 0 || reading.time !== null) return null;
  const ranges = reading.measures
    .map((measure) => rangesOf(scene, measure))
    .filter((range) => range !== null);
  if (
    ranges.length === 0 ||
    ranges.length <
      reading.measures.filter(({ topic }) => topic !== "body-weight" && topic !== "body-height").length
  )
    return notHere("unclear-column");
  const named: number[] = [];
  for (const words of reading.parts) {
    if (words.every((word) => index.setting.includes(word))) continue;
    const found = findRows(index, words);
    const [only] = found;
    if (only === undefined || found.length > 1 || only.rank < 3) return notHere("unclear-row");
    named.push(only.row);
  }
  return named.length === 0 ? whichSize(scene, ranges) : doesFit(scene, ranges, named);
}

/** The column for a measure and the rows that hold it, or null when this chart cannot say. */
function rangesOf({ table }: Scene, measure: Measure): Ranges | null {
  const columns = table.columns.flatMap((column, at) =>
    isSameTopic(column.topic, measure.topic) && column.kind === "range" && column.naming === null ? [at] : [],
  );
  const bounds = columns.map((column) =>
    table.rows.map((_, row) =>
      boundsOf(table.columns[column]?.unit ?? null, table.rows[row]?.cells[column]?.value, measure.topic),
    ),
  );
  // cm and inches may stand side by side: the first column that is understood in full
  const at = bounds.findIndex(
    (rows) => rows.every((one) => one !== "unclear") && rows.some((one) => one !== null),
  );
  const column = columns[at];
  if (column === undefined) return null;
  const fitting = (bounds[at] ?? []).flatMap((one, row) =>
    one !== null &&
    one !== "unclear" &&
    measure.amount >= one.low - slack &&
    measure.amount <= one.high + slack
      ? [row]
      : [],
  );
  return { measure, column, fitting };
}

type Value = Scene["table"]["rows"][number]["cells"][number]["value"];

function boundsOf(
  headerUnit: string | null,
  value: Value | undefined,
  topic: Topic,
): { low: number; high: number } | null | "unclear" {
  if (value === undefined || value.kind === "blank") return null;
  const low = value.kind === "range" ? value.low : value.kind === "number" ? value.amount : undefined;
  const high = value.kind === "range" ? value.high : low;
  if (low === undefined || high === undefined || (value.kind !== "range" && value.kind !== "number"))
    return "unclear";
  const unit = value.unit ?? headerUnit;
  const factor =
    topic === "body-weight"
      ? unit === null
        ? undefined
        : toKilograms[unit]
      : lengthFactor(unit, topic, low ?? high ?? 0);
  if (factor === undefined) return "unclear";
  return {
    low: low === null ? Number.NEGATIVE_INFINITY : low * factor,
    high: high === null ? Number.POSITIVE_INFINITY : high * factor,
  };
}

function lengthFactor(unit: string | null, topic: Topic, sample: number): number | undefined {
  if (unit !== null) return toCentimetres[unit];
  const least = leastCentimetres[topic];
  return least !== undefined && sample >= least ? 1 : undefined;
}

function whichSize(scene: Scene, ranges: Ranges[]): Outcome {
  const rows = scene.table.rows.map((_, row) => row);
  const both = rows.filter((row) => ranges.every(({ fitting }) => fitting.includes(row)));
  const said = saidOf(ranges);
  if (both.length === 1 || both.length === 2) {
    const cells = both.flatMap((row) => citeAll(scene, ranges, row));
    if (cells.length === 0) return notHere("blank");
    const [first = 0, second] = both;
    const one = told(scene, ranges, first);
    if (second === undefined)
      return answerOf(cells, { "zh-CN": `${said.zh}适合 ${one.zh}。`, en: `${said.en} fits ${one.en}.` });
    const other = told(scene, ranges, second);
    return answerOf(cells, {
      "zh-CN": `${said.zh}在两个尺码之间：${one.zh}和 ${other.zh}都可以。`,
      en: `${said.en} lies between two sizes: ${one.en} and ${other.en} both fit.`,
    });
  }
  if (both.length > 2 || ranges.length !== 2 || ranges.some(({ fitting }) => fitting.length !== 1))
    return notHere("out-of-range");
  const cells = ranges.flatMap((range) => citeAll(scene, [range], range.fitting[0] ?? 0));
  const parts = ranges.map((range) => ({
    said: saidOf([range]),
    told: told(scene, [range], range.fitting[0] ?? 0),
  }));
  const [a, b] = parts;
  if (a === undefined || b === undefined || cells.length < 2) return notHere("blank");
  return answerOf(cells, {
    "zh-CN": `在两个尺码之间：${a.said.zh}是 ${a.told.zh}，${b.said.zh}是 ${b.told.zh}。`,
    en: `Between two sizes: ${a.said.en} is ${a.told.en}, ${b.said.en} is ${b.told.en}.`,
  });
}

function doesFit(scene: Scene, ranges: Ranges[], named: number[]): Outcome {
  const [row] = named;
  if (named.length > 1 || row === undefined) return whichSize(scene, ranges);
  const cells = citeAll(scene, ranges, row);
  if (cells.length < ranges.length) return notHere("blank");
  const said = saidOf(ranges);
  const own = told(scene, ranges, row);
  const others = scene.table.rows.flatMap((_, other) =>
    other !== row && ranges.every(({ fitting }) => fitting.includes(other)) ? [other] : [],
  );
  const [other] = others;
  const isFit = ranges.every(({ fitting }) => fitting.includes(row));
  if (isFit && other === undefined)
    return answerOf(cells, {
      "zh-CN": `可以，${said.zh}适合 ${own.zh}。`,
      en: `Yes, ${said.en} fits ${own.en}.`,
    });
  if (others.length > 1 || other === undefined) {
    if (isFit) return notHere("out-of-range");
    return answerOf(cells, {
      "zh-CN": `${said.zh}不在 ${own.zh}的范围内。`,
      en: `${said.en} is not within ${own.en}.`,
    });
  }
  const better = told(scene, ranges, other);
  const all = [...cells, ...citeAll(scene, ranges, other)];
  if (isFit)
    return answerOf(all, {
      "zh-CN": `可以，${said.zh}在两个尺码之间：${own.zh}和 ${better.zh}都可以。`,
      en: `Yes, ${said.en} lies between two sizes: ${own.en} and ${better.en} both fit.`,
    });
  return answerOf(all, {
    "zh-CN": `${said.zh}不在 ${own.zh}的范围内，适合 ${better.zh}。`,
    en: `${said.en} is not within ${own.en}; it fits ${better.en}.`,
  });
}

function citeAll({ table }: Scene, ranges: Ranges[], row: number): CitedCell[] {
  return ranges.map(({ column }) => cite(table, row, column)).filter((cell) => cell !== null);
}

/** "L（身高 170-175，体重 60-65kg）" */
function told(scene: Scene, ranges: Ranges[], row: number): { zh: string; en: string } {
  const cells = citeAll(scene, ranges, row);
  const label = cells[0]?.rowLabel ?? "";
  return {
    zh: `${label}（${cells.map(({ header, text }) => `${header}：${text}`).join("，")}）`,
    en: `${label} (${cells.map(({ header, text }) => `${header}: ${text}`).join(", ")})`,
  };
}

function saidOf(ranges: Ranges[]): { zh: string; en: string } {
  const texts = ranges.map(({ measure }) => measure.text);
  return { zh: texts.join("、"), en: texts.join(" and ") };
}

/** Which chart was read is said: a shop may have one for men and one for women. */
function answerOf(cells: CitedCell[], told: Sentence): Outcome {
  const chart = cells[0]?.table ?? "";
  const sentence = { "zh-CN": `按“${chart}”，${told["zh-CN"]}`, en: `By “${chart}”: ${told.en}` };
  return { kind: "answer", rank: 3, cells, sentence };
}
