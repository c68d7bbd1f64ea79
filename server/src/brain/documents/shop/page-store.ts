// SQL for the pages of a site as they were last read. Written page by page while a reading goes on, so that one whose
// process died does not begin again at the first page.

import type { DocumentId, TenantId } from "@yingda/contract";
import type { Tx } from "../../../platform/db/index.ts";
import type { EarlierPage, ReadPage } from "../read/index.ts";
import type { ReadingRef } from "./reading-store.ts";

/** Raised whenever pages are read otherwise than before: what an older reader kept is asked for anew. */
const readerVersion = 1;

export type KeptPage = Pick<ReadPage, "url" | "title" | "sections" | "problems">;

/** What is known of the pages, by address; those that this reading has seen already are `isRead`. */
export async function listEarlierPages(
  tx: Tx,
  tenantId: TenantId,
  { documentId, run }: ReadingRef,
): Promise<Map<string, EarlierPage>> {
  const rows = await tx.rows<EarlierPage & { url: string }>(
    `select url, run = $3 as "isRead", etag, last_modified as "lastModified", links, hash
     from document_page where tenant_id = $1 and document_id = $2 and reader = $4`,
    [tenantId, documentId, run, readerVersion],
  );
  return new Map(rows.map(({ url, ...page }) => [url, page]));
}

export async function keepPage(
  tx: Tx,
  tenantId: TenantId,
  { documentId, run }: ReadingRef,
  page: ReadPage,
): Promise<void> {
  const { url, title, sections, problems, links, hash, etag, lastModified } = page;
  await tx.run(
    `insert into document_page (tenant_id, document_id, url, run, reader, title, sections, problems, links, hash, etag, last_modified)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9::jsonb, $10, $11, $12)
     on conflict (tenant_id, document_id, url) do update set run = excluded.run, reader = excluded.reader,
       title = excluded.title, sections = excluded.sections, problems = excluded.problems, links = excluded.links,
       hash = excluded.hash, etag = excluded.etag, last_modified = excluded.last_modified`,
    [
      tenantId,
      documentId,
      url,
      run,
      readerVersion,
      title,
      JSON.stringify(sections),
      JSON.stringify(problems),
      JSON.stringify(links),
      hash,
      etag,
      lastModified,
    ],
  );
}

/** A page that has not changed: seen by this reading, too. Undefined when it is not there any more. */
export function seePage(
  tx: Tx,
  tenantId: TenantId,
  { documentId, run }: ReadingRef,
  url: string,
): Promise<KeptPage | undefined> {
  return tx.maybe<KeptPage>(
    `update document_page set run = $4 where tenant_id = $1 and document_id = $2 and url = $3
     returning url, title, sections, problems`,
    [tenantId, documentId, url, run],
  );
}

/** Pages that the finished reading did not meet. */
export async function dropOtherPages(
  tx: Tx,
  tenantId: TenantId,
  documentId: DocumentId,
  run: number,
): Promise<void> {
  await tx.run("delete from document_page where tenant_id = $1 and document_id = $2 and run <> $3", [
    tenantId,
    documentId,
    run,
  ]);
}
