// Rehearsing the shop's own past: looked at, taken behind, each conversation once and without names, run, and gone with the contact.
import { type RehearsalCase, type RehearsalRunFull, rolePermissions, type UserId } from "@yingda/contract";
import { afterAll, expect, test } from "vitest";
import { brainApp } from "../src/brain/testing/brain-app.ts";
import { applyRetention } from "../src/conversations/apply-retention.ts";
import { eraseContact } from "../src/conversations/contacts/erase-contact.ts";
import { createInbox } from "../src/conversations/inboxes/manage-inboxes.ts";
import { receiveMessage } from "../src/conversations/receive-message.ts";
import { sendMessage } from "../src/conversations/send-message.ts";
import { setTags } from "../src/conversations/set-tags.ts";
import { makeCtx } from "../src/platform/context.ts";
import { newId } from "../src/platform/ids.ts";
import { changeCase, takeCases } from "../src/turns/rehearsal/cases.ts";
import { importRecord } from "../src/turns/rehearsal/import-record.ts";
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

const system = makeCtx(services, { tenantId, actor: { kind: "system", name: "test" } });
const userId = newId<UserId>();
await database.asAdmin(
  "insert into app_user (tenant_id, id, sealed_name, role, created_at) values ($1, $2, $3, 'owner', now())",
  [tenantId, userId, Buffer.from("not opened here")],
);
const permissions = new Set(rolePermissions.owner);
const owner = makeCtx(services, {
  tenantId,
  actor: { kind: "user", userId, role: "owner", permissions, name: "Owner" },
});
const inbox = await createInbox(owner, { channel: "web", name: "Web" });

async function says(visitor: string, text: string) {
  services.clock.advance(60_000);
  const received = await receiveMessage(system, {
    inboxId: inbox.id,
    externalContactId: visitor,
    content: { kind: "text", text },
    at: services.clock.now(),
    isBotOn: true,
    reopenWindowMs: 86_400_000,
  });
  return received.kind === "recorded" ? received : expect.fail(`not recorded: ${received.kind}`);
}
const contactOf = async (conversationId: string) => {
  const [row] = await database.asAdmin("select contact_id from conversation where id = $1", [conversationId]);
  return (row as { contact_id: Parameters<typeof eraseContact>[1] }).contact_id;
};
const day = 86_400_000;
const choice = (changes: object = {}) => ({
  from: new Date(services.clock.nowMs() - day).toISOString(),
  to: new Date(services.clock.nowMs() + day).toISOString(),
  ...changes,
});
const preview = async (changes: object = {}) => (await call("previewRecord", { body: choice(changes) })).body;
const cases = async (as?: "viewer" | "stranger") =>
  (await call("listRehearsalCases", as === undefined ? {} : { as })).body as RehearsalCase[];
const take = async (changes: object = {}) => {
  const started = await call("importRecord", { body: choice(changes) });
  await importRecord(services, { tenantId });
  return { started, done: (await call("getRecordImport")).body };
};

test("looked at, taken once without names, run, and gone with the contact and in every run", async () => {
  expect(await preview()).toEqual({ found: 0, known: 0, taken: 0, sample: [] });
  expect((await call("importRecord", { body: choice() })).body.error.code).toBe("rehearsal/nothing-in-span");
  expect((await call("getRecordImport")).body).toBeNull();

  const faq = (
    await call("createFaq", {
      body: { question: "多久发货？", answer: "48 小时内发货。", phrasings: ["几天发货"] },
    })
  ).body as { slug: string };
  const first = await says("anna", "多久发货，我电话13912345678");
  const answer = { kind: "faq" as const, slug: faq.slug, title: "多久发货？", checkedOn: null };
  await sendMessage(system, {
    conversationId: first.conversationId,
    content: { kind: "text", text: "48 小时内发货。", citations: [answer] },
    author: { kind: "bot", id: null, name: null },
  });
  const second = await says("bob", "你们老板的猫叫什么");
  await setTags(owner, second.conversationId, ["闲聊"]);

  const looked = await preview();
  expect(looked).toMatchObject({ found: 2, known: 0, taken: 2 });
  expect(await preview({ tag: "闲聊" })).toMatchObject({ found: 1 });
  expect(await preview({ channel: "api" })).toMatchObject({ found: 0 });
  expect(await preview({ outcome: "handed-over" })).toMatchObject({ found: 0 });
  expect(await preview({ most: 1 })).toMatchObject({ found: 2, taken: 1 });
  expect(await cases()).toEqual([]);

  const { started, done } = await take();
  expect(started.body).toMatchObject({ state: "running", total: 2, added: 0 });
  expect(done).toMatchObject({ state: "done", done: 2, total: 2, added: 2, masked: { phone: 1 } });
  const made = await cases();
  expect(made.map(({ turns, conversationId }) => [turns[0]?.customer, conversationId]).sort()).toEqual([
    ["你们老板的猫叫什么", second.conversationId],
    ["多久发货，我电话13800000000", first.conversationId],
  ]);

  // once only, and what a second attempt of the job finds is nothing
  expect(await preview()).toMatchObject({ found: 2, known: 2, taken: 0, sample: [] });
  expect((await call("importRecord", { body: choice() })).body.error.code).toBe("rehearsal/nothing-in-span");
  await importRecord(services, { tenantId });
  expect(await cases()).toHaveLength(2);

  const started2 = (await call("startRehearsal", { body: { area: "live" } })).body as { id: string };
  await runRehearsal(services, { tenantId, runId: started2.id });
  const run = async () =>
    (await call("getRehearsalRun", { params: { id: started2.id } })).body as RehearsalRunFull;
  expect((await run()).results).toHaveLength(2);

  const taken = (await call("deleteRehearsalCases", { body: { ids: made.map(({ id }) => id) } }))
    .body as RehearsalCase[];
  await call("restoreRehearsalCases", { body: { cases: taken } });
  expect(await cases()).toHaveLength(2);

  await eraseContact(owner, await contactOf(first.conversationId));
  expect((await cases()).map(({ conversationId }) => conversationId)).toEqual([second.conversationId]);
  expect((await run()).results.map(({ lines }) => lines[0]?.customer)).toEqual(["你们老板的猫叫什么"]);
  const rows = await database.asAdmin("select from rehearsal_result where tenant_id = $1", [tenantId]);
  expect(rows).toHaveLength(1);

  // an undo from before brings back nothing of them
  await call("restoreRehearsalCases", { body: { cases: taken } });
  expect(await cases()).toHaveLength(1);

  services.clock.advance(3 * day);
  await applyRetention(system, 2);
  expect(await cases()).toEqual([]);
  expect((await run()).results).toEqual([]);
});

test("who may not change knowledge takes nothing; another shop sees nothing", async () => {
  await says("carl", "可以退吗");
  expect((await call("previewRecord", { as: "viewer", body: choice() })).status).toBe(403);
  expect((await call("importRecord", { as: "viewer", body: choice() })).status).toBe(403);
  const theirs = await call("previewRecord", { as: "stranger", body: choice() });
  expect(theirs.body).toMatchObject({ found: 0 });
  expect(await cases("stranger")).toEqual([]);
});

test("an attempt that was cut off is gone on with, and takes no more than was asked for", async () => {
  for (const visitor of ["dora", "emil", "fred", "gina"]) await says(visitor, `${visitor}：可以换尺码吗`);
  await database.asAdmin(`create function no_second() returns trigger language plpgsql as $$
    begin if (select count(*) from rehearsal_case) > 0 then raise 'the disk is gone'; end if; return new; end $$`);
  await database.asAdmin(
    "create trigger no_second before insert on rehearsal_case for each row execute function no_second()",
  );
  await call("importRecord", { body: choice({ most: 2 }) });
  await expect(importRecord(services, { tenantId })).rejects.toThrow("the disk is gone");
  expect((await call("getRecordImport")).body).toMatchObject({ state: "failed", done: 1, added: 1 });
  await database.asAdmin("drop trigger no_second on rehearsal_case");
  await importRecord(services, { tenantId });
  expect((await call("getRecordImport")).body).toMatchObject({ state: "done", done: 2, added: 2 });
  expect(await cases()).toHaveLength(2);
});

test("a run whose first attempt failed is gone through by the second", async () => {
  const { id: runId } = (await call("startRehearsal", { body: { area: "live" } })).body as { id: string };
  await database.asAdmin("alter table rehearsal_result rename to rehearsal_result_away");
  await expect(runRehearsal(services, { tenantId, runId })).rejects.toThrow();
  await database.asAdmin("alter table rehearsal_result_away rename to rehearsal_result");
  await runRehearsal(services, { tenantId, runId });
  const { body } = await call("getRehearsalRun", { params: { id: runId } });
  expect(body).toMatchObject({ state: "done", results: [{}, {}] });
});

test("whoever may change knowledge and not read conversations gets no words of theirs", async () => {
  const scopes = new Set(["knowledge-read", "knowledge-write"] as const);
  const key = makeCtx(services, {
    tenantId,
    actor: { ...owner.actor, permissions: scopes } as typeof owner.actor,
  });
  const [one] = await cases();
  if (one === undefined) return expect.fail("nothing was taken from the record");
  await expect(changeCase(key, one.id, { isGate: true })).rejects.toMatchObject({
    code: "rehearsal/not-found",
  });
  expect(await takeCases(key, [one.id])).toEqual([]);
  expect(await cases()).toHaveLength(2);
});
