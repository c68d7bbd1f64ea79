// Whether the bot answers a conversation at all: switched on, its working hours, the part of a trial it belongs to. Pure.
import type { BotBehaviour, ConversationId, HandoffAvailability } from "@yingda/contract";

/** off: everything goes to a person. drafts: it goes to a person, and the bot suggests what to say. answers: the bot does. */
export type Duty = "off" | "drafts" | "answers";

export type DutyFacts = {
  isOn: boolean;
  behaviour: Pick<BotBehaviour, "hours" | "pilot">;
  availability: HandoffAvailability;
  conversationId: ConversationId;
};

export function dutyOf({ isOn, behaviour, availability, conversationId }: DutyFacts): Duty {
  if (!isOn) return "off";
  const isClosed = availability === "closed";
  const { hours, pilot } = behaviour;
  if (hours === "off-hours" && !isClosed) return "off";
  if (hours === "open-hours" && isClosed) return "off";
  switch (pilot.mode) {
    case "all":
      return "answers";
    case "off":
      return "off";
    case "suggest":
    case "named":
      return "drafts";
    case "off-hours":
      return isClosed ? "answers" : "drafts";
    case "share":
      return isInShare(conversationId, pilot.percent) ? "answers" : "drafts";
    default:
      return pilot.mode satisfies never;
  }
}

/** The same conversation is always on the same side; raising the share only adds conversations. */
export function isInShare(conversationId: ConversationId, percent: number): boolean {
  return placeOf(conversationId) < percent;
}

/** 0 to 99, evenly spread: FNV-1a over the id, whose first half is the time and would not spread. */
function placeOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) {
    hash ^= id.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return (hash >>> 8) % 100;
}
