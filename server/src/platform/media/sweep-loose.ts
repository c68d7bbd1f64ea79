/**
 * Uploads that nothing uses (a picture for an FAQ that was never saved) leave after a week. No room reports what it shows: whoever
 * forgot to would lose files. Instead everything that is kept is looked through for the ids of the few uploads in question, so a
 * new table is looked through as soon as it is there. A file that was once found in use is never in question again.
 *
 * In two nights, so that nothing saved or sent at this moment can lose its file: what is not found is hidden, so that nothing new
 * can take it up; what is not found a night later either is removed. Found after all, it is shown again. Stopped anywhere, the
 * next night goes on.
 */
import type { MediaId, TenantId } from "@yingda/contract";
import type { Clock } from "../clock.ts";
import { SealError, type SealedColumn, type Vault } from "../crypto/index.ts";
import { sqlName } from "../crypto/sealed-columns.ts";
import type { Db, Tx } from "../db/transact.ts";
import { hideMedia, keepMedia, type LooseRow, looseMedia } from "./media-rows.ts";
import type { MediaStore } from "./media-store.ts";

export type LooseSweep = {
  db: Db;
  vault: Vault;
  clock: Clock;
  media: Pick<MediaStore, "remove">;
  /** Of all rooms. */
  columns: readonly SealedColumn[];
};

export type LooseSwept = { removed: number; hidden: number; kept: number };

const looseForMs = 7 * 86_400_000;
/** A night, and never the same run; what was being saved when a file was hidden has long been saved. */
const hiddenForMs = 20 * 3_600_000;
const mostAtOnce = 500;
const batchRows = 500;

/**
 * Tables that are long and name no file to show: rows of the record in clear, logs of what happened, words and figures. Everything
 * else is looked through. `media` and `visitor_upload` name every file.
 */
const noFiles = new Set(
  `media visitor_upload message message_search conversation contact identity outbox_event outbox_lane outbox_failure
   realtime_log audit_entry turn_trace turn_miss usage_call document_passage document_change document_page tool_call`.split(
    /\s+/u,
  ),
);
/** Sealed, and no content of messages: keys and names of persons, summaries, traces, and what the demo's tools did. */
const sealedWithoutFiles = new Set(
  `media conversation contact identity turn_trace app_user session invitation audit_entry tenant inbox embedding_setting
   language_model demo_change tool_call`.split(/\s+/u),
);
const mediaIds = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu;

export async function sweepLoose(sweep: LooseSweep): Promise<LooseSwept> {
  const before = new Date(sweep.clock.nowMs() - looseForMs);
  const swept: LooseSwept = { removed: 0, hidden: 0, kept: 0 };
  const rows = await sweep.db.system((tx) => looseMedia(tx, before, mostAtOnce));
  for (const [tenantId, loose] of byTenant(rows)) await sweepTenant(sweep, tenantId, loose, swept);
  return swept;
}

async function sweepTenant(
  sweep: LooseSweep,
  tenantId: TenantId,
  loose: readonly LooseRow[],
  swept: LooseSwept,
): Promise<void> {
  const { db, clock, media } = sweep;
  const ids = new Set<string>(loose.map(({ id }) => id));
  const used = await usedOf(sweep, tenantId, ids);
  const keep = loose.filter(({ id }) => used.has(id)).map(({ id }) => id);
  const unused = loose.filter(({ id }) => !used.has(id));
  const over = clock.nowMs() - hiddenForMs;
  const hide = unused.filter(({ hiddenAt }) => hiddenAt === null).map(({ id }) => id);
  await db.transact(tenantId, async (tx) => {
    await keepMedia(tx, tenantId, keep);
    await hideMedia(tx, tenantId, hide, clock.now());
  });
  swept.kept += keep.length;
  swept.hidden += hide.length;
  for (const { id, hiddenAt } of unused)
    if (hiddenAt !== null && hiddenAt.getTime() <= over && (await media.remove(tenantId, id)))
      swept.removed += 1;
}

function byTenant(rows: readonly LooseRow[]): Map<TenantId, LooseRow[]> {
  const grouped = new Map<TenantId, LooseRow[]>();
  for (const row of rows) grouped.set(row.tenantId, [...(grouped.get(row.tenantId) ?? []), row]);
  return grouped;
}

async function usedOf(
  { db, vault, columns }: LooseSweep,
  tenantId: TenantId,
  ids: ReadonlySet<string>,
): Promise<Set<string>> {
  const used = new Set<string>();
  const note = (text: string) => {
    for (const [id] of text.matchAll(mediaIds)) if (ids.has(id)) used.add(id);
  };
  for (const id of await namedInClear(db, tenantId, [...ids])) used.add(id);
  const tenantVault = await vault.forTenant(tenantId);
  const oldest = dayBefore([...ids].sort()[0] ?? "");
  for (const column of columns) {
    if (sealedWithoutFiles.has(column.table)) continue;
    const { table, column: name } = column;
    for await (const { row, sealed } of sealedRows(db, tenantId, column, oldest)) {
      try {
        note(tenantVault.openText({ table, column: name, row }, sealed));
      } catch (error) {
        // damaged before, and shown to nobody; rotation counts them
        if (!(error instanceof SealError)) throw error;
      }
    }
  }
  return used;
}

/** An id of a day before this one, since the clocks of two nodes may differ. Ids begin with 48 bits of milliseconds. */
function dayBefore(id: string): string {
  const ms = Math.max(0, Number.parseInt(id.replace("-", "").slice(0, 12), 16) - 86_400_000);
  const hex = ms.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Which of these files, as far as colleagues brought them, stand anywhere in rows that are not sealed. */
export async function namedInClear(db: Db, tenantId: TenantId, ids: readonly string[]): Promise<MediaId[]> {
  const tables = await db.system((tx) => searchedTables(tx));
  const named = new Set<MediaId>();
  for (const { table, columns } of tables) {
    const words = columns.map((column) => `t.${sqlName(column)}::text`).join(", ");
    const found = await db.system((tx) =>
      tx.rows<{ id: MediaId }>(
        `select c.id from media c where c.tenant_id = $1 and c.id = any($2::uuid[]) and c.inbox_id is null
         and exists (select from ${sqlName(table)} t
           where t.tenant_id = $1 and strpos(concat_ws(' ', ${words}), c.id::text) > 0)`,
        [tenantId, ids],
      ),
    );
    for (const { id } of found) named.add(id);
  }
  return [...named];
}

/** Columns that may hold an id: words, JSON, lists of words, and ids called after media. */
async function searchedTables(tx: Tx): Promise<{ table: string; columns: string[] }[]> {
  const rows = await tx.rows<{ table: string; columns: string[] }>(
    `select c.table_name::text as table, array_agg(c.column_name::text) as columns
     from information_schema.columns c
     join information_schema.tables b using (table_schema, table_name)
     where c.table_schema = 'public' and b.table_type = 'BASE TABLE'
       and (c.udt_name in ('json', 'jsonb', 'text', 'varchar', '_text', '_varchar')
         or (c.udt_name in ('uuid', '_uuid') and c.column_name like '%media%'))
       and exists (select from information_schema.columns k where k.table_schema = 'public'
         and k.table_name = c.table_name and k.column_name = 'tenant_id')
     group by 1 order by 1`,
  );
  return rows.filter(({ table }) => !noFiles.has(table));
}

/**
 * The values of a sealed column, by its table's key. Ids grow with time: a message older than the oldest upload in question cannot
 * show it. Messages are the one table too long to be sorted by the text of its key, or read from its beginning.
 */
async function* sealedRows(
  db: Db,
  tenantId: TenantId,
  { table, column, rowFrom }: SealedColumn,
  oldest: string,
): AsyncGenerator<{ row: string; sealed: Buffer }> {
  const row = rowFrom.map((name) => `${sqlName(name)}::text`).join(" || ':' || ");
  const isRecord = table === "message";
  const [key, place] = isRecord ? ["id", "$2::uuid"] : [`(${row}) collate "C"`, "$2"];
  let after = isRecord ? oldest : "";
  for (;;) {
    const found = await db.system((tx) =>
      tx.rows<{ row: string; sealed: Buffer }>(
        `select ${row} as row, ${sqlName(column)} as sealed from ${sqlName(table)}
         where tenant_id = $1 and ${sqlName(column)} is not null and ${key} > ${place} order by ${key} limit $3`,
        [tenantId, after, batchRows],
      ),
    );
    yield* found;
    const last = found.at(-1);
    if (last === undefined || found.length < batchRows) return;
    after = last.row;
    await new Promise((resume) => setImmediate(resume)); // chats come first
  }
}
