// The shop's policies over HTTP on a real database: kept, refused with the place, tried, answered by at once; other nodes
// hear of them; two shops never see each other's.

import type { ShopPolicy } from "@yingda/contract";
import { afterAll, expect, test } from "vitest";
import { testDatabase } from "../../../../test/database.ts";
import { testServices } from "../../../../test/services.ts";
import { makeCtx } from "../../../platform/context.ts";
import { brainApp } from "../../testing/brain-app.ts";
import { knowledgeFor, knowledgeListener } from "../knowledge-cache.ts";
import { shippedPolicies } from "./known-policy.ts";
import { purgePolicies } from "./purge-policies.ts";

const database = await testDatabase();
const services = await testServices(database);
const { tenantId } = await database.tenant();
const other = (await database.tenant()).tenantId;
const { call, close } = await brainApp(services, {
  owner: { tenantId, role: "owner" },
  viewer: { tenantId, role: "viewer" },
  stranger: { tenantId: other, role: "owner" },
});
afterAll(close);

const shipped = (key: string) =>
  shippedPolicies().find((one) => one.key === key) ?? expect.fail(`${key} does not ship`);
const warranty = shipped("warranty");
const fee = shipped("delivery-fee");
const ask = async (text: string, as = "owner", conversation?: string) =>
  (await call("tryIt", { as, body: { text, conversation } })).body;
const made = async (source: unknown, isOn = true, as = "owner") =>
  (await call("createPolicy", { as, body: { source, isOn } })).body as ShopPolicy;

test("a policy is added off, switched on, changed, removed and brought back; each is live at once", async () => {
  const policy = await made(warranty.yaml, false);
  expect(policy).toMatchObject({ key: "warranty", isOn: false, version: 1, source: warranty.source });
  expect((await ask("昨天买的还在保修期吗")).outcome).not.toBe("answer");
  const params = { id: policy.id };
  const on = await call("updatePolicy", { params, body: { source: policy.source, isOn: true, version: 1 } });
  expect(on.body).toMatchObject({ isOn: true, version: 2 });
  const answered = await ask("昨天买的还在保修期吗", "owner", "talk");
  expect(answered.trace.map(({ step }: { step: string }) => step)).toContain("policy");
  expect(["answer", "ask-back"]).toContain(answered.outcome);
  expect(answered.trace.at(-2)?.because.code).toMatch(/^policy-/u);

  const stale = await call("updatePolicy", {
    params,
    body: { source: policy.source, isOn: true, version: 1 },
  });
  expect(stale).toMatchObject({ status: 409, code: "policy/version-moved" });
  expect((await call("deletePolicy", { params })).status).toBe(204);
  expect((await ask("昨天买的还在保修期吗")).trace.at(-2)?.because.code).not.toMatch(/^policy-/u);
  expect((await call("restorePolicy", { params })).body).toMatchObject({ isOn: true, version: 4 });
  expect((await ask("昨天买的还在保修期吗")).trace.at(-2)?.because.code).toMatch(/^policy-/u);
  const audit = await services.db.system((tx) =>
    tx.rows<{ kind: string }>(
      "select kind from outbox_event where tenant_id = $1 and payload::text like $2 order by seq",
      [tenantId, `%${policy.id}%`],
    ),
  );
  expect(audit.filter(({ kind }) => kind === "audit-requested")).toHaveLength(4);
  await call("deletePolicy", { params });
});

test("what is wrong is refused with its place, and nothing is kept", async () => {
  const source = {
    ...fee.source,
    rules: fee.source.rules.map((rule) => ({ ...rule, when: [{ input: "nothing", number: { to: 1 } }] })),
  };
  const refused = await call("createPolicy", { body: { source, isOn: true } });
  expect(refused).toMatchObject({ status: 400, code: "policy/wrong" });
  expect(refused.body.error.details.problems[0]).toMatchObject({
    code: "unknown-input",
    path: expect.stringContaining("rules[0]"),
  });
  const text = await call("createPolicy", { body: { source: "key: [", isOn: false } });
  expect(text).toMatchObject({ status: 400, code: "policy/wrong" });
  expect((await call("listPolicies")).body.policies).toEqual([]);
});

test("rules are tried as they stand in the editor", async () => {
  const tried = await call("tryPolicy", {
    as: "viewer",
    body: { source: fee.yaml, text: "寄到上海，买了 280 元，运费多少" },
  });
  expect(tried.body).toMatchObject({ kind: "decided" });
  expect(tried.body.read.map(({ quote }: { quote: string }) => quote).join(" ")).toContain("280");
  const missing = await call("tryPolicy", { body: { source: fee.source, text: "运费多少" } });
  expect(missing.body).toMatchObject({ kind: "missing", question: { zh: expect.stringContaining("省") } });
  const wrong = await call("tryPolicy", { body: { source: "[]", text: "运费多少" } });
  expect(wrong.body).toMatchObject({ kind: "problems" });
});

test("a viewer reads and changes nothing; one key stands once; another shop sees nothing", async () => {
  const policy = await made(fee.source);
  expect((await call("listPolicies", { as: "viewer" })).body.policies).toHaveLength(1);
  expect(
    await call("createPolicy", { as: "viewer", body: { source: fee.source, isOn: true } }),
  ).toMatchObject({ status: 403 });
  expect(await call("createPolicy", { body: { source: fee.source, isOn: true } })).toMatchObject({
    status: 409,
    code: "policy/key-taken",
  });
  expect((await call("listPolicies", { as: "stranger" })).body.policies).toEqual([]);
  const params = { id: policy.id };
  for (const name of ["deletePolicy", "restorePolicy"] as const)
    expect(await call(name, { as: "stranger", params })).toMatchObject({ status: 404 });
  const body = { source: fee.source, isOn: false, version: 1 };
  expect((await call("updatePolicy", { as: "stranger", params, body })).status).toBe(404);
  expect((await ask("寄到上海，买了 280 元，运费多少", "stranger")).trace.at(-2)?.because.code).not.toMatch(
    /^policy-/u,
  );
  await call("deletePolicy", { params });
});

test("a change on another node is heard", async () => {
  const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "test" } });
  const policy = await made(fee.source);
  const knowledge = await knowledgeFor(ctx);
  knowledge.usePolicies(new Map()); // as a node that has not heard yet
  knowledgeListener(services).heard([{ tenantId, kind: "policy-changed", event: undefined } as never]);
  await expect.poll(() => knowledge.policies.map(({ policy: { key } }) => key)).toEqual(["delivery-fee"]);
  await call("deletePolicy", { params: { id: policy.id } });
});

test("what was deleted long ago ends", async () => {
  await services.db.system((tx) =>
    tx.run(
      "update shop_policy set deleted_at = deleted_at - interval '31 days' where deleted_at is not null",
      [],
    ),
  );
  expect(await purgePolicies(services)).toBeGreaterThan(0);
  expect(await purgePolicies(services)).toBe(0);
});
