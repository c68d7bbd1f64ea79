// Replaces what differs from customer to customer (numbers, phones, order numbers, amounts, body measures) by its
// kind, so that "我165穿什么码" and "我172穿什么码" are one question. Called by normalise.ts on unified text.
// The mask is a word of its own ("#phone"); the original values are returned, in reading order, for whoever needs them.
// Fault codes and letter sizes stay behind their mask ("#fault e4"), since shops have questions about each of them.

import { digitsOf } from "./entities/numerals.ts";
import { letterSpokenAs, spokenLetter } from "./entities/spoken-letters.ts";

export type MaskKind =
  | "url"
  | "email"
  | "phone"
  | "parcel"
  | "order"
  | "date"
  | "time"
  | "money"
  | "height"
  | "weight"
  | "size"
  | "fault"
  | "quantity"
  | "number";

export interface Mask {
  kind: MaskKind;
  text: string;
}

const months = "(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}";
const few = "[一二两三四五六七八九十]";
const faultCue =
  "(?:报错?|显示|出现|代码|故障码?|错误码?|闪|跳出?|提示|屏幕上?|屏上|面板上?|error|err|code|fault|shows?|showing|display(?:s|ing)?)[\\s:是的个一了着a]{0,3}";
const measure =
  "件|条|双|个|只|箱|盒|包(?!邮)|袋|瓶|罐|台|套|份|张|本|支|根|把|杯|桶|卷|片|粒|颗|束|副|间|位|人|公斤|kg\\b|克|吨|pcs\\b|pieces?\\b|items?\\b|boxes\\b|box\\b|pairs?\\b|sets?\\b|units?\\b|bottles?\\b|bags?\\b|people\\b";
const digitWords = "(?:zero|one|two|three|four|five|six|seven|eight|nine)";
const rules: [MaskKind, RegExp][] = [
  ["url", /https?:\/\/[^\s\u4e00-\u9fff]+|www\.[^\s\u4e00-\u9fff]+/],
  ["email", /(?<![\w.+-])[\w.+-]{1,80}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}/],
  [
    "phone",
    /(?:\+?86[- ]?)?(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|[48]00[- ]?\d{3,4}[- ]?\d{3,4}(?!\d)|\b0\d{2,3}-\d{7,8}\b|\+[1-9]\d{0,2}(?:[ -]?\d{2,5}){2,5}(?!\d)|[一幺][三四五六七八九][零〇一幺二三四五六七八九]{9}(?![零〇一幺二三四五六七八九])/,
  ],
  [
    "parcel",
    /\b(?:sf|yto?|zto|sto|yd|jd[a-z]{0,3}|jt|dpk?|ems)\d{9,17}\b|\b1z[a-z0-9]{16}\b|\b[a-z]{2}\d{9}[a-z]{2}\b/,
  ],
  [
    "order",
    /\b[a-z]{1,4}\d{8,}\b|\b\d{6}-\d{12,16}\b|\d{9,}|\b[a-z]{2,4}-?\d{5,}\b|[零〇一幺二三四五六七八九]{8,}/,
  ],
  [
    "date",
    new RegExp(
      `\\d{4}[-/.年]\\d{1,2}[-/.月]\\d{1,2}[日号]?|\\d{1,2}月\\d{1,2}[日号]?|${few}{1,2}月${few}{1,3}[日号]|双(?:十一|十二|11|12)|\\b(?:11\\.11|12\\.12|6\\.?18)\\b|\\b${months} \\d{1,2}(?:st|nd|rd|th)?\\b(?!:)|\\b\\d{1,2}(?:st|nd|rd|th)? (?:of )?${months}\\b`,
    ),
  ],
  [
    "time",
    /\d{1,2}:\d{2}|\d{1,2}点(?:半|\d{1,2}分?)?|[一二两三四五六七八九十]{1,3}点(?:半|钟|整|[一二三四五]?十[一二三四五六七八九]?分?)|(?<=[午上晨晚早天号])[一二两三四五六七八九十]{1,3}点|\b\d{1,2}\s?[ap]m\b/,
  ],
  [
    "money",
    /(?<![a-z])(?:hk|us|nt)?[¥$€£]\s?\d+(?:[.,]\d+)*|\d+(?:\.\d+)?\s?(?:元|块钱|块\d|块|毛|rmb|yuan|dollars?|usd|bucks|euros?|quid)|(?!一块(?!钱))[一二两三四五六七八九十百千万零]{1,7}(?:块钱|块[一二三四五六七八九]?|元)(?!钱|[儿布肉石板砖表])/,
  ],
  [
    "height",
    /1[.米]\d{1,2}(?:米|m\b)?|一米[一二三四五六七八九〇零\d]{1,2}|1[3-9]\d\s?(?:cm|厘米|公分)|(?<=身?高\s?)1[3-9]\d/,
  ],
  [
    "weight",
    /\d{2,3}(?:\.\d)?\s?(?:斤|公斤|kg|千克|lbs?\b|pounds?\b)|[一二两]百[零一二三四五六七八九十]{0,3}斤|(?<=体?重\s?)\d{2,3}(?!\d)/,
  ],
  [
    "size",
    /1[3-9]\d\/\d{2,3}[abc]?\b|(?<![\w'’-])(?:[2-8]?xl|x{2,4}l|xx?s|[sml](?=[码号]))(?![\w'’-])|(?<!\d)(?:3[3-9]|4[0-8])(?:\.5)?(?=码)/,
  ],
  [
    "fault",
    new RegExp(
      `(?<=${faultCue})(?:[a-z]{1,3}|${spokenLetter})[\\s-]{0,2}(?:\\d{1,3}|[零〇一二三四五六七八九]{1,3})(?![\\da-z])|\\b[a-z]{1,2}-?\\d{1,2}(?=\\s?(?:闪|报错|故障|错误|代码|error|fault))`,
    ),
  ],
  [
    "quantity",
    new RegExp(`\\d+(?:[.,]\\d+)?(?=\\s?(?:${measure}))|[两二三四五六七八九十百千万]{1,5}(?=(?:${measure}))`),
  ],
  [
    "number",
    new RegExp(
      `(?<![a-z\\d])\\d+(?:[.,]\\d+)*|(?<=[a-z])\\d{4,}|(?!一[块点])[一二两三四五六七八九十]{1,3}(?=(?:天|个月|周|星期|件|条|双|元|块|斤|号|点|折|小时|分钟|年))|\\b${digitWords}(?: ${digitWords})+\\b|\\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)(?= (?:days?|weeks?|months?|hours?|minutes?|years?|times)\\b)`,
    ),
  ],
];
const kinds = rules.map(([kind]) => kind);
const anyMask = new RegExp(rules.map(([, pattern]) => `(${pattern.source})`).join("|"), "gu");
/** Nothing without a digit, a numeral or a telling letter needs the rules. */
const mayHold =
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifteen|zero)\b|[\d零幺一二两三四五六七八九十百@$¥€£]|www|x[ls]|[sml][码号]|双十/u;

/** Masks a unified text. The result reads like "我#height#weight穿什么码". */
export function maskValues(text: string): { text: string; masks: Mask[] } {
  if (!mayHold.test(text)) return { text, masks: [] };
  const masks: Mask[] = [];
  const masked = text.replace(anyMask, (typed: string, ...found: unknown[]) => {
    const kind = kinds[found.findIndex((group) => typeof group === "string")] ?? "number";
    masks.push({ kind, text: typed });
    return ` #${kind} ${keptValue(kind, typed)}`;
  });
  return { text: masked.replace(/\s+/gu, " ").trim(), masks };
}

/** What stays in the text behind the mask: fault codes without marks and leading zeros, letter sizes. */
function keptValue(kind: MaskKind, typed: string): string {
  if (kind === "size") {
    if (!/^\d*x+[ls]$|^[sml]$/u.test(typed)) return "";
    return `${typed.replace(/^xx+(?=l)/u, (all) => `${all.length}x`)} `;
  }
  if (kind === "date") return /[a-z]{3,}/u.test(typed) ? `${/[a-z]{3,}/u.exec(typed)?.[0]} ` : "";
  if (kind !== "fault") return "";
  const [, name = "", number = ""] = /^(.+?)[\s-]*([\d零〇一二三四五六七八九]+)$/u.exec(typed) ?? [];
  return `${/^[a-z]/u.test(name) ? name : letterSpokenAs(name)}${digitsOf(number).replace(/^0+(?=\d)/u, "")} `;
}
