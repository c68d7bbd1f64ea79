// A contact who surely writes neither Chinese nor English. With a large model that may translate, the line is put into the
// shop's language, answered by the engine from what the shop knows, and the answer put into theirs, both ways with the same
// numbers; without one, or when anything is wrong, they are told in their language that a person will answer, and get one; out of
// hours the form to leave a message. A shop whose own FAQs are in that language answers them. Step of decide.ts.

import type { Action, Citation, TurnDecision, TurnInput } from "@yingda/contract";
import { surelyForeign } from "@yingda/language";
import { personWillAnswer } from "@yingda/templates";
import type { PromptAsk } from "../inference/index.ts";
import type { TurnModel } from "./answer-model.ts";
import { intentOf } from "./model/intent.ts";
import { type ModelCall, type ModelReply, modelBudgetMs, translateBudgetMs } from "./model/model-call.ts";
import { factsChanged } from "./model/same-facts.ts";
import { stepDownCode } from "./model/step-down.ts";
import { type Tracer, type Turn, toPerson, type Verdict } from "./turn.ts";

export type ForeignWork = Generator<ModelCall, Verdict | null, ModelReply>;

/** The engine's decision on a turn, with no model asked and no flow begun. */
export type DecideLocally = (input: TurnInput) => TurnDecision;

export function answerForeign(
  turn: Turn,
  model: TurnModel | null = null,
  tracer?: Tracer,
  decideLocally?: DecideLocally,
): Verdict | ForeignWork | null {
  const { input, heard, candidates } = turn;
  // what a flow asks for may be a name or an address
  if (input.behaviour?.repliesInTheirLanguage === false || input.flowState?.kind === "flow") return null;
  const language = surelyForeign(heard.text);
  if (language === null) return null;
  const isOwn = candidates.some(
    ({ why }) => why !== undefined && why.borrowedFrom === null && surelyForeign(why.phrasing) === language,
  );
  if (isOwn) return null;
  if (model === null || tracer === undefined || decideLocally === undefined) return byPerson(turn, language);
  return translated(turn, language, tracer, decideLocally);
}

function byPerson(turn: Turn, language: string): Verdict {
  const named = nameOf(language, turn.input.locale);
  const because = { code: "other-language", values: { language: named } };
  const verdict = toPerson(turn, "no-answer", because, "", false, named);
  const text = personWillAnswer(language);
  return {
    ...verdict,
    actions: verdict.actions.map((action) => ("text" in action ? { ...action, text } : action)),
  };
}

function* translated(
  turn: Turn,
  language: string,
  tracer: Tracer,
  decideLocally: DecideLocally,
): ForeignWork {
  const { input, heard } = turn;
  const question = yield* translate(turn, heard.text, input.locale, translateBudgetMs, tracer);
  if (question === null) return byPerson(turn, language);
  const local = decideLocally(inOurWords(input, question.text));
  const said = local.actions.flatMap((action) => (action.kind === "reply" ? [action] : []));
  const texts = said.flatMap(({ content }) => (content.kind === "text" ? [content.text] : []));
  const isAnswer = local.outcome === "answer" || local.outcome === "small-talk";
  if (!isAnswer || texts.length === 0 || texts.length !== local.actions.filter(isSaying).length) {
    tracer.note("translate", question.text.slice(0, 200), local.outcome, { code: "translated-nothing" });
    return byPerson(turn, language);
  }
  const text = texts.join("\n\n");
  const answer = yield* translate(turn, text, language, modelBudgetMs - question.tookMs, tracer);
  if (answer === null) return byPerson(turn, language);
  const citations: Citation[] = said.flatMap((action) => action.citations);
  return {
    outcome: local.outcome,
    isSendable: true,
    faq: local.faq,
    confidence: local.confidence,
    actions: [
      { kind: "reply", content: { kind: "text", text: answer.text, citations }, faq: local.faq, citations },
    ],
    because: { code: "translated-answer", values: { language: nameOf(language, input.locale) } },
  };
}

function isSaying({ kind }: Action): boolean {
  return kind !== "set-flow-state";
}

/** Null when it failed or changed a number; the trace has both texts. */
function* translate(
  turn: Turn,
  text: string,
  into: string,
  budgetMs: number,
  tracer: Tracer,
): Generator<ModelCall, { text: string; tookMs: number } | null, ModelReply> {
  const { locale } = turn.input;
  const reply = yield {
    kind: "model",
    ask: translateAsk(text, into, locale),
    budgetMs,
    intent: intentOf(turn),
  };
  if (reply.kind === "failure") {
    const values = { code: reply.code, ms: reply.tookMs };
    tracer.note("translate", text.slice(0, 200), "step-down", { code: stepDownCode(reply.code), values });
    return null;
  }
  const changed = factsChanged(text, reply.text);
  const values = { language: nameOf(into, locale), text: reply.text.slice(0, 200), ms: reply.tookMs };
  if (changed !== null) {
    tracer.note("translate", text.slice(0, 200), "refused", {
      code: "translated-changed",
      values: { ...values, what: changed },
    });
    return null;
  }
  tracer.note("translate", text.slice(0, 200), reply.text.slice(0, 200), { code: "translated", values });
  return { text: reply.text.trim(), tookMs: reply.tookMs };
}

function translateAsk(text: string, into: string, locale: TurnInput["locale"]): PromptAsk {
  return {
    prompt: "translate",
    language: locale === "en" ? "en" : "zh",
    inputs: { words: { language: nameOf(into, locale) }, data: { text } },
  };
}

/** The turn as if it had been written in the shop's language; what was said before it, nobody translated. */
function inOurWords(input: TurnInput, text: string): TurnInput {
  const [first] = input.utterances;
  const at = first?.at ?? new Date(0);
  const utterances = [{ messageId: first?.messageId ?? "", content: { kind: "text" as const, text }, at }];
  return {
    ...input,
    utterances,
    history: [],
    flowState: null,
    pictures: undefined,
    picturesBefore: undefined,
  };
}

function nameOf(language: string, locale: "zh-CN" | "en"): string {
  return new Intl.DisplayNames([locale], { type: "language" }).of(language) ?? language;
}
