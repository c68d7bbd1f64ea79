// A conversation as a person at a desk sees it: one row of the record joined with its contact, inbox and last line,
// opened and given the viewer's abilities. Used by lists, by single fetches and for realtime (in bulk).
import {
  type Author,
  type Channel,
  type Conversation,
  type ConversationId,
  type MessageId,
  type TenantId,
  textOf,
  type UserId,
  type WantedSkills,
} from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import type { TenantVault } from "../platform/crypto/index.ts";
import { type NamedStatement, once } from "../platform/db/index.ts";
import { abilitiesOf, type Viewer, viewerOf } from "./access.ts";
import { openName } from "./contacts/contact-seal.ts";
import { type ConversationRow, conversationColumns, handlerOf } from "./conversation-store.ts";
import { openBody } from "./message-seal.ts";
import { commentPlace } from "./record-rating.ts";

export interface PresentRow extends ConversationRow {
  sealed_handoff_summary: Buffer | null;
  handoff_skills: WantedSkills | null;
  rating: number | null;
  sealed_rating_comment: Buffer | null;
  rated_at: Date | null;
  contact_sealed_name: Buffer;
  contact_is_named: boolean;
  contact_language: string | null;
  inbox_name: string;
  channel: Channel;
  last_id: MessageId | null;
  last_content: Buffer | null;
  last_author: Author["kind"] | null;
  last_at: Date | null;
  read_seq: number | null;
}

/**
 * For a sub-select `c` of whole conversation rows; $1 is the tenant, `reader` the parameter with the reading user.
 * The limits inside the laterals hold the planner to one index look-up a row: with an unknown number of rows it would
 * rather hash every message the tenant has.
 */
export function presentFrom(reader: string): { columns: string; joins: string } {
  return {
    columns: `${conversationColumns}, c.sealed_handoff_summary, c.handoff_skills, c.rating, c.sealed_rating_comment, c.rated_at,
      ct.sealed_name as contact_sealed_name, ct.is_named as contact_is_named, ct.language as contact_language,
      i.name as inbox_name, i.channel, m.id as last_id, m.sealed_content as last_content, m.author_kind as last_author,
      m.created_at as last_at, r.seq as read_seq`,
    joins: `cross join lateral (select * from contact where tenant_id = $1 and id = c.contact_id limit 1) ct
      join inbox i on i.tenant_id = $1 and i.id = c.inbox_id
      left join lateral (select * from message where tenant_id = $1 and conversation_id = c.id and seq = c.last_shown_seq limit 1) m on true
      left join lateral (select * from read_mark where tenant_id = $1 and conversation_id = c.id and user_id = ${reader} limit 1) r on true`,
  };
}

const { columns, joins } = presentFrom("$3");
export const presentStatement: NamedStatement = {
  name: "conversation-present",
  text: `select ${columns} from unnest($2::uuid[]) with ordinality as wanted (id, place)
    join conversation c on c.tenant_id = $1 and c.id = wanted.id ${joins} order by wanted.place`,
};
export const readMarksStatement: NamedStatement = {
  name: "conversation-read-marks",
  text: `select conversation_id, user_id, seq from unnest($2::uuid[]) as wanted (id)
    join read_mark r on r.tenant_id = $1 and r.conversation_id = wanted.id and r.user_id = any($3::uuid[])`,
};

/** As ctx.actor may see them now, in the order of `ids`; unknown ids are left out. */
export async function presentConversations(
  ctx: Ctx,
  ids: readonly ConversationId[],
): Promise<Conversation[]> {
  if (ids.length === 0) return [];
  const viewer = viewerOf(ctx.actor) ?? nobody;
  const rows = await once<PresentRow>(ctx, presentStatement, [ctx.tenantId, ids, viewer.userId]);
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  return rows.map((row) => withViewer(openRow(vault, row), row.read_seq ?? 0, viewer));
}

const nobody: Viewer = { userId: null, permissions: new Set() };

/** The same conversations for many viewers at once (realtime): opened once, one list per viewer in their order. */
export async function presentConversationsFor(
  ctx: Ctx,
  viewers: readonly Viewer[],
  ids: readonly ConversationId[],
): Promise<Conversation[][]> {
  if (ids.length === 0 || viewers.length === 0) return viewers.map(() => []);
  const userIds = [...new Set(viewers.flatMap(({ userId }) => userId ?? []))];
  const [rows, marks] = await Promise.all([
    once<PresentRow>(ctx, presentStatement, [ctx.tenantId, ids, null]),
    once<{ conversation_id: ConversationId; user_id: UserId; seq: number }>(ctx, readMarksStatement, [
      ctx.tenantId,
      ids,
      userIds,
    ]),
  ]);
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const opened = rows.map((row) => openRow(vault, row));
  const readSeqs = new Map(marks.map((mark) => [`${mark.conversation_id}:${mark.user_id}`, mark.seq]));
  return viewers.map((viewer) =>
    opened.map((one) => withViewer(one, readSeqs.get(`${one.id}:${viewer.userId}`) ?? 0, viewer)),
  );
}

/** Rows of a list query for one viewer. */
export async function presentRows(
  ctx: { tenantId: TenantId; vault: Ctx["vault"] },
  rows: readonly PresentRow[],
  viewer: Viewer,
): Promise<Conversation[]> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  return rows.map((row) => withViewer(openRow(vault, row), row.read_seq ?? 0, viewer));
}

function withViewer(opened: Opened, readSeq: number, viewer: Viewer): Conversation {
  return { ...opened, readSeq, abilities: abilitiesOf(opened, viewer) };
}

type Opened = Omit<Conversation, "readSeq" | "abilities">;

function openRow(vault: TenantVault, row: PresentRow): Opened {
  return {
    id: row.id,
    number: row.number,
    inboxId: row.inbox_id,
    channel: row.channel,
    inboxName: row.inbox_name,
    contact: {
      id: row.contact_id,
      name: openName(vault, row.contact_id, row.contact_sealed_name),
      isNamed: row.contact_is_named,
      language: row.contact_language,
    },
    status: row.status,
    handler: handlerOf(row),
    version: row.version,
    origin: row.origin,
    lastMessage: lastMessage(vault, row),
    lastMessageSeq: row.message_seq,
    waitingSinceAt: row.waiting_since_at?.toISOString() ?? null,
    contactReadSeq: row.contact_read_seq,
    handoff: handoff(vault, row),
    tags: row.tags,
    rating: rating(vault, row),
    snoozedUntilAt: row.snoozed_until_at?.toISOString() ?? null,
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    disposition: row.disposition,
    createdAt: row.created_at.toISOString(),
  };
}

const previewLength = 120; // two lines of a list row, with room to spare

/** The first words of a text on one line, cut at a whole character. */
export function previewOf(text: string): string {
  const line = text
    .slice(0, previewLength * 8)
    .replace(/\s+/gu, " ")
    .trim();
  const characters = [...line];
  return characters.length <= previewLength ? line : `${characters.slice(0, previewLength - 1).join("")}…`;
}

function lastMessage(vault: TenantVault, row: PresentRow): Opened["lastMessage"] {
  if (!row.last_id || !row.last_content || !row.last_author || !row.last_at) return null;
  const { content } = openBody(vault, row.last_id, row.last_content);
  const text = content.kind === "notice" ? content.code : textOf(content);
  return { preview: previewOf(text), authorKind: row.last_author, at: row.last_at.toISOString() };
}

function handoff(vault: TenantVault, row: PresentRow): Opened["handoff"] {
  if (!row.handoff_reason || !row.handoff_at) return null;
  const place = { table: "conversation", column: "sealed_handoff_summary", row: row.id };
  const summary = row.sealed_handoff_summary ? vault.openText(place, row.sealed_handoff_summary) : "";
  return {
    reason: row.handoff_reason,
    summary,
    at: row.handoff_at.toISOString(),
    skills: row.handoff_skills,
  };
}

function rating(vault: TenantVault, row: PresentRow): Opened["rating"] {
  if (row.rating === null || !row.rated_at) return null;
  const comment = row.sealed_rating_comment
    ? vault.openText(commentPlace(row.id), row.sealed_rating_comment)
    : null;
  return { score: row.rating, comment, at: row.rated_at.toISOString() };
}
