// What the canvas and the list do to the steps of a flow: add, insert, copy, delete, connect, move. Each takes the text and
// gives the text back.
import { branchesOfStep, type Flow, type FlowStep } from "@yingda/contract";
import { isSeq } from "yaml";
import {
  editText,
  freeName,
  leadingTo,
  type Path,
  placeOf,
  readText,
  type StepKind,
  setAt,
} from "./flow-text.ts";

const both = { zh: "", en: "" };

/** What a new step of a kind says and needs: nothing is invented, so the list of problems leads through what is missing. */
export function newStep(kind: StepKind, id: string, flow: Flow): Record<string, unknown> {
  const base = { id, kind };
  switch (kind) {
    case "say":
      return { ...base, words: { ...both } };
    case "ask":
      return { ...base, slot: flow.slots[0]?.id ?? "" };
    case "choose":
      return {
        ...base,
        words: { ...both },
        again: { ...both },
        options: [
          { value: "yes", label: { zh: "是", en: "Yes" } },
          { value: "no", label: { zh: "不是", en: "No" } },
        ],
      };
    case "condition":
      return { ...base, value: flow.slots[0]?.id ?? "", cases: [{ isFilled: true }] };
    case "lookup":
      return { ...base, tool: "", input: {}, saveAs: id };
    case "do":
      return { ...base, tool: "", input: {}, confirm: { ...both } };
    case "set":
      return { ...base, slot: flow.slots[0]?.id ?? "", value: "" };
    case "wait":
      return { ...base, seconds: 60 };
    case "hand-over":
      return { ...base, words: { ...both }, summary: { ...both } };
    case "ask-for-ticket":
      return { ...base, summary: { ...both } };
    case "end":
      return { ...base, words: { ...both } };
    default:
      return kind satisfies never;
  }
}

export interface Added {
  yaml: string;
  id: string;
}

/**
 * Adds a step behind a branch of another: what stood there comes after the new step, where it can go on. `from` null adds
 * one that nothing leads to yet.
 */
export function addStep(
  yaml: string,
  flow: Flow,
  kind: StepKind,
  from: { id: string; path: Path } | null,
): Added {
  const id = freeName(
    flow.steps.map((step) => step.id),
    kind,
  );
  const added = editText(yaml, (document) => {
    const step = newStep(kind, id, flow);
    const at = from === null ? -1 : placeOf(document, "steps", from.id);
    if (from !== null && at >= 0) {
      const path = ["steps", at, ...from.path];
      const before = document.getIn(path);
      if (typeof before === "string" && goesOn(kind)) step.next = before;
      setAt(document, path, id);
    }
    const steps = document.get("steps");
    const node = document.createNode(step);
    if (!isSeq(steps)) document.set("steps", [step]);
    else if (at >= 0) steps.items.splice(at + 1, 0, node);
    else steps.items.push(node);
  });
  return { yaml: added, id };
}

function goesOn(kind: StepKind): boolean {
  return kind !== "hand-over" && kind !== "end" && kind !== "choose" && kind !== "condition";
}

/** The same step once more, with nothing leading to it. */
export function copyStep(yaml: string, flow: Flow, id: string): Added {
  const name = freeName(
    flow.steps.map((step) => step.id),
    id.replace(/-\d+$/u, ""),
  );
  const copied = editText(yaml, (document) => {
    const at = placeOf(document, "steps", id);
    const steps = document.get("steps");
    if (at < 0 || !isSeq(steps)) return;
    const step = document.toJS().steps[at] as Record<string, unknown>;
    const { at: _place, ...rest } = step;
    steps.items.splice(at + 1, 0, document.createNode({ ...rest, id: name }));
  });
  return { yaml: copied, id: name };
}

/** Takes a step away; what led to it leads on to where it led, if it had one way on. */
export function deleteStep(yaml: string, flow: Flow, id: string): string {
  const step = flow.steps.find((each) => each.id === id);
  if (step === undefined) return yaml;
  const on = onlyWayOn(step);
  return editText(yaml, (document) => {
    for (const { step: from, path } of leadingTo(flow, id)) {
      const at = placeOf(document, "steps", from.id);
      if (at >= 0) setAt(document, ["steps", at, ...path], on === id ? undefined : on);
    }
    const at = placeOf(document, "steps", id);
    if (at >= 0) document.deleteIn(["steps", at]);
  });
}

function onlyWayOn(step: FlowStep): string | undefined {
  return "next" in step
    ? step.next
    : branchesOfStep(step).length === 1
      ? branchesOfStep(step)[0]?.to
      : undefined;
}

/** Leads a branch to a step, or to nothing. */
export function connect(yaml: string, from: { id: string; path: Path }, to: string | undefined): string {
  return editText(yaml, (document) => {
    const at = placeOf(document, "steps", from.id);
    if (at >= 0) setAt(document, ["steps", at, ...from.path], to);
  });
}

/** Makes a step the one where a run begins: the first of the list. */
export function beginWith(yaml: string, id: string): string {
  return editText(yaml, (document) => {
    const at = placeOf(document, "steps", id);
    const steps = document.get("steps");
    if (at <= 0 || !isSeq(steps)) return;
    const [step] = steps.items.splice(at, 1);
    steps.items.unshift(step);
  });
}

/** Keeps where a step was dragged to. */
export function moveStep(yaml: string, id: string, { x, y }: { x: number; y: number }): string {
  return editText(yaml, (document) => {
    const at = placeOf(document, "steps", id);
    if (at >= 0) setAt(document, ["steps", at, "at"], { x: Math.round(x), y: Math.round(y) });
  });
}

/** Forgets all places, so that the canvas finds them anew. */
export function tidyUp(yaml: string): string {
  const read = readText(yaml);
  if (read.kind === "broken") return yaml;
  return editText(yaml, (document) => {
    for (const { id } of read.flow.steps) {
      const at = placeOf(document, "steps", id);
      if (at >= 0) setAt(document, ["steps", at, "at"], undefined);
    }
  });
}

/** A new question to ask for, with its texts to be written. */
export function addSlot(yaml: string, flow: Flow): Added {
  const id = freeName(
    flow.slots.map((slot) => slot.id),
    "detail",
  );
  const slot = { id, type: "text", label: { ...both }, question: { ...both }, again: { ...both } };
  const added = editText(yaml, (document) => {
    const slots = document.get("slots");
    if (isSeq(slots)) slots.items.push(document.createNode(slot));
    else document.set("slots", [slot]);
  });
  return { yaml: added, id };
}

export function deleteSlot(yaml: string, id: string): string {
  return editText(yaml, (document) => {
    const at = placeOf(document, "slots", id);
    if (at >= 0) document.deleteIn(["slots", at]);
  });
}
