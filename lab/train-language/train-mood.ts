// Trains the mood model: logistic regression with two softmaxes (sentiment, urgency) over mood-features.ts, on messages
// labelled by hand (language/corpus/moods) and on corpus intents whose mood is certain. Deterministic, some seconds.

import { readdirSync, readFileSync } from "node:fs";
import {
  findMoodWords,
  HashTable,
  hashFeature,
  moodClasses,
  moodFeatures,
  readCorpus,
  sentiments,
  moodSharpness as sharpness,
  type Urgency,
  urgencies,
  type Weights,
} from "@yingda/language/training";

import { heldOutHash, readHeldOut } from "./held-out.ts";

export interface MoodText {
  text: string;
  /** Place in `sentiments`; null where the source says nothing of it. */
  sentiment: number | null;
  /** Place in `urgencies`; null where the source says nothing of it. */
  urgency: number | null;
  importance: number;
}

const folder = new URL("../../language/corpus/moods/", import.meta.url);
const lineShape = /^(-2|-1|0|1|2) (normal|complaint|urgent-repair|churn-threat|wants-human) (.+)$/u;

/** Labelled messages of all writers, or of those that `wanted` lets pass. @throws Error naming a line of no known shape */
export function readMoodTexts(wanted: (writer: string) => boolean = () => true): MoodText[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".txt") && wanted(name))
    .sort()
    .flatMap((name) =>
      readFileSync(new URL(name, folder), "utf8")
        .split("\n")
        .filter((line) => line.trim() !== "" && !line.startsWith("#"))
        .map((line) => {
          const found = lineShape.exec(line.trim());
          if (found === null) throw new Error(`moods/${name}: ${line}`);
          const [, strength = "0", urgency = "", text = ""] = found;
          return {
            text,
            sentiment: Math.sign(Number(strength)) + 1,
            urgency: urgencies.indexOf(urgency as Urgency),
            importance: 1,
          };
        }),
    );
}

/** Corpus intents that say something certain: [intent, sentiment, urgency]. */
const certain: [string, number | null, string | null][] = [
  ["common.human-agent", null, "wants-human"],
  ["common.thank-praise", 2, "normal"],
  ["common.complaint", 0, "complaint"],
  ["common.hours", 1, "normal"],
  ["common.address", 1, "normal"],
  ["common.payment-methods", 1, "normal"],
  ["common.invoice", 1, "normal"],
  ["common.parking", 1, "normal"],
  ["order.shipping-fee", 1, "normal"],
  ["order.return-window", 1, "normal"],
  ["order.how-to-return", null, "normal"],
  ["appliance.urgent-repair", null, "urgent-repair"],
  ["repair.leak-burst-pipe", null, "urgent-repair"],
];
const certainImportance = 0.3;

/** Everything the mood model is trained on, without sentences that are held out for tests. */
export function moodTrainingTexts(): MoodText[] {
  const heldOut = readHeldOut();
  return [...readMoodTexts(), ...moodTextsOfCorpus()].filter(({ text }) => !heldOut.has(heldOutHash(text)));
}

export function moodTextsOfCorpus(): MoodText[] {
  const known = new Map(readCorpus().map((intent) => [intent.slug, intent]));
  return certain.flatMap(([slug, sentiment, urgency]) => {
    const intent = known.get(slug);
    return [...(intent?.phrasings ?? []), ...(intent?.phrasingsEn ?? [])].map((text) => ({
      text,
      sentiment,
      urgency: urgency === null ? null : urgencies.indexOf(urgency as Urgency),
      importance: certainImportance,
    }));
  });
}

const epochs = 12;
const rate = 0.35;
const decay = 3e-5;
const dropout = 0.15;
const leastSeen = 2;

interface Input {
  rows: Int32Array;
  weights: Float32Array;
}

export function trainMood(texts: readonly MoodText[], seed = 20_261_121): Weights {
  const features = texts.map(({ text }) => [...moodFeatures(text, findMoodWords(text))]);
  const counts = new Map<number, number>();
  for (const named of features)
    for (const [name] of named) counts.set(hashFeature(name), (counts.get(hashFeature(name)) ?? 0) + 1);
  const keys = Uint32Array.from(
    [...counts]
      .filter(([, count]) => count >= leastSeen)
      .map(([hash]) => hash)
      .sort((a, b) => a - b),
  );
  const table = new HashTable(keys);
  const inputs = features.map((named): Input => {
    const known = named.flatMap(([name, weight]) => {
      const row = table.find(hashFeature(name));
      return row < 0 ? [] : [{ row, weight }];
    });
    const scale = 1 / Math.sqrt(known.reduce((sum, { weight }) => sum + weight * weight, 1e-9));
    return {
      rows: Int32Array.from(known, ({ row }) => row),
      weights: Float32Array.from(known, ({ weight }) => weight * scale),
    };
  });
  const dims = moodClasses.length;
  const weights = new Float32Array(keys.length * dims);
  const squares = new Float32Array(keys.length * dims).fill(1e-2);
  const random = randomFrom(seed);
  const order = texts.map((_, i) => i);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (let i = order.length - 1; i > 0; i -= 1) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    for (const i of order) learn(inputs[i] as Input, texts[i] as MoodText);
  }
  return quantised(keys, weights, dims);

  function learn({ rows, weights: values }: Input, { sentiment, urgency, importance }: MoodText): void {
    const kept = rows.map(() => (random() >= dropout ? 1 : 0));
    const scores = new Float32Array(dims);
    rows.forEach((row, i) => {
      if (kept[i] === 0) return;
      for (let c = 0; c < dims; c += 1)
        scores[c] =
          (scores[c] as number) + sharpness * (values[i] as number) * (weights[row * dims + c] as number);
    });
    const slopes = new Float32Array(dims);
    slopesOf(scores, slopes, 0, sentiments.length, sentiment);
    slopesOf(scores, slopes, sentiments.length, urgencies.length, urgency);
    rows.forEach((row, i) => {
      if (kept[i] === 0) return;
      for (let c = 0; c < dims; c += 1) {
        const at = row * dims + c;
        const gradient =
          importance * sharpness * (slopes[c] as number) * (values[i] as number) +
          decay * (weights[at] as number);
        if (gradient === 0) continue;
        const sum = (squares[at] as number) + gradient * gradient;
        squares[at] = sum;
        weights[at] = (weights[at] as number) - (rate * gradient) / Math.sqrt(sum);
      }
    });
  }
}

function slopesOf(
  scores: Float32Array,
  slopes: Float32Array,
  from: number,
  size: number,
  right: number | null,
): void {
  if (right === null) return;
  let highest = Number.NEGATIVE_INFINITY;
  for (let c = from; c < from + size; c += 1) highest = Math.max(highest, scores[c] as number);
  let total = 0;
  for (let c = from; c < from + size; c += 1) total += Math.exp((scores[c] as number) - highest);
  for (let c = from; c < from + size; c += 1)
    slopes[c] = Math.exp((scores[c] as number) - highest) / total - (c - from === right ? 1 : 0);
}

function quantised(keys: Uint32Array, weights: Float32Array, dims: number): Weights {
  const rows = new Int8Array(weights.length);
  const scales = new Float32Array(keys.length);
  for (let row = 0; row < keys.length; row += 1) {
    let largest = 1e-9;
    for (let c = 0; c < dims; c += 1)
      largest = Math.max(largest, Math.abs(weights[row * dims + c] as number));
    scales[row] = largest / 127;
    for (let c = 0; c < dims; c += 1)
      rows[row * dims + c] = Math.round(((weights[row * dims + c] as number) / largest) * 127);
  }
  return { kind: "mood", dims, keys, rows, scales, names: [...moodClasses], vectors: new Int8Array(0) };
}

function randomFrom(start: number): () => number {
  let seed = start;
  return () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
}
