// One queued message with everything a channel needs to send it: whom it goes to, in the platform's own words.
// Called by channels' deliver.ts; read fresh for every attempt, so that nothing personal lies in a queue.
import type { Channel, Content, ConversationId, IdentityId, InboxId, MessageId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { type NamedStatement, once } from "../platform/db/index.ts";
import { openExternalId } from "./contacts/contact-seal.ts";
import { type MessageRow, messageColumns, messageOf } from "./message-store.ts";

export interface OutboundRecord {
  conversationId: ConversationId;
  messageId: MessageId;
  seq: number;
  inboxId: InboxId;
  channel: Channel;
  /** The contact's id on the platform. */
  to: string;
  author: { kind: "bot" | "agent" | "system"; name: string | null };
  content: Content;
  at: Date;
  /** The contact's last line: what reply windows are counted from. */
  lastInboundAt: Date;
}

type Row = MessageRow & {
  channel: Channel;
  identity_id: IdentityId;
  sealed_external_id: Buffer;
  last_inbound_at: Date | null;
  conversation_created_at: Date;
};

const loadStatement: NamedStatement = {
  name: "message-outbound",
  text: `select ${messageColumns}, b.channel, i.id as identity_id, i.sealed_external_id, c.created_at as conversation_created_at,
      (select l.created_at from message l where l.tenant_id = m.tenant_id and l.conversation_id = m.conversation_id
        and l.kind = 'inbound' order by l.seq desc limit 1) as last_inbound_at
    from message m
    join conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
    join identity i on i.tenant_id = c.tenant_id and i.id = c.identity_id
    join inbox b on b.tenant_id = m.tenant_id and b.id = m.inbox_id
    where m.tenant_id = $1 and m.conversation_id = $2 and m.seq = $3 and m.kind = 'outbound' and m.delivery_status = 'queued'`,
};

/** Null when it is not waiting to be sent: erased, already sent, or no message for the contact at all. */
export async function loadOutbound(
  ctx: Ctx,
  conversationId: ConversationId,
  seq: number,
): Promise<OutboundRecord | null> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const [row] = await once<Row>(ctx, loadStatement, [ctx.tenantId, conversationId, seq]);
  if (!row) return null;
  const { id, content, author, createdAt } = messageOf(vault, row);
  if (content.kind === "notice" || author.kind === "contact") return null;
  return {
    conversationId,
    messageId: id,
    seq,
    inboxId: row.inbox_id,
    channel: row.channel,
    to: openExternalId(vault, row.identity_id, row.sealed_external_id),
    author: { kind: author.kind, name: author.name },
    content,
    at: new Date(createdAt),
    lastInboundAt: row.last_inbound_at ?? row.conversation_created_at,
  };
}
