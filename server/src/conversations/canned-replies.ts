// Quick replies: the team's shared ones and each person's own.
import type { CannedReply, UserId } from "@yingda/contract";
import { requirePermission, requireUser } from "../accounts/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";

export interface CannedReplyDraft {
  title: string;
  shortcut: string;
  text: string;
  isShared: boolean;
}

interface CannedRow {
  id: string;
  owner_id: UserId | null;
  title: string;
  shortcut: string;
  body: string;
  used_count: number;
}

const columns = "id, owner_id, title, shortcut, body, used_count";

/** Shared ones and one's own, the most used first. */
export async function listCannedReplies(ctx: Ctx): Promise<CannedReply[]> {
  requirePermission(ctx, "conversations-read");
  const me = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  const rows = await transact(ctx, (tx) =>
    tx.rows<CannedRow>(
      `select ${columns} from canned_reply where tenant_id = $1 and (owner_id is null or owner_id = $2)
       order by used_count desc, title, id`,
      [ctx.tenantId, me],
    ),
  );
  return rows.map(present);
}

export async function createCannedReply(ctx: Ctx, draft: CannedReplyDraft): Promise<CannedReply> {
  requirePermission(ctx, "conversations-reply");
  const row = await transact(ctx, (tx) =>
    tx.one<CannedRow>(
      `insert into canned_reply (tenant_id, id, owner_id, title, shortcut, body, created_at)
       values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
      [ctx.tenantId, newId<string>(), ownerOf(ctx, draft), ...texts(draft), ctx.clock.now()],
    ),
  );
  return present(row);
}

/** Shared ones for the whole team, all at once. `isDemo`: they go with the demo shop. */
export async function bringCannedReplies(
  ctx: Ctx,
  drafts: readonly Omit<CannedReplyDraft, "isShared">[],
  isDemo: boolean,
): Promise<void> {
  const rows = drafts.map((draft) => texts(draft));
  await transact(ctx, (tx) =>
    tx.run(
      `insert into canned_reply (tenant_id, id, title, shortcut, body, is_demo, created_at)
       select $1, r.id, r.title, r.shortcut, r.body, $6, $7
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as r (id, title, shortcut, body)`,
      [
        ctx.tenantId,
        rows.map(() => newId<string>()),
        rows.map(([title]) => title),
        rows.map(([, shortcut]) => shortcut),
        rows.map(([, , body]) => body),
        isDemo,
        ctx.clock.now(),
      ],
    ),
  );
}

/** One's own or a shared one; one of the demo is the shop's own from then on. @throws request/not-found. */
export async function updateCannedReply(ctx: Ctx, id: string, draft: CannedReplyDraft): Promise<CannedReply> {
  requirePermission(ctx, "conversations-reply");
  const row = await transact(ctx, (tx) =>
    tx.maybe<CannedRow>(
      `update canned_reply set owner_id = $3, title = $4, shortcut = $5, body = $6, is_demo = false
       where tenant_id = $1 and id = $2 and (owner_id is null or owner_id = $7) returning ${columns}`,
      [ctx.tenantId, id, ownerOf(ctx, draft), ...texts(draft), requireUser(ctx).userId],
    ),
  );
  if (!row) throw new AppError("request/not-found");
  return present(row);
}

export async function deleteCannedReply(ctx: Ctx, id: string): Promise<void> {
  requirePermission(ctx, "conversations-reply");
  const gone = await transact(ctx, (tx) =>
    tx.run(
      "delete from canned_reply where tenant_id = $1 and id = $2 and (owner_id is null or owner_id = $3)",
      [ctx.tenantId, id, requireUser(ctx).userId],
    ),
  );
  if (gone === 0) throw new AppError("request/not-found");
}

/** Nobody owns a shared one. */
function ownerOf(ctx: Ctx, draft: CannedReplyDraft): UserId | null {
  if (draft.isShared) return null;
  return requireUser(ctx).userId;
}

function texts({ title, shortcut, text }: Omit<CannedReplyDraft, "isShared">): string[] {
  // PostgreSQL's text holds no NUL, and half an emoji is no text
  return [title, shortcut, text].map((value) => value.toWellFormed().replaceAll("\0", ""));
}

function present(row: CannedRow): CannedReply {
  return {
    id: row.id,
    title: row.title,
    shortcut: row.shortcut,
    text: row.body,
    isShared: row.owner_id === null,
    usedCount: row.used_count,
  };
}
