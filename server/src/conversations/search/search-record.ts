// What the search box finds: a conversation by its number, messages by their words, contacts by name, telephone or
// e-mail. The index only narrows; every message is decrypted and compared with what was typed before it is shown.
import type { ContactId, Conversation, ConversationId, Message, MessageId } from "@yingda/contract";
import { textOf } from "@yingda/contract";
import { requirePermission } from "../../accounts/index.ts";
import { elapsedMs } from "../../platform/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import { matchesLiterally } from "../../platform/crypto/index.ts";
import { once } from "../../platform/db/index.ts";
import { type MessageRow, messageColumns, messageOf } from "../message-store.ts";
import { presentConversations } from "../present-conversation.ts";
import { presentMessages } from "../present-messages.ts";
import { findContacts } from "./find-contacts.ts";
import { snippetOf } from "./snippet.ts";

export interface SearchResult {
  hits: { conversation: Conversation; message: Message | null; snippet: string }[];
  contacts: { id: ContactId; name: string }[];
  /** Older hits may be missing. */
  isPartial: boolean;
  tookMs: number;
}

/** Newest first. @throws auth/not-allowed. */
export async function searchRecord(ctx: Ctx, query: string, limit: number): Promise<SearchResult> {
  requirePermission(ctx, "conversations-read");
  const startedMs = elapsedMs();
  const words = query.toWellFormed();
  const [numbered, found, contacts] = await Promise.all([
    findByNumber(ctx, words),
    findMessages(ctx, words, limit),
    findContacts(ctx, words),
  ]);
  const ids = [...new Set([...numbered, ...found.messages.map(({ conversationId }) => conversationId)])];
  const conversations = new Map((await presentConversations(ctx, ids)).map((one) => [one.id, one]));
  const hitOf = (id: ConversationId, message: Message | null, snippet: string) => {
    const conversation = conversations.get(id);
    return conversation ? [{ conversation, message, snippet }] : [];
  };
  const hits = [
    ...numbered.flatMap((id) => hitOf(id, null, "")),
    ...found.messages.flatMap((message) =>
      hitOf(message.conversationId, message, snippetOf(wordsOf(message), words)),
    ),
  ];
  return {
    hits: hits.slice(0, limit),
    contacts,
    isPartial: found.isPartial,
    tookMs: elapsedMs() - startedMs,
  };
}

async function findByNumber(ctx: Ctx, words: string): Promise<ConversationId[]> {
  const digits = /^\s*[#＃]?(\d{1,9})\s*$/u.exec(words)?.[1];
  if (digits === undefined) return [];
  const statement = {
    name: "conversation-by-number",
    text: "select id from conversation where tenant_id = $1 and number = $2",
  };
  const rows = await once<{ id: ConversationId }>(ctx, statement, [ctx.tenantId, Number(digits)]);
  return rows.map(({ id }) => id);
}

interface Hit {
  message_id: MessageId;
  conversation_id: ConversationId;
  seq: number;
  is_cut: boolean;
}
const hitsStatement = {
  name: "message-search",
  text: "select * from message_search_hits($1::int4[], $2, $3)",
};

// each round walks up to 5,000 rows (some 5 ms); more than this and a person would rather type another word
const mostRounds = 8;

async function findMessages(
  ctx: Ctx,
  words: string,
  limit: number,
): Promise<{ messages: Message[]; isPartial: boolean }> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const lists = vault.queryGrams(words);
  if (lists.length === 0) return lookThroughNewest(ctx, words, limit);
  const messages: Message[] = [];
  let before: MessageId | null = null;
  for (let round = 0; round < mostRounds; round += 1) {
    const pages = await Promise.all(
      lists.map((tokens) => once<Hit>(ctx, hitsStatement, [tokens, limit * 2, before])),
    );
    const hits = newestFirst(pages, limit * 2);
    const isCut = hits.some((hit) => hit.is_cut);
    const candidates = await presentMessages(
      ctx,
      hits.map((hit) => ({ conversationId: hit.conversation_id, seq: hit.seq })),
    );
    messages.push(...candidates.filter((message) => matchesLiterally(wordsOf(message), words)));
    const last = hits.at(-1);
    if (!last || isCut) return { messages: messages.slice(0, limit), isPartial: isCut };
    if (messages.length >= limit) return { messages: messages.slice(0, limit), isPartial: true };
    before = last.message_id;
  }
  return { messages, isPartial: true };
}

/** Lists of two search keys (while they change) as one; ids of messages sort by the time they were made. */
function newestFirst(pages: readonly Hit[][], limit: number): Hit[] {
  const [only] = pages;
  if (only && pages.length === 1) return only;
  const all = new Map(pages.flat().map((hit) => [hit.message_id, hit]));
  return [...all.values()].sort((a, b) => (a.message_id < b.message_id ? 1 : -1)).slice(0, limit);
}

const newestLooked = 1_000;
const newestStatement = {
  name: "message-newest",
  text: `select ${messageColumns} from message m where m.tenant_id = $1 and m.kind in ('inbound', 'outbound', 'note')
    order by m.id desc limit ${newestLooked}`,
};

/** For what the index has no numbers for (emoji, punctuation): the newest messages, one by one. */
async function lookThroughNewest(
  ctx: Ctx,
  words: string,
  limit: number,
): Promise<{ messages: Message[]; isPartial: boolean }> {
  if (words.trim() === "") return { messages: [], isPartial: false };
  const rows = await once<MessageRow>(ctx, newestStatement, [ctx.tenantId]);
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const messages = rows
    .map((row) => messageOf(vault, row))
    .filter((message) => matchesLiterally(wordsOf(message), words));
  return { messages: messages.slice(0, limit), isPartial: rows.length === newestLooked };
}

function wordsOf({ content }: Message): string {
  return content.kind === "notice" ? "" : textOf(content);
}
