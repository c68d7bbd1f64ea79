// Fills slots from one message: the one that was asked for first, then any other that is surely in it.

import type { Entity } from "@yingda/language";
import type { FlowSlot } from "../definition/flow.ts";
import { choicesOf, type Draft, note, own } from "./draft.ts";
import type { SlotValue } from "./flow-run.ts";
import { type Heard, type Reading, readSlot } from "./read-slot.ts";

/** The slot asked for, as heard; null when the message does not answer it. */
export function readAsked(draft: Draft, slot: FlowSlot, heard: Heard, last = false): Reading | null {
  const choices = choicesOf(draft, slot);
  return readSlot(slot, heard, { isAsked: true, last, choices, taken: new Set(), deps: draft.deps });
}

/** Fills every unfilled slot that the message surely holds. Out: how many. */
export function fillOthers(
  draft: Draft,
  heard: Heard,
  asked: string | null,
  used: readonly Entity[],
): number {
  const taken = new Set(used);
  let count = 0;
  for (const slot of draft.flow.slots) {
    const isOpen = slot.id !== asked && !slot.onlyWhenAsked && own(draft.run.slots, slot.id) === undefined;
    if (!isOpen) continue;
    const choices = choicesOf(draft, slot);
    const options = { isAsked: false, last: false, choices, taken, deps: draft.deps };
    const reading = readSlot(slot, heard, options);
    if (reading === null || reading.value.value === null) continue;
    fillSlot(draft, slot, reading);
    for (const entity of reading.used) taken.add(entity);
    count += 1;
  }
  return count;
}

/** Puts the product that the customer is known to have into a slot for one, where their words left it open. */
export function fillProduct(draft: Draft, product: SlotValue): void {
  const slot = draft.flow.slots.find(
    ({ id, reads, onlyWhenAsked }) =>
      reads === "product" && !onlyWhenAsked && own(draft.run.slots, id) === undefined,
  );
  if (slot !== undefined) fillSlot(draft, slot, { value: product, used: [] });
}

/** Puts a reading into its slot. */
export function fillSlot(draft: Draft, slot: FlowSlot, { value }: Reading): void {
  draft.run.slots[slot.id] = value;
  note(draft, "filled", { slot: slot.id });
}
