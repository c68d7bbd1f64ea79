// Drafts at the desk: which ones are there to be used, and what a colleague says about one.
import {
  type BotDraft,
  type BotDraftId,
  type ConversationId,
  type DraftMark,
  textOf,
  type UserId,
} from "@yingda/contract";
import { requirePermission } from "../../accounts/index.ts";
import { accessConversation, getInbox } from "../../conversations/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { emit } from "../../platform/outbox/index.ts";
import {
  type DraftBody,
  type DraftRow,
  draftPlace,
  findDraft,
  judgeDraft,
  latestDrafts,
} from "./draft-store.ts";
import { seesDrafts } from "./who-sees.ts";

/** More lines than this nobody answers one by one. */
const mostShown = 3;

/** @throws AppError conversation/not-found */
export async function listBotDrafts(ctx: Ctx, conversationId: ConversationId): Promise<BotDraft[]> {
  requirePermission(ctx, "conversations-reply");
  const { status, inboxId } = await accessConversation(ctx, conversationId);
  if (status === "resolved" || !(await maySee(ctx, inboxId))) return [];
  const rows = await transact(ctx, (tx) => latestDrafts(tx, ctx.tenantId, conversationId, mostShown));
  const open = rows.filter(
    ({ result, mark, dismissed_at }) => result === "open" && mark === null && dismissed_at === null,
  );
  return Promise.all(open.toReversed().map((row) => present(ctx, row)));
}

/** @throws AppError draft/not-found, also for who does not see drafts */
export async function judgeBotDraft(
  ctx: Ctx,
  id: BotDraftId,
  wish: { isDismissed?: boolean | undefined; mark?: DraftMark | null | undefined },
): Promise<BotDraft> {
  requirePermission(ctx, "conversations-reply");
  const known = await transact(ctx, (tx) => findDraft(tx, ctx.tenantId, id));
  if (known === undefined || !(await maySee(ctx, known.inbox_id))) throw new AppError("draft/not-found");
  const { conversation_id: conversationId } = known;
  const row = await transact(ctx, async (tx) => {
    const isDismissed = wish.isDismissed ?? known.dismissed_at !== null;
    const dismissedAt = isDismissed ? (known.dismissed_at ?? ctx.clock.now()) : null;
    await judgeDraft(tx, ctx.tenantId, id, {
      mark: wish.mark === undefined ? known.mark : wish.mark,
      dismissedAt,
    });
    await emit(ctx, tx, conversationId, [{ kind: "draft-changed", payload: { conversationId } }]);
    return findDraft(tx, ctx.tenantId, id);
  });
  if (row === undefined) throw new AppError("draft/not-found");
  return present(ctx, row);
}

async function maySee(ctx: Ctx, inboxId: DraftRow["inbox_id"]): Promise<boolean> {
  const inbox = await getInbox(ctx, inboxId);
  const userId: UserId | null = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  return inbox !== null && seesDrafts(inbox.behaviour, userId);
}

async function present(ctx: Ctx, row: DraftRow): Promise<BotDraft> {
  const body = await openDraft(ctx, row);
  return {
    id: row.id,
    conversationId: row.conversation_id,
    route: row.route,
    asked: body.asked,
    contents: body.contents,
    source: body.source,
    reason: body.reason,
    confidence: Math.round(row.confidence * 100) / 100,
    result: row.result,
    mark: row.mark,
    isDismissed: row.dismissed_at !== null,
    at: row.at.toISOString(),
  };
}

export async function openDraft(
  ctx: Ctx,
  { id, sealed_draft }: Pick<DraftRow, "id" | "sealed_draft">,
): Promise<DraftBody> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  return JSON.parse(vault.openText(draftPlace(id), sealed_draft)) as DraftBody;
}

export const wordsOf = ({ contents }: DraftBody): string => contents.map(textOf).join("\n");
