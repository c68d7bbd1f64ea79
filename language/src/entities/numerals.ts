// Numbers as people write them: digits, Chinese numerals with everyday shortenings (两百五, 一万二, 3万5), English words
// (twenty-five, a hundred and two, a couple). Shared by all finders of entities; they paste the patterns into their own.

const digitOf: Record<string, number> = Object.fromEntries(
  ["零〇○", "一壹幺", "二贰两俩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"].flatMap(
    (same, value) => [...same].map((character) => [character, value]),
  ),
);
const unitOf: Record<string, number> = {
  十: 10,
  拾: 10,
  百: 100,
  佰: 100,
  千: 1_000,
  仟: 1_000,
  万: 10_000,
  亿: 100_000_000,
};
const shortTens: Record<string, number> = { 廿: 20, 卅: 30 };

/** Pattern of a Chinese numeral (simplified characters), at most 12 of them. */
export const chineseNumeral = "[零〇○一壹幺二贰两俩三叁仨四肆五伍六陆七柒八捌九玖十拾百佰千仟万亿廿卅]{1,12}";
/** Pattern of a number in digits, with a Chinese unit behind it or not: 12, 1,200, 3.5万, 2千. */
export const arabicNumeral =
  "\\d{1,3}(?:,\\d{3}){1,3}(?:\\.\\d{1,4})?(?![\\d,])|\\d{1,12}(?:\\.\\d{1,4})?[十百千万亿]?";
const decimalTail = "(?:点[零〇一二三四五六七八九]{1,4})?";
/** A number in digits or in Chinese; no capturing groups inside. */
export const anyNumeral = `(?:${arabicNumeral}|${chineseNumeral}${decimalTail})`;

const smallWords =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tensWords = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const wordValue = new Map<string, number>([
  ...smallWords.map((word, value): [string, number] => [word, value]),
  ...tensWords.map((word, at): [string, number] => [word, (at + 2) * 10]),
  ["a", 1],
  ["an", 1],
]);
const wordScale = new Map([
  ["couple", 2],
  ["dozen", 12],
  ["hundred", 100],
  ["thousand", 1_000],
  ["grand", 1_000],
  ["million", 1_000_000],
]);
const anyWord = [...smallWords, ...tensWords, ...wordScale.keys()].join("|");
/** Pattern of an English number in words ("twenty-five", "a dozen", "two hundred and ten"); no capturing groups. */
export const englishNumeral = `(?:\\b(?:an?[ ](?=couple|dozen|hundred|thousand|million|grand)|(?=[zotfsendhcgm]))(?:${anyWord})(?:(?:[ -]|[ ]and[ ])(?:${anyWord})){0,7}\\b)`;

/**
 * Value of a text that is one number and nothing else: digits ("1,200", "3.5", "2万"), Chinese or English words.
 * Null for everything else, also for numbers above a thousand billion.
 */
export function readNumber(text: string): number | null {
  const trimmed = text.trim().toLowerCase();
  if (/^\d/u.test(trimmed)) return readDigits(trimmed);
  return /^[a-z]/u.test(trimmed) ? parseEnglishNumber(trimmed) : parseChineseNumber(trimmed);
}

function readDigits(text: string): number | null {
  const found = /^(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(\.\d{1,4})?([十百千万亿]?)$/u.exec(text);
  if (found === null) return null;
  const [, whole = "", fraction = "", unit = ""] = found;
  return rounded(Number(whole.replaceAll(",", "") + fraction) * (unitOf[unit] ?? 1));
}

/**
 * Value of a Chinese numeral in simplified or capital characters: 三十八, 两百五 (250), 一万二 (12000), 三点五, 一三八零
 * (digit by digit), 十二亿. Null when the text is no well-formed numeral (十十, 百, 五百三千, "").
 */
export function parseChineseNumber(text: string): number | null {
  const [whole = "", fraction, ...more] = text.split("点");
  if (more.length > 0 || whole === "") return null;
  const value = isDigitRun(whole) ? Number(digitsOf(whole)) : readUnits(whole);
  if (value === null || fraction === undefined) return value;
  return isDigitRun(fraction) && value < 1e9 ? rounded(Number(`${value}.${digitsOf(fraction)}`)) : null;
}

/** Digits of a run read one by one ("幺三八零零" → "13800"); characters that are no digit are dropped. */
export function digitsOf(text: string): string {
  return [...text]
    .map((character) => (/\d/u.test(character) ? character : (digitOf[character] ?? "")))
    .join("");
}

function isDigitRun(text: string): boolean {
  return text !== "" && text.length <= 15 && [...text].every((character) => character in digitOf);
}

function readUnits(text: string): number | null {
  let total = 0;
  let section = 0;
  let pending: number | null = null;
  let smallest = Number.POSITIVE_INFINITY; // the last unit inside this section; the next one must be smaller
  let lastUnit = 1;
  let isAfterZero = false;
  let lastBig = Number.POSITIVE_INFINITY;
  for (const character of text) {
    const digit = digitOf[character];
    const unit = unitOf[character];
    if (character in shortTens) {
      if (pending !== null || smallest <= 10) return null;
      section += shortTens[character] as number;
      smallest = 10;
      lastUnit = 10;
    } else if (digit !== undefined) {
      if (pending !== null && pending !== 0) return null;
      pending = digit;
      if (digit === 0) isAfterZero = true;
    } else if (unit === undefined) return null;
    else if (unit < 10_000) {
      if (unit >= smallest) return null;
      if ((pending === null || pending === 0) && unit !== 10) return null;
      section += (pending === null || pending === 0 ? 1 : pending) * unit;
      pending = null;
      smallest = unit;
      lastUnit = unit;
      isAfterZero = false;
    } else {
      const count: number = section + (pending ?? 0);
      if (count === 0 || unit >= lastBig) return null;
      total += count * unit;
      section = 0;
      pending = null;
      smallest = Number.POSITIVE_INFINITY;
      lastUnit = unit;
      lastBig = unit;
      isAfterZero = false;
    }
  }
  const rest = pending ?? 0;
  const isShortened = rest > 0 && lastUnit >= 100 && !isAfterZero; // 一万二 means 一万二千
  return total + section + (isShortened ? (rest * lastUnit) / 10 : rest);
}

/** Value of an English number in words ("a hundred and two", "twenty-five", "two dozen"); null when it is none. */
export function parseEnglishNumber(text: string): number | null {
  const words = text
    .toLowerCase()
    .split(/[\s-]+/u)
    .filter((word) => word !== "");
  if (words.length === 0 || words.length > 14) return null;
  if (words[0] === "and" || words.at(-1) === "and") return null;
  let total = 0;
  let current = 0;
  let hasNumber = false;
  let lastBelowHundred = 0;
  for (const word of words) {
    if (word === "and") continue;
    const value = wordValue.get(word);
    const scale = wordScale.get(word);
    if (value !== undefined) {
      const fits = lastBelowHundred === 0 || (lastBelowHundred >= 20 && value > 0 && value < 10);
      if (!fits || (hasNumber && value === 0)) return null;
      current += value;
      lastBelowHundred = lastBelowHundred === 0 ? value : 1;
    } else if (scale === undefined) return null;
    else {
      const count = current === 0 ? 1 : current;
      if (scale >= 1_000) {
        total += count * scale;
        current = 0;
      } else current = scale === 100 || scale === 12 || scale === 2 ? count * scale : current;
      lastBelowHundred = 0;
    }
    hasNumber = true;
  }
  return hasNumber && words.join(" ") !== "a" && words.join(" ") !== "an" ? total + current : null;
}

/**
 * Ends of a numeral that means "about": two neighbouring digits (两三天, 五六个, 十七八, 二三十), 三五 and 三两. Null for every
 * other text. `readNumber` reads 两三 digit by digit, as a number of an order would be.
 */
export function readApproximate(numeral: string): { low: number; high: number } | null {
  const found = /^([二三四五六七八九]?十)?([一二两三四五六七八])([二两三四五六七八九])([十百千万])?$/u.exec(
    numeral,
  );
  if (found === null) return null;
  const [, tens = "", first = "", second = "", unit = ""] = found;
  const step = (digitOf[second] as number) - (digitOf[first] as number);
  const isPhrase = /^三[五两]$/u.test(first + second);
  if ((step !== 1 && !isPhrase) || (tens !== "" && unit !== "")) return null;
  const ends = [first, second].map((digit) => parseChineseNumber(tens + digit + unit) ?? 0);
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

/** No binary tails: 0.1 + 0.2 is 0.3. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
