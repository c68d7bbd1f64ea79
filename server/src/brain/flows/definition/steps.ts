// Where a step can lead, and what it says: the two things that the checker asks of every kind of step.

import type { Both, FlowSlot, FlowStep, FlowWords } from "./flow.ts";

export { branchesOfStep as branchesOf, type FlowBranch as Branch } from "@yingda/contract";

/** True where a run cannot go on without hearing the customer. A plain ask is passed when its slot is filled. */
export function needsTurn(step: FlowStep): boolean {
  return step.kind === "choose" || step.kind === "do" || (step.kind === "ask" && step.isAnew);
}

export interface Text {
  place: string;
  text: Both;
}

/** Every text of a step in both languages, with the field it stands in. */
export function textsOfStep(step: FlowStep): Text[] {
  const texts: Text[] = [];
  if ("words" in step) texts.push(...textsOfWords("words", step.words));
  if (step.kind === "choose") {
    texts.push(...textsOfWords("again", step.again));
    for (const { value, label } of step.options) texts.push({ place: value, text: label });
  }
  if (step.kind === "do") texts.push(...textsOfWords("confirm", step.confirm));
  if (step.kind === "hand-over" || step.kind === "ask-for-ticket")
    texts.push({ place: "summary", text: step.summary });
  return texts;
}

/** Every text of a slot. */
export function textsOfSlot(slot: FlowSlot): Text[] {
  return [
    { place: `${slot.id}.label`, text: slot.label },
    ...textsOfWords(`${slot.id}.question`, slot.question),
    ...textsOfWords(`${slot.id}.again`, slot.again),
    ...slot.choices.map(({ value, label }) => ({ place: `${slot.id}.${value}`, text: label })),
  ];
}

function textsOfWords(place: string, words: FlowWords | undefined): Text[] {
  if (words === undefined) return [];
  const { zh, en, spoken } = words;
  const written = { place, text: { zh, en } };
  return spoken === undefined ? [written] : [written, { place: `${place}.spoken`, text: spoken }];
}
