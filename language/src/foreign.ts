// Whether a message is surely in a language other than Chinese and English, and which one. Stricter than `detectLanguage`: a
// brand, a name, a face of letters or one borrowed word is nobody's language. Rules only, as in language.ts.

import { detectLanguage, isChinese, type Language } from "./language.ts";
import { tellingWords } from "./language-profiles.ts";

/** Of Japanese only; Chinese customers write a lone の for fun, and kaomoji hold single letters of any script. */
const leastLetters = 3;
const ownRun: [RegExp, RegExp][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}ー]/gu, /[\p{Script=Hiragana}\p{Script=Katakana}]{2}/u],
  [/\p{Script=Hangul}/gu, /[\uAC00-\uD7A3]{2}/u], // loose jamo (ㅋㅋㅋ, ㅠㅠ) laugh and cry in every language
  [
    /(?=\p{L})[^\p{Script=Latin}\p{Script=Han}]/gu,
    /(?:(?=\p{L})[^\p{Script=Latin}\p{Script=Han}]\p{M}*){2}/u,
  ],
];
/** Only Chinese asks with these: a Japanese or Korean name stands in a Chinese sentence. */
const onlyChinese = /[吗嗎呢吧么麼这這您你们們哪怎啥钱买货是]|有没有|有沒有|多少|可以/u;
const han = /\p{Script=Han}/gu;
/** Languages whose letters tell them without any known word; é, ü and ç stand in too many names. */
const tellingLetters: ReadonlySet<Language> = new Set(["vi", "tr", "pl"]);
const malay =
  /\b(?:awak|nak|boleh(?:kah)?|bila(?:kah)?|encik|puan|cik|macam|adakah|berapakah|sahaja|penghantaran|tak|kedai|bayaran|mesej|kakitangan)\b/giu;
const indonesian =
  /\b(?:kapan|bisa(?:kah)?|apakah|gimana|bagaimana|ongkir|kak|gan|mau|nggak|gak|dong|sih|pengiriman|toko|pembayaran)\b/giu;

/** The language (BCP 47), or null: Chinese, English, pinyin, or nothing to be sure by. */
export function surelyForeign(text: string): Language | null {
  const head = text.slice(0, 1_000);
  const { language, confidence } = detectLanguage(head);
  if (isChinese(language) || language === "en" || language === "other" || confidence < 0.7) return null;
  return /\p{Script=Latin}/u.test(head) && isLatin(language)
    ? surelyLatin(head, language)
    : surelyScript(head, language);
}

const latin: ReadonlySet<Language> = new Set("fr de es pt it nl pl tr vi id sv da cs ro tl".split(" "));
const isLatin = (language: Language) => latin.has(language);

function surelyScript(text: string, language: Language): Language | null {
  const place = language === "ja" ? 0 : language === "ko" ? 1 : 2;
  const [letter, run] = ownRun[place] as [RegExp, RegExp];
  const letters = text.match(letter)?.length ?? 0;
  const hanCount = text.match(han)?.length ?? 0;
  const least = language === "ko" ? 2 : leastLetters;
  if (letters < least || !run.test(text) || onlyChinese.test(text)) return null;
  return language === "ja" || hanCount * 3 <= letters ? language : null;
}

/** Two telling words, or one and a word with telling letters (two such in some languages); and fewer words of English. */
function surelyLatin(text: string, language: Language): Language | null {
  if ((text.match(han)?.length ?? 0) > 0) return null;
  const { words, lettered, english } = tellingWords(text, language);
  const opened = language === "es" && /[¿¡]\p{L}/u.test(text) ? 1 : 0;
  const counted = tellingLetters.has(language) || words > 0 ? lettered : 0;
  const telling = words + opened + counted;
  if (telling < 2 || english >= telling) return null;
  return language === "id" && count(text, malay) > count(text, indonesian) ? "ms" : language;
}

function count(text: string, words: RegExp): number {
  return text.match(words)?.length ?? 0;
}
