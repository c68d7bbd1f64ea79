// Which corpus intents a shop's FAQ means, so that it may borrow how customers put them. Reads an FAQ's question and
// phrasings with the encoder, against the prototypes of all intents; the shop's trade shows in what its FAQs have in
// common. Called when a shop is trained. "退货运费谁出" must not borrow from 怎么退货: an intent that two FAQs claim goes to the
// nearer one, and a lukewarm claim borrows nothing.

import { groupOfSlug } from "./corpus.ts";
import { dotRow, type Wide, widen } from "./dot.ts";
import { shippedEncoder } from "./encoder.ts";
import { lazily } from "./own-data.ts";
import type { PreparedText } from "./prepared-text.ts";

export interface Alignment {
  /** Corpus intent. */
  slug: string;
  /** How surely the FAQ means it, 0-1. */
  strength: number;
}

/** How boldly cosines become probabilities; the same as in training. */
const sharpness = 18;
/** A claim weaker than this borrows nothing. */
const leastStrength = 0.22;
const mostIntents = 3;
/** The first text of an FAQ is its question, which says more than any single phrasing. */
const questionWeight = 2;

const groupOf = lazily(() => shippedEncoder().intents.map(groupOfSlug));
const everyTrade = new Set(["common", "order", "membership"]);
/** What is left to an intent of a trade that the shop shows no sign of. */
const leastPrior = 0.06;

/** Cosine of a unit vector with every intent's prototype. */
export function intentCosines(vector: Wide): Float32Array {
  const { intents, prototypes } = shippedEncoder();
  const cosines = new Float32Array(intents.length);
  for (let intent = 0; intent < intents.length; intent += 1)
    cosines[intent] = dotRow(vector, prototypes, intent);
  return cosines;
}

/** Probability of every corpus intent, given cosines. */
export function intentProbabilities(cosines: Float32Array, bold = sharpness): Float32Array {
  const probabilities = new Float32Array(cosines.length);
  let highest = -1;
  for (const cosine of cosines) if (cosine > highest) highest = cosine;
  let total = 0;
  for (let i = 0; i < cosines.length; i += 1) {
    const value = Math.exp(bold * ((cosines[i] as number) - highest));
    probabilities[i] = value;
    total += value;
  }
  for (let i = 0; i < cosines.length; i += 1) probabilities[i] = (probabilities[i] as number) / total;
  return probabilities;
}

/** An FAQ's question and first phrasings say what it means; more of them would only cost time. */
const textsRead = 10;

/** Mean probability of every intent over an FAQ's texts. */
function readingOf(all: readonly PreparedText[]): Float32Array {
  const texts = all.slice(0, textsRead);
  const reading = new Float32Array(shippedEncoder().intents.length);
  let total = 0;
  texts.forEach((text, at) => {
    const weight = at === 0 ? questionWeight : 1;
    const probabilities = intentProbabilities(intentCosines(widen(text.vector)));
    for (let i = 0; i < reading.length; i += 1)
      reading[i] = (reading[i] as number) + weight * (probabilities[i] as number);
    total += weight;
  });
  for (let i = 0; i < reading.length; i += 1) reading[i] = (reading[i] as number) / Math.max(1, total);
  return reading;
}

export interface ShopAlignment {
  /** Per FAQ the intents it means, strongest first, at most three; empty for one that the corpus does not know. */
  claims: Alignment[][];
  /** How much each corpus intent is to be expected in this shop, 0-1: those of other trades hardly. */
  prior: Float32Array;
  /** Numbers of the intents that many FAQs mean alike ("how much is X", for each product): nobody's. */
  crowded: number[];
}

const nearlyAsStrong = 0.8;
const mostClaimants = 4;
const readAtOnce = 5;
const weighedAtOnce = 500;

/** Aligns a shop's FAQs with the corpus, in pieces of a few milliseconds. In: per FAQ its texts, the question first. */
export function* aligningFaqs(faqs: readonly (readonly PreparedText[])[]): Generator<void, ShopAlignment> {
  const readings: Float32Array[] = [];
  for (const faq of faqs) {
    readings.push(readingOf(faq));
    if (readings.length % readAtOnce === 0) yield;
  }
  const prior = priorOf(readings);
  const strongest = new Float32Array(prior.length);
  for (const [faq, reading] of readings.entries()) {
    if (faq % weighedAtOnce === weighedAtOnce - 1) yield;
    weighByPrior(reading, prior);
    for (let i = 0; i < strongest.length; i += 1)
      if ((reading[i] as number) > (strongest[i] as number)) strongest[i] = reading[i] as number;
  }
  yield;
  const crowded = crowdedOf(readings, strongest);
  for (const i of crowded) strongest[i] = Number.POSITIVE_INFINITY;
  return { claims: readings.map((reading) => claimsOf(reading, strongest)), prior, crowded };
}

/** Intents that more than four FAQs mean nearly as much as the one that means them most. */
function crowdedOf(readings: readonly Float32Array[], strongest: Float32Array): number[] {
  const wanted = [...strongest.keys()].filter((i) => (strongest[i] as number) >= leastStrength);
  return wanted.filter((i) => {
    const near = nearlyAsStrong * (strongest[i] as number);
    let count = 0;
    for (const reading of readings) if ((reading[i] as number) >= near) count += 1;
    return count > mostClaimants;
  });
}

/** Aligns one FAQ that joins a shop, whose alignment stands otherwise. `claims`: those of the other FAQs. */
export function alignOne(
  texts: readonly PreparedText[],
  { prior, crowded }: Pick<ShopAlignment, "prior" | "crowded">,
  claims: readonly (readonly Alignment[])[],
): Alignment[] {
  const numberOf = new Map(shippedEncoder().intents.map((slug, i) => [slug, i]));
  const strongest = new Float32Array(prior.length);
  for (const { slug, strength } of claims.flat()) {
    const i = numberOf.get(slug) ?? 0;
    strongest[i] = Math.max(strongest[i] as number, strength);
  }
  for (const i of crowded) strongest[i] = Number.POSITIVE_INFINITY;
  return claimsOf(weighByPrior(readingOf(texts), prior), strongest);
}

/** Multiplies probabilities by the prior, in place; they sum to 1 again. */
export function weighByPrior(probabilities: Float32Array, prior: Float32Array): Float32Array {
  let total = 0;
  for (let i = 0; i < probabilities.length; i += 1) {
    const value = (probabilities[i] as number) * (prior[i] as number);
    probabilities[i] = value;
    total += value;
  }
  if (total > 0)
    for (let i = 0; i < probabilities.length; i += 1) probabilities[i] = (probabilities[i] as number) / total;
  return probabilities;
}

/** What a reading claims: of the intents that no FAQ claims more strongly. */
function claimsOf(reading: Float32Array, strongest: Float32Array): Alignment[] {
  const { intents } = shippedEncoder();
  const claims: Alignment[] = [];
  for (let i = 0; i < reading.length; i += 1) {
    const strength = reading[i] as number;
    if (strength >= leastStrength && strength >= (strongest[i] as number))
      claims.push({ slug: intents[i] as string, strength: Math.min(1, strength) });
  }
  return claims.sort((a, b) => b.strength - a.strength).slice(0, mostIntents);
}

/** What a shop's FAQs have in common tells its trade; groups that serve every trade count as everybody's own. */
function priorOf(readings: readonly Float32Array[]): Float32Array {
  const groups = groupOf();
  const mass = new Map<string, number>();
  for (const reading of readings)
    for (let i = 0; i < reading.length; i += 1) {
      const group = groups[i] as string;
      mass.set(group, (mass.get(group) ?? 0) + (reading[i] as number));
    }
  const ofTrades = [...mass].filter(([group]) => !everyTrade.has(group)).map(([, value]) => value);
  const largest = Math.max(1e-6, ...ofTrades);
  return Float32Array.from(groups, (group) =>
    everyTrade.has(group) ? 1 : leastPrior + (1 - leastPrior) * Math.min(1, (mass.get(group) ?? 0) / largest),
  );
}
