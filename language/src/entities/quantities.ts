// How many and how long: 两件, 3箱, a dozen, 5斤苹果; 三天, 半小时, two weeks. A unit is one word for all its spellings.
// Called by findEntities after money, sizes and bodies have taken theirs.

import { type Piece, piecesOf } from "./entity.ts";
import { anyNumeral, englishNumeral, isApproximate, readNumber } from "./numerals.ts";

const measureWords =
  "公斤|千克|毫升|厘米|毫米|平方米|平米|立方|套餐|件|条|双|个|只|箱|盒|包|袋|瓶|罐|台|套|份|斤|两(?!天|个|件)|克|吨|米|张|本|支|枝|根|把|杯|桶|卷|块|片|粒|颗|束|位|间|打|对|副|款|单|升|提|听|捆|串|坛|盆|辆|扇|幅|顶|枚|匹|节|盏|碗|壶|筐|车|人|晚|户|组|批|尺|寸|公里|里地";
const chineseQuantity = new RegExp(
  `(?<![\\d.第/\\-])(${anyNumeral}|半)(?:大|小|整)?(${measureWords})(半)?`,
  "gu",
);
const unitNames: Record<string, string> = {
  pieces: "piece",
  pcs: "piece",
  pc: "piece",
  piece: "piece",
  items: "piece",
  item: "piece",
  units: "piece",
  unit: "piece",
  boxes: "box",
  box: "box",
  cartons: "carton",
  carton: "carton",
  cases: "case",
  packs: "pack",
  pack: "pack",
  packets: "pack",
  packages: "package",
  bags: "bag",
  bag: "bag",
  bottles: "bottle",
  bottle: "bottle",
  cans: "can",
  jars: "jar",
  cups: "cup",
  cup: "cup",
  pairs: "pair",
  pair: "pair",
  sets: "set",
  set: "set",
  rolls: "roll",
  sheets: "sheet",
  tubes: "tube",
  copies: "copy",
  kg: "kg",
  kgs: "kg",
  kilos: "kg",
  kilo: "kg",
  g: "g",
  grams: "g",
  gram: "g",
  mg: "mg",
  ml: "ml",
  l: "l",
  litres: "l",
  liters: "l",
  litre: "l",
  liter: "l",
  lbs: "lb",
  lb: "lb",
  pounds: "lb",
  oz: "oz",
  ounces: "oz",
  tons: "t",
  tonnes: "t",
  m: "m",
  metres: "m",
  meters: "m",
  cm: "cm",
  mm: "mm",
  inches: "in",
  inch: "in",
  feet: "ft",
  yards: "yd",
  people: "person",
  persons: "person",
  guests: "person",
  adults: "adult",
  kids: "child",
  children: "child",
  nights: "night",
  night: "night",
  rooms: "room",
  seats: "seat",
  tickets: "ticket",
  users: "user",
  licenses: "licence",
  licences: "licence",
  shirts: "shirt",
  pallets: "pallet",
};
const unitWords = Object.keys(unitNames)
  .sort((a, b) => b.length - a.length)
  .join("|");
const englishQuantity = new RegExp(
  `(?<![\\w.,/\\-#])(\\d{1,3}(?:,\\d{3}){1,3}|\\d{1,9}(?:\\.\\d{1,3})?|${englishNumeral}|an?)(k)?[ -]?(?:more |of (?:the|them|these|those) |full )?(${unitWords})(?![\\w/])`,
  "gu",
);
const dozen = /\b((?:an?|one|two|three|four|five|six|\d{1,3}) )?(dozen)s?\b/gu;
const chineseUnits: Record<string, string> = {
  公斤: "kg",
  千克: "kg",
  克: "g",
  吨: "t",
  毫升: "ml",
  升: "l",
  米: "m",
  厘米: "cm",
  毫米: "mm",
  平米: "平方米",
  枝: "支",
};
/** "一个" of 这一个, 一个问题, 每一个 counts nothing. */
const countsNothing = /[这那哪每同另某第任有是了的]$/u;
const abstractNoun =
  /^(?:问题|事|人|多|样|月|星期|礼拜|小时|钟头|半|劲|意思|办法|说法|客服|价|电话|原因|情况|方面|年|下|字|疑问|建议|礼拜|工作日|点|劲儿|月份)/u;
const wantsSome = /(?:买|要|来|拍|订|定|加|退|换|拿|发|购|下单|凑|送|少|差|缺|漏|多|只有|共|补|寄|做)了?$/u;

/** Quantities of goods and people in a folded text. */
export function findQuantities(text: string): Piece[] {
  return [
    ...piecesOf(text, chineseQuantity, (found) => readChinese(text, found)),
    ...piecesOf(text, englishQuantity, ([typed, number = "", thousand, unit = ""]) => {
      const isArticle = number === "a" || number === "an";
      if (isArticle && !/^an? (?:box|carton|pair|bottle|pack|set|bag|kilo|roll)$/u.test(typed)) return null;
      const amount = isArticle ? 1 : readNumber(number);
      if (amount === null || (unit === "m" && amount < 1) || (/^[lmg]$/u.test(unit) && !/\d/u.test(number)))
        return null;
      return quantity(thousand === undefined ? amount : amount * 1_000, unitNames[unit] ?? unit, false, 0.9);
    }),
    ...piecesOf(text, dozen, ([, count]) => {
      const times = count === undefined || /^an? /u.test(count) ? 1 : readNumber(count);
      return times === null ? null : quantity(times * 12, "piece", false, 0.85);
    }),
  ];
}

function readChinese(text: string, found: RegExpExecArray): Piece["finding"] | null {
  const [typed, number = "", unit = "", half] = found;
  const before = text.slice(Math.max(0, found.index - 4), found.index);
  const after = text.slice(found.index + typed.length, found.index + typed.length + 4);
  if (/[\p{Script=Han}]/u.test(typed[0] ?? "") && /[几多]$/u.test(before)) return null;
  if (unit === "个" && abstractNoun.test(after)) return null;
  if (unit === "单" && /^[号价据位独]/u.test(after)) return null;
  if (unit === "块" && number === "一" && /^(?:儿|[寄发买去送退拍走来吃算下])/u.test(after)) return null;
  if (unit === "套" && /^路/u.test(after)) return null;
  if (
    /^[打米里听节位把车包]$/u.test(unit) &&
    (number === "一" || /^[折饭面位]/u.test(after)) &&
    !wantsSome.test(before)
  )
    return null;
  if (
    (number === "一" || number === "1") &&
    /^[个份单位款套]$/u.test(unit) &&
    (countsNothing.test(before) || !wantsSome.test(before))
  )
    return null;
  if (number === "一" && /[这那哪每同另第]$/u.test(before)) return null;
  const rough = isApproximate(number);
  const amount = number === "半" ? 0.5 : readNumber(rough ? (number[0] as string) : number);
  if (amount === null || (amount === 0 && number !== "0")) return null;
  if (unit === "打") return quantity((amount + (half === undefined ? 0 : 0.5)) * 12, "piece", rough, 0.7);
  return quantity(half === undefined ? amount : amount + 0.5, chineseUnits[unit] ?? unit, rough, 0.9);
}

function quantity(amount: number, unit: string, isRough: boolean, confidence: number): Piece["finding"] {
  const rounded = Math.round(amount * 1_000) / 1_000;
  return {
    kind: "quantity",
    value: `${rounded} ${unit}`,
    amount: rounded,
    unit,
    isApproximate: isRough,
    confidence,
  };
}

const secondsOf: [RegExp, number, string][] = [
  [/^(?:秒钟?|seconds?|secs?)$/u, 1, "PT$S"],
  [/^(?:分钟?|minutes?|mins?)$/u, 60, "PT$M"],
  [/^(?:个?小时|个?钟头|个?钟|hours?|hrs?)$/u, 3_600, "PT$H"],
  [/^(?:天|日|整天|工作日|个工作日|(?:working |business )?days?)$/u, 86_400, "P$D"],
  [/^(?:周|个?星期|个?礼拜|weeks?)$/u, 604_800, "P$W"],
  [/^(?:个月|months?)$/u, 2_592_000, "P$M"],
  [/^(?:年|years?|yrs?)$/u, 31_536_000, "P$Y"],
];
export const chineseTimeUnit = "秒钟?|分钟|个?小时|个?钟头|个工作日|工作日|天|周|个?星期|个?礼拜|个月|年";
export const englishTimeUnit =
  "seconds?|minutes?|mins?|hours?|hrs?|(?:working |business )?days?|weeks?|months?|years?";
const chineseDuration = new RegExp(
  `(?<![\\d.第\\-:/])(?:(${anyNumeral})(${chineseTimeUnit})(半)?|半(?:个)?(小时|钟头|月|天|年)|(${anyNumeral})(?:个)?半(小时|钟头|月|天|年)|个把(小时|月|星期))(?!级|前|后|以前|以后|之前|之后|内|之内|以内|[一二三四五六七八九十\\d号月日])`,
  "gu",
);
const englishDuration = new RegExp(
  `(?<![\\w.,/\\-])(\\d{1,6}(?:\\.\\d{1,2})?|${englishNumeral}|an?(?! sec)|half an?)[ -]?(${englishTimeUnit})(?!\\w| (?:ago|later|from now|after|before))`,
  "gu",
);

/** Lengths of time in a folded text. "三天后" is a moment and no duration. */
export function findDurations(text: string): Piece[] {
  return [
    ...piecesOf(text, chineseDuration, (found) => {
      const [, number, unit, half, halfUnit, andHalfNumber, andHalfUnit, oneOrSo] = found;
      if (oneOrSo !== undefined) return duration(1, `个${oneOrSo}`, true);
      if (halfUnit !== undefined) return duration(0.5, unitWithCounter(halfUnit), false);
      if (andHalfUnit !== undefined)
        return duration((readNumber(andHalfNumber ?? "") ?? 0) + 0.5, unitWithCounter(andHalfUnit), false);
      const rough = isApproximate(number ?? "");
      const value = readNumber(rough ? (number?.[0] ?? "") : (number ?? ""));
      if (value === null || (unit === "年" && value >= 1_900)) return null;
      return duration(value + (half === undefined ? 0 : 0.5), unit ?? "", rough);
    }),
    ...piecesOf(text, englishDuration, ([, number = "", unit = ""]) => {
      const value = /^an?$/u.test(number) ? 1 : number.startsWith("half") ? 0.5 : readNumber(number);
      return value === null ? null : duration(value, unit, false);
    }),
  ];
}

function unitWithCounter(unit: string): string {
  return unit === "月" ? "个月" : unit;
}

function duration(value: number, unit: string, isRough: boolean): Piece["finding"] | null {
  const known = secondsOf.find(([pattern]) => pattern.test(unit));
  if (known === undefined || value <= 0 || value > 100_000) return null;
  const [, seconds, shape] = known;
  const rounded = Math.round(value * 100) / 100;
  return {
    kind: "duration",
    value: shape.replace("$", String(rounded)),
    seconds: Math.round(rounded * seconds),
    isApproximate: isRough,
    confidence: 0.9,
  };
}
