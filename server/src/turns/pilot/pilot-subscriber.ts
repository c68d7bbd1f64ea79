// Hears what the trial is about: lines whose draft is asked for, what agents send, conversations that are passed on or end. A
// lane of its own with few hands, so that deciding beside people never holds up an answer to a customer.
import type { Subscriber } from "../../platform/outbox/index.ts";
import type { Brain } from "../ask-brain.ts";
import { settleByEnd, settleByMessage, settleByTransfer } from "./settle-draft.ts";
import { writeDraft } from "./write-draft.ts";

type PilotKinds =
  | "draft-asked"
  | "message-queued"
  | "conversation-assigned"
  | "conversation-queued"
  | "conversation-resolved";

const concurrency = 4;

export function pilotSubscriber(brain: Brain): Subscriber<PilotKinds> {
  return {
    name: "pilot",
    kinds: [
      "draft-asked",
      "message-queued",
      "conversation-assigned",
      "conversation-queued",
      "conversation-resolved",
    ],
    concurrency,
    wants(event) {
      switch (event.kind) {
        case "message-queued":
          return event.payload.author === "agent";
        case "conversation-assigned":
          return event.payload.by === "transfer";
        case "conversation-queued":
          return event.payload.reason === "agent-transfer";
        default:
          return true;
      }
    },
    async handle(given, event, done) {
      const ctx = { ...given, actor: { kind: "bot" } as const };
      switch (event.kind) {
        case "draft-asked":
          return writeDraft(ctx, brain, event.payload, done);
        case "message-queued":
          return settleByMessage(ctx, event.payload, event.message, done);
        case "conversation-assigned":
        case "conversation-queued":
          return settleByTransfer(ctx, event.payload.conversationId, done);
        case "conversation-resolved":
          return settleByEnd(ctx, event.payload.conversationId, done);
        default:
          event satisfies never;
      }
    },
  };
}
