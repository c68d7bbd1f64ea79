// "不对，是黑色", "no, the other order": a slot that was filled before gets another value, or is asked again. Finds which
// slot is meant; `rewind` takes the run back to where that slot was asked, so that nothing rests on the old value.

import { unifyCharacters } from "@yingda/language";
import { blanksIn } from "../definition/blanks.ts";
import type { FlowSlot, FlowStep } from "../definition/flow.ts";
import { type Choice, choicesOf, type Draft, note, own, slotNamed, stepNamed } from "./draft.ts";
import type { SlotValue } from "./flow-run.ts";
import { type Heard, type ReadOptions, readSlot } from "./read-slot.ts";
import { isSkip, readYesNo } from "./yes-no.ts";

/** Certainly about something said before. */
const hard =
  /(?:^|[,，。;；!！] ?)(?:(?:哦|啊|呃|嗯|等等|等一下|等下|抱歉|不好意思|对不起)[，,。 ]{0,2})?(?:不对|不是|错了|搞错|说错|打错|写错|弄错|我(?:说|打|写|搞|弄)错|更正)|(?:说|打|写|搞|弄|填)错了|(?:^|[,.;!] )(?:(?:oh|um|ah|hm)[,. ]{1,2})?(?:no[,.! ]|nope[,. ]|sorry[,. ]|wait[,. ]|actually\b|oops\b|i meant\b|my mistake|that's (?:wrong|not right)|not that|correction\b)/u;
/** Perhaps: an address may be "changed to" because that is what the flow asks. */
const soft =
  /改成|改为|改到|改一下|改约|换成|换到|应该是|还是要|\binstead\b|\bchange (?:it|that|the|my)\b|\bmake (?:it|that)\b|\bi meant\b|\bshould be\b|\brather\b/u;
const other =
  /另外?(?:一)?[个件单笔条]|另一|别的|其他|换(?:一)?[个件单笔]|[^没]错|错误|\bother\b|\banother\b|\bdifferent\b|\bwrong\b/u;
const shortFiller = /[\s,，。.!！~吧啊呀哦的了我要选用是it'sthe]+/gu;

export interface Correction {
  slot: FlowSlot;
  /** Null: it was called wrong without a new value. */
  value: SlotValue | null;
}

/**
 * The correction in what was said, or null. `isAnswered` says that the question now open takes these words as its answer:
 * then only a certain correction counts. `isConfirming` lets a bare new value ("黑色") correct.
 */
export function findCorrection(
  draft: Draft,
  heard: Heard,
  { isAnswered, isConfirming }: { isAnswered: boolean; isConfirming: boolean },
): Correction | null {
  const said = unifyCharacters(heard.text);
  const isHard = hard.test(said);
  const isSoft = !isAnswered && soft.test(said);
  if (!isHard && !isSoft && !isConfirming) return null;
  const asked = askedSlot(draft);
  // one that was left out ("没有") is corrected, too, once the customer has found it
  const candidates = draft.flow.slots
    .filter(({ id }) => own(draft.run.slots, id) !== undefined && id !== asked?.id)
    .reverse();
  const named = candidates.filter((slot) => isNamed(slot, said));
  for (const slot of [...named, ...candidates.filter((each) => !named.includes(each))]) {
    const isThis = named.includes(slot);
    const value = newValue(draft, slot, heard, isThis && (isHard || isSoft));
    if (value !== null && (isHard || isSoft || isThis || isBare(slot, heard, value))) return { slot, value };
  }
  const wrong = named.find(({ id }) => own(draft.run.slots, id)?.value != null);
  return wrong !== undefined && (isHard || isSoft) && other.test(said)
    ? { slot: wrong, value: theOther(draft, wrong) }
    : null;
}

function askedSlot({ flow, run }: Draft): FlowSlot | undefined {
  const step = stepNamed(flow, run.step);
  return step?.kind === "ask" && run.waitingFor.kind === "answer" ? slotNamed(flow, step.slot) : undefined;
}

function isNamed({ label, names }: FlowSlot, said: string): boolean {
  return [label.zh, label.en, ...(names?.zh ?? []), ...(names?.en ?? [])]
    .map(unifyCharacters)
    .some((name) => name !== "" && said.includes(name));
}

/** A value that differs from the present one. A slot that was named reads what stands behind its name. */
function newValue(draft: Draft, slot: FlowSlot, heard: Heard, isNamedSlot: boolean): SlotValue | null {
  const choices = choicesOf(draft, slot);
  const options: ReadOptions = { isAsked: false, last: true, choices, taken: new Set(), deps: draft.deps };
  const sure = readSlot(slot, heard, options)?.value ?? null;
  const value = sure ?? (isNamedSlot ? readBehindName(slot, heard, options) : null);
  const present = own(draft.run.slots, slot.id);
  const isSame = JSON.stringify(value?.value) === JSON.stringify(present?.value);
  return value === null || isSame || isNegatedOnly(heard, value) ? null : value;
}

/** "名字是李四": the words behind the name and its verb, read as an answer. */
function readBehindName(slot: FlowSlot, heard: Heard, options: ReadOptions): SlotValue | null {
  const text = heard.text.toLowerCase();
  const names = [slot.label.zh, slot.label.en, ...(slot.names?.zh ?? []), ...(slot.names?.en ?? [])]
    .filter((name) => name !== "")
    .map((name) => name.toLowerCase());
  const ends = names.map((name) => (text.includes(name) ? text.lastIndexOf(name) + name.length : -1));
  const rest = heard.text.slice(Math.max(0, ...ends));
  const verb = /^[\s,，]*(?:应该)?(?:是|改成|改为|改到|换成|为|：|:|is|to|should be|as)\s*/iu.exec(rest);
  if (verb === null) return null;
  const behind = rest.slice(verb[0].length).trim();
  if (behind === "" || isSkip(behind) || readYesNo(behind) !== null) return null;
  return (
    readSlot(slot, { text: behind, entities: [], photos: [] }, { ...options, isAsked: true })?.value ?? null
  );
}

/** "不是白色" names what it is not. */
function isNegatedOnly({ text }: Heard, { shown }: SlotValue): boolean {
  const at = Math.max(text.lastIndexOf(shown.zh), text.toLowerCase().lastIndexOf(shown.en.toLowerCase()));
  return at >= 0 && /(?:不是|不要|not|isn't)\s*(?:the\s+)?$/iu.test(text.slice(0, at));
}

/** Nothing was said but the value itself. */
function isBare(slot: FlowSlot, heard: Heard, { shown, value }: SlotValue): boolean {
  if (slot.type === "text" || slot.type === "yes-no") return false;
  const said = heard.entities.map(({ text }) => text);
  const rest = [...said, shown.zh, shown.en, String(value)]
    .sort((a, b) => b.length - a.length)
    .reduce((text, part) => text.replace(part, ""), heard.text);
  return rest.replace(shortFiller, "") === "";
}

/** With two choices, "the other one" is the one that it is not. */
function theOther(draft: Draft, slot: FlowSlot): SlotValue | null {
  const choices: Choice[] = choicesOf(draft, slot);
  const [another] = choices.filter(({ value }) => value !== own(draft.run.slots, slot.id)?.value);
  return choices.length === 2 && another !== undefined
    ? { value: another.value, shown: another.label }
    : null;
}

/**
 * Puts the new value in and takes the run back to the first step that used the slot: results and choices that came after
 * are forgotten, what the customer told stays.
 * Out: the step to walk from, null when nothing used the slot yet, or "too-late" when the world was changed since (the
 * slot is then left as it was).
 */
export function rewind(draft: Draft, { slot, value }: Correction): string | null | "too-late" {
  const { flow, run } = draft;
  const at = run.path.findIndex((id) => isUsing(stepNamed(flow, id), slot.id));
  const since = at < 0 ? [] : run.path.slice(at);
  if (since.some((id) => run.done.includes(id) || run.uncertain.includes(id))) return "too-late";
  note(draft, "corrected", { slot: slot.id, to: value === null ? "" : value.shown[run.locale].slice(0, 60) });
  if (value === null) delete run.slots[slot.id];
  else run.slots[slot.id] = value;
  delete run.asked[slot.id];
  const [first] = since;
  if (first === undefined) return null;
  for (const id of since) forget(draft, id);
  const step = stepNamed(flow, first);
  const isPassed = step?.kind === "ask" && value !== null; // also one that asks anew: it has its answer
  run.path = run.path.slice(0, isPassed ? at + 1 : at);
  return isPassed ? (step.next ?? null) : first;
}

function isUsing(step: FlowStep | undefined, slot: string): boolean {
  switch (step?.kind) {
    case "ask":
      return step.slot === slot;
    case "condition":
      return step.value === slot;
    case "lookup":
    case "do":
      return Object.values(step.input).some((text) => blanksIn(text).includes(slot));
    case "set":
      return blanksIn(step.value).includes(slot);
    default:
      return false;
  }
}

function forget({ flow, run }: Draft, id: string): void {
  const step = stepNamed(flow, id);
  if (step?.kind === "choose") delete run.asked[id];
  if (step?.kind !== "lookup") return;
  delete run.results[step.saveAs];
  for (const { id: slot, choicesFrom } of flow.slots)
    if (choicesFrom?.startsWith(`${step.saveAs}.`)) {
      delete run.slots[slot];
      delete run.asked[slot];
    }
}
