// What follows from a transition: the notice that stands in the thread and the domain events others wait for. Pure.
// Used by apply-transition.ts; receive_message and append_message write the same in SQL for the two hottest events.
import type { ConversationId, NewEvent, Notice, NoticeCode } from "@yingda/contract";
import type { ConversationEvent, ConversationRecord } from "./model.ts";

export type AssignedBy = "offer" | "claim" | "transfer" | "reply";

/** The line that the thread shows for this event; null when the thread says it by itself. */
export function noticeOf(event: ConversationEvent): Notice | null {
  switch (event.kind) {
    case "inbound":
    case "wake":
      return null;
    case "answer":
      return event.by === "agent" ? agentJoined(event.agentId, event.agentName) : null;
    case "handoff":
      return notice("handoff-queued", { reason: event.reason });
    case "left-message":
      return notice("left-message", {});
    case "accept":
    case "claim":
      return agentJoined(event.agentId, event.agentName);
    case "transfer":
      return "agentId" in event.to
        ? notice("transferred", named(event.to.agentId, event.to.agentName))
        : notice("transferred", { queueId: event.to.queueId });
    case "move-queue":
      return notice("queue-moved", { from: event.from.name, to: event.to.name, why: event.why });
    case "return":
      return notice("returned-to-bot", {});
    case "resolve":
      return notice("resolved", { disposition: event.disposition, by: event.by });
    case "reopen":
      return notice("reopened", {});
    case "snooze":
      return notice("snoozed", { until: event.until.toISOString() });
    case "abandon":
      return notice("abandoned", {});
    default:
      return event satisfies never;
  }
}

/** "Wei has joined": said when an agent takes a conversation, also by answering. */
export function agentJoined(agentId: string, name: string | null): Notice {
  return notice("agent-joined", named(agentId, name));
}

/** The domain events of a change from `before` to `after`; empty when nothing changed. */
export function eventsOf(
  before: ConversationRecord,
  event: Exclude<ConversationEvent, { kind: "inbound" | "answer" }>,
  after: ConversationRecord,
  assignedBy?: AssignedBy,
): NewEvent[] {
  if (before === after) return [];
  const at = { conversationId: after.id, version: after.version };
  switch (event.kind) {
    case "handoff":
      return [queued(after, event.reason)];
    case "left-message":
      return [queued(after, "left-message")];
    case "accept":
      return [assigned(after, assignedBy ?? "offer")];
    case "claim":
      return [assigned(after, assignedBy ?? "claim")];
    case "transfer":
      return [after.handler.kind === "queue" ? queued(after, "agent-transfer") : assigned(after, "transfer")];
    case "move-queue":
      return [queued(after, after.handoff?.reason ?? "agent-transfer")];
    case "return":
      return [{ kind: "conversation-returned", payload: at }];
    case "resolve":
      return [
        {
          kind: "conversation-resolved",
          payload: { ...at, disposition: event.disposition, by: event.by },
        },
      ];
    case "reopen": {
      const reopened: NewEvent = { kind: "conversation-reopened", payload: at };
      return after.handler.kind === "agent" ? [reopened, assigned(after, "claim")] : [reopened];
    }
    case "snooze":
    case "wake":
      return [{ kind: "conversation-changed", payload: { ...at, changed: ["status"] } }];
    case "abandon": {
      const since = before.handoff?.at ?? before.waitingSinceAt ?? event.at;
      const waitedMs = Math.max(0, event.at.getTime() - since.getTime());
      return [{ kind: "conversation-abandoned", payload: { ...at, waitedMs } }];
    }
    default:
      return event satisfies never;
  }
}

function queued(
  { id, version, handler }: ConversationRecord,
  reason: Extract<NewEvent, { kind: "conversation-queued" }>["payload"]["reason"],
): NewEvent {
  if (handler.kind !== "queue") throw new Error("a queued conversation has a queue");
  return {
    kind: "conversation-queued",
    payload: { conversationId: id, queueId: handler.queueId, reason, version },
  };
}

function assigned(
  { id, version, handler }: { id: ConversationId; version: number; handler: ConversationRecord["handler"] },
  by: AssignedBy,
): NewEvent {
  if (handler.kind !== "agent") throw new Error("an assigned conversation has an agent");
  return {
    kind: "conversation-assigned",
    payload: { conversationId: id, agentId: handler.agentId, by, version },
  };
}

function named(agentId: string, name: string | null): Notice["values"] {
  return name === null ? { agentId } : { agentId, name };
}

function notice(code: NoticeCode, values: Notice["values"]): Notice {
  return { kind: "notice", code, values };
}
