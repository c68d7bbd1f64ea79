// The helper that guards the hot paths must itself tell a good plan from a bad one.
import { expect, test } from "vitest";
import { newId } from "../src/platform/ids.ts";
import { testDatabase, testTenant } from "./database.ts";
import { explainAsApp } from "./explain.ts";

const { db } = await testDatabase();

interface Case {
  what: string;
  text: string;
  readsWhole: string[];
}

// $1 is the tenant, $2 another id
const cases: Case[] = [
  {
    what: "a page of one conversation",
    text: "select * from message where tenant_id = $1 and conversation_id = $2 order by seq desc limit 50",
    readsWhole: [],
  },
  {
    what: "the newest of a tenant, in the order of an index",
    text: "select id from conversation where tenant_id = $1 and contact_id = $2 order by created_at desc limit 50",
    readsWhole: [],
  },
  {
    what: "the newest of a tenant, sorted after reading all",
    text: "select id from conversation where tenant_id = $1 and contact_id <> $2 order by is_demo limit 50",
    readsWhole: ["conversation"],
  },
  {
    what: "a count over a tenant",
    text: "select count(*) from message where tenant_id = $1 and author_id is distinct from $2",
    readsWhole: ["message"],
  },
  {
    what: "a join of which one side has no index",
    text: `select c.id from conversation c join message m on m.author_id = c.handler_agent_id
      where c.tenant_id = $1 and c.id = $2 and m.tenant_id = $1`,
    readsWhole: ["message"],
  },
  {
    what: "a small table may be read whole",
    text: "select * from queue where tenant_id = $1 and name <> $2::text",
    readsWhole: [],
  },
];

test.each(cases)("$what", async ({ text, readsWhole }) => {
  const { tenantId } = await testTenant();
  const explained = await explainAsApp(db, tenantId, text, [tenantId, newId<string>()]);
  expect(explained.readsWhole, explained.plan).toEqual(readsWhole);
});

test("row-level security is part of the plan, as a condition an index can serve", async () => {
  const { tenantId } = await testTenant();
  const explained = await explainAsApp(db, tenantId, "select seq from message where id = $1", [
    newId<string>(),
  ]);
  expect(explained.readsWhole, explained.plan).toEqual([]);
  expect(explained.plan).toMatch(/"Index Cond": ".*app\.tenant/);
});
