// Which of a policy's choices a customer names: a tier of membership, a state of the goods, a group of products. Products
// are also found by the shop's catalogue. Called by read-policy-inputs.ts.

import type { InputSource, WordList } from "@yingda/contract";
import { findMeantWords, foldText, type Span } from "./clauses.ts";
import { agreed, type Reading, type ReadingResult, type ReadingScene } from "./reading.ts";

type ChoiceInput = Extract<InputSource, { type: "choice" | "product" }>;

/** "怎么升到金卡" names a tier that the customer does not have. */
const notYet = /(?:办|升|升级|升到|升级到|成为|变成|开通|become|becoming|get|upgrade to)\s?(?:an?\s)?$/u;

/** The one choice that is named; a longer name covers a shorter one inside it ("白金卡" is no "金卡"). */
export function readChoice(scene: ReadingScene, input: ChoiceInput): ReadingResult {
  const { text } = scene;
  const answer = text.replace(/[\s,.!?，。！？~]/gu, "");
  const answered = input.choices.find(
    ({ answers }) => scene.asked === input.key && isListed(answer, answers),
  );
  if (answered !== undefined) return reading(answered.key, text);
  const named = input.choices
    .flatMap(({ key, words }) => findMeantWords(text, words).map((span) => ({ key, ...span })))
    .filter(({ start }) => !notYet.test(text.slice(Math.max(0, start - 14), start)));
  const longest = named.filter((one) => !named.some((other) => covers(other, one)));
  const readings = longest.map(({ key, start, end }) => reading(key, text.slice(start, end)));
  // a group named in words says more than the catalogue's guess at the product
  if (readings.length > 0 || input.type === "choice") return agreed(readings);
  return readProduct(scene, input);
}

function readProduct(
  { entities }: ReadingScene,
  input: Extract<InputSource, { type: "product" }>,
): ReadingResult {
  const readings: Reading[] = [];
  for (const entity of entities) {
    if (entity.kind !== "product") continue;
    for (const id of new Set([entity.value, ...entity.candidates.map((candidate) => candidate.id)])) {
      const group =
        input.choices.find(({ products }) => products?.includes(id)) ??
        input.choices.find(({ isRest }) => isRest === true);
      if (group === undefined) return "unclear";
      readings.push(reading(group.key, entity.text));
    }
  }
  return agreed(readings);
}

function isListed(answer: string, words: WordList | undefined): boolean {
  return [...(words?.zh ?? []), ...(words?.en ?? [])].some(
    (word) => foldText(word).replaceAll(" ", "") === answer,
  );
}

function covers(longer: Span, shorter: Span): boolean {
  const isLonger = longer.end - longer.start > shorter.end - shorter.start;
  return isLonger && longer.start < shorter.end && longer.end > shorter.start;
}

function reading(key: string, words: string): Reading {
  return { value: { type: "choice", key }, words };
}
