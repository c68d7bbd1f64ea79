// What a line means after another: "roughly what would 2 pages cost me" after a question about translations asks for their
// price. Every question that the line may mean, by itself, completed, or read together with the line before, is weighed anew
// into one probability; it may rise above what the words alone say, or fall below. Pure; used by understand.ts.
//
// The coefficients were fitted on conversations written for it (lab/train-language/fit-context.ts), none of them among the
// scripts that the rehearsal is measured on.

import type { TurnInput } from "@yingda/contract";
import { classifySmallTalk, type MatchResult, normalise } from "@yingda/language";
import type { Knowledge } from "../knowledge/knowledge.ts";

/** The contact's last line with a matter, and the FAQ that was said to it. */
export interface Before {
  text: string;
  faq: string | null;
}

/** Longer than this, a line says by itself what it is about. */
const longestLine = 100;
const longestBefore = 200;
/** Surer than this, a line means what it says, whatever went before. */
export const plainly = 0.97;
const leastConfidence = 0.0005;
const mostConfidence = 0.985;
const mostMatches = 5;
/** A shop of fewer questions is asked much that none of them answers: there nothing gets likelier than its surest reading. */
const fewQuestions = 30;

/** Another question casts doubt from these probabilities on, by both lines together and by the line alone … */
const doubtTogether = 0.05;
const doubtAlone = 0.005;
/** … and never more than this, in log odds. */
const mostDoubt = 3;

/**
 * One for the constant; then log odds, or 1 where it is so. `rival`: of the likeliest other question, by the line alone;
 * `doubt`: how much likelier another one is by both lines together, of those that the line alone may mean.
 */
export const contextEvidenceNames = [
  "one",
  "alone",
  "together",
  "completed",
  "category",
  "said",
  "said together",
  "rival",
  "doubt",
] as const;

/** Printed by lab/train-language/fit-context.ts; order as in `contextEvidenceNames`. */
const coefficients = [0.8, 0.549, 0.3, 0.316, 1.204, 0.352, 0.519, -0.218, -0.176];

type Match = MatchResult["matches"][number];

export interface Weighable {
  match: Match;
  evidence: number[];
  /** As likely as it can get: the answer just given is not given again because of the line that it was given to. */
  most: number;
}

/** The line before, when the two are short enough to be read together. */
export function lineBefore(text: string, history: TurnInput["history"]): Before | null {
  const at = history.findLastIndex(
    ({ author, text }) => author === "contact" && classifySmallTalk(normalise(text))?.isWhole !== true,
  );
  const line = history[at];
  if (line === undefined || line.text.length > longestBefore) return null;
  if (text === "" || text.length > longestLine) return null;
  const said = history.slice(at + 1).find(({ faqSlug }) => faqSlug !== null);
  return { text: line.text, faq: said?.faqSlug ?? null };
}

/**
 * In:  `readings`: the whole line, which may have been completed from an earlier one, and each of its sentences;
 *      `together`: the line before and this one read as one text.
 * Out: each question that any of them names, with what speaks for it, in the order of `contextEvidenceNames`.
 */
function evidenceInContext(
  readings: readonly MatchResult[],
  together: MatchResult,
  said: string | null,
  category: (id: string) => string,
): Weighable[] {
  const completed = readings.filter(({ completedFrom }) => completedFrom !== null);
  const alone = likeliest(readings.filter(({ completedFrom }) => completedFrom === null));
  const whole = likeliest(completed);
  const both = likeliest([together]);
  const ids = [...new Set([...alone.keys(), ...whole.keys(), ...both.keys()])];
  const saidCategory = said === null ? "" : category(said);
  return ids.map((id) => {
    const own = oddsOf(alone.get(id));
    const isSaid = id === said;
    const isSameCategory = !isSaid && saidCategory !== "" && category(id) === saidCategory;
    const others = ids.filter((other) => other !== id);
    const rival = Math.max(oddsOf(undefined), ...others.map((other) => oddsOf(alone.get(other))));
    const joint = oddsOf(both.get(id));
    const meantBesides = others
      .filter((other) => other !== said && confidenceOf(alone.get(other)) >= doubtAlone)
      .map((other) => both.get(other))
      .filter((match) => match !== undefined && match.confidence >= doubtTogether);
    const doubt = Math.max(0, ...meantBesides.map((match) => oddsOf(match) - joint));
    return {
      match: surest([alone.get(id), whole.get(id), both.get(id)]),
      most: isSaid ? Math.max(confidenceOf(alone.get(id)), confidenceOf(whole.get(id))) : 1,
      evidence: [
        1,
        own,
        isSaid ? 0 : joint,
        completed.length === 0 ? 0 : oddsOf(whole.get(id)) - own,
        isSameCategory ? 1 : 0,
        isSaid ? 1 : 0,
        isSaid ? joint : 0,
        rival,
        isSaid ? 0 : Math.min(doubt, mostDoubt),
      ],
    };
  });
}

export interface InContext {
  /** The line's matches as they are likely after the line before. */
  weighed: MatchResult;
  /** What both lines ask as one text. */
  together: MatchResult;
}

/** `readings`: as in evidenceInContext, the whole line first. */
export function inContext(
  readings: readonly [MatchResult, ...MatchResult[]],
  text: string,
  before: Before,
  knowledge: Pick<Knowledge, "retrieve" | "category" | "size">,
): InContext {
  const { together, questions } = questionsInContext(readings, text, before, knowledge);
  const matches = questions
    .map(({ match, evidence, most }) => {
      const mostInShop = knowledge.size < fewQuestions ? match.confidence : 1;
      return { ...match, confidence: Math.min(probability(evidence), most, mostInShop) };
    })
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, mostMatches);
  const margin = (matches[0]?.confidence ?? 0) - (matches[1]?.confidence ?? 0);
  return { weighed: { ...readings[0], matches, margin }, together };
}

/** The same before it is weighed, for fitting the coefficients. */
export function questionsInContext(
  readings: readonly [MatchResult, ...MatchResult[]],
  text: string,
  before: Before,
  knowledge: Pick<Knowledge, "retrieve" | "category">,
): { together: MatchResult; questions: Weighable[] } {
  const alone = readings[0].completedFrom === null ? [] : [knowledge.retrieve(text, [])];
  const together = knowledge.retrieve(`${before.text}\n${text}`, []);
  const category = (id: string) => knowledge.category(id);
  return { together, questions: evidenceInContext([...readings, ...alone], together, before.faq, category) };
}

function probability(evidence: readonly number[]): number {
  const sum = evidence.reduce((sum, value, at) => sum + value * (coefficients[at] as number), 0);
  return 1 / (1 + Math.exp(-sum));
}

/** Of several readings the match that each question has in the one that is surest of it. */
function likeliest(readings: readonly MatchResult[]): Map<string, Match> {
  const best = new Map<string, Match>();
  for (const match of readings.flatMap(({ matches }) => matches))
    if (match.confidence > (best.get(match.id)?.confidence ?? -1)) best.set(match.id, match);
  return best;
}

function surest(matches: readonly (Match | undefined)[]): Match {
  return matches
    .filter((match) => match !== undefined)
    .reduce((most, match) => (match.confidence > most.confidence ? match : most));
}

function confidenceOf(match: Match | undefined): number {
  return match?.confidence ?? 0;
}

function oddsOf(match: Match | undefined): number {
  const p = Math.min(Math.max(confidenceOf(match), leastConfidence), mostConfidence);
  return Math.log(p / (1 - p));
}
