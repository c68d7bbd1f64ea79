// A rehearsal over HTTP on a real database: brought in, run, judged, compared with drafts, guarding, cancelled, taken away.
import type { RehearsalCase, RehearsalRunFull } from "@yingda/contract";
import { afterAll, expect, test } from "vitest";
import { brainApp } from "../src/brain/testing/brain-app.ts";
import { rehearsalRoutes } from "../src/turns/rehearsal/rehearsal-routes.ts";
import { runRehearsal } from "../src/turns/rehearsal/runs.ts";
import { testDatabase } from "./database.ts";
import { testServices } from "./services.ts";

const database = await testDatabase();
const services = await testServices(database);
const { tenantId } = await database.tenant();
const other = (await database.tenant()).tenantId;
const { call, close } = await brainApp(
  services,
  {
    owner: { tenantId, role: "owner" },
    viewer: { tenantId, role: "viewer" },
    stranger: { tenantId: other, role: "owner" },
  },
  rehearsalRoutes,
);
afterAll(close);

const shipping = {
  question: "多久发货？",
  answer: "48 小时内发货。",
  phrasings: ["什么时候发货", "几天发货"],
};
const made = async () =>
  (await call("createFaq", { body: shipping })).body as { id: string; slug: string; version: number };
const cases = async () => (await call("listRehearsalCases")).body as RehearsalCase[];
const run = async (area: "live" | "test") => {
  const started = (await call("startRehearsal", { body: { area } })).body;
  await runRehearsal(services, { tenantId, runId: started.id });
  return (await call("getRehearsalRun", { params: { id: started.id } })).body as RehearsalRunFull;
};

test("pasted, looked at first, run, told what is right, run again, compared", async () => {
  const faq = await made();
  const text = "客户：多久发货\n客服：两天\n\n你们老板的猫叫什么\n";
  const looked = await call("pasteRehearsal", { body: { text, isDryRun: true } });
  expect(looked.body).toMatchObject({
    conversations: 2,
    lines: 2,
    sample: [["多久发货"], ["你们老板的猫叫什么"]],
  });
  expect(await cases()).toEqual([]);
  await call("pasteRehearsal", { body: { text } });
  const found = async (says: string) =>
    (await cases()).find(({ turns: [turn] }) => turn?.customer === says) ??
    expect.fail(`${says} is not kept`);
  const first = await found("多久发货");
  const second = await found("你们老板的猫叫什么");

  const before = await run("live");
  expect(before).toMatchObject({
    state: "done",
    done: 2,
    total: 2,
    sums: { cases: 2, lines: 2, solved: 1, checked: 0, yuan: 0 },
  });
  const params = { id: first.id };
  const wanted = { outcome: "answered", faq: faq.slug };
  const changed = await call("changeRehearsalCase", {
    params,
    body: { isGate: true, expect: { at: 0, wanted } },
  });
  expect(changed.body).toMatchObject({ isGate: true, turns: [{ expect: wanted }] });
  await call("changeRehearsalCase", {
    params: { id: second.id },
    body: { expect: { at: 0, wanted: { outcome: ["refused", "handed-over"] } } },
  });
  const again = await run("live");
  expect(again.sums).toMatchObject({ checked: 2, asExpected: 2, wrong: 0 });
  expect((await call("rehearseGate")).body).toEqual({ cases: 1, failing: [] });

  // with the FAQ gone the gate fails, and the comparison says which line
  await call("deleteFaq", { params: { id: faq.id } });
  expect((await call("rehearseGate")).body.failing).toMatchObject([{ caseId: first.id }]);
  const worse = await run("live");
  const changes = await call("compareRehearsals", { params: { id: worse.id }, query: `?before=${again.id}` });
  expect(changes.body).toMatchObject([{ caseId: first.id, before: { got: "answered" } }]);

  const taken = (await call("deleteRehearsalCases", { body: { ids: [first.id, second.id] } })).body;
  expect(await cases()).toEqual([]);
  await call("restoreRehearsalCases", { body: { cases: taken } });
  expect((await cases()).find(({ id }) => id === first.id)).toMatchObject({
    isGate: true,
    turns: [{ expect: wanted }],
  });
});

test("a cancelled run stays cancelled; one without cases is refused", async () => {
  expect(await call("startRehearsal", { as: "stranger", body: { area: "live" } })).toMatchObject({
    status: 400,
    code: "rehearsal/nothing-found",
  });
  const started = (await call("startRehearsal", { body: { area: "test" } })).body;
  await call("cancelRehearsal", { params: { id: started.id } });
  await runRehearsal(services, { tenantId, runId: started.id });
  expect((await call("getRehearsalRun", { params: { id: started.id } })).body).toMatchObject({
    state: "cancelled",
    results: [],
  });
});

test("nothing found, permissions, and another shop", async () => {
  expect(await call("pasteRehearsal", { body: { text: "\n\n" } })).toMatchObject({
    status: 400,
    code: "rehearsal/nothing-found",
  });
  expect((await call("pasteRehearsal", { as: "viewer", body: { text: "在吗" } })).status).toBe(403);
  expect((await call("listRehearsalCases", { as: "stranger" })).body).toEqual([]);
  const [known] = await cases();
  const params = { id: known?.id ?? "" };
  expect((await call("changeRehearsalCase", { as: "stranger", params, body: { isGate: true } })).status).toBe(
    404,
  );
  const rows = await services.db.system((tx) =>
    tx.rows<{ sealed: Buffer }>("select sealed_turns as sealed from rehearsal_case where tenant_id = $1", [
      tenantId,
    ]),
  );
  for (const { sealed } of rows) expect(sealed.toString("utf8")).not.toContain("发货");
});
