// Reads one reply against its sources: every claim with the sources that say it, and the sentences that may not be said.
// Called by guard-reply.ts, for the reply and once more for what is left of it.

import type { Found } from "./claim.ts";
import { clauseAround } from "./context.ts";
import { type Polarity, polarityOf } from "./denial.ts";
import { type ClaimsOfText, readClaims } from "./read-claims.ts";
import { type Sentence, splitSentences } from "./sentences.ts";
import { placesOf, type ReadSource } from "./source-index.ts";
import { followsFrom, sumsOf } from "./sums.ts";
import { isSupported } from "./supports.ts";
import { measuredUnits } from "./units.ts";
import { vetoedClauses } from "./vetoes.ts";

/** A reply with more claims is no message; it is held. */
export const mostClaims = 400;
const echo =
  /(?<![按依如随]|[按依]照)[您你](?:刚才|刚刚|之前|上次)?(?:的?(?:预算|订单|要求|需求|问题)|说|提到|问|想|要|买|购|付|下单|拍|选|需要|申请|反馈|打算|预约)|\byou(?:'ve| have| had)? (?:said|mentioned|asked|wanted|want|paid|bought|ordered|spent|chose|need|told|requested)|\byour (?:budget|order|payment|request|question|purchase)/u;

/** Asking what the customer wants or has claims nothing but what it names exactly. */
const question =
  /^[\s,、]*(?:请问|您是|您想|你是|是不是|您(?:平时|要|需要|希望|现在)|(?:about )?(?:are|do|did|would|have|could|can|were) you\b|(?:so )?(?:is|was) (?:it|this|that)\b|(?:about )?(?:which|what|how|when|where)\b)[^。!]*\?\s*$|^[^。!,]*(?:多少|几[个件天]|什么|怎么样|哪[个款种里])[^。!]*\?\s*$/u;
const exactKinds: ReadonlySet<string> = new Set(["money", "percentage", "code", "phone", "url", "email"]);

/** 3 × 29: a count and a price need not stand in one source. */
const operator = /^\s?(?:[x×*+=]|乘以?|\uE000{1,4})\s?[¥$€£]?$/u;

export interface Judgement {
  read: ClaimsOfText;
  sentences: readonly Sentence[];
  judged: readonly Judged[];
  /** Positions in `sentences` of those that claim what no source says. */
  removed: ReadonlySet<number>;
  /** There were more claims than a message has. */
  isTooMuch: boolean;
}

export interface Judged {
  claim: Found;
  sentence: number;
  /** The sources that say it. */
  support: readonly ReadSource[];
  isMixed: boolean;
}

/** Judges a text. Throws nothing. */
export function judgeReply(reply: string, answering: readonly ReadSource[]): Judgement {
  const read = readClaims(reply, "claims");
  const asking = claimsOf(read);
  const sentences = sentencesOf(read);
  const shared = {
    text: read.folded.text,
    facts: read.facts,
    placeOf: placesOf(read.facts),
    todays: answering.flatMap(({ today }) => (today === null ? [] : [today])),
  };
  const judged: Judged[] = [];
  const sums = once(() => sumsOf(answering, shared.text));
  const follows = (claim: Found, sentence: number) => {
    const parts = judged.filter(
      (one) => one.sentence === sentence && one.support.length > 0 && one.claim.meaning.kind === "money",
    );
    return followsFrom(
      shared.text,
      claim,
      parts.map((one) => one.claim),
      sums(),
    );
  };
  let at = 0;
  for (const claim of asking.slice(0, mostClaims)) {
    while (at + 1 < sentences.length && claim.start >= (sentences[at]?.end ?? 0)) at += 1;
    const sentence = sentences[at];
    if (sentence === undefined || asksOnly(claim, read, sentence)) continue;
    const asked = { ...shared, claim, ...sentence.mood() };
    const said = answering.filter((source) => isSupported(asked, source));
    const isDerived = said.length === 0 && claim.meaning.kind === "money" && follows(claim, at);
    judged.push({ claim, sentence: at, support: isDerived ? answering : said, isMixed: false });
  }
  markMixed(judged, read.folded.text);
  for (const place of vetoedClauses(read.folded.text, answering)) {
    const sentence = sentences.findLastIndex(({ start }) => start <= place.start);
    judged.push({ claim: { ...place, meaning: denied }, sentence, support: [], isMixed: false });
  }
  judged.sort((a, b) => a.claim.start - b.claim.start);
  const removed = new Set(
    judged.filter(({ support, isMixed }) => support.length === 0 || isMixed).map(({ sentence }) => sentence),
  );
  return { read, sentences, judged, removed, isTooMuch: asking.length > mostClaims };
}

function once<T>(read: () => T): () => T {
  let known: { value: T } | undefined;
  return () => {
    known ??= { value: read() };
    return known.value;
  };
}

/**
 * Two values of one clause come from one place: the size of one row beside the length of another is nobody's word. What the
 * customer said may stand beside anything.
 */
function markMixed(judged: readonly Judged[], text: string): void {
  let last: Judged | null = null;
  for (const one of judged) {
    if ("said" in one.claim.meaning || one.support.length === 0) continue;
    const isReckoned = last !== null && operator.test(text.slice(last.claim.end, one.claim.start));
    const isCounted = last !== null && (isOrder(last, one) || isOrder(one, last));
    if (last !== null && !isReckoned && !isCounted && clauseAround(text, last.claim).end >= one.claim.end)
      one.isMixed = !shareSource(last.support, one.support);
    last = one;
  }
}

/** "两副球拍 20 元": the count is of a source that knows no price, as a customer's order. */
function isOrder({ claim: { meaning }, support }: Judged, { claim: price }: Judged): boolean {
  if (meaning.kind !== "number" || price.meaning.kind !== "money" || measuredUnits.has(meaning.unit))
    return false;
  return support.some(({ facts }) => facts.every((fact) => fact.meaning.kind === "number"));
}

function shareSource(a: readonly ReadSource[], b: readonly ReadSource[]): boolean {
  return a.some((source) => b.includes(source)) || [...a, ...b].some(({ isCustomer }) => isCustomer);
}

/** A clause that grants what the sources deny: a claim of its own, so that the trace can show it. */
const denied: Found["meaning"] = {
  kind: "policy",
  family: "denied-by-source",
  said: {
    isNegated: false,
    objects: [],
    sentenceObjects: [],
    things: [],
    words: [],
    isConditional: false,
    factor: null,
  },
};

interface ReadSentence extends Sentence {
  /** Read once, when the first claim asks. */
  mood: () => { isEcho: boolean; polarity: Polarity };
}

function sentencesOf({ folded, facts }: ClaimsOfText): ReadSentence[] {
  const links = facts.filter(({ meaning }) => meaning.kind === "url" || meaning.kind === "email");
  return splitSentences(folded, links).map(({ start, end }) => {
    let mood: { isEcho: boolean; polarity: Polarity } | undefined;
    return {
      start,
      end,
      mood: () => {
        const words = folded.text.slice(start, end);
        mood ??= { isEcho: echo.test(words), polarity: polarityOf(words, "claims") };
        return mood;
      },
    };
  });
}

/** Facts and the promises that are made, not denied. */
function claimsOf({ facts, promises }: ClaimsOfText): Found[] {
  const made = promises.filter(({ meaning }) => "said" in meaning && !meaning.said.isNegated);
  return [...facts, ...made].sort((a, b) => a.start - b.start);
}

function asksOnly(claim: Found, { folded }: ClaimsOfText, sentence: Sentence): boolean {
  if (exactKinds.has(claim.meaning.kind)) return false;
  const { start } = clauseAround(folded.text, claim);
  return question.test(
    folded.text.slice(Math.max(start, sentence.start), Math.min(sentence.end, claim.end + 80)),
  );
}
