// Tags of a conversation, and the list of those in use.
import type { ConversationId } from "@yingda/contract";
import { requirePermission } from "../accounts/index.ts";
import type { Ctx } from "../platform/context.ts";
import { type NamedStatement, once, transact } from "../platform/db/index.ts";
import { emit } from "../platform/outbox/index.ts";
import { accessConversation } from "./access.ts";

/** Replaces the tags; repeats are dropped, the order is kept. */
export async function setTags(
  ctx: Ctx,
  conversationId: ConversationId,
  tags: readonly string[],
): Promise<void> {
  const { version } = await accessConversation(ctx, conversationId, "tag");
  const unique = [...new Set(tags.map((tag) => tag.toWellFormed().trim()).filter(Boolean))];
  await transact(ctx, async (tx) => {
    const changed = await tx.run(
      "update conversation set tags = $3 where tenant_id = $1 and id = $2 and tags is distinct from $3",
      [ctx.tenantId, conversationId, unique],
    );
    if (changed === 0) return;
    await emit(ctx, tx, conversationId, [
      { kind: "conversation-changed", payload: { conversationId, version, changed: ["tags"] } },
    ]);
  });
}

// the newest tagged conversations say which tags are in use; counting a decade of them on every page would not
const listTagsStatement: NamedStatement = {
  name: "tag-list",
  text: `select tag as name, count(*)::int as count
    from (select tags from conversation c where c.tenant_id = $1 and c.tags <> '{}' order by c.created_at desc limit 5000) newest,
      unnest(newest.tags) as tag
    group by tag order by count(*) desc, tag limit 200`,
};

/** Tags of the newest 5,000 tagged conversations, the most used first. */
export function listTags(ctx: Ctx): Promise<{ name: string; count: number }[]> {
  requirePermission(ctx, "conversations-read");
  return once(ctx, listTagsStatement, [ctx.tenantId]);
}
