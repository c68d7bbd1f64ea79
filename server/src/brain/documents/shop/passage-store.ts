// SQL for what documents say (passages), and for what a new reading found otherwise (changes).

import type { DocumentId, TenantId } from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";
import type { CutPassage } from "../cut/cut-passages.ts";
import { headingJoin } from "../search/cite-passage.ts";
import type { PassageChange } from "./compare-passages.ts";

const columns = "id, page, url, heading, text";
const insertedAtOnce = 500;

/** All of a document, in its order. */
export function listAllPassages(tx: Tx, tenantId: TenantId, id: DocumentId): Promise<CutPassage[]> {
  return tx.rows<CutPassage>(
    `select ${columns} from document_passage where tenant_id = $1 and document_id = $2 order by at`,
    [tenantId, id],
  );
}

export interface PassagesAsked {
  from: number;
  most: number;
  /** Only those that have these words; "" for all. */
  text: string;
  /** Only those on this page, and under these headings as a citation joins them. */
  page?: number | undefined;
  heading?: string | undefined;
}

/** A part of a document in its order, and how many there are of what was asked for. */
export async function listSomePassages(
  tx: Tx,
  tenantId: TenantId,
  id: DocumentId,
  { from, most, text, page, heading }: PassagesAsked,
): Promise<{ total: number; passages: CutPassage[] }> {
  const having = `tenant_id = $1 and document_id = $2 and ($3 = '' or position(lower($3) in lower(text || heading::text)) > 0)
    and ($4::int is null or page = $4)
    and ($5::text is null or array_to_string(array(select jsonb_array_elements_text(heading)), $6) = $5)`;
  const values = [tenantId, id, text, page ?? null, heading ?? null, headingJoin];
  const { total } = await tx.one<{ total: number }>(
    `select count(*)::int as total from document_passage where ${having}`,
    values,
  );
  const passages = await tx.rows<CutPassage>(
    `select ${columns} from document_passage where ${having} order by at offset $7 limit $8`,
    [...values, from, most],
  );
  return { total, passages };
}

/** In the place of all there were. */
export async function replacePassages(
  tx: Tx,
  tenantId: TenantId,
  id: DocumentId,
  passages: readonly CutPassage[],
): Promise<void> {
  await tx.run("delete from document_passage where tenant_id = $1 and document_id = $2", [tenantId, id]);
  for (let from = 0; from < passages.length; from += insertedAtOnce) {
    const rows = passages
      .slice(from, from + insertedAtOnce)
      .map((passage, at) => ({ ...passage, at: from + at }));
    await tx.run(
      `insert into document_passage (tenant_id, document_id, id, at, page, url, heading, text)
       select $1, $2, row.id, row.at, row.page, row.url, row.heading, row.text
       from jsonb_to_recordset($3::jsonb) as row(id text, at int, page int, url text, heading jsonb, text text)`,
      [tenantId, id, JSON.stringify(rows)],
    );
  }
}

export interface ChangeRow {
  id: string;
  at: Date;
  kind: "added" | "changed" | "removed";
  page: number | null;
  url: string | null;
  heading: string[];
  text_before: string | null;
  text_after: string | null;
}

/** What nobody has looked at yet, newest first. */
export function listChanges(tx: Tx, tenantId: TenantId, id: DocumentId, most: number): Promise<ChangeRow[]> {
  return tx.rows<ChangeRow>(
    `select id, at, kind, page, url, heading, text_before, text_after from document_change
     where tenant_id = $1 and document_id = $2 order by at desc, id limit $3`,
    [tenantId, id, most],
  );
}

/** Adds what is new, and takes back what is as it was before the first of the changes that nobody has looked at. */
export async function addChanges(
  tx: Tx,
  tenantId: TenantId,
  id: DocumentId,
  changes: readonly PassageChange[],
  at: Date,
): Promise<void> {
  const rows = changes.map(({ before, after, ...change }) => ({
    ...change,
    text_before: before,
    text_after: after,
  }));
  await tx.run(
    `insert into document_change (tenant_id, document_id, id, at, kind, page, url, heading, text_before, text_after)
     select $1, $2, row.id, $4, row.kind, row.page, row.url, row.heading, row.text_before, row.text_after
     from jsonb_to_recordset($3::jsonb) as row(id text, kind text, page int, url text, heading jsonb, text_before text,
       text_after text)
     on conflict (tenant_id, document_id, id) do update set at = excluded.at, text_after = excluded.text_after,
       kind = case when document_change.text_before is null then 'added' when excluded.text_after is null then 'removed'
         else 'changed' end`,
    [tenantId, id, JSON.stringify(rows), at],
  );
  await tx.run(
    `delete from document_change where tenant_id = $1 and document_id = $2 and text_before is not distinct from text_after`,
    [tenantId, id],
  );
}

/** Keeps the newest. */
export async function trimChanges(tx: Tx, tenantId: TenantId, id: DocumentId, most: number): Promise<number> {
  await tx.run(
    `delete from document_change where tenant_id = $1 and document_id = $2 and id in (
       select id from document_change where tenant_id = $1 and document_id = $2 order by at desc, id offset $3)`,
    [tenantId, id, most],
  );
  const { count } = await tx.one<{ count: number }>(
    "select count(*)::int as count from document_change where tenant_id = $1 and document_id = $2",
    [tenantId, id],
  );
  return count;
}

export async function removeChanges(
  tx: Tx,
  tenantId: TenantId,
  id: DocumentId,
  ids: readonly string[],
): Promise<void> {
  await tx.run(
    "delete from document_change where tenant_id = $1 and document_id = $2 and id = any($3::text[])",
    [tenantId, id, ids],
  );
  await tx.run(
    `update shop_document set changed_count = (
       select count(*) from document_change where tenant_id = $1 and document_id = $2)
     where tenant_id = $1 and id = $2`,
    [tenantId, id],
  );
}
