// A script for a rehearsal out of a past conversation: what the customer said, with nobody named in it any more, and what should
// come of it as far as the record proves it. Pure.

import {
  type Expected,
  type MaskedCounts,
  type Message,
  type RehearsalTurn,
  rehearsalBounds,
  textOf,
} from "@yingda/contract";
import { maskPersonal, standInFor } from "../../brain/index.ts";
import type { PastConversation } from "../../conversations/index.ts";
import { contentOf, pickedChoice } from "../turn-input.ts";

export interface Script {
  turns: RehearsalTurn[];
  masked: MaskedCounts;
}

/** What the customer said until somebody answered, and those answers. */
interface Exchange {
  said: string[];
  answers: Message[];
  /** The customer pressed "not solved" in what follows. */
  isNotSolved: boolean;
  lastAt: string;
}

/**
 * In:  a conversation; `isKnown`: whether an FAQ can still be answered with; `isDisliked`: what was learnt of it elsewhere.
 * Out: null when nothing of it can be put to a bot. It ends where a person took over: what was said to them is no question to a bot.
 */
export function scriptOf(
  past: PastConversation,
  isKnown: (slug: string) => boolean,
  isDisliked: boolean,
): Script | null {
  const exchanges = untilPerson(exchangesOf(past.messages));
  const isPraised = !isDisliked && !past.isDisliked && past.handoff === null;
  const handedAt = past.handoff?.reason === "asked-for-human" ? askedAt(exchanges, past.handoff.at) : -1;
  const masked: MaskedCounts = {};
  const turns = exchanges.flatMap(({ said, answers, isNotSolved }, at): RehearsalTurn[] => {
    const { text, counts } = maskPersonal(said.join("\n"), past.known, standInFor);
    const customer = text.trim();
    if (customer === "" || customer.length > rehearsalBounds.characters) return [];
    for (const [kind, count] of Object.entries(counts) as [keyof MaskedCounts, number][])
      masked[kind] = (masked[kind] ?? 0) + count;
    const slug = isPraised && !isNotSolved ? faqOf(answers) : null;
    return [
      { customer, expect: expectationFor(slug !== null && isKnown(slug) ? slug : null, at === handedAt) },
    ];
  });
  return turns.length === 0 ? null : { turns: turns.slice(0, rehearsalBounds.turns), masked };
}

function expectationFor(faq: string | null, isHandedOver: boolean): Expected | null {
  if (isHandedOver) return { outcome: "handed-over" };
  return faq === null ? null : { outcome: "answered", faq };
}

function exchangesOf(messages: readonly Message[]): Exchange[] {
  const exchanges: Exchange[] = [];
  for (const message of messages) {
    const last = exchanges.at(-1);
    if (message.kind === "outbound") {
      if (message.author.kind !== "system") last?.answers.push(message);
      continue;
    }
    const said = wordsOf(message);
    if (said === notSolved && last !== undefined) last.isNotSolved = true;
    if (said === null || said === notSolved) continue;
    if (last === undefined || last.answers.length > 0)
      exchanges.push({ said: [said], answers: [], isNotSolved: false, lastAt: message.createdAt });
    else {
      last.said.push(said);
      last.lastAt = message.createdAt;
    }
  }
  return exchanges;
}

const notSolved = Symbol("not solved");

/** Pictures, places and forms cannot be put to the bot as a line; what a form holds is personal besides. */
function wordsOf(message: Message): string | typeof notSolved | null {
  const content = contentOf(message);
  if (content === null) return null;
  const picked = pickedChoice(content);
  if (picked?.action === "not-solved") return notSolved;
  if (picked?.action === "solved" || picked?.action === "leave-message") return null;
  if (picked !== null) return picked.label;
  return content.kind === "text" ? textOf(content) : null;
}

/** Where no bot ever spoke, everything that was asked is kept: a shop that begins has nothing else. */
function untilPerson(exchanges: readonly Exchange[]): Exchange[] {
  const by = (kind: string) => (exchange: Exchange) =>
    exchange.answers.some(({ author }) => author.kind === kind);
  const first = exchanges.findIndex(by("agent"));
  if (first < 0 || !exchanges.some(by("bot"))) return [...exchanges];
  const isBots = exchanges.slice(0, first + 1).some(by("bot"));
  return isBots ? exchanges.slice(0, first + 1) : [...exchanges];
}

/** The exchange during which the conversation was handed over; -1 when it lies beyond the script. */
function askedAt(exchanges: readonly Exchange[], handedOverAt: Date): number {
  return exchanges.findLastIndex(({ lastAt }) => new Date(lastAt) <= handedOverAt);
}

/** The FAQ that the bot answered from; null when an answer has another source, or several. */
function faqOf(answers: readonly Message[]): string | null {
  const slugs = answers.flatMap(({ author, content }) =>
    author.kind === "bot" && (content.kind === "text" || content.kind === "choices")
      ? (content.citations ?? []).map((citation) => (citation.kind === "faq" ? citation.slug : ""))
      : [],
  );
  const [only, ...others] = new Set(slugs);
  return only === undefined || only === "" || others.length > 0 ? null : only;
}
