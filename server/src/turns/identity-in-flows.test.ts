// Before a flow reads something personal the customer proves who they are: by a code that the shop's own hook sends, or by
// being signed in on the shop's site. On a real database, with the shop's system on a real socket.
import type { ConversationId } from "@yingda/contract";
import { textOf, toolDraft } from "@yingda/contract";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../../test/database.ts";
import { type TestShop, testShop } from "../../test/line.ts";
import { type TestServices, testServices } from "../../test/services.ts";
import { ShopSystem } from "../../test/shop-system.ts";
import { addConnection, switchFlow } from "../brain/index.ts";
import { changeAddress, findOrder, systemDraft } from "../brain/tools/testing/drafts.ts";
import { getThread, presentConversations } from "../conversations/index.ts";
import { createTurns, type Turns } from "./index.ts";

const database = await testDatabase();
const system = await ShopSystem.start();
let services: TestServices;
let shop: TestShop;
let turns: Turns;

beforeAll(async () => {
  services = await testServices(database, { config: { allowPrivate: [system.exit] } });
});
afterAll(() => system.stop());
beforeEach(async () => {
  shop = await testShop(services, database);
  turns = createTurns();
  system.seen.length = 0;
  await switchFlow(shop.ctx, "order-status", true, null);
});
afterEach(() => turns.stop());

const sendCode = toolDraft.parse({
  name: "identity.send-code",
  title: "发验证码",
  effect: "change",
  call: {
    kind: "http",
    method: "POST",
    path: "/codes",
    bodyAs: "json",
    body: '{"to":"{{address}}","code":"{{code}}"}',
  },
});
const guarded = (identity: "code" | "site-login", input: string) => ({
  ...findOrder,
  identity,
  parameters: [
    ...findOrder.parameters,
    { name: "owner", in: "query" as const, isRequired: true, input, type: "text" as const, about: "" },
  ],
});
const connect = (tools: Parameters<typeof addConnection>[1]["tools"]) =>
  addConnection(
    { ...shop.ctx, actor: { kind: "system", name: "test" } },
    { connection: systemDraft(system.url), tools },
  );
async function say(text: string, who = "wang"): Promise<ConversationId> {
  const id = await shop.write(who, text);
  await turns.run(shop.ctx, id);
  services.clock.advance(5_000);
  await turns.sweep(services);
  return id;
}
async function lastOf(id: ConversationId): Promise<string> {
  const { messages } = await getThread(shop.ctx, id, {});
  const said = messages.filter(({ author, content }) => author.kind === "bot" && content.kind !== "notice");
  const last = said.at(-1);
  return last && last.content.kind !== "notice" ? textOf(last.content) : "";
}
async function told(id: ConversationId): Promise<number> {
  const { messages } = await getThread(shop.ctx, id, {});
  const texts = messages.flatMap(({ content }) => (content.kind === "notice" ? [] : [textOf(content)]));
  return texts.filter((text) => text.includes("羊毛外套")).length;
}
const codes = () =>
  system.seen.flatMap(({ path, body }) =>
    path === "/codes" ? [(JSON.parse(body) as { code: string }).code] : [],
  );
const wrongOf = (code: string) => (code === "000000" ? "111111" : "000000");
const ordersAsked = () => system.seen.filter(({ path }) => path.startsWith("/orders"));

test("a code goes to the address, and with it the lookup goes on for that address only", async () => {
  await connect([guarded("code", "verifiedAddress"), sendCode]);
  await say("查订单");
  const id = await say("1002");
  expect(await lastOf(id)).toContain("请发您在本店预留的手机号或邮箱");
  expect(ordersAsked()).toEqual([]);
  await say("我的手机 13800000101");
  expect(await lastOf(id)).toContain("验证码已发到 138****0101");
  const [code = ""] = codes();
  expect(code).toMatch(/^\d{6}$/u);
  await say(wrongOf(code));
  expect(await lastOf(id)).toContain("验证码不对");
  expect(ordersAsked()).toEqual([]);
  await say(code);
  expect(await told(id)).toBe(1);
  expect(ordersAsked().at(-1)?.path).toBe("/orders/1002?owner=13800000101");
  const stored = await database.asAdmin<{ row: string }>("select p::text as row from identity_proof p");
  expect(JSON.stringify(stored)).not.toContain(code);
  expect(JSON.stringify(stored)).not.toContain("13800000101");
  const calls = await database.asAdmin<{ row: string }>(
    "select encode(sealed_details, 'escape') as row from tool_call",
  );
  expect(JSON.stringify(calls)).not.toContain(code);

  // proved once, it counts for the visit
  await say("查订单");
  await say("1002");
  expect(await told(id)).toBe(2);
  expect(codes()).toHaveLength(1);
});

test("what tools were called for goes with the contact it was about", async () => {
  await connect([guarded("code", "verifiedAddress"), sendCode]);
  await say("查订单");
  await say("1002");
  const id = await say("13800000101");
  await say(codes()[0] ?? "");
  const calls = () => database.asAdmin("select id from tool_call where conversation_id = $1", [id]);
  expect(await calls()).toHaveLength(2);
  const [conversation] = await presentConversations(shop.ctx, [id]);
  await database.asAdmin("delete from contact where id = $1", [conversation?.contact.id]);
  expect(await calls()).toEqual([]);
});

test("digits are read as a Chinese keyboard writes them", async () => {
  await connect([guarded("code", "verifiedAddress"), sendCode]);
  const wide = (text: string) =>
    text.replace(/\d/gu, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
  await say("查订单");
  await say("1002");
  await say(wide("13800000101"));
  expect(codes()).toHaveLength(1);
  const id = await say(wide(codes()[0] ?? ""));
  expect(await told(id)).toBe(1);
  expect(ordersAsked().at(-1)?.path).toBe("/orders/1002?owner=13800000101");
});

test("a code is over after ten minutes, can be sent again, and not for ever", async () => {
  await connect([guarded("code", "verifiedAddress"), sendCode]);
  await say("查订单");
  await say("1002");
  const id = await say("13800000101");
  services.clock.advance(11 * 60_000);
  await say(codes()[0] ?? "");
  expect(await lastOf(id)).toContain("已经失效");
  for (let times = 0; times < 4; times += 1) await say("没收到，重发");
  expect(codes()).toHaveLength(5);
  await say("重发");
  expect(codes()).toHaveLength(5);
  const [conversation] = await presentConversations(shop.ctx, [id]);
  expect(conversation).toMatchObject({ handler: { kind: "queue" } });
  expect(ordersAsked()).toEqual([]);
});

test("whoever guesses goes to a person", async () => {
  await connect([guarded("code", "verifiedAddress"), sendCode]);
  await say("查订单");
  await say("1002");
  const id = await say("13800000101");
  for (let times = 0; times < 3; times += 1) await say(wrongOf(codes()[0] ?? ""));
  const [conversation] = await presentConversations(shop.ctx, [id]);
  expect(conversation).toMatchObject({ handler: { kind: "queue" }, handoff: { reason: "held" } });
});

test("without a way to send, or without the proof in the request, nothing is read", async () => {
  await connect([guarded("code", "verifiedAddress")]);
  await say("查订单");
  await say("1002");
  const id = await say("13800000101");
  expect((await presentConversations(shop.ctx, [id]))[0]?.handler.kind).toBe("queue");
  const other = await testShop(services, database);
  shop = other;
  await switchFlow(shop.ctx, "order-status", true, null);
  await connect([{ ...findOrder, identity: "code" }]);
  await say("查订单");
  await say("1002");
  expect(ordersAsked()).toEqual([]);
});

describe("what a flow does for somebody", () => {
  const change = (identity: "code" | "site-login", input: string) => ({
    ...changeAddress,
    identity,
    parameters: [
      ...changeAddress.parameters,
      { name: "X-Owner", in: "header" as const, isRequired: true, input, type: "text" as const, about: "" },
    ],
  });
  const confirmed = async (who = "wang") => {
    for (const line of ["改地址", "1002", "杭州市西湖区文三路1号"]) await say(line, who);
    return say("是", who);
  };
  const runs = () =>
    database.asAdmin<{ id: string; key: string; state: string }>(
      "select id, key, state from tool_run where tenant_id = $1",
      [shop.tenantId],
    );
  const changes = () => system.seen.filter(({ path }) => path === "/returns");
  beforeEach(async () => {
    system.returns.length = 0;
    await switchFlow(shop.ctx, "order-status", false);
    await switchFlow(shop.ctx, "address-change", true, null);
  });

  test("waits after the yes until they have proved who they are, and is done once, for them", async () => {
    await connect([findOrder, change("code", "verifiedAddress"), sendCode]);
    const id = await confirmed();
    expect(await lastOf(id)).toContain("请发您在本店预留的手机号或邮箱");
    expect(await runs()).toEqual([]);
    await say("13800000101");
    await say(wrongOf(codes()[0] ?? ""));
    expect(await runs()).toEqual([]);
    await say(codes()[0] ?? "");
    expect(await lastOf(id)).toContain("正在为您办理");
    const [run] = await runs();
    expect(run).toMatchObject({ state: "asked" });
    expect(changes()).toEqual([]);
    const event = { kind: "tool-run-asked", payload: { conversationId: id, toolRunId: run?.id ?? "" } };
    for (let times = 0; times < 2; times += 1)
      await turns.toolRuns.handle?.(shop.ctx, event as never, (() => {}) as never);
    expect(await lastOf(id)).toContain("地址已改为");
    expect(system.returns.filter(({ order }) => order === "1002")).toEqual([
      { key: run?.key, order: "1002" },
    ]);
    expect(changes()[0]?.headers["x-owner"]).toBe("13800000101");

    // proved once, it counts for the visit
    await confirmed();
    expect(await runs()).toHaveLength(2);
  });

  test("is let be by who does not want to prove it, and needs a sign-in where the shop wants one", async () => {
    await connect([findOrder, change("code", "verifiedAddress"), sendCode]);
    const id = await confirmed();
    await say("算了");
    expect(await lastOf(id)).toContain("什么都没有改动");
    const other = await testShop(services, database);
    shop = other;
    await switchFlow(shop.ctx, "address-change", true, null);
    await connect([findOrder, change("site-login", "verifiedCustomer")]);
    const visitor = await confirmed("visitor-1");
    expect(await lastOf(visitor)).toContain("请先在本店网站登录");
    expect(await runs()).toEqual([]);
    const customer = await confirmed("customer:42");
    expect(await lastOf(customer)).toContain("正在为您办理");
    expect(changes()).toEqual([]);
  });
});

test("who is signed in on the site is asked for no code; a visitor is told to sign in", async () => {
  await connect([guarded("site-login", "verifiedCustomer")]);
  await say("查订单", "visitor-1");
  const id = await say("1002", "visitor-1");
  expect(await lastOf(id)).toContain("请先在本店网站登录");
  expect(ordersAsked()).toEqual([]);
  await say("查订单", "customer:42");
  await say("1002", "customer:42");
  expect(ordersAsked().at(-1)?.path).toBe("/orders/1002?owner=42");
});
