// What a message's mood is read from, as named features: words and characters as typed (politeness and emoji stay here,
// unlike in features.ts), words of the mood lists with what denies them, shouting, and how long it is. Used by the mood
// model and its trainer.

import { unifyCharacters } from "./characters.ts";
import { shippedEncoder } from "./encoder.ts";
import { extractFeatures, type Features } from "./features.ts";
import { normalise } from "./normalise.ts";
import { stemOf } from "./stems.ts";

const pieces = /[a-z][a-z']*|[0-9]+|[\p{Script=Han}]+/gu;
const emoji = /\p{Extended_Pictographic}|\[[\u4e00-\u9fffa-z]{1,6}\]/gu;
const marks: [string, RegExp][] = [
  ["shout", /[!！]{2,}/u],
  ["exclaim", /[!！]/u],
  ["doubt", /[?？]{2,}/u],
  ["ask", /[?？]/u],
  ["trail", /\.{3,}|…|。{2,}/u],
  ["tilde", /[~～]/u],
];
const longestGram = 4;
/** How much the sentence's vector counts beside its words. */
const senseWeight = 14;

/** `found`: kinds and denials of listed words (mood.ts), for example "negative", "positive:denied". */
export function moodFeatures(original: string, found: readonly string[]): Features {
  const text = unifyCharacters(original);
  const features: Features = new Map([["bias", 1]]);
  const stems: string[] = [];
  for (const [piece] of text.matchAll(pieces)) {
    if (!/^\p{Script=Han}/u.test(piece)) {
      stems.push(stemOf(piece));
      continue;
    }
    const characters = [...`^${piece}$`];
    for (let at = 0; at < characters.length; at += 1)
      for (let length = 1; length <= longestGram && at + length <= characters.length; length += 1)
        features.set(`h:${characters.slice(at, at + length).join("")}`, length === 1 ? 0.6 : 1);
  }
  for (let at = 0; at < stems.length; at += 1) {
    features.set(`w:${stems[at]}`, 1);
    if (at + 1 < stems.length) features.set(`p:${stems[at]} ${stems[at + 1]}`, 1);
    if (at + 2 < stems.length) features.set(`t:${stems[at]} ${stems[at + 1]} ${stems[at + 2]}`, 0.8);
  }
  if (stems.length > 0) {
    features.set(`first:${stems[0]}`, 0.7);
    features.set(`last:${stems.at(-1)}`, 0.5);
  }
  for (const [symbol] of original.matchAll(emoji)) features.set(`e:${symbol}`, 1.5);
  for (const [name, pattern] of marks) if (pattern.test(original)) features.set(`m:${name}`, 0.8);
  if (/\b[A-Z]{4,}\b/u.test(original)) features.set("m:capitals", 0.8);
  for (const kind of found) features.set(`k:${kind}`, 2);
  const sense = shippedEncoder().encode(extractFeatures(normalise(original).text));
  for (let d = 0; d < sense.length; d += 1) features.set(`v:${d}`, senseWeight * (sense[d] as number));
  const length = [...text].length;
  features.set(`l:${length < 6 ? "short" : length < 16 ? "middle" : length < 40 ? "long" : "story"}`, 0.5);
  return features;
}
