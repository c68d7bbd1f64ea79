// Answers over the shop's own texts by its large model, where the engine has no sure answer: a follow-up is made whole for
// the search first, then the sources found are put before the model, and what it writes is said only as far as those
// sources say it. Whatever goes wrong, the turn goes on as it would without a model. Step of decide.ts.

import type { Candidate } from "@yingda/contract";
import type { Complete, Completion, PromptAsk } from "../inference/index.ts";
import { answerFrom } from "./answer.ts";
import type { AskedAnswer, ToolCall } from "./flows/turn/shop-flows.ts";
import { isWithheld } from "./heed-words.ts";
import { askWithTools } from "./model/ask-with-tools.ts";
import { type Checked, checkReply } from "./model/check-reply.ts";
import { customerWords, rowsWithPictures } from "./model/dialogue.ts";
import { isFollowUp, rewriteAsk, wholeQuestion } from "./model/follow-up.ts";
import { gatherSources, type ModelSource } from "./model/gather-sources.ts";
import { intentOf } from "./model/intent.ts";
import { isForAnybody, keptAs } from "./model/kept-question.ts";
import { type ModelCall, type ModelReply, modelBudgetMs, rewriteBudgetMs } from "./model/model-call.ts";
import { type CitedReply, readCited } from "./model/read-cited.ts";
import { sayingSoFar } from "./model/said-so-far.ts";
import { stepDownCode } from "./model/step-down.ts";
import { toneFor } from "./model/tone.ts";
import { soughtIn } from "./pictures/seen-words.ts";
import { passagesMeant } from "./products/manuals-meant.ts";
import type { ModelTool } from "./tools/model-tools.ts";
import { isUpset, type Tracer, type Turn, type Verdict } from "./turn.ts";

/** What deciding is given of the shop's large model. */
export interface TurnModel {
  complete: Complete;
  /** The shop's name. */
  shop: string;
  /** What it may look up while it answers; none without it. */
  tools?: readonly ModelTool[];
  /** Told what is new of an answer while it is written, as far as it may be said; the finished answer may be another. */
  onSaid?: ((text: string) => void) | undefined;
}

export type ModelWork = Generator<ModelCall | ToolCall, Verdict | null, ModelReply & AskedAnswer>;

const mostCitations = 5;

export function* answerByModel(turn: Turn, model: TurnModel, tracer: Tracer): ModelWork {
  const { heard, knowledge, candidates } = turn;
  if (heard.text === "" || isUpset(turn)) return null;
  const sought = yield* seek(turn, tracer);
  if (sought.verdict !== null) return sought.verdict;
  const { sources, leftOut } = gatherSources(
    knowledge,
    `${sought.question}\n${soughtIn(turn.input)}`.trim(),
    sought.question === heard.text ? candidates : sought.faqs,
    heard.locale,
    passagesMeant(turn).all,
  );
  if (leftOut.length > 0)
    tracer.note("model", leftOut.join(", "), "left-out", {
      code: "model-source-left-out",
      values: { count: leftOut.length },
    });
  const { tools = [] } = model;
  if (sources.length === 0 && tools.length === 0) {
    tracer.note("model", sought.question.slice(0, 200), "pass", { code: "model-no-sources" });
    return null;
  }
  const asking: ModelCall = {
    kind: "model",
    ask: answerAsk(turn, model, sources),
    budgetMs: sought.leftMs,
    intent: intentOf(turn),
    keptAs: keptAs(turn),
  };
  const mayBeSaid = (text: string) => !isWithheld(turn, text);
  const about = { customerWords: customerWords(turn), locale: heard.locale, mayBeSaid };
  const heed = model.onSaid && sayingSoFar(about, model.onSaid);
  const { reply, sources: told, calls } = yield* askWithTools(asking, sources, tools, tracer, heed);
  if (reply.kind === "failure") {
    stepDown(tracer, reply);
    return null;
  }
  const { keep: _, ...unkept } = reply; // what a tool said holds for this customer, now
  return judge(turn, calls === 0 ? reply : unkept, told, tracer);
}

interface Sought {
  question: string;
  faqs: Candidate[];
  /** The engine is sure of the whole question: no model needs to write. */
  verdict: Verdict | null;
  leftMs: number;
}

/** The question to search with: a follow-up made whole, where the model can and says nothing new. */
function* seek(turn: Turn, tracer: Tracer): Generator<ModelCall, Sought, ModelReply> {
  const { heard, knowledge } = turn;
  const asIs = { question: heard.text, faqs: [], verdict: null, leftMs: modelBudgetMs };
  if (!isFollowUp(turn)) return asIs;
  const reply = yield {
    kind: "model",
    ask: rewriteAsk(turn),
    budgetMs: rewriteBudgetMs,
    intent: intentOf(turn),
  };
  const leftMs = modelBudgetMs - reply.tookMs;
  if (reply.kind === "failure") {
    tracer.note("rewrite", heard.text, "pass", {
      code: stepDownCode(reply.code),
      values: { code: reply.code, ms: reply.tookMs },
    });
    return { ...asIs, leftMs };
  }
  const question = wholeQuestion(turn, reply.text);
  if (question === null) return { ...asIs, leftMs };
  const best = knowledge.retrieve(question, []);
  const verdict = answerFrom(turn, { best, parts: [best] });
  tracer.note("rewrite", heard.text, question.slice(0, 200), {
    code: "model-rewrote",
    values: { question: question.slice(0, 200), ms: reply.tookMs },
  });
  const faqs = best.matches.map(({ id, confidence }) => ({ faq: id, question: "", confidence }));
  return { question, faqs, verdict, leftMs };
}

function answerAsk(turn: Turn, { shop }: TurnModel, sources: readonly ModelSource[]): PromptAsk {
  const { heard, input } = turn;
  const isEnglish = heard.locale === "en";
  return {
    prompt: "answer-over-passages",
    language: isEnglish ? "en" : "zh",
    inputs: {
      words: { shop, tone: toneFor(input.behaviour, heard.locale), language: isEnglish ? "English" : "中文" },
      data: {
        passages: sources.map(({ id, title, text }) => ({ id, title, text })),
        dialogue: rowsWithPictures(turn),
        question: heard.text,
      },
    },
  };
}

function stepDown(tracer: Tracer, { code, tookMs }: Extract<Completion, { kind: "failure" }>): void {
  tracer.note("model", "", "step-down", { code: stepDownCode(code), values: { code, ms: tookMs } });
}

function judge(
  turn: Turn,
  completion: Extract<Completion, { kind: "text" }>,
  given: readonly ModelSource[],
  tracer: Tracer,
): Verdict | null {
  const { text, model, refusedTools, tookMs, isKept = false } = completion;
  if (refusedTools.length > 0)
    tracer.note("model", refusedTools.join(", "), "refused", {
      code: "model-tools-refused",
      values: { tools: refusedTools.join(", ") },
    });
  const cited = readCited(text);
  if (cited === null) {
    tracer.note("model", "", "step-down", { code: "model-no-answer", values: { model, ms: tookMs } });
    return null;
  }
  const checked = checkReply(cited, given, customerWords(turn), turn.heard.locale);
  if (checked.kind === "nothing") {
    tracer.note("model", checked.removed.join(" ").slice(0, 200), "step-down", {
      code: `model-${checked.why}`,
      values: { model, ms: tookMs },
    });
    return null;
  }
  if (checked.removed.length > 0)
    tracer.note("model", checked.removed.join(" ").slice(0, 200), "removed", {
      code: "model-removed",
      values: { count: checked.removed.length },
    });
  if (turn.input.history.findLast(({ author }) => author === "bot")?.text === checked.text) {
    tracer.note("model", "", "step-down", { code: "model-again" });
    return null;
  }
  const isWhole = checked.removed.length === 0 && refusedTools.length === 0;
  const texts = given.map((source) => `${source.title}\n${source.text}`);
  if (isWhole && isForAnybody(turn, checked.text, texts)) completion.keep?.();
  const code = isKept ? "model-answered-kept" : "model-answered";
  return say(checked, { code, values: { model, sources: checked.sources.length, ms: tookMs } }, cited);
}

function say(
  { text, sources, removed }: Extract<Checked, { kind: "sayable" }>,
  because: Verdict["because"],
  { sentences: { length: written } }: CitedReply,
): Verdict {
  const citations = sources.flatMap(({ citation }) => citation ?? []).slice(0, mostCitations);
  const [only] = sources.length === 1 ? sources : [];
  const faq = only?.faq ?? null;
  return {
    outcome: "answer",
    isSendable: true,
    faq,
    confidence: 1 - removed.length / Math.max(1, written + 1), // how much of what it wrote had its source
    actions: [{ kind: "reply", content: { kind: "text", text, citations }, faq, citations }],
    because,
  };
}
