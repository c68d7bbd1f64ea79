// Which language a short message is in, by its script and a few telling words. Called for every message, so it is
// rules only. A message without letters ("?", "👍", "ok") has confidence 0: the caller keeps the previous language.

import { countTraditional } from "./characters.ts";

export type Language = "zh-Hans" | "zh-Hant" | "yue" | "en" | "other";
export interface LanguageGuess {
  language: Language;
  /** 0 (no letter to judge by) to 1. */
  confidence: number;
}

const cantonese =
  /[嘅咗喺唔冇佢咁嗰啲嚟嘢哋咩乜畀嘥攞攰瞓嬲]|邊度|边度|幾時|几時|點解|点解|係咪|系咪|得唔得/u;
const notEnglish =
  /[àâäåãáçéèêëíìîïñóòôöõúùûüßæøœ¿¡]|\p{Script=Cyrillic}|\p{Script=Arabic}|\p{Script=Thai}/iu;
const englishWords = new Set(
  (
    "the a an is are am was were be been do does did can could will would should have has had i you it my your me we " +
    "they this that what when where how why who which to of in on for with and or not no yes please thanks thank hi " +
    "hello hey order ship shipping refund return size when's what's where's i'm don't ok okay got get any there"
  ).split(" "),
);
/** Said by people of every language: they do not tell which one. */
const everybodysWords = new Set(
  "ok okay hi hello hey bye thanks thank you thx yes no yeah lol vip xl xxl s m l".split(" "),
);
const foreignWords = new Set(
  (
    "el la los las de que por para como cuando donde está hola gracias pedido envío cuánto quiero mi il di che per " +
    "quanto ciao grazie le des est je mon ma vous bonjour merci combien der die das ist ich mein wann wie bitte " +
    "danke não obrigado quando onde saya apa berapa kapan terima kasih bao nhiêu khi nào"
  ).split(" "),
);

/** Guesses the language of one message. Counts letters by script; two Han characters outweigh a Latin word. */
export function detectLanguage(text: string): LanguageGuess {
  const han = count(text, /\p{Script=Han}/gu);
  const kanaOrHangul = count(text, /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu);
  const words = text.toLowerCase().match(/\p{Script=Latin}[\p{Script=Latin}']*/gu) ?? [];
  if (kanaOrHangul > 0 && kanaOrHangul * 3 >= han) return { language: "other", confidence: 0.95 };
  if (han > 0 && han * 2 >= words.length) return guessChinese(text, han);
  if (notEnglish.test(text)) return { language: "other", confidence: 0.8 };
  if (words.length === 0) return { language: "other", confidence: 0 };
  return guessLatin(words);
}

function guessChinese(text: string, han: number): LanguageGuess {
  if (cantonese.test(text)) return { language: "yue", confidence: 0.9 };
  const traditional = countTraditional(text);
  if (traditional > 0) return { language: "zh-Hant", confidence: traditional * 8 >= han ? 0.95 : 0.6 };
  return { language: "zh-Hans", confidence: han > 2 ? 0.98 : 0.8 };
}

function guessLatin(words: string[]): LanguageGuess {
  if (words.every((word) => everybodysWords.has(word))) return { language: "en", confidence: 0.5 };
  const english = words.filter((word) => englishWords.has(word)).length;
  const foreign = words.filter((word) => foreignWords.has(word)).length;
  if (foreign > english) return { language: "other", confidence: 0.7 };
  if (words.length === 1 && english === 0) return { language: "en", confidence: 0.4 };
  return { language: "en", confidence: english > 0 ? 0.95 : 0.6 };
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
