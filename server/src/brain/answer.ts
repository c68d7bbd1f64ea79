// Answers from the shop's FAQs, with the citation as proof: one answer, or up to three when the turn asks several
// things. An answer with an unfilled blank is held: a colleague is asked for it, or takes over. Steps of decide.ts.

import { type Action, type Choice, type Citation, type Content, mostRelated } from "@yingda/contract";
import { askColleague, type Missing } from "./ask-colleague.ts";
import type { Answer } from "./knowledge/knowledge.ts";
import { hasApology, understanding } from "./manner/temper.ts";
import { momentOf } from "./moment.ts";
import { summarise } from "./summary.ts";
import { type Turn, toPerson, type Verdict } from "./turn.ts";
import type { Asked } from "./understanding/understand.ts";
import { awayBecause, words } from "./words.ts";

const mostAnswers = 3;
/** The same answer for a third time in a row helps nobody. */
const mostRepeats = 2;

interface Chosen {
  slug: string;
  confidence: number;
}

/** Null when nothing is sure enough. With `picked` the contact chose the question from an offered list. */
export function answerFrom(turn: Turn, asked: Asked | null, picked?: string): Verdict | null {
  const chosen = picked === undefined ? sureOnes(turn, asked) : [{ slug: picked, confidence: 1 }];
  const [first] = chosen;
  if (first === undefined) return null;
  const moment = momentOf(turn.input, turn.heard);
  const answers = chosen
    .map(({ slug }) => turn.knowledge.answer(slug, turn.heard.locale, moment))
    .filter((answer) => answer !== null);
  const [main] = answers;
  if (main === undefined) return null;
  const unfilled = answers.flatMap((answer) => answer.unfilled);
  if (unfilled.length > 0) {
    const fact: Missing = {
      missing: "blank",
      faq: main.slug,
      blanks: [...new Set(unfilled)],
      confidence: first.confidence,
      // a pick ("2") says nothing by itself
      ...(picked === undefined ? {} : { question: main.title }),
    };
    return askColleague(turn, fact) ?? hold(turn, main, first.confidence, unfilled);
  }
  if (picked === undefined && repeats(turn, first.slug) >= mostRepeats) {
    return toPerson(turn, "not-solved", { code: "same-answer-again", values: { faq: first.slug } });
  }
  return {
    outcome: "answer",
    isSendable: true,
    faq: first.slug,
    confidence: first.confidence,
    actions: [...soothed(turn, answers.flatMap(say)), ...offerRelated(answers, turn.say.related)],
    because:
      picked === undefined
        ? {
            code: "sure-enough",
            values: { confidence: first.confidence, threshold: turn.input.thresholds.answer },
          }
        : { code: "picked", values: { faq: first.slug } },
  };
}

/** The surest FAQ, or one per sentence when the sentences are sure of different ones. */
function sureOnes({ input }: Turn, asked: Asked | null): Chosen[] {
  const threshold = input.thresholds.answer;
  const best = asked?.best.matches[0];
  if (best === undefined || best.confidence < threshold) return [];
  const chosen: Chosen[] = [];
  for (const { matches } of asked?.parts ?? []) {
    const [match] = matches;
    if (match === undefined || match.confidence < threshold) continue;
    if (!chosen.some(({ slug }) => slug === match.id))
      chosen.push({ slug: match.id, confidence: match.confidence });
  }
  const single = { slug: best.id, confidence: best.confidence };
  if (chosen.length < 2) return [single];
  return chosen.slice(0, mostAnswers);
}

/** The text with its proof, then whatever else the answer holds, one bubble each. */
function say(answer: Answer): Action[] {
  const citation: Citation = {
    kind: "faq",
    slug: answer.slug,
    title: answer.title,
    checkedOn: answer.checkedOn,
  };
  const text: Action = {
    kind: "reply",
    content: { kind: "text", text: answer.text, citations: [citation] },
    faq: answer.slug,
    citations: [citation],
  };
  const more = answer.contents.map(
    (content): Action => ({ kind: "reply", content, faq: answer.slug, citations: [] }),
  );
  return [text, ...more];
}

/** After the last answer, once: what people ask next, without what has just been said. */
function offerRelated(answers: readonly Answer[], text: string): Action[] {
  const said = new Set(answers.map(({ slug }) => slug));
  const questions = new Map(
    answers.flatMap(({ related }) => related).map(({ slug, question }) => [slug, question]),
  );
  const offered = [...questions].filter(([slug]) => !said.has(slug)).slice(0, mostRelated);
  if (offered.length === 0) return [];
  const choices = offered.map(
    ([slug, question]): Choice => ({ id: slug, label: question.slice(0, 200), action: "say" }),
  );
  const content: Content = { kind: "choices", text, choices };
  return [{ kind: "reply", content, faq: null, citations: [] }];
}

/** A complaint that is a known question hears a word of understanding before its answer. */
function soothed(turn: Turn, actions: Action[]): Action[] {
  const [first, ...others] = actions;
  if (first?.kind !== "reply" || first.content.kind !== "text") return actions;
  const { text } = first.content;
  const word = understanding(turn, text);
  const saidLast = turn.input.history.findLast(({ author }) => author === "bot")?.text ?? "";
  if (word === "" || hasApology(saidLast)) return actions;
  return [{ ...first, content: { ...first.content, text: `${word}\n${text}` } }, ...others];
}

function hold(turn: Turn, answer: Answer, confidence: number, unfilled: string[]): Verdict {
  const { heard, input, candidates, say: text } = turn;
  const blanks = [...new Set(unfilled)].join(", ");
  const summary = summarise(heard, input, candidates, words[input.locale].summary.blanks + blanks);
  const isAway = awayBecause(input.handoffAvailability) !== null;
  return {
    outcome: "held",
    isSendable: false,
    faq: answer.slug,
    confidence,
    actions: [
      { kind: "hold", reason: "held", summary, text: isAway ? text.heldAway : text.held, faq: answer.slug },
    ],
    because: { code: "unfilled-blank", values: { faq: answer.slug, blanks } },
  };
}

/** How many of the bot's last answers in a row were this one; a picture or a list sent with an answer is none of its own. */
function repeats({ input }: Turn, slug: string): number {
  const lines = input.history.filter(
    ({ author, faqSlug }, at, all) => author === "bot" && (faqSlug !== null || all[at - 1]?.author !== "bot"),
  );
  let count = 0;
  while (count < lines.length && lines.at(-1 - count)?.faqSlug === slug) count += 1;
  return count;
}
