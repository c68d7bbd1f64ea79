// One tab of the inbox, a page at a time, by keyset: the cursor names the last row, so rows that move meanwhile are
// neither skipped nor repeated by counting. Every tab has an index of its own (0003-record.sql).
import type { ContactId, Conversation, ConversationId, ConversationList, InboxId } from "@yingda/contract";
import { requirePermission } from "../accounts/index.ts";
import type { Ctx } from "../platform/context.ts";
import { type NamedStatement, once } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { isUuid } from "../platform/ids.ts";
import { viewerOf } from "./access.ts";
import { type PresentRow, presentFrom, presentRows } from "./present-conversation.ts";

export interface ListQuery {
  list: ConversationList;
  inboxId?: InboxId | undefined;
  contactId?: ContactId | undefined;
  tag?: string | undefined;
  /** `next` of the page before. */
  after?: string | undefined;
  limit?: number | undefined;
}

interface Tab {
  where: string;
  /** What the tab is sorted by; with the id it is unique. */
  sort: string;
  isAscending: boolean;
  /** Sorted by slot first, which has an index, and exactly within the slot (see 0100-record-hot-paths.sql). */
  hasSlots?: true;
}

const inQueue = "c.status = 'open' and c.handler_kind = 'queue'";
const newest = { sort: "c.last_message_at", isAscending: false } as const;
const longestWaiting = { sort: "c.queued_since_at", isAscending: true };

// the same rules as isInList of the contract; list-conversations.test.ts compares them
const tabs: Record<ConversationList, Tab> = {
  mine: { where: "c.status <> 'resolved' and c.handler_agent_id = $2", ...newest },
  queue: { where: inQueue, ...longestWaiting },
  attention: {
    where: `${inQueue} and (c.origin = 'left-message' or c.handoff_reason in ('held', 'complaint', 'urgent'))`,
    ...longestWaiting,
  },
  bot: { where: "c.status = 'open' and c.handler_kind = 'bot'", ...newest, hasSlots: true },
  open: { where: "c.status <> 'resolved'", ...newest, hasSlots: true },
  resolved: { where: "c.status = 'resolved'", sort: "c.resolved_at", isAscending: false },
};

/** @throws auth/not-allowed; request/invalid for a cursor of another tab or made up. */
export async function listConversations(
  ctx: Ctx,
  query: ListQuery,
): Promise<{ conversations: Conversation[]; next: string | null }> {
  requirePermission(ctx, "conversations-read");
  const viewer = viewerOf(ctx.actor);
  if (!viewer) throw new AppError("auth/not-allowed");
  const limit = query.limit ?? 50;
  const after = query.after === undefined ? null : readCursor(query.after);
  const rows = await once<PresentRow & { sort_at: Date }>(ctx, listStatement(query), [
    ctx.tenantId,
    viewer.userId,
    limit + 1,
    ...(after ? [after.at, after.id] : []),
    ...[query.inboxId, query.contactId, query.tag].filter((value) => value !== undefined),
  ]);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    conversations: await presentRows(ctx, page, viewer),
    next: last ? writeCursor(last.sort_at, last.id) : null,
  };
}

/** One text per combination of tab and filters (at most 96), so that each keeps its own plan. */
export function listStatement(query: ListQuery): NamedStatement {
  const tab = tabs[query.list];
  const direction = tab.isAscending ? "asc" : "desc";
  const keys = [...(tab.hasSlots ? ["c.active_slot"] : []), tab.sort, "c.id"];
  const filters = [tab.where];
  let place = 3;
  if (query.after !== undefined) {
    const cursor = [...(tab.hasSlots ? ["activity_slot($4)"] : []), "$4", "$5::uuid"];
    filters.push(`(${keys.join(", ")}) ${tab.isAscending ? ">" : "<"} (${cursor.join(", ")})`);
    place = 5;
  }
  if (query.inboxId !== undefined) filters.push(`c.inbox_id = $${++place}`);
  if (query.contactId !== undefined) filters.push(`c.contact_id = $${++place}`);
  if (query.tag !== undefined) filters.push(`c.tags @> array[$${++place}]::text[]`);
  const { columns, joins } = presentFrom("$2::uuid");
  const kinds = [query.after, query.inboxId, query.contactId, query.tag].map((value) =>
    value === undefined ? "-" : "x",
  );
  const order = keys.map((key) => `${key} ${direction}`).join(", ");
  return {
    name: `conversation-list-${query.list}-${kinds.join("")}`,
    text: `select ${columns}, c.sort_at from (
        select c.*, ${tab.sort} as sort_at from conversation c where c.tenant_id = $1 and ${filters.join(" and ")}
        order by ${order} limit $3) c
      ${joins} order by c.sort_at ${direction}, c.id ${direction}`,
  };
}

function writeCursor(at: Date, id: ConversationId): string {
  return Buffer.from(`${at.getTime()}.${id}`).toString("base64url");
}

function readCursor(text: string): { at: Date; id: string } {
  const [ms = "", id = ""] = Buffer.from(text, "base64url").toString("utf8").split(".");
  if (!/^\d{1,15}$/.test(ms) || !isUuid(id))
    throw new AppError("request/invalid", { details: { field: "after" } });
  return { at: new Date(Number(ms)), id };
}
