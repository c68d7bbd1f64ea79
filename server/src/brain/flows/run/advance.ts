// The engine of flows: one event in, the next state and what to do out. Pure: no clock, no tools, no memory of its own.
// Called by decide.ts while a flow is open, by the editor's test runner and by the phone.
//
// What always holds: a tool that changes the world is called only by a yes to its own confirmation, once per yes, under a
// key of its own; an unfilled blank is never spoken; every run ends within `mostEvents` events.

import type { Flow, FlowStep, StepOf } from "../definition/flow.ts";
import { findCorrection, rewind } from "./corrections.ts";
import {
  asChoice,
  type Draft,
  end,
  handOver,
  note,
  own,
  sayPlain,
  setTimer,
  slotNamed,
  stepNamed,
} from "./draft.ts";
import {
  type Advanced,
  type FlowDeps,
  type FlowEvent,
  type FlowRun,
  type Locale,
  resultFields,
  type SlotValue,
  type ToolAnswer,
  type ToolFailure,
} from "./flow-run.ts";
import { readChoice } from "./read-choice.ts";
import { type Heard, hear } from "./read-slot.ts";
import { fillOthers, fillProduct, fillSlot, readAsked } from "./understand.ts";
import { askChoose, askOnceMore, askSlot, callTool, walk } from "./walk.ts";
import { words } from "./words.ts";
import { isNeverMind, readYesNo } from "./yes-no.ts";

/** No matter that a flow settles needs more; a run that comes here is lost. */
export const mostEvents = 80;
/** How often an unclear answer to a confirmation is asked again. */
const mostConfirmations = 3;
const keptWords = 2_000;

/** `product`: the one that the customer is known to have, from the label that they scanned. */
interface Beginning {
  runId: string;
  locale: Locale;
  text: string;
  photos?: string[];
  product?: SlotValue | null;
}

/** Begins a run. `text` is the message that started it; slots are filled from it. `runId` is new for every run. */
export function startFlow(
  flow: Flow,
  { runId, locale, text, photos = [], product = null }: Beginning,
  deps: FlowDeps,
): Advanced {
  const [first] = flow.steps;
  const run: FlowRun = {
    flow: flow.id,
    version: flow.version,
    runId,
    locale,
    step: first?.id ?? "",
    waitingFor: { kind: "answer" },
    slots: {},
    results: {},
    path: [],
    asked: {},
    calls: {},
    done: [],
    uncertain: [],
    timer: 0,
    isReminded: false,
    isInterrupted: false,
    events: 0,
    said: text.slice(0, keptWords),
  };
  const draft: Draft = { flow, run, deps, actions: [], trace: [], isOver: false };
  fillOthers(draft, hear(text, photos, deps), null, []);
  if (product !== null) fillProduct(draft, product);
  walk(draft, first?.id);
  return finished(draft);
}

/**
 * Goes on with a run.
 *
 * In:  the flow as it is now, the state as kept, one event, and what reading needs (clock, zone, catalogue).
 * Out: the next state (null once it has ended), what to do in this order, and what was seen. The state given is not
 *      changed. Throws nothing on any text, answer or state that `readRun` accepts.
 */
export function advance(flow: Flow, state: FlowRun, event: FlowEvent, deps: FlowDeps): Advanced {
  const run = structuredClone(state);
  const draft: Draft = { flow, run, deps, actions: [], trace: [], isOver: false };
  run.events += 1;
  if (event.kind === "said" && event.locale !== undefined) run.locale = event.locale;
  const say = words[run.locale];
  if (flow.id !== run.flow || flow.version !== run.version) handOver(draft, "flow-changed", say.flowChanged);
  else if (event.kind === "asked-for-human") handOver(draft, "asked-for-human", say.handOver);
  else if (run.events > mostEvents) handOver(draft, "too-long", say.handOver);
  else onEvent(draft, event);
  return finished(draft);
}

function finished({ isOver, run, actions, trace }: Draft): Advanced {
  return { state: isOver ? null : run, actions, trace };
}

function onEvent(draft: Draft, event: FlowEvent): void {
  switch (event.kind) {
    case "said":
      onSaid(draft, hear(event.text, event.photos ?? [], draft.deps));
      return;
    case "tool-answered":
      onToolAnswer(draft, event.callId, event.answer);
      return;
    case "timer":
      onTimer(draft, event.timerId);
      return;
    case "asked-something-else":
      onInterruption(draft);
      return;
    case "asked-for-human":
      return;
  }
}

function onSaid(draft: Draft, heard: Heard): void {
  const { run, flow } = draft;
  const wasInterrupted = run.isInterrupted;
  run.isReminded = false;
  run.isInterrupted = false;
  run.said = heard.text;
  const step = stepNamed(flow, run.step);
  const kind = run.waitingFor.kind;
  if (kind === "tool" && step?.kind === "do") {
    sayPlain(draft, words[run.locale].acting);
    return;
  }
  if (kind === "confirmation" && step?.kind === "do") {
    onConfirmation(draft, step, heard);
    return;
  }
  if (kind === "answer" && step?.kind === "ask") {
    onAnswer(draft, step, heard, wasInterrupted);
    return;
  }
  if (kind === "answer" && step?.kind === "choose") {
    onChoice(draft, step, heard);
    return;
  }
  if (leavesOrCorrects(draft, heard, false)) return;
  if (kind === "time" && step?.kind === "wait" && step.said !== undefined) {
    endWaiting(draft, step.said, heard);
    return;
  }
  sayPlain(draft, kind === "tool" ? words[run.locale].working : words[run.locale].patience);
}

/** What was said while waiting may already answer the question that comes next: "好了". */
function endWaiting(draft: Draft, to: string, heard: Heard): void {
  const step = stepNamed(draft.flow, to);
  if (step?.kind !== "choose" && step?.kind !== "ask") {
    fillOthers(draft, heard, null, []);
    walk(draft, to);
    return;
  }
  draft.run.step = to;
  draft.run.path.push(to);
  draft.run.waitingFor = { kind: "answer" };
  if (step.kind === "choose") onChoice(draft, step, heard);
  else onAnswer(draft, step, heard, true);
}

/** Cancels or corrects, where the message does; true when it did. */
function leavesOrCorrects(draft: Draft, heard: Heard, isAnswered: boolean, isConfirming = false): boolean {
  const correction = findCorrection(draft, heard, { isAnswered, isConfirming });
  const say = words[draft.run.locale];
  if (correction !== null) {
    const from = rewind(draft, correction);
    if (from === "too-late") handOver(draft, "too-late-to-change", say.tooLate);
    else {
      const { slot, value } = correction;
      const { locale } = draft.run;
      if (value !== null) sayPlain(draft, say.changed(slot.label[locale], value.shown[locale]));
      if (from === null) askOnceMore(draft, (question) => question);
      else walk(draft, from);
    }
    return true;
  }
  if (!isNeverMind(heard.text)) return false;
  const hasActed = draft.run.done.length + draft.run.uncertain.length > 0;
  sayPlain(draft, hasActed ? say.stopped : say.cancelled);
  end(draft, "cancelled");
  return true;
}

function onAnswer(draft: Draft, step: StepOf<"ask">, heard: Heard, wasInterrupted: boolean): void {
  const slot = slotNamed(draft.flow, step.slot);
  if (slot === undefined) {
    walk(draft, undefined);
    return;
  }
  const reading = readAsked(draft, slot, heard, /不是.{0,40}是|\bnot\b.{0,40}\bbut\b/u.test(heard.text));
  // "不用了" answers a yes-no slot and skips an optional one; into a text it must not go
  const isClosed = reading !== null && (slot.type !== "text" || reading.value.value === null);
  const isAnswerToo = isClosed && isNeverMind(heard.text);
  if (!isAnswerToo && leavesOrCorrects(draft, heard, reading !== null)) return;
  if (reading !== null) {
    fillSlot(draft, slot, reading);
    fillOthers(draft, heard, slot.id, reading.used);
    walk(draft, step.next);
    return;
  }
  const others = fillOthers(draft, heard, slot.id, []);
  note(draft, "not-understood", { slot: slot.id, others });
  if (others > 0 || wasInterrupted)
    draft.run.asked[slot.id] = Math.max(0, (own(draft.run.asked, slot.id) ?? 1) - 1);
  const going = askSlot(draft, step, slot, others > 0 || wasInterrupted ? "question" : "again");
  if (going !== "waits") walk(draft, going.to);
}

function onChoice(draft: Draft, step: StepOf<"choose">, heard: Heard): void {
  const options = step.options.map(asChoice);
  const value = readChoice(heard.text, heard.entities, options, { isAsked: true, last: false });
  const option = step.options.find((each) => each.value === value);
  if (option === undefined && leavesOrCorrects(draft, heard, false)) return;
  fillOthers(draft, heard, null, []);
  if (option !== undefined) {
    note(draft, "chosen", { option: option.value });
    walk(draft, option.next);
    return;
  }
  note(draft, "not-understood", { options: options.length });
  const going = askChoose(draft, step);
  if (going !== "waits") walk(draft, going.to);
}

/** A correction wins over a yes in the same message; what is neither is asked again, and then goes to a person. */
function onConfirmation(draft: Draft, step: StepOf<"do">, heard: Heard): void {
  const { run } = draft;
  const answer = readYesNo(heard.text);
  if (answer === null && leavesOrCorrects(draft, heard, false, true)) return;
  if (answer === "yes") {
    note(draft, "confirmed");
    callTool(draft, step);
    return;
  }
  if (answer === "no") {
    note(draft, "declined");
    walk(draft, step.declined);
    return;
  }
  const asked = own(run.asked, step.id) ?? 1;
  if (asked >= mostConfirmations) {
    handOver(draft, "gave-up", words[run.locale].handOver);
    return;
  }
  run.asked[step.id] = asked + 1;
  askOnceMore(draft, words[run.locale].unclear);
  setTimer(draft, draft.flow.idleSeconds);
}

function onToolAnswer(draft: Draft, callId: string, answer: ToolAnswer): void {
  const { run } = draft;
  const step = stepNamed(draft.flow, run.step);
  const isExpected = run.waitingFor.kind === "tool" && run.waitingFor.callId === callId;
  if (!isExpected || (step?.kind !== "lookup" && step?.kind !== "do")) {
    note(draft, "late-answer", { callId });
    return;
  }
  if (answer.kind === "failure") {
    onToolFailure(draft, step, answer.why);
    return;
  }
  if (step.saveAs !== undefined) run.results[step.saveAs] = readFields(draft, answer.fields);
  if (step.kind === "do") run.done.push(step.id);
  note(draft, "tool-answered", { tool: step.tool });
  walk(draft, step.next);
}

function onToolFailure(draft: Draft, step: StepOf<"lookup"> | StepOf<"do">, why: ToolFailure): void {
  note(draft, "tool-failed", { tool: step.tool, why });
  if (step.kind === "do" && why === "unavailable") draft.run.uncertain.push(step.id);
  const special =
    step.kind === "lookup"
      ? why === "not-found" && step.notFound
      : (why === "refused" || why === "not-found") && step.refused;
  walk(draft, special || step.failed);
}

/** Keeps the fields that can be used; a tool's answer is data from outside. */
function readFields(draft: Draft, fields: Record<string, unknown>): FlowRun["results"][string] {
  const kept = Object.entries(fields).flatMap(([name, value]) => {
    const parsed = resultFields.safeParse({ [name]: value });
    if (!parsed.success) note(draft, "field-dropped", { field: name.slice(0, 60) });
    return parsed.success ? Object.entries(parsed.data) : [];
  });
  return Object.fromEntries(kept);
}

function onTimer(draft: Draft, timerId: number): void {
  const { run } = draft;
  if (timerId !== run.timer) {
    note(draft, "old-timer", { timerId });
    return;
  }
  const step: FlowStep | undefined = stepNamed(draft.flow, run.step);
  const { kind } = run.waitingFor;
  if (kind === "time") {
    walk(draft, step?.kind === "wait" ? step.next : undefined);
    return;
  }
  if (kind === "tool") {
    if (step?.kind === "lookup" || step?.kind === "do") onToolFailure(draft, step, "unavailable");
    else walk(draft, undefined);
    return;
  }
  if (run.isReminded) {
    sayPlain(draft, words[run.locale].timedOut);
    end(draft, "timed-out");
    return;
  }
  run.isReminded = true;
  askOnceMore(draft, words[run.locale].stillThere);
  setTimer(draft, draft.flow.idleSeconds);
}

/**
 * The other question has been answered by the caller. Reminds once, and is quiet about several in a row; but a
 * confirmation is always repeated, so that the next yes is surely meant for it.
 */
function onInterruption(draft: Draft): void {
  const { run } = draft;
  note(draft, "interrupted");
  if (run.waitingFor.kind !== "answer" && run.waitingFor.kind !== "confirmation") return;
  if (!run.isInterrupted || run.waitingFor.kind === "confirmation")
    askOnceMore(draft, words[run.locale].goOn);
  run.isInterrupted = true;
  setTimer(draft, draft.flow.idleSeconds);
}
