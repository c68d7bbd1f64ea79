// What the encoder is trained on: our corpus, and openly licensed sets where they are at hand. Each source has labels of
// its own: "order.tracking" of the corpus and "order_status" of another set are never told apart from each other.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { extractFeatures, hashFeature, normalise, readCorpus } from "@yingda/language/training";
import { randomFrom } from "../language/sets.ts";
import { heldOutHash, readHeldOut } from "./held-out.ts";
import { spoil } from "./noise.ts";

export interface TrainingText {
  label: number;
  /** Labels of one source compete with each other only. */
  source: number;
  isHan: boolean;
  /** The sentence itself. */
  original: string;
  hashes: Uint32Array;
  kinds: Float32Array;
  /** The same sentence with slips. */
  spoilt: Pick<TrainingText, "hashes" | "kinds">;
}

export interface TrainingTexts {
  texts: TrainingText[];
  /** Corpus intents come first, in the corpus' order. */
  labels: string[];
  /** Source of each label. */
  sources: number[];
  /** Group of each label: what stands before the first dot. */
  groups: string[];
  /** Texts of each source, for the model card. */
  counts: Record<string, number>;
  /** How many were left out because a test set holds the same sentence. */
  leftOut: number;
}

/** Sets under `openFolder` that may train shipped weights, with their licence (see NOTICE). */
export const openSets = ["clinc150", "snips"] as const;

interface Labelled {
  text: string;
  label: string;
}

export interface TrainingSentences {
  /** Sources by name, the corpus first. */
  sources: [string, Labelled[]][];
  leftOut: number;
}

/** What is trained on, as sentences; an open set that is not at hand is left out. */
export function readTrainingSentences(openFolder: string | null): TrainingSentences {
  const corpus = readCorpus().flatMap(({ slug, zh, en, phrasings, phrasingsEn }) =>
    [zh, en, ...phrasings, ...phrasingsEn]
      .filter((text) => text !== "")
      .map((text) => ({ text, label: slug })),
  );
  const all: [string, Labelled[]][] = [["corpus", corpus]];
  for (const name of openFolder === null ? [] : openSets) {
    const path = join(openFolder as string, name, "train.jsonl");
    if (!existsSync(path)) continue;
    const lines = readFileSync(path, "utf8").split("\n");
    all.push([name, lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Labelled)]);
  }
  const heldOut = readHeldOut();
  let leftOut = 0;
  const sources = all.map(([name, rows]): [string, Labelled[]] => {
    const kept = rows.filter(({ text }) => !heldOut.has(heldOutHash(text)));
    leftOut += rows.length - kept.length;
    return [name, kept];
  });
  return { sources, leftOut };
}

/** The same with features, for training. Takes some twenty seconds. */
export function readTrainingTexts(openFolder: string | null): TrainingTexts {
  const { sources, leftOut } = readTrainingSentences(openFolder);
  const read: TrainingTexts = { texts: [], labels: [], sources: [], groups: [], counts: {}, leftOut };
  for (const [name, rows] of sources) addSource(read, name, rows);
  return read;
}

/** Four Han characters and five letters are a fifth of all features and bring nothing to the encoder (docs/decisions). */
function isLearnt(name: string): boolean {
  return !(name.startsWith("h:") && name.length === 6) && !(name.startsWith("g:") && name.length === 7);
}

function addSource(read: TrainingTexts, name: string, rows: readonly Labelled[]): void {
  const random = randomFrom(20_261_121);
  const source = Object.keys(read.counts).length;
  const numbers = new Map<string, number>();
  for (const { text, label } of rows) {
    let number = numbers.get(label);
    if (number === undefined) {
      number = read.labels.length;
      numbers.set(label, number);
      read.labels.push(label);
      read.sources.push(source);
      read.groups.push(`${source}.${label.includes(".") ? label.slice(0, label.indexOf(".")) : ""}`);
    }
    const clean = featuresOf(text);
    if (clean.hashes.length === 0) continue;
    read.texts.push({
      label: number,
      source,
      isHan: /\p{Script=Han}/u.test(text),
      original: text,
      ...clean,
      spoilt: featuresOf(spoil(text, random)),
    });
  }
  read.counts[name] = rows.length;
}

function featuresOf(text: string): Pick<TrainingText, "hashes" | "kinds"> {
  const features = [...extractFeatures(normalise(text).text)].filter(([name]) => isLearnt(name));
  return {
    hashes: Uint32Array.from(features, ([name]) => hashFeature(name)),
    kinds: Float32Array.from(features, ([, kind]) => kind),
  };
}
