// The shop's tables over HTTP on a real database: kept, refused, brought in and out, answered from at once; other nodes
// hear of them; two shops never see each other's.

import type { ShopTable } from "@yingda/contract";
import { afterAll, describe, expect, test, vi } from "vitest";
import { testDatabase } from "../../../../test/database.ts";
import { testServices } from "../../../../test/services.ts";
import { makeCtx } from "../../../platform/context.ts";
import { makeZip, xlsxParts } from "../../documents/read/testing/make-office.ts";
import { brainApp } from "../../testing/brain-app.ts";
import { knowledgeFor, knowledgeListener } from "../knowledge-cache.ts";
import { purgeTables } from "./purge-tables.ts";

const database = await testDatabase();
const services = await testServices(database);
const { tenantId } = await database.tenant();
const other = (await database.tenant()).tenantId;
const crowded = (await database.tenant()).tenantId;
const { call, close } = await brainApp(services, {
  owner: { tenantId, role: "owner" },
  viewer: { tenantId, role: "viewer" },
  stranger: { tenantId: other, role: "owner" },
  collector: { tenantId: crowded, role: "owner" },
});
afterAll(close);

const rows = [
  ["型号", "单价"],
  ["A3 打印机", "¥2,680"],
  ["A4 打印机", "¥1,099"],
];
const ask = async (text: string, as = "owner", conversation?: string) =>
  (await call("tryIt", { as, body: { text, conversation } })).body;
const made = async (name: string, as = "owner", cells = rows) =>
  (await call("createTable", { as, body: { name, rows: cells } })).body as ShopTable;

test("a table is made, answered from, changed, removed and brought back; each is live at once", async () => {
  expect((await ask("A3打印机多少钱")).outcome).not.toBe("answer");
  const table = await made("价目表");
  expect(table).toMatchObject({ name: "价目表", version: 1, rowCount: 2, columnCount: 2, rows });
  const params = { id: table.id };
  expect(await ask("A3打印机多少钱")).toMatchObject({
    outcome: "answer",
    text: "A3 打印机的单价：¥2,680。",
  });
  expect((await call("getTable", { params })).body).toEqual(table);
  expect((await call("listTables")).body).toMatchObject([{ id: table.id, name: "价目表", problemCount: 0 }]);

  const cheaper = { name: "新价目表", version: 1, rows: [rows[0], ["A3 打印机", "¥1,999"]] };
  expect((await call("updateTable", { params, body: cheaper })).body).toMatchObject({
    version: 2,
    rowCount: 1,
  });
  expect((await ask("A3打印机多少钱")).text).toContain("¥1,999");
  expect(await call("updateTable", { params, body: cheaper })).toMatchObject({
    status: 409,
    code: "table/version-moved",
    body: { error: { details: { version: 2 } } },
  });

  expect((await call("deleteTable", { params })).status).toBe(204);
  expect((await ask("A3打印机多少钱")).outcome).not.toBe("answer");
  expect(await call("getTable", { params })).toMatchObject({ status: 404, code: "table/not-found" });
  expect((await call("restoreTable", { params })).body).toMatchObject({ name: "新价目表", version: 4 });
  expect((await ask("A3打印机多少钱")).text).toContain("¥1,999");
  const events = await services.db.system((tx) =>
    tx.rows<{ kind: string }>(
      "select kind from outbox_event where tenant_id = $1 and payload::text like $2 order by seq",
      [tenantId, `%${table.id}%`],
    ),
  );
  const kinds = events.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === "table-changed")).toHaveLength(4); // added, changed, removed, brought back
  expect(kinds.filter((kind) => kind === "audit-requested")).toHaveLength(4);
  await call("deleteTable", { params });
});

test("several rows are asked back, the pick and the follow-up are answered", async () => {
  const table = await made("价目表");
  expect(await ask("打印机多少钱", "owner", "talk")).toMatchObject({ outcome: "ask-back" });
  expect((await ask("2", "owner", "talk")).text).toContain("¥1,099");
  expect((await ask("那 A3 呢", "owner", "talk")).text).toContain("¥2,680");
  await call("deleteTable", { params: { id: table.id } });
});

test("two shops never see or change each other's tables, nor are answered from them", async () => {
  const table = await made("秘密价目");
  const params = { id: table.id };
  expect((await call("listTables", { as: "stranger" })).body).toEqual([]);
  for (const name of ["getTable", "deleteTable", "restoreTable", "exportTable"] as const)
    expect(await call(name, { as: "stranger", params })).toMatchObject({ status: 404 });
  const body = { name: "抢来的", rows, version: 1 };
  expect((await call("updateTable", { as: "stranger", params, body })).status).toBe(404);
  expect((await ask("A3打印机多少钱", "stranger")).text).not.toContain("2,680");
  const own = await made("秘密价目", "stranger", [rows[0] ?? [], ["A3 打印机", "¥9"]]);
  expect((await ask("A3打印机多少钱", "stranger")).text).toContain("¥9");
  expect((await ask("A3打印机多少钱")).text).toContain("¥2,680");
  await call("deleteTable", { params });
  await call("deleteTable", { as: "stranger", params: { id: own.id } });
});

describe("a sheet", () => {
  const text = "型号,单价,成本\n\nA3 打印机,=1+1,900\nA4 打印机,¥1099,700\nA4 打印机,,600\n";

  test("is looked at, its problems with their place, and nothing is kept", async () => {
    const looked = await call("importTable", { file: { name: "价目.csv", text }, query: "?dryRun=1" });
    expect(looked).toMatchObject({ status: 200, body: { name: "价目", table: null } });
    expect(looked.body.reading.problems).toContainEqual({ code: "formula", row: 3, column: 2, text: "=1+1" });
    expect(looked.body.reading.problems).toContainEqual(
      expect.objectContaining({ code: "kept-private", column: 3 }),
    );
    expect((await call("listTables")).body).toEqual([]);
  });

  test("of a workbook is the first one in sight, without its hidden columns, and it is said what was left out", async () => {
    const book = makeZip(
      xlsxParts([
        { name: "旧价", rows: [["型号", "单价"]], isHidden: true },
        {
          name: "价目",
          rows: [
            ["型号", "进价", "供货", "单价"],
            ["A3 打印机", "¥900", "老王", "¥2,680"],
          ],
          hiddenColumns: [2, 3],
        },
        { name: "配件 & 耗材", rows: [["型号", "单价"]] },
      ]),
    );
    const file = { name: "价目.xlsx", text: book };
    const { body } = await call("importTable", { file, query: "?dryRun=1" });
    expect(body.rows).toEqual([
      ["型号", "单价"],
      ["A3 打印机", "¥2,680"],
    ]);
    const place = { row: null, column: null };
    expect(body.reading.problems).toEqual([
      { code: "more-sheets", ...place, text: "配件 & 耗材" },
      { code: "hidden-column", ...place, text: "进价" },
      { code: "hidden-column", ...place, text: "供货" },
    ]);
  });

  test("becomes a table that is taken out as it came in, formulas made harmless", async () => {
    const { body } = await call("importTable", {
      file: { name: "价目.csv", text },
      query: `?name=${encodeURIComponent("我的价目")}`,
    });
    expect(body.table).toMatchObject({ name: "我的价目", rowCount: 3 });
    const params = { id: body.table.id };
    const { raw } = await call("exportTable", { params });
    expect(raw.headers["content-disposition"]).toContain("attachment");
    expect(raw.body).toContain("'=1+1");
    const again = await call("importTable", { file: { name: "a.csv", text: raw.body }, query: "?dryRun=1" });
    expect(again.body.rows).toEqual(body.rows);
    await call("deleteTable", { params });
  });

  test.each<[string, string, number, string]>([
    ["empty", " , \n", 400, "table/empty"],
    ["binary", "a\u0000b", 400, "import/unreadable"],
    ["too long", `名称,价格\n${"a,1\n".repeat(2_001)}`, 413, "table/too-large"],
    ["too wide", `${"a,".repeat(61)}b\n`, 413, "table/too-large"],
    ["with a novel in a cell", `名称,价格\na,${"字".repeat(1_001)}\n`, 413, "table/too-large"],
  ])("that is %s is refused", async (_what, sheet, status, code) => {
    expect(await call("importTable", { file: { name: "x.csv", text: sheet } })).toMatchObject({
      status,
      code,
    });
    expect((await call("listTables")).body).toEqual([]);
  });
});

test("what is refused: no permission, no name, a name that is taken, one table too many", async () => {
  expect((await call("listTables", { as: "nobody" })).status).toBe(401);
  expect((await call("listTables", { as: "viewer" })).status).toBe(200);
  expect((await call("createTable", { as: "viewer", body: { name: "a", rows } })).status).toBe(403);
  expect(
    (await call("importTable", { as: "viewer", file: { name: "a.csv", text: "a,b\n1,2" } })).status,
  ).toBe(403);
  expect(await call("createTable", { body: { name: " ", rows } })).toMatchObject({
    status: 400,
    code: "request/invalid",
  });
  expect((await call("createTable", { body: { name: "空", rows: [[""]] } })).code).toBe("table/empty");
  const made20 = await Promise.all(
    Array.from({ length: 24 }, (_, at) =>
      call("createTable", { as: "collector", body: { name: `表${at}`, rows } }),
    ),
  );
  expect(made20.filter(({ status }) => status === 200)).toHaveLength(20);
  expect(new Set(made20.flatMap(({ code }) => code ?? []))).toEqual(new Set(["table/limit-reached"]));
  const [first, second] = (await call("listTables", { as: "collector" })).body;
  const taken = { name: second.name, rows, version: 1 };
  expect(await call("updateTable", { as: "collector", params: { id: first.id }, body: taken })).toMatchObject(
    { status: 409, code: "table/name-taken" },
  );
});

test("another node takes the tables anew when it hears of a change", async () => {
  const ctx = makeCtx(services, { tenantId: other, actor: { kind: "system", name: "test" } });
  const before = await knowledgeFor(ctx);
  expect(before.tables).toEqual([]);
  // written behind this node's back
  await database.db.transact(other, (tx) =>
    tx.run(
      `insert into shop_table (tenant_id, id, name, rows, row_count, column_count, problem_count, updated_at)
       values ($1, gen_random_uuid(), '远方', $2::jsonb, 2, 2, 0, now())`,
      [other, JSON.stringify(rows)],
    ),
  );
  knowledgeListener(services).heard([
    { kind: "table-changed", tenantId: other, aggregateId: other, seq: 1 } as never,
  ]);
  await expect.poll(() => before.tables.map(({ table }) => table.name)).toEqual(["远方"]);
  expect(await knowledgeFor(ctx)).toBe(before); // nothing was trained for it
});

test("a change elsewhere that could not be read is read with the next question", async () => {
  const ctx = makeCtx(services, { tenantId: other, actor: { kind: "system", name: "test" } });
  const before = await knowledgeFor(ctx);
  vi.spyOn(services.db, "transact").mockRejectedValueOnce(new Error("the line to the database broke"));
  const told = vi.spyOn(services.log, "error");
  knowledgeListener(services).heard([
    { kind: "table-changed", tenantId: other, aggregateId: other, seq: 1 } as never,
  ]);
  await expect.poll(() => told.mock.calls.map(([, words]) => words)).toContain("knowledge not reloaded");
  vi.restoreAllMocks();
  expect(await knowledgeFor(ctx)).not.toBe(before);
});

test("a deleted table ends after 30 days", async () => {
  const table = await made("过期");
  const params = { id: table.id };
  await call("deleteTable", { params });
  await services.db.system((tx) =>
    tx.run("update shop_table set deleted_at = deleted_at - interval '31 days' where id = $1", [table.id]),
  );
  expect((await call("restoreTable", { params })).code).toBe("table/not-found");
  expect(await purgeTables(services)).toBeGreaterThanOrEqual(1);
});
