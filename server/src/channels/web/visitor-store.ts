// SQL of visitors' tokens. A row exists from the first message on; a token in use is replaced now and then, and the one
// before stays valid until the new one is used. Owner: channels.
import type { InboxId, TenantId } from "@yingda/contract";
import type { NamedStatement, Tx } from "../../platform/db/index.ts";

export type VisitorRow = {
  id: string;
  inboxId: InboxId;
  origin: string;
  rotatedAt: Date;
  lastSeenAt: Date;
  /** The token presented is the one before. */
  isPrevious: boolean;
  hasPrevious: boolean;
};

const columns = `id, inbox_id as "inboxId", origin, rotated_at as "rotatedAt", last_seen_at as "lastSeenAt",
  token_hash <> $1 as "isPrevious", previous_token_hash is not null as "hasPrevious"`;

export const findVisitor: NamedStatement = {
  name: "visitor-by-token",
  text: `select ${columns} from visitor where token_hash = $1 or previous_token_hash = $1`,
};

/** Makes the row, or gives the one that another tab of the same visitor has just made. Undefined: the token is another inbox's. */
export const putVisitor: NamedStatement = {
  name: "visitor-put",
  text: `with made as (
      insert into visitor (tenant_id, id, inbox_id, token_hash, origin, rotated_at, created_at, last_seen_at)
      values ($1, $2, $3, $4, $5, $6, $6, $6) on conflict (token_hash) do nothing returning id
    )
    select id from made
    union all
    select id from visitor where token_hash = $4 and inbox_id = $3 and origin = $5 and not exists (select 1 from made)`,
};

/** The new token takes effect; the presented one stays valid until the new one is used. */
export async function rotateToken(
  tx: Tx,
  visitorId: string,
  presented: Buffer,
  next: Buffer,
  at: Date,
): Promise<boolean> {
  const touched = await tx.run(
    `update visitor set token_hash = $3, previous_token_hash = $2, rotated_at = $4, last_seen_at = $4
     where id = $1 and (token_hash = $2 or previous_token_hash = $2)`,
    [visitorId, presented, next, at],
  );
  return touched === 1;
}

/** The new token was used: the one before is worth nothing any more. */
export async function dropPrevious(tx: Tx, visitorId: string, at: Date): Promise<void> {
  await tx.run(`update visitor set previous_token_hash = null, last_seen_at = $2 where id = $1`, [
    visitorId,
    at,
  ]);
}

export async function noteUpload(
  tx: Tx,
  upload: { tenantId: TenantId; mediaId: string; inboxId: InboxId; visitorKey: string; at: Date },
): Promise<void> {
  await tx.run(
    `insert into visitor_upload (tenant_id, media_id, inbox_id, visitor_key, at) values ($1, $2, $3, $4, $5)`,
    [upload.tenantId, upload.mediaId, upload.inboxId, upload.visitorKey, upload.at],
  );
}

export async function isOwnUpload(
  tx: Tx,
  mediaId: string,
  inboxId: InboxId,
  visitorKey: string,
): Promise<boolean> {
  const row = await tx.maybe(
    `select 1 from visitor_upload where media_id = $1 and inbox_id = $2 and visitor_key = $3`,
    [mediaId, inboxId, visitorKey],
  );
  return row !== undefined;
}

/** Visitors nobody has seen for longer than anything else is kept; system role. */
export async function forgetVisitors(tx: Tx, before: Date): Promise<void> {
  await tx.run(`delete from visitor where last_seen_at < $1`, [before]);
}
