// The contact gives up waiting: the conversation ends as abandoned and the wait is counted as such. Called by the web
// channel through app.ts.
import type { ConversationId } from "@yingda/contract";
import { applyTransition } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { leaveEntry } from "./leave-entry.ts";

/** "not-waiting": somebody had taken it, or it was never queued; nothing was changed. */
export async function leaveQueue(ctx: Ctx, conversationId: ConversationId): Promise<"left" | "not-waiting"> {
  return transact(ctx, async (tx) => {
    const applied = await applyTransition(ctx, tx, conversationId, { kind: "abandon", at: ctx.clock.now() });
    if (applied.kind === "refused") return "not-waiting";
    await leaveEntry(ctx, tx, conversationId, { ended: "abandoned", takenBy: null });
    return "left";
  });
}
