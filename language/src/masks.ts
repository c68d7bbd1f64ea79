// Replaces what differs from customer to customer (numbers, phones, order numbers, amounts, body measures) by its
// kind, so that "我165穿什么码" and "我172穿什么码" are one question. Called by normalise.ts on unified text.
// The mask is a word of its own ("#phone"); the original values are returned, in reading order, for whoever needs them.

export type MaskKind =
  | "url"
  | "email"
  | "phone"
  | "order"
  | "date"
  | "time"
  | "money"
  | "height"
  | "weight"
  | "size"
  | "number";

export interface Mask {
  kind: MaskKind;
  text: string;
}

const rules: [MaskKind, RegExp][] = [
  ["url", /https?:\/\/[^\s\u4e00-\u9fff]+|www\.[^\s\u4e00-\u9fff]+/],
  ["email", /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/],
  [
    "phone",
    /(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|400[- ]?\d{3}[- ]?\d{4}(?!\d)|\b0\d{2,3}-\d{7,8}\b/,
  ],
  ["order", /\b[a-z]{1,4}\d{8,}\b|\d{9,}|\b[a-z]{2,4}-?\d{5,}\b/],
  [
    "date",
    /\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?|\d{1,2}月\d{1,2}[日号]?|双(?:十一|十二|11|12)|\b(?:11\.11|12\.12|6\.?18)\b/,
  ],
  ["time", /\d{1,2}:\d{2}|\d{1,2}点(?:半|\d{1,2}分?)?|\b\d{1,2}\s?[ap]m\b/],
  ["money", /[¥$€£]\s?\d+(?:\.\d+)?|\d+(?:\.\d+)?\s?(?:元|块钱|块|rmb|yuan|dollars?|usd)/],
  [
    "height",
    /1[.米]\d{1,2}(?:米|m\b)?|一米[一-九两〇零五六七八\d]{1,2}|1[3-9]\d\s?(?:cm|厘米|公分)|(?<=身?高\s?)1[3-9]\d/,
  ],
  ["weight", /\d{2,3}(?:\.\d)?\s?(?:斤|公斤|kg|千克|lbs?\b|pounds?\b)|(?<=体?重\s?)\d{2,3}(?!\d)/],
  ["size", /1[3-9]\d\/\d{2,3}[abc]?\b/],
  [
    "number",
    /\d+(?:[.,]\d+)*|[一二两三四五六七八九十]{1,3}(?=(?:天|个月|周|星期|件|条|双|元|块|斤|号|点|折|小时|分钟|年))/,
  ],
];
const anyMask = new RegExp(rules.map(([kind, pattern]) => `(?<${kind}>${pattern.source})`).join("|"), "gu");

/** Masks a unified text. The result reads like "我#height#weight穿什么码". */
export function maskValues(text: string): { text: string; masks: Mask[] } {
  const masks: Mask[] = [];
  const masked = text.replace(anyMask, (...found: unknown[]) => {
    const groups = found.at(-1) as Partial<Record<MaskKind, string>>;
    const kind = rules.find(([name]) => groups[name] !== undefined)?.[0] ?? "number";
    masks.push({ kind, text: found[0] as string });
    return ` #${kind} `;
  });
  return { text: masked.replace(/\s+/g, " ").trim(), masks };
}
