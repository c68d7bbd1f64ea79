// Writing and publishing flows over HTTP and on a real database: drafts that no customer meets, what refuses publishing,
// versions and the way back, deleting with undo, dialogues as a gate, trying a draft out.

import { afterAll, expect, test } from "vitest";
import { testDatabase } from "../../../../test/database.ts";
import { testServices } from "../../../../test/services.ts";
import { makeCtx } from "../../../platform/context.ts";
import { brainApp } from "../../testing/brain-app.ts";
import { flowsFor } from "./flow-cache.ts";
import { purgeFlows } from "./write-flow.ts";

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

const name = { zh: "会员日", en: "Member day" };
const published = async () => (await flowsFor(ctx)).flows?.flows.map(({ id, version }) => `${id} ${version}`);

test("a new flow is a draft; published and switched on it is what customers get, one version after the other", async () => {
  const made = await call("createFlow", { body: { name } });
  expect(made).toMatchObject({
    status: 200,
    body: { id: "member-day", name, isPublished: false, problems: [] },
  });
  const params = { id: "member-day" };
  expect(await call("switchFlow", { params, body: { isOn: true } })).toMatchObject({
    code: "flow/not-published",
  });
  const first = await call("publishFlow", { params, body: { version: made.body.version } });
  expect(first.body).toMatchObject({ isPublished: true, hasDraft: false, draft: null });
  await call("switchFlow", { params, body: { isOn: true } });
  expect(await published()).toEqual(["member-day 1"]);

  const { body: before } = await call("getFlow", { params });
  const yaml = `# ours\n${before.yaml.replace("请问需要什么帮助？", "今天是会员日，您想了解什么？")}`;
  const saved = await call("saveFlowDraft", { params, body: { yaml, version: before.version } });
  expect(saved.body).toMatchObject({ hasDraft: true, draft: yaml, yaml: before.yaml });
  expect(await published()).toEqual(["member-day 1"]);
  const stale = { params, body: { yaml, version: before.version } };
  expect(await call("saveFlowDraft", stale)).toMatchObject({ status: 409, code: "flow/version-moved" });
  const second = await call("publishFlow", { params, body: { version: saved.body.version } });
  expect(await published()).toEqual(["member-day 2"]);
  expect(second.body.yaml).toContain("# ours");
  expect(second.body.yaml).toContain("version: 2");

  const { body: versions } = await call("listFlowVersions", { params });
  expect(versions).toMatchObject([
    { number: 2, isCurrent: true },
    { number: 1, isCurrent: false },
  ]);
  const old = { params: { ...params, number: "1" } };
  expect((await call("getFlowVersion", old)).body.yaml).not.toContain("会员日，您想");
  const back = await call("rollBackFlow", { ...old, body: { version: second.body.version } });
  expect(back.body.yaml).not.toContain("会员日，您想");
  expect(await published()).toEqual(["member-day 3"]);
});

test("what cannot run is kept as a draft and refused at publishing, with the place", async () => {
  const { body: copy } = await call("createFlow", { body: { copyOf: "order-status" } });
  expect(copy).toMatchObject({ id: "order-status-2", name: { zh: "查订单（副本）" }, isShipped: false });
  expect(copy.dialogues).toContain("flow: order-status-2");
  const params = { id: copy.id };
  const yaml = copy.draft.replace(/next: [a-z-]+ \}/u, "next: nowhere }");
  const saved = await call("saveFlowDraft", { params, body: { yaml, version: copy.version } });
  const [problem] = saved.body.problems;
  expect(problem).toMatchObject({ kind: "unknown-step", text: { zh: expect.stringContaining("nowhere") } });
  expect(yaml.split("\n")[problem.line - 1]).toContain(`id: ${problem.step}`);
  expect(await call("publishFlow", { params, body: { version: saved.body.version } })).toMatchObject({
    status: 409,
    code: "flow/has-problems",
  });
  expect((await call("checkFlow", { body: { id: "order-status-2", yaml: "steps: [" } })).body).toMatchObject({
    problems: [{ kind: "unreadable", line: 1 }],
  });
  expect((await call("checkFlow", { body: { id: "mine", yaml: copy.draft } })).body.problems).toMatchObject([
    { kind: "wrong-id", line: expect.any(Number) },
  ]);
});

test("a dialogue that comes out differently holds publishing until it is confirmed", async () => {
  const { body: copy } = await call("createFlow", { body: { copyOf: "invoice" } });
  const params = { id: copy.id };
  const { body: report } = await call("runFlowDialogues", {
    body: { yaml: copy.draft, dialogues: copy.dialogues },
  });
  expect(report.results.length).toBeGreaterThan(2);
  expect(report.results.filter(({ isOk }: { isOk: boolean }) => !isOk)).toEqual([]);
  const dialogues = `flow: ${copy.id}\ndialogues:\n  - name: polite\n    locale: zh\n    lines:\n      - customer: 开发票\n      - bot: 您好呀\n`;
  const saved = await call("saveFlowDraft", {
    params,
    body: { yaml: copy.draft, dialogues, version: copy.version },
  });
  const { body: failed } = await call("runFlowDialogues", { body: { yaml: copy.draft, dialogues } });
  expect(failed.results[0]).toMatchObject({
    isOk: false,
    lines: [
      { at: 1, who: "customer", isOk: true },
      { at: 2, who: "bot", isOk: false, expected: "“您好呀”", actual: expect.stringContaining("订单号") },
    ],
  });
  const { version } = saved.body;
  expect(await call("publishFlow", { params, body: { version } })).toMatchObject({
    status: 409,
    code: "flow/dialogues-failed",
    body: { error: { details: { failed: 1, total: 1, name: "polite" } } },
  });
  expect((await call("publishFlow", { params, body: { version, isConfirmed: true } })).body).toMatchObject({
    isPublished: true,
  });
  expect(
    (await call("runFlowDialogues", { body: { yaml: copy.draft, dialogues: "- a: [" } })).body.problem,
  ).not.toBeNull();
});

test("an own flow goes away and comes back as it was; a shipped one gets its shipped text back", async () => {
  const params = { id: "member-day" };
  expect((await call("deleteFlow", { params })).status).toBe(204);
  expect((await call("getFlow", { params })).status).toBe(404);
  expect((await flowsFor(ctx)).flows).toBeNull();
  expect((await call("restoreFlow", { params })).body).toMatchObject({ id: "member-day", isOn: true });
  expect(await published()).toEqual(["member-day 3"]);
  expect((await call("restoreFlow", { params })).status).toBe(404);

  const booking = { id: "booking" };
  const { body: shipped } = await call("getFlow", { params: booking });
  const yaml = shipped.yaml.replace("想约哪一天？", "您要哪一天来？");
  const saved = await call("saveFlowDraft", { params: booking, body: { yaml, version: 0 } });
  const own = await call("publishFlow", {
    params: booking,
    body: { version: saved.body.version, isConfirmed: true },
  });
  expect(own.body).toMatchObject({
    isOwn: true,
    isShipped: true,
    yaml: expect.stringContaining("version: 2"),
  });
  await call("deleteFlow", { params: booking });
  expect((await call("getFlow", { params: booking })).body).toMatchObject({
    isOwn: false,
    yaml: shipped.yaml,
  });
  // and written anew its number goes on, so that no run mistakes the one for the other
  const anew = await call("saveFlowDraft", { params: booking, body: { yaml, version: 0 } });
  const third = await call("publishFlow", {
    params: booking,
    body: { version: anew.body.version, isConfirmed: true },
  });
  expect(third.body.yaml).toContain("version: 3");
});

test("what was deleted is ended after its thirty days, and then is nobody's", async () => {
  const { body } = await call("createFlow", { body: { name: { zh: "短", en: "" } } });
  await call("deleteFlow", { params: { id: body.id } });
  expect(await purgeFlows(services)).toBe(0);
  await database.asAdmin(
    "update tenant_flow set deleted_at = deleted_at - interval '31 days' where flow = $1",
    [body.id],
  );
  expect((await call("restoreFlow", { params: { id: body.id } })).status).toBe(404);
  expect(await purgeFlows(services)).toBe(1);
});

test("an import gets an id of its own, and an export is what was written", async () => {
  const { raw } = await call("exportFlow", { params: { id: "member-day" } });
  expect(raw.headers["content-type"]).toContain("application/yaml");
  const { body } = await call("createFlow", { body: { yaml: raw.body } });
  expect(body).toMatchObject({
    id: "member-day-2",
    problems: [],
    draft: raw.body.replace("id: member-day", "id: member-day-2"),
  });
  expect((await call("createFlow", { body: { yaml: "no flow at all" } })).body).toMatchObject({
    problems: [{ kind: "unreadable" }],
  });
});

test("a draft is talked to with made-up tools, or with the tester's answers", async () => {
  const { body: flow } = await call("getFlow", { params: { id: "order-status" } });
  const talk = (run: unknown, event: object, isToolAuto: boolean) =>
    call("tryFlow", { body: { yaml: flow.yaml, run, event, locale: "zh", isToolAuto } }).then(
      ({ body }) => body,
    );
  const begun = await talk(null, { kind: "said", text: "查订单" }, true);
  expect(begun).toMatchObject({
    step: "ask-order",
    lines: [{ kind: "said", text: "请告诉我订单号。" }, { kind: "timer" }],
  });
  const found = await talk(begun.run, { kind: "said", text: "1001" }, true);
  expect(found.lines[0]).toMatchObject({ kind: "tool", tool: "orders.find", answer: { number: "1001" } });
  expect(found.lines.map(({ text }: { text?: string }) => text ?? "").join("")).toContain("连帽卫衣");

  const asked = await talk(begun.run, { kind: "said", text: "1001" }, false);
  expect(asked.lines.filter(({ kind }: { kind: string }) => kind === "tool")).toMatchObject([
    { input: { orderNumber: "1001" } },
  ]);
  expect(asked.slots).toEqual([{ id: "order", label: "订单号", value: "1001" }]);
  const missing = await talk(asked.run, { kind: "tool", fails: "not-found" }, false);
  expect(missing.lines[0]).toMatchObject({ kind: "tool", fails: "not-found" });
  const reminded = await talk(begun.run, { kind: "time-passes" }, true);
  expect(reminded.lines[0].text).toContain("您还在吗");
  expect(
    await call("tryFlow", {
      body: {
        yaml: flow.yaml,
        run: { step: "x" },
        event: { kind: "time-passes" },
        locale: "zh",
        isToolAuto: true,
      },
    }),
  ).toMatchObject({ code: "request/invalid" });
});

test("a trial makes up what a tool of the shop's own would answer", async () => {
  const tool = {
    name: "erp.stock",
    title: "查库存",
    effect: "read",
    call: { kind: "http", method: "GET", path: "/stock" },
    picks: [{ name: "left", at: "left", type: "number" }],
  };
  const connection = { name: "ERP", kind: "http", baseUrl: "https://erp.example" };
  expect((await call("addConnection", { body: { connection, tools: [tool] } })).status).toBe(200);
  const { body: made } = await call("createFlow", { body: { name: { zh: "库存", en: "Stock" } } });
  const steps = `steps:
  - { id: look, kind: lookup, tool: erp.stock, input: {}, saveAs: stock, next: tell, failed: sorry }
  - { id: tell, kind: end, words: { zh: "还剩{{stock.left}}件。", en: "{{stock.left}} left." } }
  - { id: sorry, kind: end, words: { zh: 查不到。, en: Not there. } }
`;
  const yaml = made.draft.replace(/^(?:steps|slots):[\s\S]*/mu, steps);
  expect((await call("checkFlow", { body: { id: made.id, yaml } })).body.problems).toEqual([]);
  const event = { kind: "said", text: "库存" };
  const { body } = await call("tryFlow", {
    body: { yaml, run: null, event, locale: "zh", isToolAuto: true },
  });
  expect(body.lines.filter(({ kind }: { kind: string }) => kind !== "timer")).toMatchObject([
    { kind: "tool", tool: "erp.stock", answer: { left: 1 } },
    { kind: "said", text: "还剩1件。" },
    { kind: "ended" },
  ]);
});

test("who may not write is refused, and another tenant sees nothing of it", async () => {
  const params = { id: "member-day" };
  for (const [route, given] of [
    ["createFlow", { body: { name } }],
    ["saveFlowDraft", { params, body: { yaml: "", version: 1 } }],
    ["publishFlow", { params, body: { version: 1 } }],
    ["deleteFlow", { params }],
    ["restoreFlow", { params }],
  ] as const)
    expect((await call(route, { ...given, as: "viewer" })).status).toBe(403);
  expect((await call("getFlow", { params, as: "viewer" })).status).toBe(200);
  expect((await call("getFlow", { params, as: "other" })).status).toBe(404);
  expect((await call("listFlowVersions", { params, as: "other" })).body).toEqual([]);
  expect((await call("listFlowTools", { as: "viewer" })).body).toContainEqual(
    expect.objectContaining({ name: "orders.find", effect: "read", input: ["orderNumber"] }),
  );
});

test("a queue that the shop has not holds a publishing back at its step; a skill that nobody has is a warning", async () => {
  const made = await call("createFlow", { body: { name: { zh: "尺码", en: "Sizes for you" } } });
  const { id } = made.body;
  const params = { id };
  const handingTo = (queue: string, skill: string) =>
    `${made.body.draft.trimEnd()}\n    queue: ${queue}\n    skills: [${skill}]\n`;
  const wrong = handingTo("仓库组", "修鞋");
  const checked = await call("checkFlow", { body: { id, yaml: wrong } });
  expect(checked.body).toMatchObject({
    problems: [{ kind: "unknown-queue", step: "finish", text: { zh: expect.stringContaining("仓库组") } }],
    warnings: [{ kind: "unknown-skill", step: "finish", text: { en: expect.stringContaining("修鞋") } }],
  });
  expect(wrong.split("\n")[checked.body.problems[0].line - 1]).toContain("finish");
  const kept = await call("saveFlowDraft", { params, body: { yaml: wrong, version: made.body.version } });
  expect(await call("publishFlow", { params, body: { version: kept.body.version } })).toMatchObject({
    status: 409,
    code: "flow/has-problems",
  });
  const right = handingTo("售后", "修鞋");
  const saved = await call("saveFlowDraft", { params, body: { yaml: right, version: kept.body.version } });
  expect((await call("publishFlow", { params, body: { version: saved.body.version } })).body).toMatchObject({
    isPublished: true,
  });
});
