// What a text is made of, as named features with a weight by kind: Han 1-4-grams, sounds of Han pairs, English stems,
// pairs of stems, 3-5-character grams, and concepts (synonym groups) alone and in pairs. Called for messages and
// phrasings alike. Names carry their kind as first letter, which keeps "why" readable: "h:发货", "c:ship-out".

import { soundOfCharacter } from "./pinyin.ts";
import { repairHan, repairWord } from "./repairs.ts";
import { isStopWord, stemOf } from "./stems.ts";
import { findHanConcepts, findLatinConcepts } from "./synonyms.ts";

/** Weights by kind, tuned on open sets and on our own phrasings (see README, Measured). */
export const kindWeights = {
  han: [0.45, 1, 0.6, 0.3],
  sound: 0.3,
  word: 1,
  stopWord: 0.5,
  wordPair: 0.7,
  letters: 0.12,
  concept: 1.7,
  askingConcept: 0.5,
  conceptPair: 1.2,
  /** What was probably meant, beside what was typed: times the weight of its kind. */
  repaired: 0.7,
};

export type Features = Map<string, number>;

const pieces = /#[a-z]+|[a-z][a-z']*|[0-9]+|[\p{Script=Han}]+/gu;

/** Features of a normalised text, each with its weight by kind (not yet by rarity). Repetition does not add up. */
export function extractFeatures(text: string): Features {
  const features: Features = new Map();
  const stems: string[] = [];
  const concepts: string[] = [];
  for (const [piece] of text.matchAll(pieces)) {
    if (/^\p{Script=Han}/u.test(piece)) addHanRun(features, piece);
    else stems.push(addWord(features, piece));
  }
  for (let i = 0; i + 1 < stems.length; i += 1) {
    features.set(`p:${stems[i]} ${stems[i + 1]}`, kindWeights.wordPair);
  }
  for (const run of text.split(/[^\p{Script=Han}a-z]+/u)) {
    if (!/\p{Script=Han}/u.test(run)) continue;
    for (const { concept } of findHanConcepts(run)) concepts.push(concept);
    const meant = run.replace(/\p{Script=Han}{2,}/gu, (han) => repairHan(han) ?? han);
    if (meant !== run) for (const { concept } of findHanConcepts(meant)) concepts.push(concept);
  }
  for (const { concept } of findLatinConcepts(stems)) concepts.push(concept);
  addConcepts(features, [...new Set(concepts)].sort());
  return features;
}

function addHanRun(features: Features, run: string): void {
  addHanGrams(features, run, 1);
  const meant = repairHan(run);
  if (meant !== null) addHanGrams(features, meant, kindWeights.repaired);
}

function addHanGrams(features: Features, run: string, share: number): void {
  const characters = [...run];
  for (let i = 0; i < characters.length; i += 1) {
    let gram = "";
    for (let length = 0; length < 4 && i + length < characters.length; length += 1) {
      gram += characters[i + length];
      addOnce(features, `h:${gram}`, share * (kindWeights.han[length] as number));
    }
    const next = characters[i + 1];
    if (next !== undefined) {
      const sound = `${soundOfCharacter(characters[i] as string)}'${soundOfCharacter(next)}`;
      addOnce(features, `s:${sound}`, share * kindWeights.sound);
    }
  }
}

/** What was typed counts in full, also where it was meant elsewhere, too. */
function addOnce(features: Features, name: string, weight: number): void {
  if (!features.has(name)) features.set(name, weight);
}

/** Gives the stem that pairs and concepts are made of: the one that was meant. */
function addWord(features: Features, word: string): string {
  const stem = stemOf(word);
  const meant = repairWord(word);
  const weak = isStopWord(word);
  features.set(`w:${stem}`, weak ? kindWeights.stopWord : kindWeights.word);
  if (weak || word.length < 4 || word.startsWith("#")) return stem;
  if (meant !== null) addOnce(features, `w:${stemOf(meant)}`, kindWeights.repaired * kindWeights.word);
  const framed = `^${word}$`;
  for (let length = 3; length <= 5; length += 1) {
    for (let i = 0; i + length <= framed.length; i += 1) {
      features.set(`g:${framed.slice(i, i + length)}`, kindWeights.letters);
    }
  }
  return meant === null ? stem : stemOf(meant);
}

function addConcepts(features: Features, concepts: string[]): void {
  for (const concept of concepts) {
    features.set(`c:${concept}`, concept.startsWith("?") ? kindWeights.askingConcept : kindWeights.concept);
  }
  const paired = concepts.slice(0, 10);
  for (let i = 0; i < paired.length; i += 1) {
    for (let j = i + 1; j < paired.length; j += 1) {
      features.set(`d:${paired[i]}+${paired[j]}`, kindWeights.conceptPair);
    }
  }
}
