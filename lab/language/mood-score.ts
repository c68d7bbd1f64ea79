// Scores the shipped mood model on labelled messages: macro F1 and F1 per class. Shared by the labs `sentiment` and `urgency`.

import { join } from "node:path";
import { normalise, readMood } from "@yingda/language";
import { round } from "../shared/figures.ts";
import { type Labelled, readLines } from "./sets.ts";

export interface MoodFigures {
  macroF1: number;
  perClass: Record<string, { precision: number; recall: number; f1: number; n: number }>;
  n: number;
}

/**
 * Reads DIR/test.jsonl (`{text, label}`). Classes are those that the file has: on a file without "neutral" neutral is not
 * allowed as an answer. `read` gives the probability of every class for a text.
 * @throws Error for an empty file or a label that the model does not know
 */
export function scoreMood(
  folder: string,
  known: readonly string[],
  read: (text: string) => Record<string, number>,
): MoodFigures {
  const rows = readLines<Labelled>(join(folder, "test.jsonl"));
  if (rows.length === 0) throw new Error(`${folder} needs test.jsonl with rows {text, label}`);
  const classes = known.filter((name) => rows.some(({ label }) => label === name));
  const foreign = rows.find(({ label }) => !known.includes(label));
  if (foreign !== undefined) throw new Error(`label "${foreign.label}" is none of ${known.join(", ")}`);
  const guessed = rows.map(({ text }) => {
    const probabilities = read(text);
    return classes.reduce((best, name) =>
      (probabilities[name] ?? 0) > (probabilities[best] ?? 0) ? name : best,
    );
  });
  const perClass: MoodFigures["perClass"] = {};
  for (const name of classes) {
    const n = rows.filter(({ label }) => label === name).length;
    const found = guessed.filter((guess) => guess === name).length;
    const right = rows.filter(({ label }, i) => label === name && guessed[i] === name).length;
    const precision = found === 0 ? 0 : right / found;
    const recall = right / n;
    const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    perClass[name] = { precision: round(precision, 4), recall: round(recall, 4), f1: round(f1, 4), n };
  }
  const sum = Object.values(perClass).reduce((total, { f1 }) => total + f1, 0);
  return { macroF1: round(sum / classes.length, 4), perClass, n: rows.length };
}

/** The mood of a text with all probabilities. */
export function moodOf(text: string): ReturnType<typeof readMood> {
  return readMood(normalise(text));
}
