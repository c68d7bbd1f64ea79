// Messages as the workbench sees them: pages of a thread, and single ones for realtime (from memory where this
// process has just written them).
import type { ConversationId, Message } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { once } from "../platform/db/index.ts";
import { accessConversation } from "./access.ts";
import { type MessageRow, messageOf, readMessagesStatement, readThreadStatement } from "./message-store.ts";
import { recentMessages } from "./recent-messages.ts";

const endOfThread = 2 ** 31 - 1;

/** A page, oldest first; `before` (a seq) pages back. @throws conversation/not-found, auth/not-allowed. */
export async function getThread(
  ctx: Ctx,
  conversationId: ConversationId,
  page: { before?: number | undefined; limit?: number | undefined } = {},
): Promise<{ messages: Message[]; hasMore: boolean }> {
  await accessConversation(ctx, conversationId);
  const limit = page.limit ?? 50;
  const before = Math.min(page.before ?? endOfThread, endOfThread);
  const rows = await once<MessageRow>(ctx, readThreadStatement, [
    ctx.tenantId,
    conversationId,
    before,
    limit + 1,
  ]);
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const messages = rows.slice(0, limit).map((row) => messageOf(vault, row));
  return { messages: messages.reverse(), hasMore: rows.length > limit };
}

export interface MessageRef {
  conversationId: ConversationId;
  seq: number;
}

/** Named messages as they are now, in the order of `refs`; unknown ones are left out. For realtime: asks no permission. */
export async function presentMessages(ctx: Ctx, refs: readonly MessageRef[]): Promise<Message[]> {
  const recent = recentMessages(ctx);
  const nowMs = ctx.clock.nowMs();
  const found = new Map<string, Message>();
  const missing: MessageRef[] = [];
  for (const ref of refs) {
    const message = recent.get(ctx.tenantId, ref.conversationId, ref.seq, nowMs);
    if (message) found.set(keyOf(ref), message);
    else missing.push(ref);
  }
  if (missing.length > 0) {
    const rows = await once<MessageRow>(ctx, readMessagesStatement, [
      ctx.tenantId,
      missing.map(({ conversationId }) => conversationId),
      missing.map(({ seq }) => seq),
    ]);
    const vault = await ctx.vault.forTenant(ctx.tenantId);
    for (const row of rows) {
      const message = messageOf(vault, row);
      found.set(keyOf(message), message);
    }
  }
  return refs.flatMap((ref) => found.get(keyOf(ref)) ?? []);
}

function keyOf(ref: MessageRef): string {
  return `${ref.conversationId}:${ref.seq}`;
}
