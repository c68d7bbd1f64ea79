// Whether so many wait for a person that the bot should do more by itself. It begins above the owner's limits and ends well
// below them, so that it does not flicker with every conversation that is taken. Kept per process: a server that has just
// started judges by the limits alone.
import type { BotBehaviour, InboxId } from "@yingda/contract";
import type { Availability } from "../../routing/index.ts";

type Limits = BotBehaviour["peak"];
type Line = Pick<Availability, "availability" | "place" | "expectedWaitSeconds">;

/** Peak ends where both are at or below this share of the limits. */
const endsAtShare = 0.5;
const mostKept = 5_000;
const peaks = new WeakMap<object, Map<InboxId, boolean>>();

/** Pure: from what was, to what is. */
export function judgePeak(was: boolean, line: Line, { isOn, longerThan, waitMinutes }: Limits): boolean {
  if (!isOn || line.availability === "closed" || line.availability === "nobody") return false;
  const waiting = Math.max(0, (line.place ?? 1) - 1);
  const waitSeconds = line.expectedWaitSeconds ?? 0;
  const share = was ? endsAtShare : 1;
  return waiting > longerThan * share || waitSeconds > waitMinutes * 60 * share;
}

/** The same with what this process remembers; `owner` is the database handle. */
export function isPeak(owner: object, inboxId: InboxId, line: Line, limits: Limits): boolean {
  const known = peaks.get(owner) ?? new Map<InboxId, boolean>();
  peaks.set(owner, known);
  const is = judgePeak(known.get(inboxId) ?? false, line, limits);
  if (known.size >= mostKept) known.clear();
  known.set(inboxId, is);
  return is;
}
