// What goes into a matcher and what comes out: the part of this package that must not change when the insides do.

import type { Alignment } from "./alignment.ts";
import type { NormalisedText } from "./normalise.ts";

/** One question of the shop with the ways customers ask it, in any mix of languages. */
export interface MatcherItem {
  id: string;
  /** The question first, then other wordings. */
  phrasings: readonly string[];
  /** Messages that look like this question and are not. */
  negatives?: readonly string[];
  /** What the shop answers: helps to see which corpus intent is meant. */
  answer?: string;
  /** Corpus intents whose phrasings the owner does not want here, by slug, and single phrasings, by text. */
  unborrowed?: readonly string[];
}

export interface MatcherOptions {
  /** How much of the shipped pool of unrelated messages is learnt from: all unless told; the lab keeps half to test on. */
  background?: "all" | "half" | "none";
  /** Whether items may borrow phrasings from the corpus; true unless told. */
  borrows?: boolean;
  /** Keeps what the shop's judging of its own phrasings came to, so that an embedding model can be weighed against it. */
  keepsJudgements?: boolean;
}

export interface MatchOptions {
  /** Candidates at most; 5 unless told. */
  limit?: number;
  /** What the contact said before, newest last: completes a message that cannot stand alone ("那要多久呢"). */
  previous?: readonly string[];
  /** The message's vector by the model whose vectors the matcher was given; null or left out: the engine alone. */
  embedding?: Float32Array | null;
}

export interface Match {
  id: string;
  /** Probability 0-1 that this is what the message asks, calibrated on shops that the engine had not seen. */
  confidence: number;
  why: {
    /** The most similar phrasing. */
    phrasing: string;
    /** The corpus intent it was borrowed from; null for the shop's own. */
    borrowedFrom: string | null;
    /** Cosine of words with the shop's own phrasings and with borrowed ones, 0-1. */
    words: number;
    wordsBorrowed: number;
    /** Cosine of vectors with the same, -1 to 1. */
    sense: number;
    senseBorrowed: number;
    /** The classifier's own probability. */
    probability: number;
    /** Probability by the corpus alone. */
    bridge: number;
    /** What message and phrasing share, heaviest first. */
    shared: string[];
    isExact: boolean;
    /** Best cosine by the embedding model; only where there is one. */
    embedding?: number;
  };
}

export interface MatchResult {
  text: NormalisedText;
  /** Best first. */
  matches: Match[];
  /** Share of the message that the shop's phrasings know at all, 0-1. */
  coverage: number;
  /** Confidence of the first less that of the second. */
  margin: number;
  /** Words and pairs of characters that no phrasing has. */
  unseen: string[];
  /** The earlier line that the message leant on ("那运费呢") and was read together with, as it was given; else null. */
  completedFrom: string | null;
}

/** What one item borrows, to be shown to the owner. */
export interface Borrowed extends Alignment {
  /** The intent's standard question in Chinese and English. */
  zh: string;
  en: string;
  phrasings: string[];
}
