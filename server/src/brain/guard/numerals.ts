// The numbers of a folded text with their places, before anybody asks what they count: digits (1,200, 3.5, 1.5k, 2万),
// Chinese numerals (三十八, 两三 as a range, 八五), English words (twenty-five), half. Called by amounts.ts.

import { parseChineseNumber, parseEnglishNumber } from "@yingda/language";

export interface Numeral {
  start: number;
  end: number;
  low: number;
  high: number;
  script: "digits" | "han" | "latin";
}

const hanDigits = "零〇一壹二贰两俩三叁仨四肆五伍六陆七柒八捌九玖";
const han = `[${hanDigits}十拾百佰千仟万亿廿卅]{1,12}(?:点[零一二三四五六七八九]{1,4})?`;
const small =
  "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety";
const scale = "hundred|thousand|million|dozen";
const latin = `(?<![a-z])(?:a (?=${scale}))?(?:${small}|${scale}|(?:a couple)(?= ))(?:(?:-| | and )(?:${small}|${scale})){0,6}(?![a-z])`;
const digits =
  "\\d{1,3}(?:,\\d{3}){1,4}(?:\\.\\d{1,4})?(?!\\d)|\\d{1,15}(?:\\.\\d{1,4})?(?![.\\d]\\d)|\\d{1,40}";
const numeral = new RegExp(
  `(?<digits>(?:${digits}))(?<scale> ?(?:k(?![a-z])|百万(?!能)|百|千(?![克瓦卡米])|万(?![能像])|亿| (?:million|thousand|hundred)(?![a-z])))?|(?<han>${han})|(?<latin>${latin})`,
  "gu",
);
const scales: Record<string, number> = {
  k: 1_000,
  百: 100,
  千: 1_000,
  万: 10_000,
  百万: 1_000_000,
  亿: 100_000_000,
  hundred: 100,
  thousand: 1_000,
  million: 1_000_000,
};
/** 两三, 三五, 三四百, 十七八: neighbours said together are a range. */
const neighbours = /^(十|[二三四五六七八九]十)?([一二两三四五六七八])([二两三四五六七八九])(十|百|千|万)?$/u;
const digitOf = (character: string): number => parseChineseNumber(character) ?? 0;

/** Every number of the text in reading order. Throws nothing. */
export function findNumerals(text: string): Numeral[] {
  const numerals: Numeral[] = [];
  for (const found of text.matchAll(numeral)) {
    const value = readNumeral(found.groups ?? {});
    if (value === null) continue;
    numerals.push({ start: found.index, end: found.index + found[0].length, ...value });
  }
  return numerals;
}

type Value = Pick<Numeral, "low" | "high" | "script">;

function readNumeral(groups: Record<string, string | undefined>): Value | null {
  if (groups.digits !== undefined) {
    const value = Number(groups.digits.replaceAll(",", "")) * (scales[groups.scale?.trim() ?? ""] ?? 1);
    return exactly(rounded(value), "digits");
  }
  if (groups.han !== undefined) return readHan(groups.han);
  const words = (groups.latin ?? "").replace(/^a /u, "");
  const value = parseEnglishNumber(words);
  return value === null ? null : exactly(value, "latin");
}

function readHan(text: string): Value | null {
  const pair = neighbours.exec(text);
  if (pair !== null) {
    const [, tens = "", first = "", second = "", unit = ""] = pair;
    const low = digitOf(first);
    const high = digitOf(second);
    const isSaidTogether = high - low === 1 || `${low}${high}` === "35";
    // 八五折 reads its digits one by one; percentages ask for that themselves by the range 8 to 5 being none
    if (isSaidTogether) {
      const times = unit === "" ? 1 : (scales[unit] ?? 10);
      const base = tens === "" ? 0 : (parseChineseNumber(tens) ?? 0);
      return { low: base + low * times, high: base + high * times, script: "han" };
    }
  }
  const value = parseChineseNumber(text);
  return value === null ? null : exactly(value, "han");
}

function exactly(value: number, script: Value["script"]): Value {
  return { low: value, high: value, script };
}

/** No binary tails. */
export function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
