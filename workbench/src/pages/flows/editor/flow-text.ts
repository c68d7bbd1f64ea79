// The YAML of a flow is the one truth of the editor: read leniently for the canvas and the forms, changed by its document,
// so that comments and everything that was not touched stay as they were. Pure; nothing here knows React.
import {
  branchesOfStep,
  type Flow,
  type FlowSlot,
  type FlowSlotType,
  type FlowStep,
  flowSlotTypes,
} from "@yingda/contract";
import { type Document, isMap, isSeq, LineCounter, parseDocument } from "yaml";

export const stepKinds = [
  "say",
  "ask",
  "choose",
  "condition",
  "lookup",
  "do",
  "set",
  "wait",
  "hand-over",
  "ask-for-ticket",
  "end",
] as const satisfies FlowStep["kind"][];
export type StepKind = (typeof stepKinds)[number];
export type Path = readonly (string | number)[];

export type TextRead =
  | { kind: "read"; flow: Flow }
  /** `line` counted from 1; null where the library tells none. */
  | { kind: "broken"; line: number | null };

const longest = 300_000;

/** What can be drawn of a text; steps and slots without a name or of no known kind are left to the list of problems. */
export function readText(yaml: string): TextRead {
  if (yaml.length > longest) return { kind: "broken", line: null };
  try {
    const document = parseDocument(yaml, { lineCounter: new LineCounter() });
    const [error] = document.errors;
    if (error !== undefined) return { kind: "broken", line: error.linePos?.[0].line ?? null };
    if (!isMap(document.contents)) return { kind: "broken", line: 1 };
    return { kind: "read", flow: flowFrom(document.toJS({ maxAliasCount: 100 }) as Loose) };
  } catch {
    return { kind: "broken", line: null };
  }
}

type Loose = Record<string, unknown>;

function flowFrom(value: Loose): Flow {
  const starts = recordOf(value.starts);
  return {
    id: textOf(value.id),
    version: numberOf(value.version) ?? 1,
    name: bothOf(value.name),
    starts: { intents: wordsOf(starts.intents), phrases: listsOf(starts.phrases) },
    idleSeconds: numberOf(value.idleSeconds) ?? 600,
    slots: recordsOf(value.slots).flatMap(slotFrom),
    steps: recordsOf(value.steps).flatMap(stepFrom),
  };
}

function slotFrom(value: Loose): FlowSlot[] {
  const type = value.type as FlowSlotType;
  if (typeof value.id !== "string" || !flowSlotTypes.includes(type)) return [];
  const names = value.names === undefined ? {} : { names: listsOf(value.names) };
  const choices = recordsOf(value.choices).map(choiceFrom);
  return [
    {
      ...(value as unknown as FlowSlot),
      ...names,
      id: value.id,
      type,
      label: bothOf(value.label),
      question: wordsFrom(value.question),
      again: wordsFrom(value.again),
      tries: numberOf(value.tries) ?? 3,
      isOptional: value.isOptional === true,
      onlyWhenAsked: value.onlyWhenAsked === true,
      units: wordsOf(value.units),
      choices,
    },
  ];
}

function choiceFrom(value: Loose): FlowSlot["choices"][number] {
  const phrases = value.phrases === undefined ? {} : { phrases: listsOf(value.phrases) };
  return { value: textOf(value.value), label: bothOf(value.label), ...phrases };
}

function stepFrom(value: Loose): FlowStep[] {
  const kind = value.kind as StepKind;
  if (typeof value.id !== "string" || !stepKinds.includes(kind)) return [];
  const rest: Loose = { ...value };
  for (const field of ["words", "again", "confirm"])
    if (rest[field] !== undefined || isNeeded(kind, field)) rest[field] = wordsFrom(rest[field]);
  if (kind === "hand-over" || kind === "ask-for-ticket") rest.summary = bothOf(rest.summary);
  if (kind === "hand-over") rest.skills = wordsOf(rest.skills);
  if (kind === "choose")
    rest.options = recordsOf(rest.options).map((one) => ({ ...choiceFrom(one), ...nextOf(one) }));
  if (kind === "choose") rest.tries = numberOf(rest.tries) ?? 3;
  if (kind === "ask") rest.isAnew = rest.isAnew === true;
  if (kind === "condition") rest.cases = recordsOf(rest.cases).map(caseFrom);
  if (kind === "lookup" || kind === "do") rest.input = textsOf(rest.input);
  if (kind === "end") rest.outcome = rest.outcome === "not-done" ? "not-done" : "done";
  if (kind === "wait") rest.seconds = numberOf(rest.seconds) ?? 60;
  for (const field of ["slot", "value", "tool"]) if (field in rest) rest[field] = textOf(rest[field]);
  return [rest as unknown as FlowStep];
}

function isNeeded(kind: StepKind, field: string): boolean {
  if (field === "words") return kind === "say" || kind === "choose" || kind === "hand-over";
  return field === "again" && kind === "choose";
}

function caseFrom(one: Loose): Loose {
  const is = one.is === undefined ? {} : { is: (Array.isArray(one.is) ? one.is : [one.is]).map(wordOf) };
  return { ...one, ...is, ...nextOf(one) };
}

/** true and false are compared as the words of a yes-no slot, as the server reads them. */
function wordOf(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

function nextOf({ next }: Loose): { next?: string } {
  return typeof next === "string" ? { next } : {};
}

function recordOf(value: unknown): Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Loose) : {};
}

function recordsOf(value: unknown): Loose[] {
  return Array.isArray(value)
    ? value.filter((one): one is Loose => typeof one === "object" && one !== null && !Array.isArray(one))
    : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function wordsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textOf).filter((word) => word !== "") : [];
}

function textsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(recordOf(value)).map(([name, text]) => [name, textOf(text)]));
}

function bothOf(value: unknown): { zh: string; en: string } {
  const { zh, en } = recordOf(value);
  return { zh: textOf(zh), en: textOf(en) };
}

function wordsFrom(value: unknown): FlowSlot["question"] {
  const { spoken } = recordOf(value);
  return spoken === undefined ? bothOf(value) : { ...bothOf(value), spoken: bothOf(spoken) };
}

function listsOf(value: unknown): { zh: string[]; en: string[] } {
  const { zh, en } = recordOf(value);
  return { zh: wordsOf(zh), en: wordsOf(en) };
}

/** Changes the document of a text; a text that cannot be parsed comes back as it was. */
export function editText(yaml: string, change: (document: Document) => void): string {
  const document = parseDocument(yaml);
  if (document.errors.length > 0 || !isMap(document.contents)) return yaml;
  change(document);
  return document.toString({ lineWidth: 0 });
}

/** Sets a field of the flow, of a step or of a slot; undefined takes it away. */
export function setAt(document: Document, path: Path, value: unknown): void {
  if (value === undefined) {
    if (document.hasIn(path)) document.deleteIn(path);
  } else {
    document.setIn(path, typeof value === "object" ? document.createNode(value) : value);
  }
}

/** Place of a step or slot in its list; -1 where there is none of that name. */
export function placeOf(document: Document, list: "steps" | "slots", id: string): number {
  const items = document.get(list);
  return isSeq(items) ? items.items.findIndex((item) => isMap(item) && item.get("id") === id) : -1;
}

/** Sets one field of the step or slot of that name. */
export function setField(
  yaml: string,
  list: "steps" | "slots",
  id: string,
  path: Path,
  value: unknown,
): string {
  return editText(yaml, (document) => {
    const at = placeOf(document, list, id);
    if (at >= 0) setAt(document, [list, at, ...path], value);
  });
}

/** A name that no step or slot has: "say", "say-2". */
export function freeName(taken: readonly string[], base: string): string {
  if (!taken.includes(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.includes(`${base}-${number}`)) return `${base}-${number}`;
}

/** The line, from 1, on which a step or slot begins; null where it is not in the text. */
export function lineOf(yaml: string, list: "steps" | "slots", id: string): number | null {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  const at = placeOf(document, list, id);
  const node = at < 0 ? null : document.getIn([list, at], true);
  const start = (node as { range?: [number, number, number] } | null)?.range?.[0];
  return start === undefined ? null : lines.linePos(start).line;
}

/** Steps whose way leads to the step. */
export function leadingTo(flow: Flow, id: string): { step: FlowStep; path: (string | number)[] }[] {
  return flow.steps.flatMap((step) =>
    branchesOfStep(step)
      .filter(({ to }) => to === id)
      .map(({ path }) => ({ step, path })),
  );
}
