// The number-safe and promise-safe guard: reads every number, price, date, code, link, promise and policy out of a reply
// and looks for each in what the reply was made from. Always between generated text and the customer; it asks nobody and
// keeps nothing. What no source says is taken out with its sentence, and when nothing is left a person is asked.

import type { Claim, Meaning } from "./claim.ts";
import { type Judged, type Judgement, judgeReply } from "./judge-reply.ts";
import { sayableRest } from "./sentences.ts";
import { type GuardSource, type ReadSource, readSource } from "./source-index.ts";

export interface GuardInput {
  /** The message as it would be sent. */
  reply: string;
  /** Cited FAQ, table cell, tool result, passage; ids need not be unique. */
  sources: readonly GuardSource[];
  /** What the customer wrote: backs what is told back to them, never an offer or a promise. */
  customerWords?: readonly string[];
  /** BCP 47 of the reply. Outside Chinese and English numbers are compared, promises cannot be read. */
  locale?: string;
}

export interface GuardVerdict {
  /** In reading order. */
  claims: Claim[];
  /** Every claim is supported: the reply may go as it is. */
  isSendable: boolean;
  /** The reply without the sentences that claim what nobody said; null when no answer is left and a person is asked. */
  sayable: string | null;
  /** False in languages whose promises we cannot read: send only what was guarded before it was translated. */
  readsPromises: boolean;
}

/** Source id of claims that the customer's own words support. */
export const customerSource = "customer";
/** A longer reply is no message; it is held. In UTF-16 units. */
export const longestReply = 100_000;

/**
 * Judges one reply.
 *
 * In:  any texts; work grows with their length.
 * Out: every claim with the first source that supports it, whether the reply may be sent, and what of it may be. A further
 *      source never takes support away. Throws nothing.
 */
export function guardReply({ reply, sources, customerWords = [], locale }: GuardInput): GuardVerdict {
  const readsPromises = locale === undefined || /^(?:zh|yue|en)(?:-|$)/iu.test(locale);
  const held = { isSendable: false, sayable: null, readsPromises };
  if (reply.length > longestReply) return { claims: [], ...held };
  const answering = [
    ...sources.map((source) => readSource(source)),
    ...customerWords.map((text) => readSource({ id: customerSource, text }, true)),
  ];
  const judgement = judgeReply(reply, answering);
  const claims = judgement.judged.map((one) => claimOf(one, judgement));
  if (judgement.isTooMuch) return { claims, ...held };
  if (judgement.removed.size === 0) return { claims, isSendable: true, sayable: reply, readsPromises };
  return { claims, ...held, sayable: restOf(judgement, answering) };
}

/** A list that lost its first line, or a sentence that leant on the one before, may claim something new. */
function restOf({ read, sentences, removed }: Judgement, answering: readonly ReadSource[]): string | null {
  const rest = sayableRest(read.folded, sentences, removed);
  return rest !== null && judgeReply(rest, answering).removed.size === 0 ? rest : null;
}

function claimOf(
  { claim: { start, end, meaning }, support, isMixed }: Judged,
  { read: { folded } }: Judgement,
): Claim {
  const first = folded.from[start] ?? 0;
  const last = folded.to[end - 1] ?? first;
  return {
    kind: meaning.kind,
    text: folded.original.slice(first, last),
    start: first,
    end: last,
    value: textOf(meaning),
    supportedBy: support[0]?.id ?? null,
    isMixed,
  };
}

function textOf(meaning: Meaning): string {
  switch (meaning.kind) {
    case "promise":
    case "policy":
      return [meaning.family, ...meaning.said.objects].join(" ");
    case "date":
      return [
        meaning.year,
        meaning.month,
        meaning.day,
        meaning.weekdays === null ? null : `weekdays ${meaning.weekdays.join("")}`,
        meaning.relative,
      ]
        .filter((part) => part !== null)
        .join("-");
    case "time":
      return meaning.minutes
        .map((minutes) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`)
        .join(" or ");
    case "code":
    case "phone":
    case "url":
    case "email":
      return meaning.key;
    default: {
      const value = meaning.low === meaning.high ? `${meaning.low}` : `${meaning.low}-${meaning.high}`;
      return `${value} ${meaning.unit}`.trim();
    }
  }
}
