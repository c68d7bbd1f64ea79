// The record as its contact may see it: their own lines, answers, and the few notices that concern them. Notes and the
// team's own notices never leave here. Called by channels for the first fetch and, by seq, for live events.
import type {
  ContactId,
  ConversationId,
  InboxId,
  Message,
  NoticeCode,
  UserId,
  VisitorMessage,
} from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { type NamedStatement, once } from "../platform/db/index.ts";
import { externalHash } from "./contacts/contact-seal.ts";
import { type ConversationRow, conversationColumns, recordOf } from "./conversation-store.ts";
import { type MessageRow, messageOf, readVisitorThreadStatement } from "./message-store.ts";
import type { ConversationRecord } from "./model.ts";
import { presentMessages } from "./present-messages.ts";
import { changeOfMindMs } from "./record-rating.ts";

export interface VisitorThread {
  /** Oldest first. */
  messages: VisitorMessage[];
  hasMore: boolean;
  /** The visitor's cursor: every event up to it is already in here. */
  eventSeq: number;
  conversation: ConversationRecord;
  /** Of the agent who has it, as they signed their last line; null before their first. */
  agentName: string | null;
  rated: number | null;
  canRate: boolean;
  /** Highest seq that any member of the team has read. */
  readSeq: number;
}

/** Page by message seq: newest `limit` before `beforeSeq` and after `afterSeq`. */
export interface VisitorPage {
  afterSeq?: number;
  beforeSeq?: number;
  limit?: number;
}

const visibleNotices = new Set<NoticeCode>([
  "handoff-queued",
  "agent-joined",
  "transferred",
  "returned-to-bot",
  "resolved",
  "reopened",
  "left-message",
  "queue-empty-hours",
  "bot-failed",
  "held-for-colleague",
]);

export const headStatement: NamedStatement = {
  name: "conversation-for-visitor",
  text: `select ${conversationColumns}, c.rating, c.rated_at, conversation_cursor($1, c.id) as event_seq,
      (select max(r.seq) from read_mark r where r.tenant_id = $1 and r.conversation_id = c.id) as team_read_seq
    from conversation c where c.tenant_id = $1 and c.id = $2`,
};
type HeadRow = ConversationRow & {
  rating: number | null;
  rated_at: Date | null;
  event_seq: number;
  team_read_seq: number | null;
};

const endOfThread = 2 ** 31 - 1;

/** null when the tenant has no such conversation. The caller has proved that the visitor is its contact. */
export async function presentForVisitor(
  ctx: Ctx,
  conversationId: ConversationId,
  page: VisitorPage = {},
): Promise<VisitorThread | null> {
  // the cursor first: what is written between the two reads is shown twice rather than never, and the client knows ids
  const [head] = await once<HeadRow>(ctx, headStatement, [ctx.tenantId, conversationId]);
  if (!head) return null;
  const limit = page.limit ?? 50;
  const rows = await once<MessageRow>(ctx, readVisitorThreadStatement, [
    ctx.tenantId,
    conversationId,
    page.beforeSeq ?? endOfThread,
    page.afterSeq ?? 0,
    limit + 1,
  ]);
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const messages = rows.slice(0, limit).map((row) => messageOf(vault, row));
  const isFresh = !head.rated_at || head.rated_at.getTime() > ctx.clock.nowMs() - changeOfMindMs;
  return {
    messages: messages.flatMap((message) => forVisitor(message) ?? []).reverse(),
    hasMore: rows.length > limit,
    eventSeq: head.event_seq,
    conversation: recordOf(head),
    agentName: nameOfAgent(messages, head.handler_agent_id),
    rated: head.rating,
    canRate: head.first_reply_at !== null && isFresh,
    readSeq: head.team_read_seq ?? 0,
  };
}

/** Messages named by seq, for live events; those a visitor may not see are left out. */
export async function presentMessagesForVisitor(
  ctx: Ctx,
  conversationId: ConversationId,
  seqs: readonly number[],
): Promise<VisitorMessage[]> {
  const messages = await presentMessages(
    ctx,
    seqs.map((seq) => ({ conversationId, seq })),
  );
  return messages.flatMap((message) => forVisitor(message) ?? []);
}

/** One message for its contact; null for what is the team's own. */
export function forVisitor(message: Message): VisitorMessage | null {
  const { content } = message;
  if (message.kind === "note") return null;
  if (content.kind === "notice" && !visibleNotices.has(content.code)) return null;
  return {
    id: message.id,
    seq: message.seq,
    from: message.author.kind === "contact" ? "me" : message.author.kind,
    name: message.author.name,
    content: content.kind === "notice" ? { ...content, values: publicValues(content.values) } : content,
    clientMessageId: message.author.kind === "contact" ? message.clientMessageId : null,
    status: message.delivery.status,
    at: message.createdAt,
  };
}

// who joined is the contact's business; which account, queue or disposition it was is not
function publicValues(values: Record<string, string | number>): Record<string, string | number> {
  return values.name === undefined ? {} : { name: values.name };
}

function nameOfAgent(newestFirst: readonly Message[], agentId: UserId | null): string | null {
  if (!agentId) return null;
  for (const { author, kind, content } of newestFirst) {
    if (kind === "outbound" && author.id === agentId && author.name) return author.name;
    if (content.kind === "notice" && content.values.agentId === agentId && content.values.name)
      return String(content.values.name);
  }
  return null;
}

export const findStatement: NamedStatement = {
  name: "conversation-of-identity",
  text: `select c.id as "conversationId", c.contact_id as "contactId" from identity i
    join conversation c on c.tenant_id = i.tenant_id and c.identity_id = i.id
    where i.tenant_id = $1 and i.inbox_id = $2 and i.external_hash = $3
    order by (c.status <> 'resolved') desc, c.created_at desc limit 1`,
};

/** The conversation a visitor continues: the open one, else the newest; null before their first message. */
export async function findVisitorConversation(
  ctx: Ctx,
  inboxId: InboxId,
  externalContactId: string,
): Promise<{ conversationId: ConversationId; contactId: ContactId } | null> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const hash = externalHash(vault, externalContactId);
  const [found] = await once<{ conversationId: ConversationId; contactId: ContactId }>(ctx, findStatement, [
    ctx.tenantId,
    inboxId,
    hash,
  ]);
  return found ?? null;
}
