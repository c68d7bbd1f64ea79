/**
 * Names of the tables that a piece of SQL reads or writes, for table-owners.ts.
 *
 * Not a parser: it knows the places of the grammar where a table may stand, and the words that look like such a place but
 * are not (`extract(x from y)`, `for update`, `is distinct from`). A computed name comes out as the placeholder.
 */
import { placeholder } from "./syntax.ts";

const name = `(?:only\\s+)?(?!(?:lateral|select|values|or|and|where|on|set|stdin|stdout)\\b)("?[a-z_][\\w$]*"?(?:\\."?[a-z_][\\w$]*"?)?|${placeholder})(?![\\w$."])`;
/** A name with "(" behind it is a function, save after `insert into`. */
const source = `${name}(?!\\s*\\()`;
const alias = `(?:\\s+(?:as\\s+)?(?!(?:on|where|join|left|right|inner|cross|full|natural|using|set|group|order|limit|union|returning|for|values|select|when|tablesample)\\b)[a-z_]\\w*)?`;
const places = [
  new RegExp(`\\b(?:from|join)\\s+${source}${alias}((?:\\s*,\\s*${source}${alias})*)`, "gi"),
  new RegExp(`\\b(?:insert|merge)\\s+into\\s+${name}`, "gi"),
  new RegExp(
    `(?<!\\b(?:for|do|on|key|before|after|or)\\s*)\\bupdate\\s+${name}(?=(?:\\s+(?:as\\s+)?\\w+)?\\s+set\\b)`,
    "gi",
  ),
  new RegExp(`\\b(?:truncate(?:\\s+table)?|lock\\s+table|alter\\s+table)\\s+${name}`, "gi"),
  new RegExp(`^\\s*copy\\s+${name}`, "gi"),
];
const usingPlace = new RegExp(`\\busing\\s+${source}`, "gi");
const commaPlace = new RegExp(`,\\s*${source}`, "gi");

const notAPlace = [
  /--[^\n]*/g,
  /\b(?:extract|substring|trim|overlay)\s*\((?:[^()]|\([^()]*\))*\)/gi,
  /\bdistinct\s+from\b/gi,
];

/** A statement, or a piece of one: how an English sentence with "from" in it is told from SQL. */
const statement =
  /\bselect\b[\s\S]*\bfrom\b|\binsert\s+into\b|\bdelete\s+from\b|\bupdate\s+\S+(?:\s+\S+){0,2}?\s+set\b|\bmerge\s+into\b|\btruncate\b|\block\s+table\b|^\s*copy\s/i;
const piece =
  /^\s*(?:from|(?:left|right|full|inner|cross|natural)?\s*(?:outer\s+)?join|where|and|or|union|exists|with)\b/i;

/** Lower-case names without quotes and without "public."; null when the text is no SQL. */
export function tablesIn(text: string): { tables: string[]; isStatement: boolean } | null {
  const isStatement = statement.test(text);
  if (!isStatement && !piece.test(text)) return null;
  const plain = notAPlace.reduce((rest, pattern) => rest.replace(pattern, " "), text);
  const found: string[] = [];
  for (const place of places)
    for (const [, first, more] of plain.matchAll(place)) {
      if (first) found.push(first);
      for (const [, next] of (more ?? "").matchAll(commaPlace)) if (next) found.push(next);
    }
  if (/\b(?:delete\s+from|merge\s+into)\b/i.test(plain))
    for (const [, first] of plain.matchAll(usingPlace)) if (first) found.push(first);
  return { tables: [...new Set(found.map(normalise))], isStatement };
}

/** Names given to sub-queries by `with`: not tables. */
export function namedQueriesIn(text: string): string[] {
  const definition =
    /(?:\bwith(?:\s+recursive)?|,)\s+("?[a-z_]\w*"?)\s*(?:\([^()]*\)\s*)?as\s+(?:not\s+)?(?:materialized\s*)?\(/gi;
  return [...text.matchAll(definition)].map(([, found]) => normalise(found ?? ""));
}

function normalise(found: string): string {
  return found
    .replaceAll('"', "")
    .toLowerCase()
    .replace(/^public\./, "");
}
