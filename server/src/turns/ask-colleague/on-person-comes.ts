// A person has the conversation, or has ended it: the bot's question is withdrawn, for they see the dialogue themselves. The
// contact who says "solved" ends nothing here: what they were promised still comes.
import { transact } from "../../platform/db/index.ts";
import type { Subscriber } from "../../platform/outbox/index.ts";
import { tellChange } from "./put-question.ts";
import { withdrawOpen } from "./question-store.ts";

type Kind = "conversation-queued" | "conversation-assigned" | "conversation-resolved";

export const colleagueSubscriber: Subscriber<Kind> = {
  name: "colleague-questions",
  kinds: ["conversation-queued", "conversation-assigned", "conversation-resolved"],
  wants: (event) => event.kind !== "conversation-resolved" || event.payload.by === "agent",
  async handle(ctx, event, done) {
    const { conversationId } = event.payload;
    await transact(ctx, async (tx) => {
      const withdrawn = await withdrawOpen(tx, ctx.tenantId, conversationId, ctx.clock.now());
      if (withdrawn) await tellChange(ctx, tx, conversationId, withdrawn.id, "withdrawn");
      await done(tx);
    });
  },
};
