// Whether a value that was read is one that the slot accepts: its bounds, its length, before or after today.

import type { FlowSlot } from "../definition/flow.ts";
import type { FlowDeps, SlotValue } from "./flow-run.ts";

const longest = 500; // characters of a free text, unless the slot says less

/** True when the value keeps what its slot demands. A slot left out is for the caller to judge. */
export function fitsSlot(slot: FlowSlot, { value }: SlotValue, deps: FlowDeps): boolean {
  const { least = -Infinity, most = Infinity } = slot;
  if (value === null) return slot.isOptional;
  if (slot.type === "date") return isDayAllowed(slot, String(value), deps);
  if (typeof value === "number") return value >= least && value <= most;
  if (typeof value === "object") return value.amountMinor >= least * 100 && value.amountMinor <= most * 100;
  const length = [...value].length;
  return length >= Math.max(1, least) && length <= Math.min(longest, most);
}

function isDayAllowed({ when }: FlowSlot, day: string, { now, timeZone }: FlowDeps): boolean {
  if (when === undefined) return true;
  const zone = timeZone ?? "Asia/Shanghai";
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" }).format(now);
  return when === "today-or-later" ? day >= today : day <= today;
}
