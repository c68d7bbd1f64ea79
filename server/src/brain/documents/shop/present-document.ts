// A document's row, its passages and changes as the workbench sees them. Pure.

import type { DocumentChange, DocumentPassage, DocumentSummary, ShopDocument } from "@yingda/contract";
import type { CutPassage } from "../cut/cut-passages.ts";
import type { DocumentRow } from "./document-store.ts";
import type { ChangeRow } from "./passage-store.ts";

export function presentSummary(row: DocumentRow): DocumentSummary {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    url: row.url,
    fileName: row.file_name,
    sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
    isOn: row.is_on,
    state: row.state,
    done: row.done,
    total: row.total,
    error: row.error,
    problemCount: row.problems.length,
    pageCount: row.page_count,
    passageCount: row.passage_count,
    changedCount: row.changed_count,
    schedule: row.schedule,
    depth: row.depth,
    mostPages: row.most_pages,
    readAt: row.read_at?.toISOString() ?? null,
    nextReadAt: row.next_read_at?.toISOString() ?? null,
    version: row.version,
    updatedAt: row.updated_at.toISOString(),
  };
}

export function presentDocument(row: DocumentRow): ShopDocument {
  return { ...presentSummary(row), problems: row.problems };
}

export function presentPassage({ id, page, url, heading, text }: CutPassage): DocumentPassage {
  return { id, page, url, heading: [...heading], text };
}

export function presentChange({ text_before, text_after, at, ...change }: ChangeRow): DocumentChange {
  return { ...change, before: text_before, after: text_after, at: at.toISOString() };
}
