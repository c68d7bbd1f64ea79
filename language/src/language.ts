// Which language a short message is in, by its script and a few telling words. Called for every message, so it is
// rules only. A message without letters ("?", "👍") has confidence 0: the caller keeps the previous language.

import { countTraditional } from "./characters.ts";
import { scoreLatin } from "./language-profiles.ts";

/** BCP 47 tags that are told apart; "other" is a script or a language that is not among them. */
export const languages = [
  ...["zh-Hans", "zh-Hant", "yue", "en"],
  ...["ja", "ko", "fr", "de", "es", "pt", "it", "nl", "pl", "tr", "vi", "id", "sv", "da", "cs", "ro", "tl"],
  ...[
    "ru",
    "uk",
    "kk",
    "mn",
    "ar",
    "fa",
    "ur",
    "ug",
    "he",
    "el",
    "hi",
    "bn",
    "ta",
    "th",
    "lo",
    "km",
    "my",
    "bo",
    "ka",
    "hy",
  ],
  "other",
] as const;
export type Language = string;
export interface LanguageGuess {
  /** One of `languages`. */
  language: Language;
  /** 0 (no letter to judge by) to 1. */
  confidence: number;
}
export interface LanguageShare {
  language: Language;
  /** Of the words of the message, 0-1; two Han characters count as a word. */
  share: number;
}

/** Chinese of any script or region. */
export function isChinese(language: Language): boolean {
  return language === "zh-Hans" || language === "zh-Hant" || language === "yue";
}

const cantonese =
  /[嘅咗喺唔冇佢咁嗰啲嚟嘢哋咩乜畀嘥攞攰瞓嬲㗎噃喎啫冧嗮孭冚]|[邊边](?:度|個|个|間|间|款|位|種|种|隻|只|件|條|条|日)|[幾几](?:時|时|多|耐)|[點点](?:解|樣|样|算|計|计|退|換|换|用|買|买|揀|拣|搵|揾|收錢)|[係系](?:咪|唔)|得唔得|有冇|[而依]家|[聽听琴尋寻]日|^呢(?:個|件|度|條|對|部|張|排)|[，, ]呢(?:個|件|度|條|對|部|張|排)|落咗?單|收工|返工|搵(?:人|唔)|平[啲D]|仲(?:有|未|可以|係|系|要)|啱啱|俾(?:錢|钱|我)|[\d一二三四五六七八九十百千幾几]蚊|睇(?:下|吓)|同埋/u;
/** Weaker signs: two of them, or one in a text of traditional characters. */
const maybeCantonese = /係(?!統|数|數)|睇|俾|揀|嘛|囉|啱|咪|食|飲|靚|衫|樽|傾|嗌|舖|執|埋|晒/gu;
/** Characters that only Japanese writes. */
const japaneseOnly = /[気駅対広円込届払戻売読続処様変価発録択検証応関帰図遅単荷蔵]/u;
const shared = new Set(
  "ok okay hi hello hey bye thanks thank thx yes no yeah lol vip xl xxl s m l xs xxxl app pro max plus mini".split(
    " ",
  ),
);

interface Counts {
  han: number;
  kana: number;
  hangul: number;
  latin: number;
  /** Letters of scripts that belong to few languages, by script. */
  others: Map<string, number>;
  otherTotal: number;
}

const latinWord = /\p{Script=Latin}[\p{Script=Latin}\p{M}'’-]*/gu;
const longestRead = 1_000; // the head of a message tells its language

/** Guesses the language of one message. Counts letters by script; a Latin word outweighs a Han character by two. */
export function detectLanguage(text: string): LanguageGuess {
  const head = text.length > longestRead ? text.slice(0, longestRead) : text;
  const counts = countLetters(head);
  const { han, kana, hangul, otherTotal } = counts;
  if (kana > 0 && kana * 3 >= han) return { language: "ja", confidence: 0.95 };
  if (hangul > 0 && hangul * 3 >= han) return { language: "ko", confidence: 0.97 };
  const words = counts.latin > 0 ? latinWords(head) : [];
  if (otherTotal > 0 && otherTotal >= han * 2 && otherTotal >= counts.latin) return guessScript(head, counts);
  if (han > 0 && han * 2 >= words.length) return guessChinese(head, han);
  if (words.length === 0) return { language: "other", confidence: 0 };
  return guessLatin(words);
}

/**
 * How much of a message is in which language, biggest first; empty without letters. Latin words count together, as the
 * language that they are guessed to be; Chinese and Japanese as they are guessed over the whole text.
 */
export function languageShares(text: string): LanguageShare[] {
  const head = text.slice(0, longestRead);
  const { han, kana, hangul, others, otherTotal, latin } = countLetters(head);
  const words = latin > 0 ? latinWords(head) : [];
  const weights = new Map<Language, number>();
  const add = (language: Language, weight: number) => {
    if (weight > 0) weights.set(language, (weights.get(language) ?? 0) + weight);
  };
  if (kana > 0 && kana * 3 >= han) add("ja", (kana + han) / 2);
  else {
    if (han > 0) add(guessChinese(head, han).language, han / 2);
    add("ja", kana / 2);
  }
  add("ko", hangul / 2);
  if (words.length > 0) add(guessLatin(words).language, words.length);
  if (otherTotal > 0) add(guessScript(head, { others }).language, otherTotal / 5);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return [...weights]
    .map(([language, weight]) => ({ language, share: weight / total }))
    .sort((a, b) => b.share - a.share);
}

const scripts: [string, RegExp][] = [
  ["cyrillic", /\p{Script=Cyrillic}/u],
  ["arabic", /\p{Script=Arabic}/u],
  ["th", /\p{Script=Thai}/u],
  ["hi", /\p{Script=Devanagari}/u],
  ["he", /\p{Script=Hebrew}/u],
  ["el", /\p{Script=Greek}/u],
  ["bn", /\p{Script=Bengali}/u],
  ["ta", /\p{Script=Tamil}/u],
  ["lo", /\p{Script=Lao}/u],
  ["km", /\p{Script=Khmer}/u],
  ["my", /\p{Script=Myanmar}/u],
  ["bo", /\p{Script=Tibetan}/u],
  ["ka", /\p{Script=Georgian}/u],
  ["hy", /\p{Script=Armenian}/u],
  ["mn", /\p{Script=Mongolian}/u],
];

function countLetters(text: string): Counts {
  const counts: Counts = { han: 0, kana: 0, hangul: 0, latin: 0, others: new Map(), otherTotal: 0 };
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) {
      if ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) counts.latin += 1;
    } else if (isHan(code)) counts.han += 1;
    else if (code < 0x250) counts.latin += code >= 0xc0 && code !== 0xd7 && code !== 0xf7 ? 1 : 0;
    else if ((code >= 0x3041 && code <= 0x30fa) || (code >= 0xff66 && code <= 0xff9d)) counts.kana += 1;
    else if ((code >= 0xac00 && code <= 0xd7a3) || (code >= 0x3131 && code <= 0x318e)) counts.hangul += 1;
    else countOther(counts, character, code);
  }
  return counts;
}

function isHan(code: number): boolean {
  return (
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0x3400 && code <= 0x4dbf) ||
    (code >= 0x20000 && code <= 0x3134f) ||
    code === 0x3007
  );
}

function countOther(counts: Counts, character: string, code: number): void {
  if ((code >= 0x1e00 && code <= 0x1eff) || (code >= 0xff21 && code <= 0xff5a)) {
    counts.latin += 1;
    return;
  }
  if (!/\p{L}/u.test(character)) return;
  const script = scripts.find(([, pattern]) => pattern.test(character))?.[0] ?? "other";
  counts.others.set(script, (counts.others.get(script) ?? 0) + 1);
  counts.otherTotal += 1;
}

function latinWords(text: string): string[] {
  return (text.normalize("NFC").toLowerCase().match(latinWord) ?? []).map((word) =>
    word.replaceAll("’", "'"),
  );
}

/** A script of few languages; letters that only one of them has tell them apart. */
function guessScript(text: string, { others }: Pick<Counts, "others">): LanguageGuess {
  const [script] = [...others].reduce((most, entry) => (entry[1] > most[1] ? entry : most), ["other", 0]);
  if (script === "cyrillic") {
    if (/[әғқңұһ]/iu.test(text)) return { language: "kk", confidence: 0.9 };
    if (/[өү]/iu.test(text)) return { language: "mn", confidence: 0.85 };
    return /[іїєґ]/iu.test(text) ? { language: "uk", confidence: 0.85 } : { language: "ru", confidence: 0.9 };
  }
  if (script === "arabic") {
    if (/[ەېۆۇڭ]/u.test(text)) return { language: "ug", confidence: 0.9 };
    if (/[ٹڈڑںے]/u.test(text)) return { language: "ur", confidence: 0.9 };
    return /[پچژگ]/u.test(text) ? { language: "fa", confidence: 0.85 } : { language: "ar", confidence: 0.92 };
  }
  return script === "other" ? { language: "other", confidence: 0.8 } : { language: script, confidence: 0.95 };
}

function guessChinese(text: string, han: number): LanguageGuess {
  if (cantonese.test(text)) return { language: "yue", confidence: 0.9 };
  const traditional = countTraditional(text);
  const hints = text.match(maybeCantonese)?.length ?? 0;
  if (traditional > 0 && hints >= 2) return { language: "yue", confidence: 0.6 };
  if (japaneseOnly.test(text) && traditional === 0) return { language: "ja", confidence: 0.5 };
  if (traditional > 0) return { language: "zh-Hant", confidence: traditional * 8 >= han ? 0.95 : 0.6 };
  return { language: "zh-Hans", confidence: han > 2 ? 0.98 : 0.8 };
}

function guessLatin(words: string[]): LanguageGuess {
  if (words.every((word) => shared.has(word))) return { language: "en", confidence: 0.5 };
  const scores = scoreLatin(words.filter((word) => !shared.has(word) || word === "no"));
  const english = scores.find(({ language }) => language === "en")?.score ?? 0;
  const [best] = scores;
  if (best === undefined) return { language: "en", confidence: words.length === 1 ? 0.4 : 0.6 };
  if (best.language === "en" || best.score < english + 0.5 || best.score < 0.6) {
    if (words.length === 1 && english < 0.6) return { language: "en", confidence: 0.4 };
    return { language: "en", confidence: english >= 0.5 ? 0.95 : 0.6 };
  }
  const second = scores[1]?.score ?? 0;
  return {
    language: best.language,
    confidence: best.score - second >= 1 ? 0.9 : best.score > second ? 0.7 : 0.5,
  };
}
