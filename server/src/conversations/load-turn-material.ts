// Everything a turn needs of the record in one round trip: the conversation, its contact, the lines since the last
// answer and a little of what was said before. Called by turns, many times a second.
import type { Channel, ContactId, ConversationId, Message } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { type NamedStatement, once } from "../platform/db/index.ts";
import { openContext, openName } from "./contacts/contact-seal.ts";
import { type ConversationRow, conversationColumns, recordOf } from "./conversation-store.ts";
import { type MessageRow, messageColumns, messageOf } from "./message-store.ts";
import type { ConversationRecord } from "./model.ts";

export interface TurnMaterial {
  conversation: ConversationRecord;
  channel: Channel;
  contact: {
    id: ContactId;
    name: string;
    isNamed: boolean;
    language: string | null;
    isBlocked: boolean;
    context: Record<string, string>;
  };
  /** Inbound since the last answer, oldest first; the newest 50 of them. */
  lines: Message[];
  /** Up to 12 inbound and outbound messages before those, oldest first. */
  history: Message[];
}

type TurnRow = ConversationRow &
  MessageRow & {
    channel: Channel;
    sealed_name: Buffer;
    is_named: boolean;
    language: string | null;
    is_blocked: boolean;
    sealed_context: Buffer | null;
    conversation_row_id: ConversationId;
    conversation_inbox: ConversationRow["inbox_id"];
    conversation_created_at: Date;
    message_row_id: MessageRow["id"] | null;
  };

// both sides have id, inbox_id and created_at: the conversation's own are asked for under other names
export const turnStatement: NamedStatement = {
  name: "conversation-turn-material",
  text: `select ${conversationColumns}, ${messageColumns}, c.id as conversation_row_id, c.inbox_id as conversation_inbox,
      c.created_at as conversation_created_at, m.id as message_row_id, i.channel, ct.sealed_name, ct.is_named, ct.language,
      ct.is_blocked, ct.sealed_context
    from conversation c
    join contact ct on ct.tenant_id = $1 and ct.id = c.contact_id
    join inbox i on i.tenant_id = $1 and i.id = c.inbox_id
    left join lateral (
      (select * from message l where l.tenant_id = $1 and l.conversation_id = $2 and l.seq > c.last_answer_seq
         and l.kind = 'inbound' order by l.seq desc limit 50)
      union all
      (select * from message h where h.tenant_id = $1 and h.conversation_id = $2 and h.seq <= c.last_answer_seq
         and h.kind in ('inbound', 'outbound') order by h.seq desc limit 12)
    ) m on true
    where c.tenant_id = $1 and c.id = $2
    order by m.seq`,
};

/** null when the tenant has no such conversation. */
export async function loadTurnMaterial(
  ctx: Ctx,
  conversationId: ConversationId,
): Promise<TurnMaterial | null> {
  const rows = await once<TurnRow>(ctx, turnStatement, [ctx.tenantId, conversationId]);
  const [first] = rows;
  if (!first) return null;
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const conversation = recordOf({
    ...first,
    id: first.conversation_row_id,
    inbox_id: first.conversation_inbox,
    created_at: first.conversation_created_at,
  });
  const messages = rows.flatMap((row) => (row.message_row_id ? messageOf(vault, row) : []));
  const contactId = first.contact_id;
  return {
    conversation,
    channel: first.channel,
    contact: {
      id: contactId,
      name: openName(vault, contactId, first.sealed_name),
      isNamed: first.is_named,
      language: first.language,
      isBlocked: first.is_blocked,
      context: openContext(vault, contactId, first.sealed_context),
    },
    lines: messages.filter(({ seq }) => seq > conversation.lastAnswerSeq),
    history: messages.filter(({ seq }) => seq <= conversation.lastAnswerSeq),
  };
}
