// Spoilt copies of messages, as customers and speech recognition spoil them: typos, sounds alike, politeness around, the
// other script, dictation. Each is drawn by a seed, so that a run can be repeated.

import { homophonesOf, toTraditional } from "@yingda/language/training";
import { randomFrom } from "./sets.ts";

type Random = () => number;

export const perturbations = {
  typos2: (text: string, random: Random) =>
    twice(text, random, (isHan) => (isHan ? oneHomophone : oneKeySlip)),
  homophones2: (text: string, random: Random) => twice(text, random, () => oneHomophone),
  polite,
  traditional: (text: string) => toTraditional(text),
  asr,
} as const;

export type Perturbation = keyof typeof perturbations;

export function isPerturbation(name: string): name is Perturbation {
  return name in perturbations;
}

export function perturbed(text: string, kind: Perturbation, seed: number): string {
  return perturbations[kind](text, randomFrom(seed));
}

function pick<T>(values: readonly T[], random: Random): T {
  return values[Math.floor(random() * values.length)] as T;
}

function twice(
  text: string,
  random: Random,
  how: (isHan: boolean) => (t: string, r: Random) => string,
): string {
  const isHan = /\p{Script=Han}/u.test(text);
  return how(isHan)(how(isHan)(text, random), random);
}

/** One Han character by another of the same sound. */
function oneHomophone(text: string, random: Random): string {
  const characters = [...text];
  const places = characters.flatMap((character, at) => (homophonesOf(character).length > 0 ? [at] : []));
  if (places.length === 0) return oneKeySlip(text, random);
  const at = pick(places, random);
  characters[at] = pick(homophonesOf(characters[at] as string), random);
  return characters.join("");
}

const neighbours: Record<string, string> = Object.fromEntries(
  ["qwertyuiop", "asdfghjkl", "zxcvbnm"].flatMap((row) =>
    [...row].map((key, at) => [key, `${row[at - 1] ?? ""}${row[at + 1] ?? ""}`]),
  ),
);

/** A wrong neighbour key, a swap, a letter lost or doubled. */
function oneKeySlip(text: string, random: Random): string {
  const places = [...text].flatMap((character, at) => (/[a-z]/iu.test(character) ? [at] : []));
  if (places.length === 0) return text;
  const at = pick(places, random);
  const before = text.slice(0, at);
  const own = text[at] as string;
  const after = text.slice(at + 1);
  const kind = Math.floor(random() * 4);
  if (kind === 0) return before + pick([...(neighbours[own.toLowerCase()] ?? own)], random) + after;
  if (kind === 1 && after !== "") return before + after[0] + own + after.slice(1);
  if (kind === 2) return before + after;
  return before + own + own + after;
}

const opening = {
  zh: [
    "你好，",
    "亲，在吗？",
    "请问一下，",
    "麻烦问下",
    "老板您好 我想咨询一下 ",
    "哈喽~",
    "不好意思打扰了，",
    "亲亲，请问",
  ],
  en: [
    "Hi, ",
    "Hello there, ",
    "Excuse me, ",
    "Good morning, could you please tell me ",
    "Sorry to bother you, ",
    "hey guys, ",
  ],
};
const closing = {
  zh: ["，谢谢", "，麻烦了", "，谢谢亲~", "，在线等", "呢亲", "，辛苦啦", "，多谢老板！"],
  en: [", thanks", ", thank you so much!", " please", ", cheers", ", many thanks in advance"],
};

function polite(text: string, random: Random): string {
  const language = /\p{Script=Han}/u.test(text) ? "zh" : "en";
  return pick(opening[language], random) + text + pick(closing[language], random);
}

const fillers = { zh: ["嗯", "那个", "就是", "呃", "就是说"], en: ["um", "uh", "like", "you know", "so"] };
const functionWords = {
  zh: /[的了吗呢吧啊]/gu,
  en: /\b(?:the|a|an|is|are|do|does|to|of)\b ?/giu,
};
const spokenDigits = {
  zh: [..."零一二三四五六七八九"],
  en: ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
};

/** As speech recognition writes it: no punctuation, digits in words, fillers, a function word lost, a sound misheard. */
function asr(text: string, random: Random): string {
  const language = /\p{Script=Han}/u.test(text) ? "zh" : "en";
  const digits = spokenDigits[language];
  const bare = text
    .toLowerCase()
    .replace(/[\p{P}\p{S}]+/gu, language === "zh" ? "" : " ")
    .replace(/\d/gu, (digit) =>
      language === "zh" ? (digits[Number(digit)] as string) : ` ${digits[Number(digit)]} `,
    )
    .replace(functionWords[language], (word) => (random() < 0.4 ? "" : word))
    .replace(/\s+/gu, " ")
    .trim();
  const misheard = language === "zh" && random() < 0.7 ? oneHomophone(bare, random) : bare;
  const filler = pick(fillers[language], random);
  if (language === "en") {
    const words = misheard.split(" ");
    words.splice(Math.floor(random() * (words.length + 1)), 0, filler);
    return words.join(" ");
  }
  const characters = [...misheard];
  characters.splice(random() < 0.6 ? 0 : Math.floor(random() * (characters.length + 1)), 0, filler);
  return characters.join("");
}
