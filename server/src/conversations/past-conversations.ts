// Past conversations for whoever puts them to another use: which fit, and what was said in them with all that is known of the
// person's name and how to reach them, so that the caller can take it out. Asks no permission of its own.
import type { Channel, ContactId, ConversationId, HandoffReason, Message } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { openColumn, openContext, openName } from "./contacts/contact-seal.ts";
import { type MessageRow, messageColumns, messageOf } from "./message-store.ts";

export interface PastChoice {
  /** Of their beginning; `to` is not in it. */
  from: Date;
  to: Date;
  channel: Channel | null;
  tag: string | null;
  outcome: "all" | "handed-over" | "disliked" | "resolved";
  /** Others that count as disliked; a low rating counts in any case. */
  disliked: readonly ConversationId[];
}

/** Score of a rating up to which nobody is content. */
const lowRating = 2;
/** More than this is not looked at; the newest are. */
const mostFound = 20_000;
/** Longer ones are read to here. */
const mostLines = 400;

/** Begun in the span by a contact, with at least one line of theirs; newest first. Demo conversations left out. */
export async function findPast(ctx: Ctx, choice: PastChoice): Promise<ConversationId[]> {
  const { from, to, channel, tag, outcome, disliked } = choice;
  const rows = await transact(ctx, (tx) =>
    tx.rows<{ id: ConversationId }>(
      `select c.id from conversation c join inbox i on i.tenant_id = $1 and i.id = c.inbox_id
       left join conversation_resolution r on r.tenant_id = $1 and r.conversation_id = c.id
       where c.tenant_id = $1 and c.created_at >= $2 and c.created_at < $3 and not c.is_demo
         and ($4::text is null or i.channel = $4) and ($5::text is null or c.tags @> array[$5])
         and case $6::text when 'handed-over' then c.handoff_at is not null
           when 'disliked' then c.rating <= ${lowRating} or c.id = any($7::uuid[])
           when 'resolved' then r.state in ('confirmed', 'assumed') or c.disposition in ('solved', 'answered-by-bot')
           else true end
         and exists (select from message m where m.tenant_id = $1 and m.conversation_id = c.id and m.kind = 'inbound')
       order by c.created_at desc, c.id desc limit ${mostFound}`,
      [ctx.tenantId, from, to, channel, tag, outcome, disliked],
    ),
  );
  return rows.map(({ id }) => id);
}

export interface PastConversation {
  id: ConversationId;
  number: number;
  createdAt: Date;
  handoff: { reason: HandoffReason; at: Date } | null;
  /** The rating was low. */
  isDisliked: boolean;
  /** Inbound and outbound, oldest first. */
  messages: Message[];
  /** What the contact is called and how to reach them, as far as they or the shop wrote it down. */
  known: string[];
}

interface PastRow {
  id: ConversationId;
  number: string;
  created_at: Date;
  handoff_reason: HandoffReason | null;
  handoff_at: Date | null;
  rating: number | null;
  contact_id: ContactId;
  sealed_name: Buffer;
  is_named: boolean;
  sealed_phone: Buffer | null;
  sealed_email: Buffer | null;
  sealed_context: Buffer | null;
}

/** null when it has been erased meanwhile. */
export async function readPast(ctx: Ctx, id: ConversationId): Promise<PastConversation | null> {
  const { row, lines } = await transact(ctx, async (tx) => ({
    row: await tx.maybe<PastRow>(
      `select c.id, c.number, c.created_at, c.handoff_reason, c.handoff_at, c.rating, c.contact_id, ct.sealed_name,
         ct.is_named, ct.sealed_phone, ct.sealed_email, ct.sealed_context
       from conversation c join contact ct on ct.tenant_id = $1 and ct.id = c.contact_id
       where c.tenant_id = $1 and c.id = $2`,
      [ctx.tenantId, id],
    ),
    lines: await tx.rows<MessageRow>(
      `select ${messageColumns} from message m where m.tenant_id = $1 and m.conversation_id = $2
         and m.kind in ('inbound', 'outbound') order by m.seq limit ${mostLines}`,
      [ctx.tenantId, id],
    ),
  }));
  if (row === undefined) return null;
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const { contact_id: contact, handoff_reason: reason, handoff_at: at } = row;
  const context = openContext(vault, contact, row.sealed_context);
  const known = [
    row.is_named ? openName(vault, contact, row.sealed_name) : null,
    openColumn(vault, "sealed_phone", contact, row.sealed_phone),
    openColumn(vault, "sealed_email", contact, row.sealed_email),
    ...Object.entries(context).map(([key, value]) => (personalKey.test(key) ? value : null)),
  ];
  return {
    id,
    number: Number(row.number),
    createdAt: row.created_at,
    handoff: reason === null || at === null ? null : { reason, at },
    isDisliked: row.rating !== null && row.rating <= lowRating,
    messages: lines.map((line) => messageOf(vault, line)),
    known: known.filter((value) => value !== null),
  };
}

/** What a shop's site tells of who is signed in; pages and campaigns are no person's. */
const personalKey =
  /name|phone|mobile|mail|address|order|account|member|customer|(?:^|_)u?id$|姓名|名字|昵称|电话|手机|邮箱|地址|订单|会员|账号/iu;
