// What a cell says: money, a number with its unit, a range, opening hours, yes or no, days of the week. Called once per
// cell when a table is made. A reading never replaces the text; whatever is not understood whole stays text.

import { unifyCharacters } from "@yingda/language";
import { readHours } from "./read-hours.ts";
import { readWeekdays } from "./read-weekdays.ts";
import type { CellValue } from "./table.ts";

const longestValue = 80;
const formula = /^[=＝]\s*[-+(\w@"']|^#(?:ref|n\/a|value|div\/0|name|null|num)[!?]?/iu;
const number = "(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d{1,12}(?:\\.\\d+)?)";
const sign = "(hk\\$|us\\$|nt\\$|a\\$|c\\$|s\\$|[¥$€£]|rmb|cny|usd|eur|gbp|hkd)";
const money = new RegExp(
  `^(?:${sign}\\s?)?${number}(?:\\s?(元|块钱?|rmb|cny|usd|eur|gbp|hkd|yuan|dollars?|euros?|pounds?|港币|美元|欧元))?(整)?(起|\\+| and up| up)?(?:\\s?(?:/|每|per )\\s?([\\p{L}\\d㎡]{1,12}))?$`,
  "u",
);
const moneyRange = new RegExp(
  `^${sign}?\\s?${number}\\s?(?:-|~|–|—|至|到)\\s?${sign}?\\s?${number}\\s?(元|yuan)?$`,
  "u",
);
const currencies: [RegExp, string][] = [
  [/hk\$|hkd|港币/u, "HKD"],
  [/nt\$/u, "TWD"],
  [/a\$/u, "AUD"],
  [/c\$/u, "CAD"],
  [/s\$(?<!us\$)/u, "SGD"],
  [/\$|usd|dollar|美元/u, "USD"],
  [/€|eur|欧元/u, "EUR"],
  [/£|gbp|pound/u, "GBP"],
  [/¥|元|块|rmb|cny|yuan/u, "CNY"],
];
const unit = "([\\p{L}%℃°㎡\"'³²/]{0,12})";
const plain = new RegExp(`^(?:约|about |ca\\.? ?)?(-?)${number}\\s?${unit}$`, "u");
const between = new RegExp(`^${number}\\s?${unit}\\s?(?:-|~|–|—|−|至|到| to )\\s?${number}\\s?${unit}$`, "u");
const atLeast = new RegExp(
  `^(≥|>=|>|大于等于|大于|over |above |from |at least )\\s?${number}\\s?${unit}$`,
  "u",
);
const atMost = new RegExp(
  `^(≤|<=|<|小于等于|小于|under |below |up to |at most )\\s?${number}\\s?${unit}$`,
  "u",
);
const orMore = new RegExp(`^${number}\\s?${unit}\\s?(?:以上|及以上|or more|and up|and above|\\+)$`, "u");
const orLess = new RegExp(`^${number}\\s?${unit}\\s?(?:以下|及以下|以内|or less|and below)$`, "u");
const yes = /^(?:是|有|支持|可以|可|能|√|✓|✔|☑|有货|现货|yes|y|true|supported|included|available|in stock)$/u;
const no =
  /^(?:否|无|没有|不支持|不可以|不可|不能|×|✗|✘|x|无货|缺货|断货|售罄|no|n|false|not supported|not included|unavailable|out of stock|sold out|none)$/u;
const blank = /^(?:[-–—/／]{1,3}|\.{2,})?$/u;
/** A strict bound leaves its own number out. */
const hair = 0.001;

/** Reads a cell. In: its text as typed. Out: what it means; never throws. */
export function readCell(original: string): CellValue {
  const trimmed = original.trim();
  if (formula.test(trimmed)) return { kind: "formula" };
  if (trimmed.length > longestValue) return { kind: "text" };
  const text = unifyCharacters(trimmed).replaceAll("￥", "¥");
  if (blank.test(text)) return { kind: "blank" };
  if (yes.test(text)) return { kind: "yes-no", isYes: true };
  if (no.test(text)) return { kind: "yes-no", isYes: false };
  const spans = readHours(text);
  if (spans !== null) return { kind: "hours", spans };
  const days = readWeekdays(text);
  if (days !== null) return { kind: "weekdays", days };
  return readMoney(text) ?? readRange(text) ?? readNumber(text) ?? { kind: "text" };
}

function readMoney(text: string): CellValue | null {
  const several = moneyRange.exec(text);
  if (several !== null && (several[1] ?? several[3] ?? several[5]) !== undefined)
    return {
      kind: "money",
      amount: numberOf(several[2]),
      currency: currencyOf(text),
      per: null,
      isRough: true,
    };
  const found = money.exec(text);
  if (found === null || (found[1] ?? found[3]) === undefined) return null;
  return {
    kind: "money",
    amount: numberOf(found[2]),
    currency: currencyOf(text),
    per: found[6] ?? null,
    isRough: found[5] !== undefined,
  };
}

function currencyOf(text: string): string | null {
  return currencies.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

function readRange(text: string): CellValue | null {
  const both = between.exec(text);
  if (both !== null) {
    const low = numberOf(both[1]);
    const high = numberOf(both[3]);
    const units = [both[2], both[4]].filter((name) => name !== undefined && name !== "");
    if (low > high || (units.length === 2 && units[0] !== units[1])) return null;
    return { kind: "range", low, high, unit: units[0] ?? null };
  }
  const least = atLeast.exec(text);
  if (least !== null) return range(numberOf(least[2]) + (isStrict(least[1]) ? hair : 0), null, least[3]);
  const most = atMost.exec(text);
  if (most !== null) return range(null, numberOf(most[2]) - (isStrict(most[1]) ? hair : 0), most[3]);
  const more = orMore.exec(text);
  if (more !== null) return range(numberOf(more[1]), null, more[2]);
  const less = orLess.exec(text);
  return less === null ? null : range(null, numberOf(less[1]), less[2]);
}

function isStrict(bound: string | undefined): boolean {
  return /^(?:>|<|大于|小于|over |above |under |below )$/u.test(bound ?? "");
}

function range(low: number | null, high: number | null, name: string | undefined): CellValue {
  return { kind: "range", low, high, unit: name === undefined || name === "" ? null : name };
}

function readNumber(text: string): CellValue | null {
  const found = plain.exec(text);
  if (found === null) return null;
  const amount = numberOf(found[2]) * (found[1] === "-" ? -1 : 1);
  return { kind: "number", amount, unit: found[3] === undefined || found[3] === "" ? null : found[3] };
}

function numberOf(text: string | undefined): number {
  return Number((text ?? "").replaceAll(",", ""));
}
