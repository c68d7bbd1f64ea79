// What goes into a matcher and what comes out: the part of this package that must not change when the insides do.

import type { NormalisedText } from "./normalise.ts";

/** One question of the shop with the ways customers ask it, in any mix of languages. */
export interface MatcherItem {
  id: string;
  phrasings: readonly string[];
  /** Messages that look like this question and are not. */
  negatives?: readonly string[];
}

export interface MatcherOptions {
  /** How much of the shipped pool of unrelated messages is learnt from: all unless told; the lab keeps half to test on. */
  background?: "all" | "half" | "none";
}

export interface MatchOptions {
  /** Candidates at most; 5 unless told. */
  limit?: number;
  /** What the contact said before, newest last: helps a message that cannot stand alone ("那要多久呢"). */
  previous?: readonly string[];
}

export interface Match {
  id: string;
  /** Probability 0-1 that this is what the message asks, calibrated on the shop's own phrasings. */
  confidence: number;
  why: {
    /** The most similar phrasing. */
    phrasing: string;
    /** Cosine with it, 0-1. */
    similarity: number;
    /** The classifier's own probability. */
    probability: number;
    /** What message and phrasing share, heaviest first. */
    shared: string[];
    isExact: boolean;
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
}
