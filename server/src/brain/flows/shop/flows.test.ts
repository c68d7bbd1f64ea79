// Flows over HTTP and on a real database: which there are, switching one on, what then happens in "try it", who may not,
// and that a tenant's own text and switches are its own.

import { afterAll, expect, test } from "vitest";
import { testDatabase } from "../../../../test/database.ts";
import { testServices } from "../../../../test/services.ts";
import { makeCtx } from "../../../platform/context.ts";
import { brainApp } from "../../testing/brain-app.ts";
import { flowListener, flowsFor } from "./flow-cache.ts";
import { switchFlow } from "./flows.ts";

const database = await testDatabase();
const services = await testServices(database);
const { tenantId } = await database.tenant();
const { tenantId: otherId } = await database.tenant();
const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "test" } });
const { call, close } = await brainApp(services, {
  owner: { tenantId, role: "owner" },
  viewer: { tenantId, role: "viewer" },
  other: { tenantId: otherId, role: "owner" },
});
afterAll(close);

const isOn = { body: { isOn: true } };
const orderStatus = { id: "order-status" };

test("the ten are off until somebody switches one on, for one tenant", async () => {
  const { body } = await call("listFlows");
  expect(body).toHaveLength(10);
  for (const flow of body)
    expect(flow).toMatchObject({ isOn: false, problemCount: 0, isOwn: false, version: 0 });
  expect(await call("switchFlow", { params: orderStatus, ...isOn })).toMatchObject({
    status: 200,
    body: { id: "order-status", isOn: true, version: 1, name: { zh: "查订单", en: "Order status" } },
  });
  expect((await call("getFlow", { params: orderStatus })).body).toMatchObject({
    isOn: true,
    yaml: expect.stringContaining("id: order-status"),
    problems: [],
  });
  expect((await call("getFlow", { params: orderStatus, as: "other" })).body).toMatchObject({ isOn: false });
  const audited = await database.asAdmin<{ details: unknown }>(
    `select payload -> 'details' as details from outbox_event
     where tenant_id = $1 and kind = 'audit-requested' and payload ->> 'action' = 'flow-switched'`,
    [tenantId],
  );
  expect(audited.map(({ details }) => details)).toEqual([{ slug: "order-status", isOn: true }]);
});

test("a flow that is on begins in try it, remembers, and looks up what it is connected to", async () => {
  await switchFlow(ctx, "order-status", true, "demo");
  const ask = (text: string, as = "owner") =>
    call("tryIt", { as, body: { text, conversation: "one" } }).then(({ body }) => body);
  expect(await ask("查订单")).toMatchObject({ outcome: "flow", text: "请告诉我订单号。" });
  expect(await ask("1001")).toMatchObject({
    outcome: "flow",
    text: expect.stringContaining("订单 1001（连帽卫衣 灰色 L 码）已发货，快递单号 SF3202000010011"),
  });
  expect(await ask("查订单", "other")).not.toMatchObject({ outcome: "flow" });
  await switchFlow(ctx, "order-status", true, null);
  await ask("查订单");
  expect(await ask("1001")).toMatchObject({ outcome: "handoff" });
  await call("switchFlow", { params: orderStatus, body: { isOn: false } });
  expect(await ask("查订单")).not.toMatchObject({ outcome: "flow" });
});

test("who may not is refused, and so are flows that do not exist or cannot run", async () => {
  expect((await call("listFlows", { as: "nobody" })).status).toBe(401);
  expect((await call("listFlows", { as: "viewer" })).status).toBe(200);
  expect((await call("switchFlow", { as: "viewer", params: orderStatus, ...isOn })).status).toBe(403);
  const missing = { params: { id: "nothing" } };
  expect(await call("getFlow", missing)).toMatchObject({ status: 404, code: "flow/not-found" });
  expect(await call("switchFlow", { ...missing, ...isOn })).toMatchObject({ status: 404 });
  const yaml = "id: own\nversion: 1\nname: { zh: 自己的, en: Own }\nstarts: { intents: [], phrases: {} }\n";
  await database.asAdmin(
    "insert into tenant_flow (tenant_id, flow, is_on, yaml, changed_at) values ($1, 'invoice', true, $2, now())",
    [tenantId, yaml],
  );
  flowListener(services).lost?.();
  const { body } = await call("getFlow", { params: { id: "invoice" } });
  expect(body).toMatchObject({ isOn: true, isOwn: true, yaml });
  expect(body.problems[0].text.zh).not.toBe("");
  expect((await flowsFor(ctx)).flows).toBeNull(); // on, and yet it must not run
  expect(await call("switchFlow", { params: { id: "invoice" }, ...isOn })).toMatchObject({
    status: 409,
    code: "flow/has-problems",
  });
});

test("a fault is looked up among the shop's products, of this shop only", async () => {
  const asked = (as: typeof ctx) =>
    flowsFor(as).then(({ tools }) =>
      tools(
        {
          flow: "fault-diagnosis",
          tool: "faults.look-up",
          input: { product: "X5", code: "E4" },
          callId: "1",
          locale: "en",
        },
        new AbortController().signal,
      ),
    );
  const unavailable = { kind: "failure", why: "unavailable" };
  expect(await asked(ctx)).toEqual(unavailable);
  const faults = [
    { code: "E04", meaning: "进水超时", meaningEn: "No water", steps: [{ text: "打开水龙头。" }] },
  ];
  const { body } = await call("createProduct", { body: { name: "晶洁洗碗机", models: ["X5"], faults } });
  expect(await asked(ctx)).toEqual({
    kind: "result",
    fields: { meaning: "No water", steps: "打开水龙头。", needsService: false },
  });
  const stranger = makeCtx(services, { tenantId: otherId, actor: { kind: "system", name: "test" } });
  expect(await asked(stranger)).toEqual(unavailable);
  await call("deleteProduct", { params: { id: body.id } });
});
