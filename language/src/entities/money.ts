// Amounts of money: ¥99, 99元, 99块5, 九十九块五, 三毛, 1.5万元, $20, 20 bucks, HK$50, 50 cents. Called by findEntities.

import { type Piece, piecesOf } from "./entity.ts";
import { anyNumeral, chineseNumeral, englishNumeral, readNumber } from "./numerals.ts";

const amount = "(\\d{1,3}(?:,\\d{3}){1,4}(?:\\.\\d{1,2})?|\\d{1,10}(?:\\.\\d{1,2})?)";
const signs: [string, string][] = [
  ["hk\\$|hkd ?\\$?", "HKD"],
  ["nt\\$|ntd ?\\$?|twd ?", "TWD"],
  ["us\\$|usd ?\\$?", "USD"],
  ["a\\$|aud ?\\$?", "AUD"],
  ["c\\$|cad ?\\$?", "CAD"],
  ["s\\$|sgd ?\\$?", "SGD"],
  ["jp¥|jpy ?", "JPY"],
  ["cn¥|cny ?|rmb ?¥?|¥|￥", "CNY"],
  ["\\$", "USD"],
  ["€|eur ?", "EUR"],
  ["£|gbp ?", "GBP"],
  ["₩|krw ?", "KRW"],
];
const words: [string, string][] = [
  ["(?:港币|港元|港纸|hkd)", "HKD"],
  ["(?:台币|新台币|ntd|twd)", "TWD"],
  ["(?:美元|美金|美刀|(?<!一 ?)刀(?!片|具|把|架|切)|us dollars?|usd)", "USD"],
  ["(?:欧元|欧(?=$|[^洲美])|euros?|eur\\b)", "EUR"],
  ["(?:英镑|pounds? sterling|quid|gbp)", "GBP"],
  ["(?:日元|日币|円|yen|jpy)", "JPY"],
  ["(?:韩元|韩币|krw)", "KRW"],
  ["(?:rmb|cny|yuan|kuai|元人民币|人民币)", "CNY"],
  ["(?:dollars?|bucks?)", "USD"],
];
/** Currencies without a hundredth. */
const wholeOnly = new Set(["JPY", "KRW"]);
const bySign = signs.map(([sign, currency]) => ({
  currency,
  pattern: new RegExp(`(?<![\\w$])(?:${sign})\\s?${amount}(k\\b|万)?(?![\\d])`, "gu"),
}));
const byWord = words.map(([word, currency]) => ({
  currency,
  pattern: new RegExp(`(?<![\\d.a-z])(${anyNumeral}|${englishNumeral}) ?(k\\b|万)? ?${word}(?![a-z])`, "gu"),
}));
/** 块 and 元 with what may follow: 99块5, 九十九块五毛, 三块钱, 两百元整. */
const kuai = new RegExp(
  `(?<![\\d.第])(${anyNumeral})(?:大洋|块大洋|(块|元)(?:(钱|整)|(\\d{1,2}|${chineseNumeral.replace("{1,12}", "{1,2}")})(?!\\d)(毛|角)?(?:(\\d|[一二三四五六七八九])分)?(?![块元万千百天件个号点月桌份张条位人只斤箱起样直共定般边盒次年晚间小套节瓶平米公双本杯课期]|包(?!邮)))?)`,
  "gu",
);
const mao =
  /(?<![\d.块元大])(\d|[一二两三四五六七八九])(?:毛|角)(?:(\d|[一二三四五六七八九])分?|钱)?(?![巾线衣笔扳形星铁]|度|落|色)/gu;
const cents = new RegExp(`(?<![\\d.])(${amount}|${englishNumeral}) ?(?:cents?|¢)(?![a-z])`, "gu");
/** 块 that counts pieces or means "together". */
const pieceOfThing =
  /^(?:儿|一起|[表布地板砖糖皂肉蛋玻香毛手电屏田]|肥皂|面料|石头|蛋糕|寄|发|买|去|送|退|拍|打包|走|来|吃|算|下单)/u;

/** Amounts of money of a folded text; the smallest unit as an integer in `amountMinor`. */
export function findMoney(text: string): Piece[] {
  return [
    ...bySign.flatMap(({ pattern, currency }) =>
      piecesOf(text, pattern, ([, number = "", scale]) => moneyOf(readNumber(number), scale, currency, 0.97)),
    ),
    ...byWord.flatMap(({ pattern, currency }) =>
      piecesOf(text, pattern, ([, number = "", scale]) => moneyOf(readNumber(number), scale, currency, 0.95)),
    ),
    ...piecesOf(text, kuai, (found) => readKuai(text, found)),
    ...piecesOf(text, mao, ([, tenths = "", hundredths]) =>
      moneyOf(
        (readNumber(tenths) ?? 0) / 10 + (readNumber(hundredths ?? "零") ?? 0) / 100,
        undefined,
        "CNY",
        0.85,
      ),
    ),
    ...piecesOf(text, cents, ([, number = ""]) => {
      const value = readNumber(number);
      return value === null ? null : moneyOf(value / 100, undefined, "USD", 0.8);
    }),
  ];
}

function readKuai(text: string, found: RegExpExecArray): Piece["finding"] | Piece | null {
  const [typed, number = "", unit, closing, tail, tenthUnit, hundredths] = found;
  const whole = readNumber(number);
  if (whole === null) return null;
  const after = text.slice(found.index + typed.length);
  const isPieces = unit === "块" && closing === undefined && tail === undefined && pieceOfThing.test(after);
  if (isPieces) return null;
  // 一块 counts pieces and means together; it is money where something is paid
  const isPaid = /(?:要|收|付|返|差|才|就|贵|便宜|省|抵|加|每|涨|减|补|赚|扣|花|多|少)$/u.test(
    text.slice(0, found.index),
  );
  if (typed === "一块" && (/^\p{Script=Han}/u.test(after) || !isPaid)) return null;
  if (tail === undefined) return moneyOf(whole, undefined, "CNY", 0.95);
  const read = readNumber(tail);
  // "五" and "5" behind 块 are tenths, "25" and "二十五" hundredths
  const small =
    read === null ? 0 : read < 10 ? read / 10 : tenthUnit === undefined && read < 100 ? read / 100 : 0;
  return moneyOf(whole + small + (readNumber(hundredths ?? "零") ?? 0) / 100, undefined, "CNY", 0.95);
}

function moneyOf(
  value: number | null,
  scale: string | undefined,
  currency: string,
  confidence: number,
): Piece["finding"] | null {
  if (value === null) return null;
  const scaled = value * (scale === "k" ? 1_000 : scale === "万" ? 10_000 : 1);
  const digits = wholeOnly.has(currency) ? 0 : 2;
  const amountMinor = Math.round(scaled * 10 ** digits);
  if (!Number.isSafeInteger(amountMinor)) return null;
  return {
    kind: "money",
    value: `${(amountMinor / 10 ** digits).toFixed(digits)} ${currency}`,
    amountMinor,
    currency,
    confidence,
  };
}
