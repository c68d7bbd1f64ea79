// Decides what to do with a turn. Policy order: safety → the shop's sensitive words → a language that the bot does not
// speak → anger → wish for a person → who speaks first → a shop's policy on
// what was told → what is open (an asked-back question, a run of a flow) or a flow that begins → content that cannot be
// read → small talk → a cell of a table → a policy that has to ask → answer from the shop's FAQs → a quote from its
// documents → answer by the shop's large model over its texts → a colleague for an empty cell → ask back → a colleague, a
// person, or once more please.
//
// Called by turns (through the room's door), by "try it", the CLI and the lab. Takes values and plain functions, returns
// a value: no database, no clock of its own, no writes. Every step leaves a line in the trace, whether it acted or not.

import type { Candidate, FlowState, TableCell, TurnDecision, TurnInput } from "@yingda/contract";
import { answerFrom } from "./answer.ts";
import { answerFromDocuments } from "./answer-document.ts";
import { answerForeign, type ForeignWork } from "./answer-foreign.ts";
import { answerByModel, type ModelWork, type TurnModel } from "./answer-model.ts";
import { answerFromPictures, unreadableContent } from "./answer-picture.ts";
import { answerFromPolicies } from "./answer-policy.ts";
import { answerFromProducts } from "./answer-product.ts";
import { answerFromTables, answerPicked, isCellEmpty } from "./answer-table.ts";
import { askBack } from "./ask-back.ts";
import { askColleague, isClearQuestion } from "./ask-colleague.ts";
import { pickOffered } from "./flows/asked-back.ts";
import { flowMeant, flowOfFaq } from "./flows/turn/flow-meant.ts";
import { besideRun } from "./flows/turn/open-run.ts";
import {
  type AskedAnswer,
  type AskTool,
  askInTime,
  type ShopFlows,
  type ToolCall,
} from "./flows/turn/shop-flows.ts";
import { beginFlow, type FlowWork, takeTurn } from "./flows/turn/take-turn.ts";
import { checkSafety } from "./guard/safety.ts";
import { heedSensitive, withholdWords } from "./heed-words.ts";
import type { Knowledge } from "./knowledge/knowledge.ts";
import { pinFirst } from "./manner/incident.ts";
import { atPeak, opening, takeUpOffer } from "./manner/offer-bot.ts";
import { atPeakPace } from "./manner/peak-pace.ts";
import { wordsFor } from "./manner/persona.ts";
import { sayOnce, soothe } from "./manner/temper.ts";
import { isThanks } from "./manner/thanks.ts";
import { type ExtractWork, readByModel } from "./model/extract-slot.ts";
import { askModelInTime, type ModelCall, type ModelReply } from "./model/model-call.ts";
import { momentOf, withoutExpired } from "./moment.ts";
import { answerSeenFault, answerSeenWords, notePictures, waitsForLook } from "./pictures/answer-seen.ts";
import { seenIn } from "./pictures/seen-words.ts";
import { isUpset, patienceOf, Tracer, type Turn, toPerson, type Verdict } from "./turn.ts";
import { type Asked, findQuestions, listen, textsSought } from "./understanding/understand.ts";
import { awayBecause } from "./words.ts";

export interface DecideDeps {
  knowledge: Knowledge;
  /** Ms from an arbitrary point, never going back: only for `tookMs`. */
  elapsedMs?: () => number;
  /** The flows that are switched on; none without it. */
  flows?: ShopFlows | null | undefined;
  /** Asks a tool that only reads; without it every lookup is unavailable. */
  tools?: AskTool | undefined;
  /** The shop's large model; without it, or null, the engine decides alone. */
  model?: TurnModel | null | undefined;
}

/** Deciding, stopped at each question to a tool or to the large model; each is answered in kind. */
type Deciding<T> = Generator<ToolCall | ModelCall, T, AskedAnswer | ModelReply>;

/**
 * In:  one turn and what the shop knows.
 * Out: actions for turns to carry out, what was understood, and the trace. Deterministic.
 * @throws the signal's reason when aborted between two steps; nothing else.
 */
export async function decide(deps: DecideDeps, input: TurnInput, signal: AbortSignal): Promise<TurnDecision> {
  const { knowledge, tools, model } = deps;
  const ready =
    knowledge.withVectors === undefined
      ? deps
      : { ...deps, knowledge: await knowledge.withVectors(textsSought(listen(takeUpOffer(input)))) };
  const work = deciding(input.isDue === false ? { ...ready, model: null } : ready, input, signal);
  let step = work.next();
  while (step.done !== true)
    step = work.next(
      "ask" in step.value
        ? await askModelInTime(model?.complete, step.value, signal)
        : await askInTime(tools, step.value, signal),
    );
  return step.value;
}

/** The same without a promise: the local engine never waits, and no tool, embedding model or large model is asked. */
export function decideNow(deps: DecideDeps, input: TurnInput, signal: AbortSignal): TurnDecision {
  const work = deciding({ ...deps, model: null }, input, signal);
  let step = work.next();
  while (step.done !== true) step = work.next({ kind: "failure", why: "unavailable" });
  return step.value;
}

function* deciding(
  { knowledge, flows = null, model = null, elapsedMs = () => 0 }: DecideDeps,
  given: TurnInput,
  signal: AbortSignal,
): Deciding<TurnDecision> {
  signal.throwIfAborted();
  const tracer = new Tracer(elapsedMs);
  const input = atPeakPace(takeUpOffer(given), tracer);
  const heard = listen(input);
  tracer.note("listen", heard.text.slice(0, 200), heard.language, {
    code: "heard",
    values: { lines: input.utterances.length, mood: heard.mood.sentiment },
  });
  notePictures(input, tracer);
  const found = findQuestions(heard, input, knowledge);
  const { asked, expired } = withoutExpired(found, knowledge, momentOf(input, heard));
  if (expired.length > 0)
    tracer.note("expired", expired.join(", "), "pass", {
      code: "faq-expired",
      values: { faqs: expired.join(", ") },
    });
  if (asked.after !== undefined)
    tracer.note("context", asked.after.line.slice(0, 200), "pass", {
      code: "weighed-after",
      values: { alone: round(asked.after.alone), now: round(asked.best.matches[0]?.confidence ?? 0) },
    });
  if (asked.saidAs !== undefined)
    tracer.note("words", asked.saidAs, "pass", { code: "synonym", values: { words: asked.saidAs } });
  const candidates = candidatesOf(asked, knowledge, heard.locale);
  const say = wordsFor(heard.locale, input.behaviour?.persona);
  const turn: Turn = { input, heard, knowledge, candidates, say, flows };
  const decided = besideRun(turn, yield* firstVerdict(turn, asked, model, tracer, signal), tracer);
  const pinned = pinFirst(turn, decided, tracer);
  const verdict = withholdWords(turn, pinned.verdict, tracer);
  const incident = verdict === pinned.verdict ? pinned.incident : undefined;
  tracer.note("decide", verdict.faq ?? "", verdict.outcome, verdict.because);
  return {
    outcome: verdict.outcome,
    isSendable: verdict.isSendable && !waitsForLook(input, verdict.outcome),
    faq: verdict.faq,
    confidence: round(verdict.confidence),
    actions: withFlowState(verdict, input.flowState).map((action) => sayOnce(action, input)),
    understanding: {
      language: heard.language,
      sentiment: heard.mood.sentiment,
      urgency: heard.mood.urgency,
      wantsHuman: heard.wish.wants,
      candidates: turn.candidates,
    },
    trace: tracer.entries,
    incident,
  };
}

type Step = [string, () => Verdict | FlowWork | ModelWork | ForeignWork | ExtractWork | null];

/** Passes a step's questions on. Whoever runs `deciding` answers each in kind, which no type can say of a generator. */
function* relay(work: FlowWork | ModelWork | ExtractWork): Deciding<Verdict | null> {
  let step = work.next();
  while (step.done !== true) step = work.next((yield step.value) as AskedAnswer & ModelReply);
  return step.value;
}

function* firstVerdict(
  turn: Turn,
  asked: Asked,
  model: TurnModel | null,
  tracer: Tracer,
  signal: AbortSignal,
): Deciding<Verdict> {
  const { knowledge } = turn;
  const isSeen = seenIn(turn.input).length > 0;
  const steps: Step[] = [
    ["safety", () => checkSafety(turn)],
    ["words", () => heedSensitive(turn, tracer)],
    [
      "language",
      () => answerForeign(turn, model, tracer, (input) => decideNow({ knowledge }, input, signal)),
    ],
    ["anger", () => soothe(turn)],
    ["person", () => wishForPerson(turn, asked)],
    ["opening", () => opening(turn)],
    ["policy", () => (isInFlow(turn) ? null : answerFromPolicies(turn, asked, "computed"))],
    ...(isSeen ? [["picture", () => answerSeenFault(turn, asked)] as Step] : []),
    ["product", () => answerFromProducts(turn, asked)],
    ...(model === null ? [] : [["extract", () => readByModel(turn, asked, tracer)] as Step]),
    ["flow", () => openQuestion(turn, asked, tracer)],
    ["content", () => answerFromPictures(turn) ?? stickersAlone(turn) ?? unreadableContent(turn)],
    ["small-talk", () => smallTalk(turn, asked)],
    ["table", () => answerFromTables(turn, asked)],
    ["policy", () => answerFromPolicies(turn, asked, "any")],
    ["knowledge", () => answerFrom(turn, asked)],
    ["document", () => answerFromDocuments(turn)],
    ...(isSeen ? [["picture", () => answerSeenWords(turn)] as Step] : []),
    ...(model === null ? [] : [["model", () => answerByModel(turn, model, tracer)] as Step]),
    ...(turn.input.behaviour?.colleague === undefined
      ? []
      : [["colleague", () => (isCellEmpty(turn) ? askColleague(turn, { missing: "cell" }) : null)] as Step]),
    ["ask-back", () => askBack(turn, asked)],
  ];
  for (const [step, run] of steps) {
    signal.throwIfAborted();
    const found = run();
    const verdict = found !== null && "next" in found ? yield* relay(found) : found;
    if (verdict !== null) {
      tracer.note(step, sawAt(step, turn), verdict.outcome, verdict.because);
      return verdict;
    }
    tracer.note(step, sawAt(step, turn), "pass", { code: `no-${step}` });
  }
  return fallBack(turn);
}

function sawAt(step: string, { heard, candidates, input, knowledge }: Turn): string {
  switch (step) {
    case "safety":
    case "anger":
      return heard.mood.because.join(", ");
    case "words":
      return "";
    case "language":
      return heard.language;
    case "opening":
      return input.behaviour?.opening ?? "";
    case "person":
      return heard.wish.because ?? "";
    case "flow":
      return input.flowState?.kind === "flow" ? input.flowState.flow : (input.flowState?.kind ?? "");
    case "content":
      return heard.unreadable.map(({ kind }) => kind).join(", ");
    case "small-talk":
      return heard.smallTalk?.kind ?? "";
    case "policy":
      return knowledge.policies.map(({ policy }) => policy.key).join(", ");
    case "product":
      return knowledge.products.all.length === 0 ? "" : (input.context.p ?? input.context.product ?? "");
    case "document":
      return `${knowledge.passages.size} passages`;
    case "table":
      return knowledge.tables.map(({ table }) => table.name).join(", ");
    default:
      return candidates
        .slice(0, 3)
        .map(({ faq, confidence }) => `${faq} ${confidence.toFixed(2)}`)
        .join(", ");
  }
}

function isInFlow({ input }: Turn): boolean {
  return input.flowState?.kind === "flow";
}

function wishForPerson(turn: Turn, asked: Asked): Verdict | null {
  const { wish } = turn.heard;
  if (!wish.wants || startsInstead(turn, asked)) return null;
  const offered = atPeak(turn);
  if (offered !== null) return offered;
  return toPerson(turn, "asked-for-human", {
    code: "asked-for-human",
    values: { words: wish.because ?? "" },
  });
}

/** "给我回个电话" while nobody is there: a flow that takes the number is better than the bare form. */
function startsInstead({ input, heard, flows }: Turn, asked: Asked): boolean {
  if (flows === null || awayBecause(input.handoffAvailability) === null) return false;
  return (
    input.flowState?.kind !== "flow" && flowMeant(flows, heard.text, asked, input.thresholds.answer) !== null
  );
}

function* openQuestion(turn: Turn, asked: Asked, tracer: Tracer): FlowWork {
  const { flowState, history } = turn.input;
  if (flowState?.kind === "asked-table")
    return openTableQuestion(turn, flowState.choices) ?? (yield* takeTurn(turn, asked, tracer));
  if (flowState?.kind !== "asked-back") return yield* takeTurn(turn, asked, tracer);
  const picked = pickOffered(flowState.candidates, turn.heard.text);
  if (picked.kind === "one") {
    const flow = turn.flows && flowOfFaq(turn.flows, picked.slug);
    if (!flow) return answerFrom(turn, null, picked.slug);
    // "2" says nothing: what it is about was said before
    const before = history.findLast(({ author }) => author === "contact")?.text ?? "";
    return yield* beginFlow(turn, flow, tracer, before);
  }
  if (picked.kind === "none") return noneOfThese(turn);
  return yield* takeTurn(turn, asked, tracer);
}

function openTableQuestion(turn: Turn, choices: readonly TableCell[]): Verdict | null {
  const offered = choices.map(({ label }, at) => ({ slug: String(at), question: label }));
  const picked = pickOffered(offered, turn.heard.text);
  if (picked.kind === "something-else" || choices.length === 0) return null;
  if (picked.kind === "none") return noneOfThese(turn);
  const cell = choices[Number(picked.slug)];
  return cell === undefined ? null : answerPicked(turn, cell);
}

function noneOfThese(turn: Turn): Verdict {
  const because = { code: "none-of-these" };
  // "none of them" says nothing: what a colleague is asked was said before
  const question = turn.input.history.findLast(({ author }) => author === "contact")?.text ?? "";
  const asked = question === "" ? null : askColleague(turn, { missing: "source", question });
  if (asked !== null) return asked;
  if (turn.input.turnsWithoutProgress >= patienceOf(turn)) return toPerson(turn, "no-answer", because);
  return sayAgain(turn.say.noneOfThese, turn, because);
}

function stickersAlone(turn: Turn): Verdict | null {
  const { text, unreadable, stickers } = turn.heard;
  return text === "" && unreadable.length === 0 && stickers > 0 ? reply(turn, "laugh", "sticker") : null;
}

/**
 * A shop may have made an FAQ of exactly these words; then the FAQ is what it wants said, and of "are you a real person?" in
 * any words. "Your man yesterday was brilliant, thank you" asks nothing, whatever FAQ is about the man.
 */
function smallTalk(turn: Turn, asked: Asked): Verdict | null {
  const { heard, input } = turn;
  const [best] = asked.best.matches;
  const kind = heard.smallTalk?.kind ?? (isThanks(heard) ? "thanks" : null);
  if (kind === null || best?.why.isExact === true) return null;
  if (kind === "who-are-you" && (best?.confidence ?? 0) >= input.thresholds.answer) return null;
  return reply(turn, kind, kind);
}

function reply(turn: Turn, kind: Parameters<Knowledge["smallTalk"]>[0], code: string): Verdict | null {
  const answer = turn.knowledge.smallTalk(kind, turn.heard.locale);
  if (answer === null || answer.unfilled.length > 0) return null;
  return {
    outcome: "small-talk",
    isSendable: false,
    faq: null,
    confidence: turn.heard.smallTalk?.confidence ?? 0.7,
    actions: [{ kind: "reply", content: { kind: "text", text: answer.text }, faq: null, citations: [] }],
    because: { code: "small-talk", values: { kind: code } },
  };
}

/**
 * Nothing fits: once "could you say that again", then a person; at once for people who are already upset. Where colleagues
 * may be asked, they are: at once for a clear question, else in place of the person.
 */
function fallBack(turn: Turn): Verdict {
  const { input } = turn;
  if (isUpset(turn)) {
    return toPerson(turn, "complaint", { code: "complaint" }, turn.say.sorryComplaint, true);
  }
  const isSecondMiss = input.turnsWithoutProgress >= Math.max(1, patienceOf(turn) - 1);
  if (isSecondMiss || isClearQuestion(turn) || input.behaviour?.colleague?.isAsked === true) {
    const asked = askColleague(turn, { missing: "source" });
    if (asked !== null) return asked;
  }
  if (isSecondMiss) {
    return toPerson(turn, "no-answer", {
      code: "second-miss",
      values: { misses: input.turnsWithoutProgress + 1 },
    });
  }
  const best = turn.candidates[0]?.confidence ?? 0;
  return sayAgain(turn.say.rephrase, turn, {
    code: "nothing-fits",
    values: { best: round(best) },
  });
}

function sayAgain(text: string, { say, candidates }: Turn, because: Verdict["because"]): Verdict {
  const human = { id: "human", label: say.humanChoice, action: "human" as const };
  return {
    outcome: "ask-back",
    isSendable: false,
    faq: null,
    confidence: candidates[0]?.confidence ?? 0,
    actions: [{ kind: "ask-back", text, choices: [human], candidates: [] }],
    because,
  };
}

/** The open question is remembered while it is open and forgotten as soon as it is not; a cell or a policy told outlasts a "thanks". */
function withFlowState(verdict: Verdict, before: FlowState | null): Verdict["actions"] {
  if (verdict.actions.some(({ kind }) => kind === "set-flow-state")) return verdict.actions;
  const outlasts = before?.kind === "table" || before?.kind === "policy";
  const kept = outlasts && verdict.outcome === "small-talk" ? before : undefined;
  const state = verdict.state ?? kept;
  if (state !== undefined) return [...verdict.actions, { kind: "set-flow-state", state }];
  const asked = verdict.actions.find((action) => action.kind === "ask-back");
  if (asked?.kind === "ask-back" && asked.candidates.length > 0) {
    const candidates = asked.candidates.map(({ faq, question }) => ({ slug: faq, question }));
    return [...verdict.actions, { kind: "set-flow-state", state: { kind: "asked-back", candidates } }];
  }
  return before === null ? verdict.actions : [...verdict.actions, { kind: "set-flow-state", state: null }];
}

function candidatesOf({ best }: Asked, knowledge: Knowledge, locale: Turn["heard"]["locale"]): Candidate[] {
  return best.matches.map(({ id, confidence, why: { phrasing, borrowedFrom, shared, isExact } }) => ({
    faq: id,
    question: knowledge.question(id, locale),
    confidence: round(confidence),
    why: { phrasing, borrowedFrom, shared, isExact },
  }));
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
