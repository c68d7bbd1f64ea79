// What was said in the past, for those who look back: has the bot spoken here, and what did contacts ask lately. Asks no
// permission of its own; whoever shows it to a person does.
import { type ConversationId, type InboxId, type MessageId, textOf } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { type MessageRow, messageColumns, messageOf } from "./message-store.ts";

/** Whether the bot has said anything in this conversation. Asked of long conversations only. */
export async function hasBotSpoken(ctx: Ctx, conversationId: ConversationId): Promise<boolean> {
  const { found } = await transact(ctx, (tx) =>
    tx.one<{ found: boolean }>(
      `select exists (select from message where tenant_id = $1 and conversation_id = $2 and author_kind = 'bot') as found`,
      [ctx.tenantId, conversationId],
    ),
  );
  return found;
}

export interface PastQuestion {
  messageId: MessageId;
  conversationId: ConversationId;
  text: string;
  at: Date;
}

/** Longer than this nobody reads in a list, and it is no question. */
const longestQuestion = 500;
const mostRead = 200;

/**
 * In:  one inbox; null: all. `before`: older than this message; null: from the newest. Ids grow with time.
 * Out: typed lines of contacts, newest first, at most `limit` (100); `next`: where to go on, null at the end.
 */
export async function pastQuestions(
  ctx: Ctx,
  inboxId: InboxId | null,
  before: MessageId | null,
  limit: number,
): Promise<{ questions: PastQuestion[]; next: MessageId | null }> {
  const rows = await transact(ctx, (tx) =>
    tx.rows<MessageRow>(
      `select ${messageColumns} from message m
       where m.tenant_id = $1 and m.kind = 'inbound' and ($2::uuid is null or m.inbox_id = $2)
         and ($3::uuid is null or m.id < $3)
       order by m.id desc limit $4`,
      [ctx.tenantId, inboxId, before, mostRead],
    ),
  );
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const questions: PastQuestion[] = [];
  for (const row of rows) {
    const { id, conversationId, content, createdAt } = messageOf(vault, row);
    if (content.kind === "text")
      questions.push({
        messageId: id,
        conversationId,
        text: textOf(content).slice(0, longestQuestion),
        at: new Date(createdAt),
      });
    if (questions.length >= limit) return { questions, next: id };
  }
  return { questions, next: rows.length === mostRead ? (rows.at(-1)?.id ?? null) : null };
}

export { findPast, type PastConversation, readPast } from "./past-conversations.ts";
