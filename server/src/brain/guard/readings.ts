// One number with the unit beside it: the currency before or behind, 折 and per cent, the unit of a table's heading. Called
// by amounts.ts, which joins readings to ranges.

import { type Numeral, rounded } from "./numerals.ts";
import { type Unit, unitOf, unitPattern } from "./units.ts";

/** How far beside a number its unit and its limits are looked for. */
export const near = 28;
const signs: [RegExp, string][] = [
  [/(?:hk\$|hkd)\s?$/u, "HKD"],
  [/(?:nt\$|twd|ntd)\s?$/u, "TWD"],
  [/(?:au?\$|aud)\s?$/u, "AUD"],
  [/(?:ca?\$|cad)\s?$/u, "CAD"],
  [/(?:us)?\$\s?$|usd\s?$/u, "USD"],
  [/€\s?$|eur\s?$/u, "EUR"],
  [/£\s?$|gbp\s?$/u, "GBP"],
  [/(?:¥|rmb|cny|人民币)\s?$/u, "CNY"],
  // "yuan one", "euros twenty": the word stands before the number, unless it ends an amount itself
  ...wordSigns("yuan|kuai|renminbi", "CNY"),
  ...wordSigns("dollars?|bucks", "USD"),
  ...wordSigns("euros?", "EUR"),
  ...wordSigns("pounds? sterling|quid", "GBP"),
];

function wordSigns(words: string, currency: string): [RegExp, string][] {
  const amount =
    "\\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|ty|hundred|thousand|million|dozen|an?";
  return [[new RegExp(`(?<!(?:${amount})[ -]?)(?<![a-z])(?:${words})[ :]?$`, "u"), currency]];
}
const linked =
  "(?:more|full|extra|additional|whole|short|free|further|new|paid|consecutive|calendar|natural|loyalty|bonus|standard)";
const unitAfter = new RegExp(
  `^(?<more>\\s?(?:多|余|来|几|\\+))?(?<half>个半|半| and a half)?(?<gap>[\\s-]{0,2}(?:${linked} )?)(?<unit>${unitPattern})(?<tail>半(?![价年]))?`,
  "u",
);
const isDays = /^\s?日(?=内|之内|以内|无理由|后|左右|达|到|发|游|$|[,。 ])/u;
const discountAfter = /^\s?折(?![叠伞页屏纸线])/u;
const offAfter =
  /^\s?(?:的?(?:现金)?(?:优惠|折扣|让利|立减)|off\b|discount|(?:price )?reduction|cheaper|savings?)/u;
const offBefore =
  /(?:优惠|折扣|立减|减免|便宜|降价|直降|降|省|(?:save|saving|discounts?(?: of)?|reduced by|off)(?: (?:up to|an extra|you))?)(?:了|约|是|为|:)?\s?$/u;
const moneyBefore =
  /(?:满|减|立减|直减|返现?|抵扣?|优惠价|价格?|售价|单价|原价|现价|特价|到手价?|总价|定价|费用?|运费|邮费|押金|定金|金额|[另再]?加收?|另收|补|付|收|花|price|costs?|fee|total|amount|deposit|pay|paid|costs?|charged?)(?:是|为|:|\s|\||仅|只要|需|了){0,3}$/u;
const agesBefore = /(?<![a-z])ages? (?:of )?(?:\d{1,2}(?: ?(?:-|~|–|to) ?))?$/u;
const headedUnit = new RegExp(`[(（](?:单位[::]?\\s?)?(?<unit>${unitPattern})[)）]\\s?[:|,=\\t]?\\s?$`, "u");
export interface Reading extends Numeral {
  unit: Unit | null;
  /** Off 9 折, 10% off. */
  isOff: boolean;
  hasHalf: boolean;
}

/** The number with its unit, in that unit's canonical size. */
export function withUnit(text: string, numeral: Numeral): Reading {
  const { start, end, script } = numeral;
  const after = text.slice(end, end + near);
  const before = text.slice(Math.max(0, start - near), start);
  const plain: Reading = { ...numeral, unit: null, isOff: false, hasHalf: false };
  const discount = discountAfter.exec(after);
  if (discount !== null) {
    const off = (value: number) => rounded(value >= 10 ? 100 - value : 100 - value * 10);
    return {
      ...plain,
      end: end + discount[0].length,
      low: off(numeral.high),
      high: off(numeral.low),
      unit: { kind: "percentage", unit: "off", factor: 1 },
      isOff: true,
    };
  }
  const days = isDays.exec(after);
  if (days !== null) {
    const unit = unitOf("天");
    const factor = unit?.factor ?? 1;
    return { ...plain, end: end + days[0].length, low: plain.low * factor, high: plain.high * factor, unit };
  }
  const sign = signs.find(([pattern]) => pattern.test(before));
  if (sign !== undefined) {
    const [pattern, currency] = sign;
    const length = pattern.exec(before)?.[0].length ?? 0;
    const unit: Unit = { kind: "money", unit: currency, factor: 1 };
    return { ...plain, start: start - length, end: end + wordOfMoney(after), unit };
  }
  const isLoneHan = script === "han" && end - start === 1;
  const found = unitAfter.exec(after);
  const unit = found === null ? null : unitOf(found.groups?.unit ?? "", isLoneHan);
  if (found === null || unit === null) return headed(plain, before, text.slice(start, end), after);
  if (script === "latin" && /^\s?-?$/u.test(found.groups?.gap ?? "") && unit.unit === "foot") return plain;
  const isHundredth = unit.unit === "%" && /百分之\s?$/u.test(before);
  const half = found.groups?.half !== undefined || found.groups?.tail !== undefined ? 0.5 : 0;
  const stop = end + found[0].length;
  const isOff = unit.unit === "%" && (offAfter.test(text.slice(stop, stop + near)) || offBefore.test(before));
  return {
    ...plain,
    start: isHundredth ? start - 3 : start,
    end: stop,
    low: rounded((numeral.low + half) * unit.factor),
    high: rounded((numeral.high + half) * unit.factor),
    unit: isOff ? { ...unit, unit: "off" } : unit,
    isOff,
    hasHalf: half > 0,
  };
}

/** "¥99元" is one amount. */
function wordOfMoney(after: string): number {
  return /^\s?(?:元|rmb|yuan|usd|dollars)(?![a-z])/u.exec(after)?.[0].length ?? 0;
}

/** The unit of a table's heading: "质保(年): 2"; 百分之十; a price without its currency. */
function headed(plain: Reading, before: string, written: string, after: string): Reading {
  const hundredth = /百分之\s?$/u.exec(before);
  if (hundredth !== null)
    return {
      ...plain,
      start: plain.start - hundredth[0].length,
      unit: { kind: "percentage", unit: "%", factor: 1 },
    };
  if (agesBefore.test(before)) return { ...plain, unit: unitOf("岁") };
  const unit = unitOf(headedUnit.exec(before)?.groups?.unit ?? "");
  if (unit !== null)
    return {
      ...plain,
      low: rounded(plain.low * unit.factor),
      high: rounded(plain.high * unit.factor),
      unit,
    };
  const isPriced =
    /^\d{1,6}\.\d\d$/u.test(written) &&
    /^\s?(?:$|[,.;:!?)|\n]|(?:and|plus|each|per|for|a|an|on|extra)(?![a-z]))/u.test(after);
  if (isPriced || moneyBefore.test(before)) return { ...plain, unit: { kind: "money", unit: "", factor: 1 } };
  return plain;
}
