// Writes conversations that took place before, as if they had been recorded here: same rules, same notices, findable,
// but no bot, no routing and no delivery wakes for them. Called by the demo shop; later by imports from elsewhere.
import type { ContactId, ConversationId, IdentityId, InboxId } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import type { TenantVault } from "../platform/crypto/index.ts";
import { type Tx, transact } from "../platform/db/index.ts";
import { emit } from "../platform/outbox/index.ts";
import {
  contextHash,
  externalHash,
  sealColumn,
  sealContext,
  sealExternalId,
  sealName,
} from "./contacts/contact-seal.ts";
import { lastFour, normaliseEmail, normalisePhone } from "./contacts/phone.ts";
import { sealBody } from "./message-seal.ts";
import type { ConversationFacts } from "./model.ts";
import { commentPlace } from "./record-rating.ts";
import {
  type HistoricConversation,
  idsFrom,
  type Past,
  type PastMessage,
  replayHistory,
} from "./replay-history.ts";
import { arrayText, entryOf } from "./search/index-messages.ts";

export interface HistoricContact {
  /** The contact's id in the inbox; a web visitor of that id would be this contact. */
  externalId: string;
  name: string;
  phone: string | null;
  email: string | null;
  notes: string;
  tags: readonly string[];
  language: string | null;
  context: Record<string, string>;
  conversations: readonly HistoricConversation[];
  /** Only for a contact without conversations. */
  seenAt: Date;
}

export interface History {
  inboxId: InboxId;
  contacts: readonly HistoricContact[];
  /** Everything of it is the demo's, and goes with it. */
  isDemo: boolean;
}

/** `facts` as they are at the end; whoever waits there is to be put into the queue by the caller, in the same transaction. */
export interface Imported {
  conversationId: ConversationId;
  contactId: ContactId;
  facts: ConversationFacts;
}

/**
 * One transaction; `alongside` runs in it. Conversations come back in the order given.
 * @throws Error when a step is one that the rules refuse from there: a mistake of the history, nothing is written.
 */
export async function importHistory(
  ctx: Ctx,
  history: History,
  alongside: (tx: Tx, imported: readonly Imported[]) => Promise<void> = async () => undefined,
): Promise<Imported[]> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const contacts = history.contacts.map((contact) => ({
    contact,
    ids: contactIds(contact),
    past: contact.conversations.map(replayHistory),
  }));
  return transact(ctx, async (tx) => {
    const imported: Imported[] = [];
    for (const { contact, ids, past } of contacts)
      await insertContact(tx, ctx, vault, history, contact, ids, past);
    // numbered in the order in which they began, as people would have seen them come in
    const all = contacts.flatMap(({ ids, past }) => past.map((conversation) => ({ ids, conversation })));
    for (const { ids, conversation } of all.toSorted(
      (a, b) => a.conversation.beganAt.getTime() - b.conversation.beganAt.getTime(),
    ))
      await insertConversation(tx, ctx, vault, history, ids, conversation);
    for (const { ids, conversation } of all)
      imported.push({ conversationId: conversation.id, contactId: ids.contactId, facts: conversation.facts });
    await alongside(tx, imported);
    // the workbench shows them as they come; no subscriber that acts listens to this kind
    for (const { conversationId, facts } of imported)
      await emit(ctx, tx, conversationId, [
        {
          kind: "conversation-changed",
          payload: { conversationId, version: facts.version, changed: ["status"] },
        },
      ]);
    return imported;
  });
}

function contactIds(contact: HistoricContact): { contactId: ContactId; identityId: IdentityId } {
  const [firstAt = contact.seenAt] = contact.conversations.map(
    ({ steps: [first] }) => first?.at ?? contact.seenAt,
  );
  const ids = idsFrom(firstAt);
  return { contactId: ids.at<ContactId>(firstAt), identityId: ids.at<IdentityId>(firstAt) };
}

async function insertContact(
  tx: Tx,
  ctx: Ctx,
  vault: TenantVault,
  { inboxId, isDemo }: History,
  contact: HistoricContact,
  { contactId, identityId }: ReturnType<typeof contactIds>,
  past: readonly Past[],
): Promise<void> {
  const times = past.flatMap(({ messages }) =>
    messages.filter(({ kind }) => kind === "inbound").map(({ at }) => at.getTime()),
  );
  const firstSeenAt = new Date(Math.min(...(times.length > 0 ? times : [contact.seenAt.getTime()])));
  const lastSeenAt = new Date(Math.max(...(times.length > 0 ? times : [contact.seenAt.getTime()])));
  const phone = contact.phone === null ? null : normalisePhone(contact.phone);
  const email = contact.email === null ? null : normaliseEmail(contact.email);
  const hasContext = Object.keys(contact.context).length > 0;
  await tx.run(
    `insert into contact (tenant_id, id, sealed_name, is_named, name_grams, name_key_id, sealed_phone, phone_hash, phone_last4_hash,
       sealed_email, email_hash, sealed_notes, sealed_context, context_hash, language, tags, is_demo, first_seen_at, last_seen_at)
     values ($1, $2, $3, true, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      ctx.tenantId,
      contactId,
      sealName(vault, contactId, contact.name),
      vault.grams(contact.name),
      vault.searchKeyId,
      phone && sealColumn(vault, "sealed_phone", contactId, phone),
      phone && vault.lookup("phone", phone),
      phone && vault.lookup("phone-last4", lastFour(phone)),
      email && sealColumn(vault, "sealed_email", contactId, email),
      email && vault.lookup("email", email),
      contact.notes === "" ? null : sealColumn(vault, "sealed_notes", contactId, contact.notes),
      hasContext ? sealContext(vault, contactId, contact.context) : null,
      hasContext ? contextHash(vault, contact.context) : null,
      contact.language,
      contact.tags,
      isDemo,
      firstSeenAt,
      lastSeenAt,
    ],
  );
  await tx.run(
    `insert into identity (tenant_id, id, inbox_id, contact_id, external_hash, sealed_external_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      ctx.tenantId,
      identityId,
      inboxId,
      contactId,
      externalHash(vault, contact.externalId),
      sealExternalId(vault, identityId, contact.externalId),
      firstSeenAt,
    ],
  );
}

async function insertConversation(
  tx: Tx,
  ctx: Ctx,
  vault: TenantVault,
  { inboxId, isDemo }: History,
  { contactId, identityId }: ReturnType<typeof contactIds>,
  { id, beganAt, facts, messages, summary, source }: Past,
): Promise<void> {
  const shown = messages.filter(({ kind }) => kind === "inbound" || kind === "outbound").at(-1);
  const { handler, handoff } = facts;
  const comment = source.rating?.comment ?? null;
  await tx.run(
    `insert into conversation (tenant_id, id, number, inbox_id, identity_id, contact_id, status, handler_kind, handler_agent_id,
       handler_queue_id, origin, version, message_seq, last_message_at, last_author_kind, last_shown_seq, waiting_since_at,
       contact_read_seq, last_answer_seq, first_reply_at, handoff_reason, sealed_handoff_summary, handoff_at, tags, rating,
       sealed_rating_comment, rated_at, resolved_at, disposition, is_demo, created_at, active_slot, queued_since_at)
     values ($1::uuid, $2, next_number($1::uuid, 'conversation'), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::timestamptz, $14, $15, $16, $17::int, $17::int, $18,
       $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, activity_slot($13::timestamptz), $30)`,
    [
      ctx.tenantId,
      id,
      inboxId,
      identityId,
      contactId,
      facts.status,
      handler.kind,
      handler.kind === "agent" ? handler.agentId : null,
      handler.kind === "queue" ? handler.queueId : null,
      facts.origin === "contact" && isDemo ? "demo" : facts.origin,
      facts.version,
      messages.length,
      shown?.at ?? beganAt,
      shown?.authorKind ?? "contact",
      shown?.seq ?? 1,
      facts.waitingSinceAt,
      facts.lastAnswerSeq,
      facts.firstReplyAt,
      handoff?.reason ?? null,
      summary === null
        ? null
        : vault.seal({ table: "conversation", column: "sealed_handoff_summary", row: id }, summary),
      handoff?.at ?? null,
      source.tags,
      source.rating?.score ?? null,
      comment === null ? null : vault.seal(commentPlace(id), comment),
      source.rating?.at ?? null,
      facts.resolvedAt,
      facts.disposition,
      isDemo,
      beganAt,
      handler.kind === "queue" ? (facts.waitingSinceAt ?? handoff?.at ?? beganAt) : null,
    ],
  );
  await insertMessages(tx, ctx, vault, { inboxId, id }, messages);
}

async function insertMessages(
  tx: Tx,
  ctx: Ctx,
  vault: TenantVault,
  conversation: { inboxId: InboxId; id: ConversationId },
  messages: readonly PastMessage[],
): Promise<void> {
  await tx.run(
    `insert into message (tenant_id, conversation_id, seq, id, inbox_id, kind, author_kind, author_id, sealed_content, delivery_status, created_at)
     select $1, $2, m.seq, m.id, $3, m.kind, m.author_kind, m.author_id, m.sealed, 'sent', m.at
     from unnest($4::int[], $5::uuid[], $6::text[], $7::text[], $8::uuid[], $9::bytea[], $10::timestamptz[])
       as m (seq, id, kind, author_kind, author_id, sealed, at)`,
    [
      ctx.tenantId,
      conversation.id,
      conversation.inboxId,
      messages.map(({ seq }) => seq),
      messages.map(({ id }) => id),
      messages.map(({ kind }) => kind),
      messages.map(({ authorKind }) => authorKind),
      messages.map(({ authorId }) => authorId),
      messages.map(({ id, content, name }) => sealBody(vault, id, { content, name })),
      messages.map(({ at }) => at),
    ],
  );
  const entries = messages.flatMap(({ id, seq, content }) => {
    const entry = entryOf(vault, { id, content });
    return entry ? [{ ...entry, seq }] : [];
  });
  await tx.run(
    `insert into message_search (tenant_id, message_id, conversation_id, seq, key_id, tokens)
     select $1, w.id, $2, w.seq, $3, w.tokens::int4[] from unnest($4::uuid[], $5::int[], $6::text[]) as w (id, seq, tokens)`,
    [
      ctx.tenantId,
      conversation.id,
      vault.searchKeyId,
      entries.map(({ messageId }) => messageId),
      entries.map(({ seq }) => seq),
      entries.map(arrayText),
    ],
  );
}
