// Chooses the one to three sentences of a passage that answer a question, word for word, and says how sure that is. Nothing
// is joined from different passages and no word is changed. Pure.

import { type RankedPassage, type ReadQuestion, shareIn, splitSentences, termsIn } from "@yingda/language";
import type { KnownDocument, KnownPassage } from "../search/known-document.ts";
import { asksHow, fitOf, thingAskedFor } from "./expected-answer.ts";

export interface Quote {
  document: KnownDocument;
  passage: KnownPassage;
  /** The passage's own words, and the sentence of them that decided. */
  text: string;
  sentence: string;
  /** 0 to 1: how likely it answers. */
  sureness: number;
  evidence: Evidence;
}

/** What sureness is made of; each 0 to 1 but fit. */
export interface Evidence {
  /** Share of the question in the quoted sentence alone, and with heading, title and passage around it. */
  sentence: number;
  headed: number;
  passage: number;
  /** Share that stands in no document. */
  unknown: number;
  /** Cosine with the nearest sentence. */
  near: number;
  /** 1: holds what the question wants; -1: lacks it; 0: it wants nothing in particular. */
  fit: number;
}

export type Ranked = RankedPassage<KnownPassage> & { document: KnownDocument };

/** What a passage is made of, read once for all questions of a message: reading costs more than comparing. */
interface ReadPassage {
  spans: readonly { start: number; end: number }[];
  /** The terms of each sentence, and those of heading and title. */
  sentences: ReadonlySet<number>[];
  around: ReadonlySet<number>;
}
export type PassageReadings = Map<KnownPassage, ReadPassage>;

const mostQuoted = 3;
const longestQuote = 260;
/** A passage as short as this is quoted whole: what stands around a sentence may limit it. */
const shortPassage = 90;
/** What limits or denies the sentence before it belongs to it. */
const limits =
  /^(?:但|不过|除|如果|若|超过|只|仅|其中|except|but|however|unless|only|after that|otherwise)/iu;
const fitValue = { holds: 1, lacks: -1, open: 0 } as const;

/** Log odds, fitted on testing/questions.ts with a wrong quote counted half as much again as a missed one. */
const weights = {
  base: -4.9,
  sentence: 2.9,
  headed: 2.7,
  passage: 1.4,
  unknown: -2.7,
  near: 4.3,
  holds: 0.95,
  lacks: -3.6,
};

/** The best quote of a passage; null where it has no sentence. `readings`: kept between the questions of a message. */
export function chooseSentences(
  question: ReadQuestion,
  asked: string,
  ranked: Ranked,
  readings: PassageReadings,
): Quote | null {
  const { passage, document, near } = ranked;
  const { text, heading } = passage;
  let best: { at: number; sentence: string; value: number; evidence: Evidence } | null = null;
  const thing = thingAskedFor(asked);
  if (thing !== null && !speaksOf([...heading, text].join("\n"), thing)) return null;
  const { spans, sentences, around } = readingOf(ranked, readings);
  const whole = shareIn(question, [around, ...sentences]);
  for (const [at, { start, end }] of spans.entries()) {
    const words = text.slice(start, end);
    const own = sentences[at] ?? around;
    const evidence: Evidence = {
      sentence: shareIn(question, [own]),
      headed: shareIn(question, [own, around]),
      passage: whole,
      unknown: question.unknown,
      near,
      fit: fitValue[fitOf(asked, words)],
    };
    const value = logOdds(evidence);
    if (best === null || value > best.value) best = { at, sentence: words, value, evidence };
  }
  if (best === null) return null;
  return {
    document,
    passage,
    text: widened(text, spans, best.at, asked),
    sentence: best.sentence,
    sureness: 1 / (1 + Math.exp(-best.value)),
    evidence: best.evidence,
  };
}

function readingOf({ passage, document }: Ranked, readings: PassageReadings): ReadPassage {
  const known = readings.get(passage);
  if (known !== undefined) return known;
  const { text, heading } = passage;
  const spans = splitSentences(text);
  const read = {
    spans,
    sentences: spans.map(({ start, end }) => termsIn(text.slice(start, end))),
    around: termsIn([...heading, document.title].join("\n")),
  };
  readings.set(passage, read);
  return read;
}

function logOdds(evidence: Evidence): number {
  const { sentence, headed, passage, unknown, near, fit } = evidence;
  return (
    weights.base +
    weights.sentence * sentence +
    weights.headed * headed +
    weights.passage * passage +
    weights.unknown * unknown +
    weights.near * near +
    (fit > 0 ? weights.holds : fit < 0 ? weights.lacks : 0)
  );
}

/** The sentence with what limits it; with what follows where steps are asked for. */
function widened(
  text: string,
  spans: readonly { start: number; end: number }[],
  at: number,
  asked: string,
): string {
  const first = spans[at];
  if (first === undefined) return "";
  if (text.length <= shortPassage && spans.length <= mostQuoted) return text;
  let last = at;
  while (last + 1 < spans.length && last + 1 - at < mostQuoted) {
    const next = spans[last + 1] as { start: number; end: number };
    if (next.end - first.start > longestQuote) break;
    if (!asksHow(asked) && !limits.test(text.slice(next.start, next.end))) break;
    last += 1;
  }
  return text.slice(first.start, (spans[last] as { end: number }).end).slice(0, longestQuote * 2);
}

/** A pair of its characters, or each of its longer words, stands in the text. */
function speaksOf(text: string, thing: string): boolean {
  const own = text.toLowerCase();
  const pairs = [...(thing.match(/\p{Script=Han}+/gu) ?? [])].flatMap((run) => pairsOf(run));
  const words = thing.toLowerCase().match(/[a-z]{4,}/gu) ?? [];
  const hasPair = pairs.length === 0 || pairs.some((pair) => own.includes(pair));
  return hasPair && words.every((word) => own.includes(word.slice(0, Math.max(4, word.length - 2))));
}

function pairsOf(run: string): string[] {
  const characters = [...run];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}
