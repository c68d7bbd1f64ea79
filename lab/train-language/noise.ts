// Spoils a training sentence as hurried thumbs and speech recognition do, so that the encoder learns what survives: sounds,
// the rest of the word, the words around. Drawn by a seed. The test copies of lab/language/perturb.ts are made apart.

import { homophonesOf } from "@yingda/language/training";

type Random = () => number;

const pick = <T>(values: readonly T[], random: Random): T =>
  values[Math.floor(random() * values.length)] as T;

/** The sentence with one to three slips of the kinds its script has. */
export function spoil(text: string, random: Random): string {
  const isHan = /\p{Script=Han}/u.test(text);
  const count = 1 + Math.floor(random() * Math.min(3, 1 + text.length / 8));
  let spoilt = text;
  for (let i = 0; i < count; i += 1)
    spoilt = (isHan ? pick(hanSlips, random) : pick(latinSlips, random))(spoilt, random);
  return spoilt;
}

function changeOne(text: string, random: Random, change: (character: string) => string): string {
  const characters = [...text];
  const at = Math.floor(random() * characters.length);
  characters[at] = change(characters[at] as string);
  return characters.join("");
}

function homophone(text: string, random: Random): string {
  return changeOne(text, random, (character) => {
    const others = homophonesOf(character).slice(0, 12);
    return others.length === 0 ? character : pick(others, random);
  });
}

const lose = (text: string, random: Random): string => changeOne(text, random, () => "");
const double = (text: string, random: Random): string =>
  changeOne(text, random, (character) => character + character);

function swap(text: string, random: Random): string {
  const characters = [...text];
  const at = Math.floor(random() * (characters.length - 1));
  const [a, b] = [characters[at], characters[at + 1]];
  if (a === undefined || b === undefined || /\s/u.test(a + b)) return text;
  characters[at] = b;
  characters[at + 1] = a;
  return characters.join("");
}

const alphabet = [..."abcdefghijklmnopqrstuvwxyz"];
const wrongKey = (text: string, random: Random): string =>
  changeOne(text, random, (character) => (/[a-z]/iu.test(character) ? pick(alphabet, random) : character));

const hanFillers = ["嗯", "呃", "那个", "就是", "然后", "啊"];
const latinFillers = ["um", "uh", "like", "so", "well"];

const fillIn =
  (fillers: readonly string[], between: RegExp) =>
  (text: string, random: Random): string => {
    const places = [0, ...[...text.matchAll(between)].map(({ index }) => index)];
    const at = pick(places, random);
    const filler = pick(fillers, random);
    return `${text.slice(0, at)} ${filler} ${text.slice(at)}`.trim();
  };

/** A short word of structure left out. */
const drop =
  (words: RegExp) =>
  (text: string, random: Random): string =>
    text.replace(words, (word) => (random() < 0.5 ? "" : word));

const hanSlips = [
  homophone,
  homophone,
  homophone,
  homophone,
  lose,
  swap,
  fillIn(hanFillers, /(?=[\p{Script=Han}])/gu),
  drop(/[的了吗呢吧啊就都]/gu),
];
const latinSlips = [
  wrongKey,
  wrongKey,
  lose,
  lose,
  double,
  swap,
  swap,
  fillIn(latinFillers, /(?<= )\b/gu),
  drop(/\b(?:the|a|an|is|are|do|does|to|of|for)\b ?/giu),
];
