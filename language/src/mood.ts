// How a customer feels and how much it burns: a small model (mood-model.ts) that also sees lists of telling words, so that
// its reasons can be shown. Danger and despair are by list alone. Called by the brain on every turn.

import { unifyCharacters } from "./characters.ts";
import { moodFeatures } from "./mood-features.ts";
import { readMoodModel, type Sentiment, sentiments, type Urgency, urgencies } from "./mood-model.ts";
import type { NormalisedText } from "./normalise.ts";
import { lazily, readDataLines } from "./own-data.ts";

export interface Mood {
  sentiment: Sentiment;
  /** -1 (furious) to 1 (delighted). */
  score: number;
  urgency: Urgency;
  /** Probability of every sentiment and of every urgency, 0-1. */
  probabilities: { sentiment: Record<Sentiment, number>; urgency: Record<Urgency, number> };
  /** Fire, injury, poisoning (danger) or talk of suicide (despair): always a matter for a person. */
  alarm: "danger" | "despair" | null;
  /** Listed words that were found. */
  because: string[];
}

type Kind = "negative" | "positive" | "threat" | "complaint" | "urgent" | "danger" | "despair";

const denied =
  /(?:不|没|别|没有|无|不是|不太|不算|not|no|never|isn't|wasn't|don't|didn't|aren't)\s?(?:太|很|那么|是|a|an|the|that|very|so)?\s?$/u;

const lexicon = lazily(() => {
  const words: { word: string; kind: Kind; weight: number }[] = [];
  for (const line of readDataLines("mood.txt")) {
    const [head = "", list = ""] = line.split(/:(.*)/s);
    const [kind = "", weight = "1"] = head.split(" ");
    for (const word of list.split(",")) {
      words.push({ word: unifyCharacters(word), kind: kind as Kind, weight: Number(weight) });
    }
  }
  return words.sort((a, b) => b.word.length - a.word.length);
});

/** Reads the mood of one message. Empty and unknown texts are neutral and normal. Never throws. */
export function readMood(message: NormalisedText): Mood {
  const text = unifyCharacters(message.original.slice(0, longestRead));
  const found = findWords(text);
  const has = (kind: Kind) => found.some((word) => word.kind === kind && !word.isDenied);
  const { sentiment, urgency } = readMoodModel(
    moodFeatures(message.original.slice(0, longestRead), found.map(nameOf)),
  );
  if (has("threat")) settleOn(urgency, urgencies.indexOf("churn-threat"));
  settleByList(sentiment, found);
  const feeling = surest(sentiment);
  const surestUrgency = surest(urgency);
  const pressing = (urgency[surestUrgency] as number) >= leastPressing ? surestUrgency : 0;
  const isEmpty = text === "";
  return {
    sentiment: isEmpty ? "neutral" : (sentiments[feeling] as Sentiment),
    score: isEmpty ? 0 : (sentiment[2] as number) - (sentiment[0] as number),
    urgency: isEmpty ? "normal" : (urgencies[pressing] as Urgency),
    probabilities: { sentiment: named(sentiments, sentiment), urgency: named(urgencies, urgency) },
    alarm: has("despair") ? "despair" : has("danger") ? "danger" : null,
    because: found.map(({ word }) => word),
  };
}

/** What is less certain than this is an ordinary message: a person is called in for the others. */
const leastPressing = 0.6;
const listedShare = 0.9;

/** A listed threat (12315, a lawyer, a bad review) is one, and a listed grievance is no joy, whatever the model thinks. */
function settleOn(probabilities: Float32Array, certain: number): void {
  for (let i = 0; i < probabilities.length; i += 1)
    probabilities[i] = (1 - listedShare) * (probabilities[i] as number) + (i === certain ? listedShare : 0);
}

/** Where the lists say one thing and the model the opposite, the lists are right; denied words leave it to the model. */
function settleByList(sentiment: Float32Array, found: readonly FoundWord[]): void {
  if (found.some(({ isDenied }) => isDenied)) return;
  const isBad = found.some(({ kind }) => kind === "negative");
  const isGood = found.some(({ kind }) => kind === "positive");
  const guess = surest(sentiment);
  if (isBad && !isGood && guess === sentiments.indexOf("positive"))
    settleOn(sentiment, sentiments.indexOf("negative"));
  if (isGood && !isBad && guess === sentiments.indexOf("negative"))
    settleOn(sentiment, sentiments.indexOf("positive"));
}

/** A longer message is a pasted document: its head tells the mood. */
const longestRead = 2_000;

function named<T extends string>(names: readonly T[], probabilities: Float32Array): Record<T, number> {
  return Object.fromEntries(names.map((name, at) => [name, probabilities[at] as number])) as Record<
    T,
    number
  >;
}

function surest(probabilities: Float32Array): number {
  let best = 0;
  for (let i = 1; i < probabilities.length; i += 1)
    if ((probabilities[i] as number) > (probabilities[best] as number)) best = i;
  return best;
}

function nameOf({ kind, weight, isDenied }: FoundWord): string {
  return `${kind}${weight}${isDenied ? ":denied" : ""}`;
}

/** Kinds of the listed words in a text, with "denied" where a word before takes them back: features of the mood model. */
export function findMoodWords(original: string): string[] {
  return findWords(unifyCharacters(original.slice(0, longestRead))).map(nameOf);
}

interface FoundWord {
  word: string;
  kind: Kind;
  weight: number;
  isDenied: boolean;
}

function findWords(text: string): FoundWord[] {
  const found: (FoundWord & { start: number; end: number })[] = [];
  for (const { word, kind, weight } of lexicon()) {
    const start = indexOfWord(text, word);
    if (start < 0) continue;
    const end = start + word.length;
    if (found.some((other) => other.kind === kind && other.start <= start && other.end >= end)) continue;
    found.push({
      word,
      kind,
      weight,
      start,
      end,
      isDenied: denied.test(text.slice(Math.max(0, start - 9), start)),
    });
  }
  return found;
}

/** Latin words and numbers must stand alone ("late" is not in "translate", 12345 not in a parcel's number); Han words need not. */
function indexOfWord(text: string, word: string): number {
  if (!/^[a-z0-9]/.test(word)) return text.indexOf(word);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text[at - 1] ?? " ";
    const after = text[at + word.length] ?? " ";
    if (!/[a-z0-9]/.test(before) && !/[a-z0-9]/.test(after)) return at;
  }
  return -1;
}
