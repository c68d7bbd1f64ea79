// What a question says of a body: height, weight, and girths said with their name. Only what is certain: a bare "100" that
// may be jin or kilograms is no weight. Used by read-question.ts; size-fit.ts holds them against a size chart.

import type { Entity } from "@yingda/language";
import type { Topic } from "./topics.ts";

export interface Measure {
  topic: Topic;
  /** Centimetres, or kilograms for a weight. */
  amount: number;
  /** As typed, unified. */
  text: string;
  start: number;
  end: number;
}

const heightBefore = /(?<![\d.])(1[3-9]\d|20\d)(?=\s?(?:的?身高|高(?![领腰跟帮清筒])|的?个子|的?个头))/gu;
const pair = /(?<![\d/])(1[4-9]\d|20\d)\/(\d{2,3})(?![\d/a-z]|\s?(?:斤|公斤|kg|lb))/gu;
const girth =
  /(胸围|腰围|臀围|脚长|bust|chest|waist|hips?|foot length)\s?(?:是|为|:|is|of)?\s?(\d{2,3}(?:\.\d)?)\s?(cm|厘米|公分|inches|inch|in\b|")?(?![\d尺寸])/gu;
const girthTopics: Record<string, Topic> = {
  胸围: "bust",
  bust: "bust",
  chest: "bust",
  腰围: "waist",
  waist: "waist",
  臀围: "hip",
  hip: "hip",
  hips: "hip",
  脚长: "foot-length",
  "foot length": "foot-length",
};

/** In: the unified question and its entities. Out: measures in reading order, none overlapping. */
export function measuresOf(text: string, entities: readonly Entity[]): Measure[] {
  const found = [...girths(text), ...fromEntities(text, entities), ...heights(text), ...pairs(text)].filter(
    ({ start, end }) => !isRangeEnd(text, start, end),
  );
  const taken: Measure[] = [];
  for (const measure of found)
    if (taken.every(({ start, end }) => measure.end <= start || measure.start >= end)) taken.push(measure);
  return taken.sort((a, b) => a.start - b.start);
}

/** "是不是170-175": the ends of a range are nobody's height. */
function isRangeEnd(text: string, start: number, end: number): boolean {
  return (
    /^\s?(?:-|~|–|—|到|至)\s?\d/u.test(text.slice(end)) ||
    /\d\s?(?:-|~|–|—|到|至)\s?$/u.test(text.slice(0, start))
  );
}

function fromEntities(text: string, entities: readonly Entity[]): Measure[] {
  const isChinese = /\p{Script=Han}/u.test(text);
  return entities.flatMap((entity): Measure[] => {
    const { start, end, text: said } = entity;
    if (entity.kind === "height")
      return [{ topic: "body-height", amount: entity.centimetres, text: said, start, end }];
    if (entity.kind !== "weight") return [];
    const bare = /^\d+(?:\.\d+)?$/u.test(said) ? weightOf(Number(said)) : entity.kilograms;
    if (bare === null || (bare !== entity.kilograms && !isChinese) || (!isChinese && /^\d+$/u.test(said)))
      return [];
    return [{ topic: "body-weight", amount: bare, text: said, start, end }];
  });
}

/** Kilograms of a weight without a unit: between the two ways of counting it means nothing. */
function weightOf(amount: number): number | null {
  if (amount >= 35 && amount < 75) return amount;
  return amount > 110 && amount <= 260 ? amount / 2 : null;
}

function heights(text: string): Measure[] {
  return [...text.matchAll(heightBefore)].map((found) => ({
    topic: "body-height",
    amount: Number(found[1]),
    text: found[0],
    start: found.index,
    end: found.index + found[0].length,
  }));
}

function pairs(text: string): Measure[] {
  return [...text.matchAll(pair)].flatMap((found): Measure[] => {
    const [whole, tall = "", heavy = ""] = found;
    const kilograms = weightOf(Number(heavy));
    const middle = found.index + tall.length;
    const end = found.index + whole.length;
    if (kilograms === null) return [];
    return [
      { topic: "body-height", amount: Number(tall), text: tall, start: found.index, end: middle },
      { topic: "body-weight", amount: kilograms, text: heavy, start: middle + 1, end },
    ];
  });
}

function girths(text: string): Measure[] {
  return [...text.matchAll(girth)].flatMap((found): Measure[] => {
    const [whole, name = "", amount = "", unit] = found;
    const topic = girthTopics[name];
    if (topic === undefined) return [];
    const isInches = unit !== undefined && /^(?:in|")/u.test(unit);
    const centimetres = isInches ? Number(amount) * 2.54 : Number(amount);
    return [
      { topic, amount: centimetres, text: whole.trim(), start: found.index, end: found.index + whole.length },
    ];
  });
}
