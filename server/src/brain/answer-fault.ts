// Fault codes of the shop's products: meaning and steps word for word, one step at a time, "not solved" goes on to the next and
// at the end to a person or a ticket with what was tried. Called by answer-product.ts.

import type { Action, Citation } from "@yingda/contract";
import type { KnownFault } from "./products/known-products.ts";
import { inLanguage, productWords } from "./products/words.ts";
import { type Because, type Turn, toPerson, type Verdict } from "./turn.ts";
import { awayBecause } from "./words.ts";

export interface ToldFault extends KnownFault {
  batch: string;
}

/** The meaning with the first step; or everything and a person, where the shop wants one at once. */
export function tellFault(turn: Turn, told: ToldFault, because: Because): Verdict {
  const { fault, product } = told;
  const { locale } = turn.heard;
  const words = productWords[locale];
  const meaning = inLanguage(locale, fault.meaning, fault.meaningEn);
  const head = words.fault(inLanguage(locale, product.name, product.nameEn), fault.code, meaning);
  if (fault.ending.endsWith("at-once")) return handAtOnce(turn, told, head);
  return tellStep(turn, told, 0, head, because);
}

/** After "not solved": the step that follows the one told, or the end. */
export function nextStep(turn: Turn, told: ToldFault, step: number): Verdict {
  const { fault } = told;
  const next = step + 1;
  if (next < fault.steps.length) {
    const because = { code: "fault-next-step", values: { code: fault.code, step: next + 1 } };
    return tellStep(turn, told, next, productWords[turn.heard.locale].nextStep, because);
  }
  return notSolved(turn, told, fault.steps.length);
}

function tellStep(turn: Turn, told: ToldFault, at: number, head: string, because: Because): Verdict {
  const { fault, product, batch } = told;
  const { locale } = turn.heard;
  const words = productWords[locale];
  const step = fault.steps[at];
  const lines = [head];
  const actions: Action[] = [];
  if (step !== undefined) {
    if (step.picture !== null)
      actions.push({ kind: "reply", content: { kind: "image", ...step.picture }, faq: null, citations: [] });
    if (step.videoFile !== null) {
      const { mediaId, name, type, sizeBytes } = step.videoFile;
      const content = { kind: "video" as const, mediaId, name, type, sizeBytes };
      actions.push({ kind: "reply", content, faq: null, citations: [] });
    }
    lines.push(words.step(at + 1, fault.steps.length, inLanguage(locale, step.text, step.textEn)));
    if (step.videoUrl !== "") lines.push(words.video(step.videoUrl));
  }
  const isLast = at >= fault.steps.length - 1;
  const related = isLast && fault.faq !== "" ? turn.knowledge.question(fault.faq, locale) : "";
  const citations = [citeFault(turn, told)];
  const text = lines.join("\n");
  actions.push({ kind: "reply", content: { kind: "text", text, citations }, faq: null, citations });
  if (related !== "" && related !== fault.faq) actions.push(offerFaq(turn, fault.faq, related));
  return {
    outcome: "answer",
    isSendable: true,
    faq: null,
    confidence: 1,
    actions,
    because,
    state: { kind: "fault", product: product.id, batch, code: fault.code, step: at, at: nowOf(turn) },
  };
}

/** A button that asks it. */
function offerFaq(turn: Turn, slug: string, question: string): Action {
  const choices = [{ id: slug, label: question.slice(0, 200), action: "say" as const }];
  const content = { kind: "choices" as const, text: turn.say.related, choices };
  return { kind: "reply", content, faq: null, citations: [] };
}

function handAtOnce(turn: Turn, told: ToldFault, head: string): Verdict {
  const { fault } = told;
  const { locale } = turn.heard;
  const words = productWords[locale];
  const steps = fault.steps.map(({ text, textEn }, at) =>
    words.step(at + 1, fault.steps.length, inLanguage(locale, text, textEn)),
  );
  const citations = [citeFault(turn, told)];
  const text = [head, ...steps].join("\n");
  const reply: Action = { kind: "reply", content: { kind: "text", text, citations }, faq: null, citations };
  const because = { code: "fault-at-once", values: { code: fault.code } };
  const away = awayBecause(turn.input.handoffAvailability) !== null;
  const ended =
    fault.ending === "ticket-at-once"
      ? ticket(turn, told, 0, away ? words.ticketAway : words.atOnce, because)
      : toPerson(turn, "urgent", because, words.atOnce, false, noteOf(turn, told, 0));
  return { ...ended, isSendable: true, actions: [reply, ...ended.actions], state: talkOf(turn, told) };
}

/** `tried`: how many of the steps were told. */
function notSolved(turn: Turn, told: ToldFault, tried: number): Verdict {
  const because = { code: "fault-not-solved", values: { code: told.fault.code, steps: tried } };
  const words = productWords[turn.heard.locale];
  const ended =
    told.fault.ending === "ticket"
      ? ticket(turn, told, tried, words.ticket, because)
      : toPerson(turn, "not-solved", because, "", false, noteOf(turn, told, tried));
  return { ...ended, isSendable: true, state: talkOf(turn, told) };
}

function ticket(turn: Turn, told: ToldFault, tried: number, text: string, because: Because): Verdict {
  const said = turn.input.utterances.at(-1)?.messageId ?? "";
  // told to nobody but the colleague: product, code and the line that asked for it
  const number = `${told.fault.code}-${said.slice(-6)}`;
  const reply: Action = { kind: "reply", content: { kind: "text", text }, faq: null, citations: [] };
  return {
    outcome: "handoff",
    isSendable: true,
    faq: null,
    confidence: 1,
    actions: [reply, { kind: "request-ticket", number, summary: noteOf(turn, told, tried) }],
    because,
  };
}

/** What the colleague reads: product, batch, code, steps tried; in the language of the shop's people. */
export function noteOf(turn: Turn, { product, batch, fault }: ToldFault, tried: number): string {
  const { summary } = productWords[turn.input.locale];
  const steps = fault.steps.slice(0, tried).map(({ text }) => text);
  return [
    summary.product(product.name, batch),
    summary.code(fault.code, fault.meaning),
    steps.length === 0 ? "" : summary.tried(steps),
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function citeFault(turn: Turn, { product, fault }: ToldFault): Citation {
  const name = inLanguage(turn.heard.locale, product.name, product.nameEn);
  const title = `${name} · ${fault.code}`;
  return { kind: "product", product: product.name, code: fault.code, title, checkedOn: product.checkedOn };
}

/** The product stays known, so that "保修多久" after it is about the same. */
export function talkOf(
  turn: Turn,
  { product, batch }: Pick<ToldFault, "product" | "batch">,
): NonNullable<Verdict["state"]> {
  return { kind: "product", product: product.id, batch, at: nowOf(turn) };
}

function nowOf({ input }: Turn): string {
  return (input.utterances.at(-1)?.at ?? new Date(0)).toISOString();
}
