// Asks the planner, as the app role and under its row-level security, how it would run a query of a hot path. In a
// test every table is small and a sequential scan is always cheapest, so the planner is told to avoid them: one that
// is left, or an index read from end to end, means that no index fits the query, and that it will crawl at a million rows.
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
    const nodes = found["QUERY PLAN"].flatMap(({ Plan }) => allNodes(Plan));
    const whole = nodes.filter(isWholeRead).map((node) => node["Relation Name"] ?? "");
    return {
      readsWhole: [...new Set(whole.filter((table) => large.includes(table)))],
      plan: JSON.stringify(found["QUERY PLAN"], null, 1),
    };
  });
}

function allNodes(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(allNodes)];
}

function isWholeRead(node: PlanNode): boolean {
  if (node["Node Type"] === "Seq Scan") return true;
  return /^Index (Only )?Scan$/.test(node["Node Type"]) && node["Index Cond"] === undefined;
}
