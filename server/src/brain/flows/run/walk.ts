// Goes from step to step until the run has to wait: for the customer, for a tool, for time, or because it has ended.

import { soleBlank } from "../definition/blanks.ts";
import type { FlowCase, FlowSlot, FlowStep, StepOf } from "../definition/flow.ts";
import {
  asChoice,
  type Choice,
  choicesOf,
  type Draft,
  end,
  filledInput,
  filledValue,
  handOver,
  note,
  own,
  say,
  setTimer,
  slotNamed,
  stepNamed,
  summaryOf,
  valueNamed,
  waitForCustomer,
} from "./draft.ts";
import type { Offer, ResultValue } from "./flow-run.ts";
import { hear, readSlot } from "./read-slot.ts";
import { words } from "./words.ts";

/** A checked flow never comes near; one that was not checked may go round without a turn. */
const mostSteps = 200;
/** Steps of a whole run; corrections go back along them. */
const longestPath = 400;
/** After this a tool that never answered has failed. Tools have shorter limits of their own. */
const toolSeconds = 120;

/** Walks from a step until something has to be waited for. Undefined stands for a branch that leads nowhere. */
export function walk(draft: Draft, from: string | undefined): void {
  let next = from;
  for (let taken = 0; taken < mostSteps; taken += 1) {
    const step = next === undefined ? undefined : stepNamed(draft.flow, next);
    if (step === undefined) break;
    draft.run.step = step.id;
    if (draft.run.path.length >= longestPath) break;
    draft.run.path.push(step.id);
    const going = enter(draft, step);
    if (going === "waits") return;
    next = going.to;
  }
  handOver(draft, "broken-flow", words[draft.run.locale].handOver);
}

type Going = "waits" | { to: string | undefined };

function enter(draft: Draft, step: FlowStep): Going {
  switch (step.kind) {
    case "say":
      return say(draft, step.words) ? { to: step.next } : giveUpUnfilled(draft);
    case "ask":
      return enterAsk(draft, step);
    case "choose":
      return askChoose(draft, step);
    case "condition":
      return { to: branchOf(draft, step) };
    case "lookup":
      return callTool(draft, step);
    case "do":
      return askConfirmation(draft, step);
    case "set":
      return setSlot(draft, step);
    case "wait":
      draft.run.waitingFor = { kind: "time" };
      setTimer(draft, step.seconds);
      return "waits";
    case "hand-over":
      handOver(draft, "step", words[draft.run.locale].handOver, step);
      return "waits";
    case "ask-for-ticket":
      return askForTicket(draft, step);
    case "end":
      if (step.words !== undefined && !say(draft, step.words)) return giveUpUnfilled(draft);
      end(draft, step.outcome);
      return "waits";
  }
}

function giveUpUnfilled(draft: Draft): Going {
  handOver(draft, "unfilled-blank", words[draft.run.locale].unfilled);
  return "waits";
}

function enterAsk(draft: Draft, step: StepOf<"ask">): Going {
  const slot = slotNamed(draft.flow, step.slot);
  if (slot === undefined) return { to: undefined };
  if (step.isAnew) delete draft.run.slots[slot.id];
  else if (own(draft.run.slots, slot.id) === undefined) fillFromLookup(draft, slot);
  if (own(draft.run.slots, slot.id) !== undefined) return { to: step.next };
  return askSlot(draft, step, slot, "question");
}

/** A choice that a lookup brought may have been named before it was known: "明天下午三点". */
function fillFromLookup(draft: Draft, slot: FlowSlot): void {
  if (slot.choicesFrom === undefined || slot.onlyWhenAsked) return;
  const heard = hear(draft.run.said, [], draft.deps);
  const choices = choicesOf(draft, slot);
  const { deps } = draft;
  const reading = readSlot(slot, heard, { isAsked: false, last: false, choices, taken: new Set(), deps });
  if (reading !== null) draft.run.slots[slot.id] = reading.value;
}

/** Asks for a slot once more, or gives up after its last try. */
export function askSlot(draft: Draft, step: StepOf<"ask">, slot: FlowSlot, how: "question" | "again"): Going {
  const asked = own(draft.run.asked, slot.id) ?? 0;
  if (asked >= slot.tries) return gaveUp(draft, step.gaveUp, slot.id);
  draft.run.asked[slot.id] = asked + 1;
  const text = how === "again" ? slot.again : (step.words ?? slot.question);
  if (!say(draft, text, offersOf(draft, choicesOf(draft, slot)))) return giveUpUnfilled(draft);
  waitForCustomer(draft, "answer");
  return "waits";
}

/** Asks a `choose` step, or gives up after its last try. */
export function askChoose(draft: Draft, step: StepOf<"choose">): Going {
  const asked = own(draft.run.asked, step.id) ?? 0;
  if (asked >= step.tries) return gaveUp(draft, step.gaveUp, step.id);
  draft.run.asked[step.id] = asked + 1;
  const text = asked === 0 ? step.words : step.again;
  if (!say(draft, text, offersOf(draft, step.options.map(asChoice)))) return giveUpUnfilled(draft);
  waitForCustomer(draft, "answer");
  return "waits";
}

function gaveUp(draft: Draft, branch: string | undefined, what: string): Going {
  note(draft, "gave-up", { what });
  if (branch !== undefined) return { to: branch };
  handOver(draft, "gave-up", words[draft.run.locale].handOver);
  return "waits";
}

function askConfirmation(draft: Draft, step: StepOf<"do">): Going {
  draft.run.asked[step.id] = 1;
  if (step.confirm === undefined || !say(draft, step.confirm, yesNoOffers(draft)))
    return giveUpUnfilled(draft);
  waitForCustomer(draft, "confirmation");
  return "waits";
}

/** Yes and no as choices, for a confirmation. */
export function yesNoOffers({ run }: Draft): Offer[] {
  const { yes, no } = words[run.locale];
  return [
    { value: "yes", label: yes },
    { value: "no", label: no },
  ];
}

function offersOf({ run }: Draft, choices: Choice[]): Offer[] {
  return choices.map(({ value, label }) => ({ value, label: label[run.locale] || value }));
}

/** Calls a step's tool under a key of its own: run, step and try. For a `do` only after the yes that allows it. */
export function callTool(draft: Draft, step: StepOf<"lookup"> | StepOf<"do">): "waits" {
  const { run, actions } = draft;
  const callId = nextKey(draft, step.id);
  const kind = step.kind === "do" ? "do-tool" : "ask-tool";
  actions.push({ kind, tool: step.tool, input: filledInput(draft, step.input), callId });
  run.waitingFor = { kind: "tool", callId };
  setTimer(draft, toolSeconds);
  note(draft, kind, { tool: step.tool, callId });
  return "waits";
}

function nextKey({ run }: Draft, step: string): string {
  const attempt = (own(run.calls, step) ?? 0) + 1;
  run.calls[step] = attempt;
  return `${run.runId}:${step}:${attempt}`;
}

function askForTicket(draft: Draft, step: StepOf<"ask-for-ticket">): Going {
  const { run, actions } = draft;
  const fields = Object.fromEntries(Object.entries(run.slots).map(([id, { value }]) => [id, value]));
  const summary = summaryOf(draft, step.summary);
  actions.push({ kind: "request-ticket", key: nextKey(draft, step.id), summary, fields });
  run.done.push(step.id);
  if (step.words !== undefined && !say(draft, step.words)) return giveUpUnfilled(draft);
  return { to: step.next };
}

function setSlot(draft: Draft, step: StepOf<"set">): Going {
  const { slots } = draft.run;
  const value = filledValue(draft, step.value);
  if (step.value === "") delete slots[step.slot];
  else if (value !== null) slots[step.slot] = value;
  else note(draft, "not-set", { slot: step.slot, value: soleBlank(step.value) ?? step.value.slice(0, 60) });
  return { to: step.next };
}

function branchOf(draft: Draft, step: StepOf<"condition">): string | undefined {
  const value = valueNamed(draft, step.value);
  const found = step.cases.find((each) => holds(each, value));
  const to = found === undefined ? step.else : found.next;
  note(draft, "condition", { value: value === null ? "" : asWord(value), to: to ?? "" });
  return to;
}

function holds({ is, atLeast, atMost, isFilled }: FlowCase, value: ResultValue | null): boolean {
  if (isFilled !== undefined && isFilled !== (value !== null && value !== "")) return false;
  if (is !== undefined && (value === null || !is.includes(asWord(value)))) return false;
  if (atLeast === undefined && atMost === undefined) return true;
  const amount = asNumber(value);
  return amount !== null && amount >= (atLeast ?? -Infinity) && amount <= (atMost ?? Infinity);
}

function asWord(value: ResultValue): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "object" ? JSON.stringify(value).slice(0, 60) : String(value);
}

/** Numbers, numbers in words of digits, and amounts in whole units of money. */
function asNumber(value: ResultValue | null): number | null {
  if (typeof value === "number") return value;
  if (typeof value === "string" && /^-?\d{1,15}(?:\.\d{1,6})?$/u.test(value)) return Number(value);
  return typeof value === "object" && value !== null && "amountMinor" in value
    ? value.amountMinor / 100
    : null;
}

/** Repeats what is being waited for, in other words around it; says nothing where nothing is asked. */
export function askOnceMore(draft: Draft, wrap: (question: string) => string): void {
  const step = stepNamed(draft.flow, draft.run.step);
  const before = draft.actions.length;
  if (step?.kind === "ask") {
    const slot = slotNamed(draft.flow, step.slot);
    if (slot !== undefined) say(draft, step.words ?? slot.question, offersOf(draft, choicesOf(draft, slot)));
  } else if (step?.kind === "choose") {
    say(draft, step.words, offersOf(draft, step.options.map(asChoice)));
  } else if (step?.kind === "do" && step.confirm !== undefined) {
    say(draft, step.confirm, yesNoOffers(draft));
  }
  const said = draft.actions[before];
  if (said?.kind === "say") {
    draft.actions[before] = { ...said, text: wrap(said.text), spoken: wrap(said.spoken) };
  }
}
