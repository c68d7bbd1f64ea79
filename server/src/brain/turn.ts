// One turn while it is being decided: what was heard, what is known, and the trace that grows step by step. Shared by
// decide.ts and its steps; lives for one call.

import type {
  Candidate,
  FlowState,
  HandoffReason,
  Outcome,
  TraceEntry,
  TurnDecision,
  TurnInput,
} from "@yingda/contract";
import type { ShopFlows } from "./flows/turn/shop-flows.ts";
import type { Knowledge } from "./knowledge/knowledge.ts";
import { summarise } from "./summary.ts";
import type { Heard } from "./understanding/understand.ts";
import { awayBecause, type Words } from "./words.ts";

/** Where the steps of `because` find their values; a code has one sentence in explain.ts and in the workbench. */
export interface Because {
  code: string;
  values?: Record<string, string | number>;
}

export interface Verdict {
  outcome: Outcome;
  isSendable: boolean;
  faq: string | null;
  confidence: number;
  actions: TurnDecision["actions"];
  because: Because;
  /** What the next turn must know; left out: what an ask-back of FAQs offered, or nothing. */
  state?: FlowState;
}

export interface Turn {
  input: TurnInput;
  heard: Heard;
  knowledge: Knowledge;
  candidates: Candidate[];
  /** The bot's own sentences, in the language of the answer and the manner of the inbox. */
  say: Words;
  /** Null where the shop runs no flows. */
  flows: ShopFlows | null;
}

/** Notes what a step saw and decided, with the time since the last note. `nowMs` never goes back. */
export class Tracer {
  readonly entries: TraceEntry[] = [];
  readonly #nowMs: () => number;
  #lastMs: number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#lastMs = nowMs();
  }

  note(step: string, saw: string, decided: string, { code, values = {} }: Because): void {
    const nowMs = this.#nowMs();
    const tookMs = Math.round(Math.max(0, nowMs - this.#lastMs) * 1_000) / 1_000;
    this.#lastMs = nowMs;
    this.entries.push({ step, saw, decided, because: { code, values }, tookMs });
  }
}

/**
 * To a person: into the queue while one can be promised, else the form to leave a message. `opening` is said first;
 * "first" says that a colleague looks at it before other things.
 */
export function toPerson(
  turn: Turn,
  reason: HandoffReason,
  because: Because,
  opening = "",
  isFirst = false,
  /** Stands last in the summary. */
  noted = "",
): Verdict {
  const { input, heard } = turn;
  const away = awayBecause(input.handoffAvailability);
  const { locale } = heard;
  const isWish = reason === "asked-for-human";
  const common = { isSendable: isWish, faq: null, confidence: heard.wish.confidence, because };
  if (away !== null) {
    const text = join(locale, opening, turn.say.leaveMessage[away]);
    return { ...common, outcome: "leave-message", actions: [{ kind: "offer-leave-message", reason, text }] };
  }
  const summary = summarise(heard, input, turn.candidates, noted);
  const text = join(locale, opening, isFirst ? turn.say.first : connecting(turn));
  return { ...common, outcome: "handoff", actions: [{ kind: "handoff", reason, summary, text }] };
}

function connecting({ input, say: text }: Turn): string {
  if (input.handoffAvailability !== "queueing") return text.connecting;
  const { place, expectedWaitSeconds } = input.queue;
  return text.connectingQueued(
    place,
    expectedWaitSeconds === null ? null : Math.max(1, Math.round(expectedWaitSeconds / 60)),
  );
}

function join(locale: "zh-CN" | "en", ...texts: string[]): string {
  return texts.filter((text) => text !== "").join(locale === "en" ? " " : "");
}

/** Turns in a row without progress that this inbox bears; two where it does not say. */
export function patienceOf({ input }: Turn): number {
  return input.behaviour?.patience ?? 2;
}

const leastCalm = 0.5;
const shortestOutburst = 4;
const bitter = -0.85;
const surelyLeaving = 0.7;
const raisedVoice = /[!！]|[?？]{2}/u;

/** Somebody who complains or is clearly on the way to it: asking back once more would only make it worse. */
export function isUpset({ heard }: Turn): boolean {
  const { mood, text } = heard;
  if (mood.urgency === "complaint" || isLeaving(heard)) return true;
  const isOutburst = mood.sentiment === "negative" && [...text].length >= shortestOutburst;
  const isHeard = mood.because.length > 0 || raisedVoice.test(text);
  return isOutburst && isHeard && mood.probabilities.urgency.normal < leastCalm;
}

/**
 * Threatens to go to a court, an authority or elsewhere: in listed words, or so bitterly that hardly anything else is meant. The
 * model alone takes many a "don't" and "never" for it ("教材别寄老家了").
 */
export function isLeaving({ mood }: Turn["heard"]): boolean {
  if (mood.urgency !== "churn-threat") return false;
  const isBitter = mood.sentiment === "negative" && mood.score <= bitter;
  return mood.because.length > 0 || (isBitter && mood.probabilities.urgency["churn-threat"] >= surelyLeaving);
}
