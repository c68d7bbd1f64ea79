// Sentiment and urgency of one message by a small linear model over mood-features.ts: shipped int8 weights
// (../data/mood.bin, made by `npm run lab -- train-language` from our own labelled messages). Used by mood.ts.

import { readFileSync } from "node:fs";
import { HashTable, hashFeature } from "./feature-hash.ts";
import type { Features } from "./features.ts";
import { lazily } from "./own-data.ts";
import { unpackWeights } from "./weights-file.ts";

export const sentiments = ["negative", "neutral", "positive"] as const;
export const urgencies = ["normal", "complaint", "urgent-repair", "churn-threat", "wants-human"] as const;
export type Sentiment = (typeof sentiments)[number];
export type Urgency = (typeof urgencies)[number];

/** The outputs of the model: sentiments, then urgencies. */
export const moodClasses: readonly string[] = [...sentiments, ...urgencies];

/** How bold the scores of a unit vector of features are. */
export const moodSharpness = 3;

const model = lazily(() => {
  const weights = unpackWeights(readFileSync(new URL("../data/mood.bin", import.meta.url)), "mood");
  return { ...weights, table: new HashTable(weights.keys) };
});

export interface MoodReading {
  /** Probabilities in the order of `sentiments` and `urgencies`; each group sums to 1. */
  sentiment: Float32Array;
  urgency: Float32Array;
}

/** Probabilities of a message's mood. Unknown features count nothing. */
export function readMoodModel(features: Features): MoodReading {
  const { table, rows, scales, dims } = model();
  const scores = new Float32Array(dims);
  let squares = 1e-9;
  for (const [name, weight] of features) {
    const row = table.find(hashFeature(name));
    if (row < 0) continue;
    squares += weight * weight;
    const scale = weight * (scales[row] as number);
    for (let c = 0; c < dims; c += 1)
      scores[c] = (scores[c] as number) + scale * (rows[row * dims + c] as number);
  }
  // features as a vector of length 1, as in training
  const scale = moodSharpness / Math.sqrt(squares);
  for (let c = 0; c < dims; c += 1) scores[c] = (scores[c] as number) * scale;
  return {
    sentiment: softmax(scores.subarray(0, sentiments.length)),
    urgency: softmax(scores.subarray(sentiments.length)),
  };
}

function softmax(scores: Float32Array): Float32Array {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) highest = Math.max(highest, score);
  let total = 0;
  const values = scores.map((score) => Math.exp(score - highest));
  for (const value of values) total += value;
  return values.map((value) => value / total);
}
