// Hourly: a conversation with the bot that has been quiet for a day ends. Whoever was answered and asked nothing more is
// assumed to be served; whoever was not answered has gone. Writes again within the inbox's window: it is opened again, and
// what was assumed is taken back (conversations/resolution).

import type { ConversationId } from "@yingda/contract";
import { applyTransition, findQuiet, lockConversation } from "../conversations/index.ts";
import { makeCtx, type Services } from "../platform/context.ts";
import { type Tx, transact } from "../platform/db/index.ts";
import { isQuestionOpen } from "./ask-colleague/question-store.ts";
import { isFlowDue } from "./turn-store.ts";

/** Ms without a word from anybody. */
export const quietMs = 86_400_000;
const most = 500;

/** Number of conversations that ended, over all tenants; at most 500 a time. */
export async function settleQuiet(services: Services): Promise<number> {
  const at = services.clock.now();
  const before = new Date(at.getTime() - quietMs);
  const quiet = await services.db.system((tx) => findQuiet(tx, before, most));
  let ended = 0;
  for (const { tenantId, conversationId } of quiet) {
    const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "turns" } });
    await transact(ctx, async (tx) => {
      const record = await lockConversation(tx, conversationId);
      // somebody has written or taken it meanwhile
      if (record?.handler.kind !== "bot" || record.lastMessageAt >= before) return;
      // what the contact was promised still comes, or the conversation is handed over
      if (await isQuestionOpen(tx, ctx.tenantId, conversationId)) return;
      if (await isFlowDue(tx, conversationId)) return;
      const disposition = (await wasAnswered(tx, conversationId)) ? "answered-by-bot" : "no-reply";
      const event = { kind: "resolve", disposition, by: "system", at } as const;
      const applied = await applyTransition(ctx, tx, conversationId, event);
      if (applied.kind !== "refused") ended += 1;
    }).catch((error: unknown) =>
      ctx.log.error({ err: error, conversationId }, "quiet conversation not ended"),
    );
  }
  return ended;
}

async function wasAnswered(tx: Tx, conversationId: ConversationId): Promise<boolean> {
  const { answers } = await tx.one<{ answers: number }>(
    `select count(*)::int as answers from turn_trace
     where conversation_id = $1 and outcome in ('answer', 'flow')`,
    [conversationId],
  );
  return answers > 0;
}
