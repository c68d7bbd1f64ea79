// Decides what to do with a turn. Policy order: safety → wish for a person → what is open (an asked-back question) →
// content that cannot be read → small talk → a cell of a table → answer from the shop's FAQs → ask back → a person, or
// once more please.
//
// Called by turns (through the room's door), by "try it", the CLI and the lab. Takes values and plain functions, returns
// a value: no database, no clock of its own, no writes. Every step leaves a line in the trace, whether it acted or not.

import type { Candidate, FlowState, TableCell, TurnDecision, TurnInput } from "@yingda/contract";
import { answerFrom } from "./answer.ts";
import { answerFromTables, answerPicked } from "./answer-table.ts";
import { askBack } from "./ask-back.ts";
import { pickOffered } from "./flows/asked-back.ts";
import { checkSafety } from "./guard/safety.ts";
import type { Knowledge } from "./knowledge/knowledge.ts";
import { isUpset, Tracer, type Turn, toPerson, type Verdict } from "./turn.ts";
import { type Asked, findQuestions, listen, textsSought } from "./understanding/understand.ts";
import { words } from "./words.ts";

export interface DecideDeps {
  knowledge: Knowledge;
  /** Ms from an arbitrary point, never going back: only for `tookMs`. */
  elapsedMs?: () => number;
}

/**
 * In:  one turn and what the shop knows.
 * Out: actions for turns to carry out, what was understood, and the trace. Deterministic.
 * @throws the signal's reason when aborted between two steps; nothing else.
 */
export async function decide(deps: DecideDeps, input: TurnInput, signal: AbortSignal): Promise<TurnDecision> {
  const { knowledge } = deps;
  if (knowledge.withVectors === undefined) return decideNow(deps, input, signal);
  const ready = await knowledge.withVectors(textsSought(listen(input)));
  return decideNow({ ...deps, knowledge: ready }, input, signal);
}

/** The same without a promise: the local engine never waits, and no embedding model is asked. */
export function decideNow(
  { knowledge, elapsedMs = () => 0 }: DecideDeps,
  input: TurnInput,
  signal: AbortSignal,
): TurnDecision {
  signal.throwIfAborted();
  const tracer = new Tracer(elapsedMs);
  const heard = listen(input);
  tracer.note("listen", heard.text.slice(0, 200), heard.language, {
    code: "heard",
    values: { lines: input.utterances.length, mood: heard.mood.sentiment },
  });
  const asked = findQuestions(heard, input, knowledge);
  const turn: Turn = { input, heard, knowledge, candidates: candidatesOf(asked, knowledge, heard.locale) };
  const verdict = firstVerdict(turn, asked, tracer, signal);
  tracer.note("decide", verdict.faq ?? "", verdict.outcome, verdict.because);
  return {
    outcome: verdict.outcome,
    isSendable: verdict.isSendable,
    faq: verdict.faq,
    confidence: round(verdict.confidence),
    actions: withFlowState(verdict, input.flowState),
    understanding: {
      language: heard.language,
      sentiment: heard.mood.sentiment,
      urgency: heard.mood.urgency,
      wantsHuman: heard.wish.wants,
      candidates: turn.candidates,
    },
    trace: tracer.entries,
  };
}

function firstVerdict(turn: Turn, asked: Asked, tracer: Tracer, signal: AbortSignal): Verdict {
  const steps: [string, () => Verdict | null][] = [
    ["safety", () => checkSafety(turn)],
    ["person", () => wishForPerson(turn)],
    ["flow", () => openQuestion(turn)],
    ["content", () => unreadableContent(turn)],
    ["small-talk", () => smallTalk(turn, asked)],
    ["table", () => answerFromTables(turn, asked)],
    ["knowledge", () => answerFrom(turn, asked)],
    ["ask-back", () => askBack(turn)],
  ];
  for (const [step, run] of steps) {
    signal.throwIfAborted();
    const verdict = run();
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
      return heard.mood.because.join(", ");
    case "person":
      return heard.wish.because ?? "";
    case "flow":
      return input.flowState?.kind ?? "";
    case "content":
      return heard.unreadable.map(({ kind }) => kind).join(", ");
    case "small-talk":
      return heard.smallTalk?.kind ?? "";
    case "table":
      return knowledge.tables.map(({ table }) => table.name).join(", ");
    default:
      return candidates
        .slice(0, 3)
        .map(({ faq, confidence }) => `${faq} ${confidence.toFixed(2)}`)
        .join(", ");
  }
}

function wishForPerson(turn: Turn): Verdict | null {
  const { wish } = turn.heard;
  if (!wish.wants) return null;
  return toPerson(turn, "asked-for-human", {
    code: "asked-for-human",
    values: { words: wish.because ?? "" },
  });
}

function openQuestion(turn: Turn): Verdict | null {
  const { flowState } = turn.input;
  if (flowState?.kind === "asked-table") return openTableQuestion(turn, flowState.choices);
  if (flowState?.kind !== "asked-back") return null;
  const picked = pickOffered(flowState.candidates, turn.heard.text);
  if (picked.kind === "one") {
    return answerFrom(turn, null, picked.slug);
  }
  if (picked.kind === "none") return noneOfThese(turn);
  return null;
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
  if (turn.input.turnsWithoutProgress >= 2) return toPerson(turn, "no-answer", because);
  return sayAgain(words[turn.heard.locale].noneOfThese, turn, because);
}

function unreadableContent(turn: Turn): Verdict | null {
  const { heard } = turn;
  if (heard.text !== "") return null;
  if (heard.unreadable.length === 0 && heard.stickers > 0) return reply(turn, "laugh", "sticker");
  const kinds = heard.unreadable.map(({ kind }) => kind).join(", ");
  return toPerson(
    turn,
    "unsupported-content",
    { code: "unreadable", values: { kinds } },
    words[heard.locale].unreadable,
  );
}

/** A shop may have made an FAQ of exactly these words ("你是谁"); then the FAQ is what it wants said. */
function smallTalk(turn: Turn, asked: Asked): Verdict | null {
  const { smallTalk: kind } = turn.heard;
  if (kind === null || asked.best.matches[0]?.why.isExact === true) return null;
  return reply(turn, kind.kind, kind.kind);
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

/** Nothing fits: once "could you say that again", then a person; at once for people who are already upset. */
function fallBack(turn: Turn): Verdict {
  const { heard, input } = turn;
  if (isUpset(turn)) {
    return toPerson(turn, "complaint", { code: "complaint" }, words[heard.locale].sorryComplaint, true);
  }
  if (input.turnsWithoutProgress >= 1) {
    return toPerson(turn, "no-answer", {
      code: "second-miss",
      values: { misses: input.turnsWithoutProgress + 1 },
    });
  }
  const best = turn.candidates[0]?.confidence ?? 0;
  return sayAgain(words[heard.locale].rephrase, turn, {
    code: "nothing-fits",
    values: { best: round(best) },
  });
}

function sayAgain(text: string, { heard, candidates }: Turn, because: Verdict["because"]): Verdict {
  const human = { id: "human", label: words[heard.locale].humanChoice, action: "human" as const };
  return {
    outcome: "ask-back",
    isSendable: false,
    faq: null,
    confidence: candidates[0]?.confidence ?? 0,
    actions: [{ kind: "ask-back", text, choices: [human], candidates: [] }],
    because,
  };
}

/** The open question is remembered while it is open and forgotten as soon as it is not; a cell told outlasts a "thanks". */
function withFlowState(verdict: Verdict, before: FlowState | null): Verdict["actions"] {
  const kept = before?.kind === "table" && verdict.outcome === "small-talk" ? before : undefined;
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
