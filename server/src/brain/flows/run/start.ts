// Which flow a message starts, and whether a message belongs to the open one. Both are for the caller's policy: it knows
// what else the message may mean.

import { unifyCharacters } from "@yingda/language";
import type { Flow, FlowSlot } from "../definition/flow.ts";
import { findCorrection } from "./corrections.ts";
import { asChoice, type Draft, slotNamed, stepNamed } from "./draft.ts";
import type { FlowDeps, FlowRun } from "./flow-run.ts";
import { readChoice } from "./read-choice.ts";
import { hear } from "./read-slot.ts";
import { fillOthers, readAsked } from "./understand.ts";
import { isNeverMind, readYesNo } from "./yes-no.ts";

/**
 * The flow that an intent or a phrase starts; a phrase beats an intent, a longer phrase a shorter one.
 * In:  published flows, the text, and the corpus intents that it was recognised as, best first.
 */
export function flowStartedBy(
  flows: readonly Flow[],
  { text, intents }: { text: string; intents: readonly string[] },
): Flow | null {
  const said = unifyCharacters(text.slice(0, 500));
  const byPhrase = flows
    .flatMap((flow) =>
      [...flow.starts.phrases.zh, ...flow.starts.phrases.en].map((phrase) => ({ flow, phrase })),
    )
    .filter(({ phrase }) => isHeard(said, phrase))
    .sort((a, b) => b.phrase.length - a.phrase.length)[0];
  if (byPhrase !== undefined) return byPhrase.flow;
  for (const intent of intents) {
    const flow = flows.find(({ starts }) => starts.intents.includes(intent));
    if (flow !== undefined) return flow;
  }
  return null;
}

/** A phrase of nothing but what cannot be seen stands in no message. */
function isHeard(said: string, phrase: string): boolean {
  const unified = unifyCharacters(phrase);
  return unified !== "" && said.includes(unified);
}

/** The flow one of whose phrases is the whole message; null where none is. */
export function flowSaid(flows: readonly Flow[], text: string): Flow | null {
  const said = bare(text.slice(0, 500));
  const isSaid = ({ zh, en }: Flow["starts"]["phrases"]) =>
    said !== "" && [...zh, ...en].some((each) => bare(each) === said);
  return flows.find(({ starts }) => isSaid(starts.phrases)) ?? null;
}

/** Without the marks around it. */
function bare(text: string): string {
  return unifyCharacters(text).replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, "");
}

/** The slot that the run has asked for. */
export function openSlot(flow: Flow, { step: id, waitingFor }: FlowRun): FlowSlot | undefined {
  const step = stepNamed(flow, id);
  return step?.kind === "ask" && waitingFor.kind === "answer" ? slotNamed(flow, step.slot) : undefined;
}

/**
 * How the open run would take a message: "surely" an answer, a correction or a cancelling; "perhaps", because the open
 * question takes any words; or "no". On "no" the caller may answer something else and send `asked-something-else`.
 */
export function takesMessage(
  flow: Flow,
  state: FlowRun,
  said: { text: string; photos?: string[] },
  deps: FlowDeps,
): "surely" | "perhaps" | "no" {
  const draft: Draft = { flow, run: structuredClone(state), deps, actions: [], trace: [], isOver: false };
  const heard = hear(said.text, said.photos ?? [], deps);
  const step = stepNamed(flow, state.step);
  const isConfirming = state.waitingFor.kind === "confirmation";
  if (isNeverMind(heard.text) || (isConfirming && readYesNo(heard.text) !== null)) return "surely";
  if (findCorrection(draft, heard, { isAnswered: false, isConfirming }) !== null) return "surely";
  if (step?.kind === "choose") {
    const options = step.options.map(asChoice);
    const isPicked = readChoice(heard.text, heard.entities, options, { isAsked: true, last: false }) !== null;
    if (isPicked) return "surely";
  }
  const slot = openSlot(flow, state);
  const reading = slot === undefined ? null : readAsked(draft, slot, heard);
  if (reading !== null) {
    const takesAnything = slot?.type === "text" && reading.used.length === 0 && reading.value.value !== null;
    return takesAnything ? "perhaps" : "surely";
  }
  return fillOthers(draft, heard, null, []) > 0 ? "surely" : "no";
}
