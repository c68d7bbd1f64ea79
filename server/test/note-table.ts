// A table for the tests of the database itself, shaped as every table of the product is.

import type { Db } from "../src/platform/db/transact.ts";
import { newId } from "../src/platform/ids.ts";

export const insertText = "insert into note (tenant_id, id, text, rank) values ($1, $2, $3, $4)";
export const insertNote = { name: "test-insert-note", text: `${insertText} returning *` };
export const readNotes = { name: "test-read-notes", text: "select text from note order by text" };

export async function makeNoteTable(db: Db): Promise<void> {
  const owner = await db.dedicated("owner");
  await owner.query(`
    create table note (tenant_id uuid not null, id uuid not null, text text not null, rank bigint not null default 0,
      at timestamptz not null default now(), on_day date, big bigint[], primary key (tenant_id, id));
    create unique index note_text on note (tenant_id, text);
    select yingda_protect('note')`);
  await owner.end();
}

/** The values of one note, ready for `insertText`. */
export function note(tenantId: string, text: string, rank = 1): unknown[] {
  return [tenantId, newId<string>(), text, rank];
}

export async function textsOf(db: Db, tenantId: string): Promise<string[]> {
  const rows = await db.transact(tenantId, (tx) => tx.rows<{ text: string }>(readNotes.text));
  return rows.map((row) => row.text);
}

/** The code of the error a promise rejects with; "no error" when it resolves. */
export function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "no error",
    (error) => (error as { code?: string }).code ?? String(error),
  );
}
