// Everything a turn needs of the record: the conversation, its contact, the lines since the last answer and a little of what
// was said before. From memory where this process wrote the last line, else in one round trip. Called by turns, many times a second.
import type { ContactId, ConversationId, Message } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { type NamedStatement, once } from "../platform/db/index.ts";
import { openContext } from "./contacts/contact-seal.ts";
import { type ConversationRow, conversationColumns, recordOf } from "./conversation-store.ts";
import { knownMaterial } from "./known-material.ts";
import { type MessageRow, messageColumns, messageOf } from "./message-store.ts";
import type { ConversationRecord } from "./model.ts";

export interface TurnMaterial {
  conversation: Pick<
    ConversationRecord,
    "id" | "inboxId" | "status" | "handler" | "version" | "messageSeq" | "lastAnswerSeq"
  >;
  contact: {
    id: ContactId;
    language: string | null;
    isBlocked: boolean;
    context: Record<string, string>;
    /** The shop's own grouping of its contacts. */
    tags: readonly string[];
  };
  /** Inbound since the last answer, oldest first; the newest 50 of them. */
  lines: Message[];
  /** Up to 12 inbound and outbound messages before those, oldest first. */
  history: Message[];
}

type TurnRow = ConversationRow &
  MessageRow & {
    language: string | null;
    is_blocked: boolean;
    sealed_context: Buffer | null;
    contact_tags: string[];
    conversation_row_id: ConversationId;
    conversation_inbox: ConversationRow["inbox_id"];
    conversation_created_at: Date;
    message_row_id: MessageRow["id"] | null;
  };

// both sides have id, inbox_id and created_at: the conversation's own are asked for under other names
export const turnStatement: NamedStatement = {
  name: "conversation-turn-material",
  text: `select ${conversationColumns}, ${messageColumns}, c.id as conversation_row_id, c.inbox_id as conversation_inbox,
      c.created_at as conversation_created_at, m.id as message_row_id, ct.language,
      ct.is_blocked, ct.sealed_context, ct.tags as contact_tags
    from conversation c
    join contact ct on ct.tenant_id = $1 and ct.id = c.contact_id
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

/**
 * What this process remembers when that is at least as new as `version`, else what the record says.
 * null when the tenant has no such conversation.
 */
export async function loadTurnMaterial(
  ctx: Ctx,
  conversationId: ConversationId,
  version: number,
): Promise<TurnMaterial | null> {
  const known = knownMaterial(ctx).get(ctx.tenantId, conversationId, version, ctx.clock.nowMs());
  return known ?? readTurnMaterial(ctx, conversationId);
}

/** The bot answered everything in `material` with one message and did nothing else: the next turn need not read. */
export function noteAnswered(ctx: Ctx, material: TurnMaterial, answer: Message): void {
  knownMaterial(ctx).answered(ctx.tenantId, material, answer, ctx.clock.nowMs());
}

/** From the record. null when the tenant has no such conversation. */
export async function readTurnMaterial(
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
  const { id, inboxId, status, handler, version, messageSeq, lastAnswerSeq } = conversation;
  const material: TurnMaterial = {
    conversation: { id, inboxId, status, handler, version, messageSeq, lastAnswerSeq },
    contact: {
      id: contactId,
      language: first.language,
      isBlocked: first.is_blocked,
      context: openContext(vault, contactId, first.sealed_context),
      tags: first.contact_tags,
    },
    lines: messages.filter(({ seq }) => seq > lastAnswerSeq),
    history: messages.filter(({ seq }) => seq <= lastAnswerSeq),
  };
  knownMaterial(ctx).put(ctx.tenantId, material, ctx.clock.nowMs());
  return material;
}
