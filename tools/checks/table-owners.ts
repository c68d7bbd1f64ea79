/**
 * Each table has one owning room; only that room's files may name it in a query, because coupling through data is the coupling
 * that lasts. Reads every string and template of server/src; migrations and tests may name any table.
 */
import { filesUnder, foldersIn, isTestGround, type SourceFile } from "./source-tree.ts";
import { namedQueriesIn, tablesIn } from "./sql-tables.ts";
import { placeholder, stringsOf } from "./syntax.ts";

const migrations = "server/src/platform/db/migrations/";
/** The catalogue of PostgreSQL belongs to nobody. */
const systemTable = /^(?:pg_|information_schema\.)/;
/** Words that follow "from" or "update" in a sentence for people. */
const englishWord =
  /^(?:the|a|an|this|that|these|those|it|its|your|our|their|here|there|now|one|each|every|any|all|other|another)$/;

/** Offences, and how many queries were looked at. `owners`: table → room. */
export function tableOffences(
  root: string,
  owners: Record<string, string>,
): { offences: string[]; queriesSeen: number } {
  const offences: string[] = [];
  let queriesSeen = 0;
  for (const file of filesUnder(root, "server/src")) {
    if (file.path.startsWith(migrations) || isTestGround(file.path)) continue;
    const room = file.path.split("/")[2] ?? "";
    const strings = stringsOf(file);
    const named = new Set(strings.flatMap(({ text }) => namedQueriesIn(text)));
    for (const { text, line } of strings) {
      const query = tablesIn(text);
      if (!query) continue;
      if (query.isStatement) queriesSeen += 1;
      for (const table of query.tables) {
        const wrong = named.has(table) ? null : judge(table, room, owners, query.isStatement);
        if (wrong) offences.push(`${file.path}:${line} ${wrong}`);
      }
    }
  }
  return { offences: [...new Set(offences)], queriesSeen };
}

function judge(
  table: string,
  room: string,
  owners: Record<string, string>,
  isStatement: boolean,
): string | null {
  if (table === placeholder)
    return isStatement && room !== "platform"
      ? "write the table's name out, so that its owner can be checked"
      : null;
  if (systemTable.test(table)) return null;
  const owner = Object.hasOwn(owners, table) ? owners[table] : undefined;
  if (owner === room) return null;
  if (owner !== undefined) return `table ${table} belongs to ${owner}`;
  return isStatement && !englishWord.test(table) ? `table ${table} belongs to no room` : null;
}

/** The list itself: every table that platform/db creates has an owner that exists, and no owner owns what does not exist. */
export function ownerOffences(root: string, owners: Record<string, string>): string[] {
  const files = filesUnder(root, "server/src/platform/db", /(?<!\.test)\.(?:sql|ts)$/);
  const dropped = new Set(files.flatMap(tablesDroppedBy));
  const created = new Set(files.flatMap(tablesCreatedBy).filter((table) => !dropped.has(table)));
  const roomsHere = new Set(foldersIn(root, "server/src"));
  return [
    ...[...created]
      .filter((table) => !Object.hasOwn(owners, table))
      .map((table) => `table ${table} has no owner`),
    ...Object.keys(owners)
      .filter((table) => !created.has(table))
      .map((table) => `nothing creates ${table}`),
    ...Object.entries(owners)
      .filter(([, room]) => !roomsHere.has(room))
      .map(([table, room]) => `${table} belongs to ${room}, which is no room`),
  ];
}

/** A partition is part of its parent's table and has no owner of its own; a temporary table has none either. */
function tablesCreatedBy(file: SourceFile): string[] {
  const text = file.text.replace(/--[^\n]*/g, "");
  const creation =
    /\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?"?(?:public\.)?"?(\w+)"?(?!\s+partition\s+of)\b/gi;
  return [...text.matchAll(creation)].flatMap(([, table]) => (table ? [table.toLowerCase()] : []));
}

/** A later migration may take a table away again. */
function tablesDroppedBy(file: SourceFile): string[] {
  const text = file.text.replace(/--[^\n]*/g, "");
  return [...text.matchAll(/\bdrop\s+table\s+(?:if\s+exists\s+)?"?(\w+)"?/gi)].flatMap(([, table]) =>
    table ? [table.toLowerCase()] : [],
  );
}
