// Asks the planner, as the app role and under its row-level security, how it would run a query of a hot path. In a
// test every table is small and a sequential scan is always cheapest, so the planner is told to avoid them: one that is
// left, or an index read over all a tenant has, means that no index fits the query and that it crawls at a million rows.
import type { Db } from "../src/platform/db/transact.ts";

/** Tables that grow with every message; queue, faq and the like stay small for ever. */
export const largeTables = [
  "contact",
  "identity",
  "conversation",
  "message",
  "message_search",
  "read_mark",
  "outbox_event",
  "outbox_aggregate",
  "outbox_lane",
  "realtime_log",
  "turn_trace",
  "turn_state",
  "visitor",
  "media",
  "audit_entry",
  "webhook_seen",
  "delivery_attempt",
];

export interface Explained {
  /** Large tables that are read from end to end; a hot query has none. */
  readsWhole: string[];
  /** The plan as PostgreSQL shows it, for the message of a failed test. */
  plan: string;
}

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Cond"?: string;
  Plans?: PlanNode[];
}

/** Plans a query with these values; nothing is executed. Give every value the type it has in the program. */
export function explainAsApp(
  db: Db,
  tenantId: string,
  sql: string,
  values: unknown[] = [],
  large: string[] = largeTables,
): Promise<Explained> {
  return db.transact(tenantId, async (tx) => {
    await tx.run("set local enable_seqscan = off");
    const found = await tx.one<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
      `explain (format json) ${sql}`,
      values,
    );
    const whole = found["QUERY PLAN"].flatMap(({ Plan }) => wholeReads(Plan, false));
    return {
      readsWhole: [...new Set(whole.filter((table) => large.includes(table)))],
      plan: JSON.stringify(found["QUERY PLAN"], null, 1),
    };
  });
}

/** Nodes that must see all their rows before they give the first: a limit above them bounds nothing below. */
const needsAll = new Set(["Sort", "Aggregate", "Hash", "WindowAgg", "Unique", "SetOp"]);

/** Names of tables read from end to end, or over everything one tenant has, with no limit to stop it. */
function wholeReads(node: PlanNode, isLimited: boolean): string[] {
  const type = node["Node Type"];
  const below = type === "Limit" || (isLimited && !needsAll.has(type));
  const children = (node.Plans ?? []).flatMap((child) => wholeReads(child, below));
  const table = node["Relation Name"];
  if (table === undefined || !isWhole(node, isLimited)) return children;
  return [table, ...children];
}

function isWhole(node: PlanNode, isLimited: boolean): boolean {
  switch (node["Node Type"]) {
    case "Seq Scan":
      return true;
    case "Index Scan":
    case "Index Only Scan":
      return isUnselective(node, isLimited);
    case "Bitmap Heap Scan":
      return indexScansOf(node).every((scan) => isUnselective(scan, false)); // a bitmap is made whole, limit or not
    default:
      return false;
  }
}

function indexScansOf(node: PlanNode): PlanNode[] {
  return (node.Plans ?? []).flatMap((child) =>
    child["Node Type"] === "Bitmap Index Scan" ? [child] : indexScansOf(child),
  );
}

/** In index order up to a limit, the tenant alone is enough; without one it is everything the tenant has. */
function isUnselective(scan: PlanNode, isLimited: boolean): boolean {
  const condition = scan["Index Cond"];
  return condition === undefined || (!isLimited && onlyTenant(condition));
}

function onlyTenant(condition: string): boolean {
  let rest = condition;
  for (let at = rest.indexOf("(tenant_id = "); at !== -1; at = rest.indexOf("(tenant_id = "))
    rest = rest.slice(0, at) + rest.slice(closingParenthesis(rest, at) + 1);
  return /^[()\s]*(?:AND[()\s]*)*$/.test(rest);
}

function closingParenthesis(text: string, opening: number): number {
  let depth = 0;
  for (let at = opening; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    else if (text[at] === ")") depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}
