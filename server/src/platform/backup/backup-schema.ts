/**
 * What the catalogue says about the tables to save: names, columns, the order that foreign keys ask for.
 *
 * Read from the database itself, so that a table added by a migration is in the next backup without anybody
 * thinking of it. Left out are only rows about running processes.
 */
import type pg from "pg";
import type { AppliedMigration } from "./backup-header.ts";

/** Their rows mean nothing on another machine or at another time. */
const notSaved = new Set(["schema_migration", "server_node", "outbox_lease"]);

export type SavedTable = {
  name: string;
  columns: string[];
  hasForcedPolicies: boolean;
};
export type ForeignKey = { name: string; table: string; target: string; isDeferrable: boolean };
export type SavedSchema = {
  /** In an order in which each table comes after those it refers to. */
  tables: SavedTable[];
  /** Foreign keys that no order can satisfy (cycles) and that cannot be deferred as they are. */
  cyclic: ForeignKey[];
  sequences: string[];
};

export async function readSchema(client: pg.Client): Promise<SavedSchema> {
  const { rows: tables } = await client.query<SavedTable>(
    `select c.relname::text as name, c.relforcerowsecurity as "hasForcedPolicies",
       array(select a.attname::text from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
             order by a.attnum) as columns
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     order by c.relname`,
  );
  const { rows: keys } = await client.query<ForeignKey>(
    `select k.conname::text as name, k.conrelid::regclass::text as table, k.confrelid::regclass::text as target, k.condeferrable as "isDeferrable"
     from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.conparentid = 0`,
  );
  const { rows: sequences } = await client.query<{ name: string }>(
    `select relname::text as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'S' order by relname`,
  );
  const saved = tables.filter(({ name }) => !notSaved.has(name));
  return { ...inOrder(saved, keys), sequences: sequences.map(({ name }) => name) };
}

export async function appliedMigrations(client: pg.Client): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(
    "select number, name, checksum from schema_migration order by number",
  );
  return rows;
}

/** Tables after those they refer to. A table that refers to itself needs nothing: COPY checks at its end. */
export function inOrder<T extends { name: string }>(
  tables: readonly T[],
  keys: readonly ForeignKey[],
): { tables: T[]; cyclic: ForeignKey[] } {
  const relevant = keys.filter((key) => key.table !== key.target);
  const ordered: T[] = [];
  const waiting = new Map(tables.map((table) => [table.name, table]));
  while (waiting.size > 0) {
    const blockedBy = (name: string) =>
      relevant.filter((key) => key.table === name && waiting.has(key.target)).length;
    const names = [...waiting.keys()];
    // in a cycle the least blocked goes first; its open keys are deferred
    const next = names.reduce((best, name) => (blockedBy(name) < blockedBy(best) ? name : best));
    const table = waiting.get(next);
    if (table !== undefined) ordered.push(table);
    waiting.delete(next);
  }
  const position = new Map(ordered.map(({ name }, i) => [name, i]));
  const isEarly = (key: ForeignKey) => (position.get(key.target) ?? -1) > (position.get(key.table) ?? -1);
  return { tables: ordered, cyclic: relevant.filter((key) => !key.isDeferrable && isEarly(key)) };
}

/** A name as PostgreSQL wants it in a statement. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
