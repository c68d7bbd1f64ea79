// How many: 两件, 3箱, a dozen, 5斤苹果. A unit is one word for all its spellings. Called by findEntities after money, sizes
// and bodies have taken theirs.

import { type Piece, piecesOf } from "./entity.ts";
import { anyNumeral, englishNumeral, readApproximate, readNumber } from "./numerals.ts";

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
  const about = readApproximate(number);
  const rough = about !== null;
  const amount = number === "半" ? 0.5 : (about?.low ?? readNumber(number));
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
