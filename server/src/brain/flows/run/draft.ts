// One call of `advance` while it is being worked out: a copy of the state that may be changed, and what has been decided
// so far. Lives for one call; every way of speaking, asking and ending goes through here.

import { fillBlanks, soleBlank } from "../definition/blanks.ts";
import type { Both, Flow, FlowChoice, FlowSlot, FlowStep, FlowWords } from "../definition/flow.ts";
import type {
  Ending,
  FlowAction,
  FlowDeps,
  FlowRun,
  FlowTrace,
  HandOverReason,
  Offer,
  ResultValue,
  SlotValue,
} from "./flow-run.ts";
import type { Choosable } from "./read-choice.ts";
import { plain, showValue } from "./show-value.ts";
import { words } from "./words.ts";

export interface Draft {
  flow: Flow;
  run: FlowRun;
  deps: FlowDeps;
  actions: FlowAction[];
  trace: FlowTrace[];
  isOver: boolean;
}

export type Choice = Choosable & { label: SlotValue["shown"] };

export function note(draft: Draft, code: string, values: FlowTrace["values"] = {}): void {
  draft.trace.push({ step: draft.run.step, code, values });
}

export function stepNamed(flow: Flow, id: string): FlowStep | undefined {
  return flow.steps.find((step) => step.id === id);
}

export function slotNamed(flow: Flow, id: string): FlowSlot | undefined {
  return flow.slots.find((slot) => slot.id === id);
}

/** Own property or undefined: names come from files, and "constructor" is no slot. */
export function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** The value behind a name: a slot, or a result and its field. Null where nothing is known. */
export function valueNamed({ run }: Draft, name: string): ResultValue | null {
  const [first = "", field] = name.split(".");
  if (field === undefined) return own(run.slots, first)?.value ?? null;
  const result = own(run.results, first);
  return (result && own(result, field)) ?? null;
}

function shownNamed(draft: Draft, name: string, locale: "zh" | "en"): string | null {
  const shown = name.includes(".")
    ? showValue(valueNamed(draft, name), draft.deps.timeZone ?? "Asia/Shanghai")
    : own(draft.run.slots, name)?.shown;
  return shown?.[locale] ?? null;
}

/** A text of the flow in the customer's language with its blanks filled; null when one cannot be. */
export function filled(draft: Draft, text: Both): string | null {
  const { locale } = draft.run;
  const result = fillBlanks(text[locale], (name) => shownNamed(draft, name, locale));
  if ("text" in result) return result.text;
  note(draft, "unfilled-blank", { blank: result.unfilled });
  return null;
}

/** A text with its blanks as a slot's value: for `set`. */
export function filledValue(draft: Draft, text: string): SlotValue | null {
  const name = soleBlank(text);
  const isSlot = name !== null && !name.includes(".");
  if (isSlot) return own(draft.run.slots, name) ?? null;
  const zh = fillBlanks(text, (each) => shownNamed(draft, each, "zh"));
  const en = fillBlanks(text, (each) => shownNamed(draft, each, "en"));
  if (!("text" in zh) || !("text" in en)) return null;
  const value = name === null ? zh.text : valueNamed(draft, name);
  if (value === null || typeof value === "boolean" || Array.isArray(value)) return null;
  return { value, shown: { zh: zh.text, en: en.text } };
}

/** A tool's input: a lone blank keeps its type, and an input whose blank is unfilled is left out. */
export function filledInput(draft: Draft, input: Record<string, string>): Record<string, unknown> {
  const entries = Object.entries(input).flatMap(([field, text]): [string, unknown][] => {
    const name = soleBlank(text);
    if (name !== null) {
      const value = valueNamed(draft, name);
      return value === null || value === "" ? [] : [[field, value]];
    }
    const result = fillBlanks(text, (each) => {
      const value = valueNamed(draft, each);
      return value === null || typeof value === "object" ? shownNamed(draft, each, "zh") : String(value);
    });
    return "text" in result ? [[field, result.text]] : [];
  });
  return Object.fromEntries(entries);
}

/** Says a flow's words. False when a blank cannot be filled: then nothing is said. */
export function say(draft: Draft, text: FlowWords, offers: Offer[] = []): boolean {
  const written = filled(draft, text);
  if (written === null || written === "") return false;
  const aloud = text.spoken === undefined ? written : (filled(draft, text.spoken) ?? written);
  sayPlain(draft, written, aloud, offers);
  return true;
}

/** Says a text that is ready; the choices follow it in words for the phone. */
export function sayPlain(draft: Draft, text: string, aloud = text, offers: Offer[] = []): void {
  const { locale } = draft.run;
  const keys = offers.map(({ label }, at) => words[locale].press(at + 1, label));
  const spoken = [aloud, keys.join(locale === "zh" ? "，" : ", ")].filter((part) => part !== "").join(" ");
  draft.actions.push({ kind: "say", text, spoken, choices: offers });
}

/** Everything a slot may be, from the flow or from a lookup. */
export function choicesOf(draft: Draft, slot: FlowSlot): Choice[] {
  if (slot.type !== "choice") return [];
  if (slot.choicesFrom === undefined) return slot.choices.map(asChoice);
  const list = valueNamed(draft, slot.choicesFrom);
  if (!Array.isArray(list)) return [];
  return list.map(({ value, label }) => ({ value, words: [label, value], label: plain(label) }));
}

export function asChoice({ value, label, phrases }: FlowChoice): Choice {
  const all = [label.zh, label.en, value, ...(phrases?.zh ?? []), ...(phrases?.en ?? [])];
  return { value, words: all.filter((word) => word !== ""), label };
}

/** Waits for the customer: a timer runs until they answer. */
export function waitForCustomer(draft: Draft, kind: "answer" | "confirmation"): void {
  draft.run.waitingFor = { kind };
  setTimer(draft, draft.flow.idleSeconds);
}

export function setTimer(draft: Draft, seconds: number): void {
  draft.run.timer += 1;
  draft.actions.push({ kind: "set-timer", timerId: draft.run.timer, seconds });
}

export function end(draft: Draft, outcome: Ending): void {
  draft.actions.push({ kind: "ended", outcome });
  draft.isOver = true;
  note(draft, "ended", { outcome });
}

/** Gives the run to a person, with everything that was gathered. `step` has its own words, queue and summary. */
export function handOver(draft: Draft, reason: HandOverReason, text: string, step?: FlowStep): void {
  const own = step?.kind === "hand-over" ? step : null;
  const pending = draft.run.waitingFor.kind === "tool" ? stepNamed(draft.flow, draft.run.step) : undefined;
  if (pending?.kind === "do" && reason !== "step") draft.run.uncertain.push(pending.id);
  draft.actions.push({
    kind: "hand-over",
    reason,
    queue: own?.queue ?? null,
    skills: own?.skills ?? [],
    summary: summaryOf(draft, own?.summary),
    text: (own && filled(draft, own.words)) || text,
  });
  note(draft, "hand-over", { reason });
  end(draft, "handed-over");
}

/** What a person needs to go on: the author's sentence, every slot by its name, what was done, where it stopped. */
export function summaryOf(draft: Draft, text?: Both): string {
  const { flow, run } = draft;
  const say = words[run.locale];
  const lines = [text === undefined ? null : filled(draft, text)];
  if (!lines[0]) lines[0] = say.summary(flow.name[run.locale]);
  for (const slot of flow.slots) {
    const value = own(run.slots, slot.id);
    if (value !== undefined && value.value !== null)
      lines.push(`${slot.label[run.locale]}${say.colon}${value.shown[run.locale]}`);
  }
  if (run.done.length > 0) lines.push(`${say.done}${say.colon}${run.done.join(", ")}`);
  if (run.uncertain.length > 0) lines.push(`${say.uncertain}${say.colon}${run.uncertain.join(", ")}`);
  lines.push(`${say.stoppedAt}${say.colon}${run.step}`);
  return lines.join("\n");
}
