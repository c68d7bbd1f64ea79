// Groups of words that shops and their customers use for one thing (发货/寄出/出货/ship). A group found in a text
// becomes a feature of its own, so that two texts without a common character can still meet; groups are bilingual,
// so an English question can meet a Chinese phrasing. Data: ../data/synonyms.txt, read by
// features.ts; ../data/manual-words.txt, read by the passage index only.

import { unifyCharacters } from "./characters.ts";
import { lazily, readDataLines } from "./own-data.ts";
import { stemOf } from "./stems.ts";

export interface FoundConcept {
  /** Group name, e.g. "ship-out"; names beginning with "?" ask something (when, how much, whether). */
  concept: string;
  start: number;
  end: number;
}

interface Lexicon {
  han: Map<string, string[]>;
  /** The length of the longest term that begins with this character. */
  longestHan: Map<string, number>;
  /** Keyed by the stems joined by a space. */
  latin: Map<string, string[]>;
  /** The number of words of the longest term that begins with this stem. */
  longestLatin: Map<string, number>;
}

/** "manuals": narrower groups, by which passages are found; messages are not read with them. */
export type ConceptScope = "messages" | "manuals";
const lexiconFor: Record<ConceptScope, () => Lexicon> = {
  messages: lazily(() => readLexicon("synonyms.txt")),
  manuals: lazily(() => readLexicon("manual-words.txt")),
};

function readLexicon(file: string): Lexicon {
  const built: Lexicon = {
    han: new Map(),
    longestHan: new Map(),
    latin: new Map(),
    longestLatin: new Map(),
  };
  for (const line of readDataLines(file)) {
    const cut = line.indexOf(":");
    const concept = line.slice(0, cut).trim();
    for (const term of line.slice(cut + 1).split(",")) addTerm(built, unifyCharacters(term), concept);
  }
  return built;
}

function addTerm(built: Lexicon, term: string, concept: string): void {
  if (term === "") return;
  const isHan = /\p{Script=Han}/u.test(term);
  const key = isHan ? term : term.split(" ").map(stemOf).join(" ");
  const table = isHan ? built.han : built.latin;
  const concepts = table.get(key);
  if (concepts === undefined) table.set(key, [concept]);
  else if (!concepts.includes(concept)) concepts.push(concept);
  const [longest, first, length] = isHan
    ? [built.longestHan, key.charAt(0), key.length]
    : [built.longestLatin, key.split(" ")[0] ?? "", key.split(" ").length];
  longest.set(first, Math.max(longest.get(first) ?? 0, length));
}

/** Number of groups that ship with the package. */
export function countConcepts(): number {
  return new Set(readDataLines("synonyms.txt").map((line) => line.split(":")[0])).size;
}

/** Concepts in a run of Han characters (Latin letters and digits within are allowed: "t恤", "七天无理由"). */
export function findHanConcepts(run: string, scope: ConceptScope = "messages"): FoundConcept[] {
  const { han, longestHan } = lexiconFor[scope]();
  const found: FoundConcept[] = [];
  for (let start = 0; start < run.length; start += 1) {
    const longest = longestHan.get(run.charAt(start)) ?? 0;
    for (let end = Math.min(run.length, start + longest); end > start; end -= 1) {
      const concepts = han.get(run.slice(start, end));
      if (concepts !== undefined) for (const concept of concepts) found.push({ concept, start, end });
    }
  }
  return withoutSwallowed(found);
}

/** Concepts in a sequence of stems; positions count words. */
export function findLatinConcepts(stems: string[], scope: ConceptScope = "messages"): FoundConcept[] {
  const { latin, longestLatin } = lexiconFor[scope]();
  const found: FoundConcept[] = [];
  for (let start = 0; start < stems.length; start += 1) {
    const longest = longestLatin.get(stems[start] ?? "") ?? 0;
    for (let end = Math.min(stems.length, start + longest); end > start; end -= 1) {
      const concepts = latin.get(stems.slice(start, end).join(" "));
      if (concepts !== undefined) for (const concept of concepts) found.push({ concept, start, end });
    }
  }
  return withoutSwallowed(found);
}

/** A term inside a longer one does not count: "没发货" is not also "发货". */
function withoutSwallowed(found: FoundConcept[]): FoundConcept[] {
  if (found.length < 2) return found;
  return found.filter(
    (inner) =>
      !found.some(
        (outer) =>
          outer.start <= inner.start &&
          outer.end >= inner.end &&
          outer.end - outer.start > inner.end - inner.start,
      ),
  );
}
