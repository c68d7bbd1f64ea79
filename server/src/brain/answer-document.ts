// Answers from the shop's documents without a large model: one to three sentences word for word, with document, page and
// heading as proof; two documents that contradict each other are both said. Step of decide.ts.

import type { Action, Citation } from "@yingda/contract";
import type { Quote } from "./documents/answer/choose-sentences.ts";
import { type DocumentAnswer, findQuotes } from "./documents/answer/find-quotes.ts";
import { citePassage } from "./documents/search/cite-passage.ts";
import type { Passages } from "./documents/search/shop-passages.ts";
import { speaksToMachine } from "./model/speaks-to-machine.ts";
import { passagesMeant } from "./products/manuals-meant.ts";
import { type Because, isUpset, type Turn, type Verdict } from "./turn.ts";
import { words } from "./words.ts";

/** An FAQ that is this likely would rather be asked about than passed over, unless the quote is surer still. */
const likelyFaq = 0.5;
const surerThanFaq = 0.92;
/** The same answer for a third time in a row helps nobody. */
const mostRepeats = 2;

/** Null when nothing is sure enough. Whoever complains needs a person, not a quote. */
export function answerFromDocuments(turn: Turn): Verdict | null {
  const { knowledge, heard, candidates } = turn;
  if (knowledge.passages.size === 0 || heard.text === "" || isUpset(turn)) return null;
  const { own, all } = passagesMeant(turn);
  const inManual = own === null ? null : quotesIn(turn, own);
  const found = inManual === null || inManual.kind === "none" ? quotesIn(turn, all) : inManual;
  if (found.kind === "none") return null;
  const isFaqLikely = (candidates[0]?.confidence ?? 0) >= likelyFaq;
  const quotes = found.kind === "quote" ? [found.quote] : found.quotes;
  const [first] = quotes;
  // whoever writes a page may write to the bot; that is nothing to say to a customer
  if (quotes.some(({ text }) => speaksToMachine(text))) return null;
  if (first === undefined || (isFaqLikely && first.sureness < surerThanFaq)) return null;
  const citations = quotes.map((quote) => cite(quote, heard.locale));
  const text = found.kind === "quote" ? first.text : bothSaid(turn, found.quotes);
  if (timesSaid(turn, text) >= mostRepeats) return null;
  const reply: Action = { kind: "reply", content: { kind: "text", text, citations }, faq: null, citations };
  return {
    outcome: "answer",
    isSendable: true,
    faq: null,
    confidence: first.sureness,
    actions: [reply],
    because: found.kind === "quote" ? quoted(first) : differ(found.quotes),
  };
}

/** In the customer's words, else with those that the shop uses for them. */
function quotesIn({ knowledge, heard }: Turn, passages: Passages): DocumentAnswer {
  const plain = findQuotes(passages, heard.text);
  const said = plain.kind === "none" ? knowledge.words.withFirstWords(heard.text) : null;
  return said === null ? plain : findQuotes(passages, said);
}

function quoted({ document, passage, sureness }: Quote): Because {
  const heading = passage.heading.at(-1) ?? "";
  return { code: "document-quote", values: { document: document.title, heading, sure: round(sureness) } };
}

function differ([one, other]: readonly [Quote, Quote]): Because {
  return { code: "documents-differ", values: { first: one.document.title, second: other.document.title } };
}

function bothSaid({ heard }: Turn, [one, other]: readonly [Quote, Quote]): string {
  const said = ({ document, text }: Quote) => ({ title: document.title, text });
  return words[heard.locale].documentsDiffer(said(one), said(other));
}

function cite({ document, passage }: Quote, locale: Turn["heard"]["locale"]): Citation {
  const { id, title, checkedOn } = document;
  const { page, heading } = passage;
  return citePassage({ document: id, title, page, heading }, checkedOn, locale);
}

/** How many of the bot's last lines in a row were this one. */
function timesSaid({ input }: Turn, text: string): number {
  const lines = input.history.filter(({ author }) => author === "bot");
  return lines.length - 1 - lines.findLastIndex((line) => line.text !== text);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
