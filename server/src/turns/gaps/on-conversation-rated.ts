// A conversation rated badly: the last answer from an FAQ in it did not do, and its question becomes part of a gap.

import { transact } from "../../platform/db/index.ts";
import type { Subscriber } from "../../platform/outbox/index.ts";
import { linesBefore } from "./asked-lines.ts";
import { readThread } from "./collect-gaps.ts";
import { insertQuestion, lastFaqAnswer, textPlace } from "./gap-store.ts";

/** Of five. */
const badScore = 2;

export const gapSubscriber: Subscriber<"conversation-rated"> = {
  name: "gaps",
  kinds: ["conversation-rated"],
  async handle(ctx, event, done) {
    const { conversationId, score } = event.payload;
    if (score > badScore) {
      await transact(ctx, done);
      return;
    }
    const answer = await transact(ctx, (tx) => lastFaqAnswer(tx, ctx.tenantId, conversationId));
    const thread = answer === undefined ? null : await readThread(ctx, conversationId);
    const vault = await ctx.vault.forTenant(ctx.tenantId);
    await transact(ctx, async (tx) => {
      if (answer !== undefined && thread !== null) {
        const { message_id: messageId, faq_slug: faq } = answer;
        const text = linesBefore(thread.messages, messageId);
        const sealedText = vault.seal(textPlace(messageId), text);
        const { channel } = thread;
        if (text !== "")
          await insertQuestion(tx, ctx.tenantId, {
            messageId,
            conversationId,
            reason: "rated",
            faq,
            channel,
            sealedText,
            at: ctx.clock.now(),
          });
      }
      await done(tx);
    });
  },
};
