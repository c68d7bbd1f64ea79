// A draft and a summary at an agent's hand: from the shop's texts and the dialogue, without numbers that nobody said, sent to
// nobody; refused in words without a model or without the right. The service is simulated.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ChatRequest, chatService } from "../../../test/chat-service.ts";
import { testDatabase } from "../../../test/database.ts";
import { type TestShop, testShop } from "../../../test/line.ts";
import { type TestServices, testServices } from "../../../test/services.ts";
import { createFaq } from "../../brain/index.ts";
import { getThread } from "../../conversations/index.ts";
import { newId } from "../../platform/ids.ts";
import { assistState, draftForAgent, summariseForAgent } from "./assist-agent.ts";

const database = await testDatabase();
const service = await chatService();
let services: TestServices;
let shop: TestShop;

beforeAll(async () => {
  services = await testServices(database, {
    config: { allowPrivate: [{ purpose: "llm", host: "127.0.0.1", port: service.port }] },
  });
});
afterAll(() => service.close());

async function shopWithModel(isOn = true): Promise<TestShop> {
  const made = await testShop(services, database);
  await database.asAdmin(
    `insert into language_model (tenant_id, id, position, preset, base_url, model) values ($1, $2, 1, 'custom', $3, 'tiny')`,
    [made.tenantId, newId(), service.url],
  );
  await database.asAdmin(`insert into language_model_plan (tenant_id, is_on, tasks) values ($1, $2, '{}')`, [
    made.tenantId,
    isOn,
  ]);
  await createFaq(made.ctx, {
    slug: "ship",
    question: "多久发货",
    answer: "下单后 48 小时内发货。",
    phrasings: ["什么时候发货"],
  } as never);
  return made;
}
const says = (text: string) => service.behave({ reply: () => ({ text }) });
const askedLast = () => JSON.stringify((service.asked.at(-1) as ChatRequest).messages);

test("without a model, or with it switched off, nothing is offered and the reason is told", async () => {
  for (const made of [await testShop(services, database), await shopWithModel(false)]) {
    expect(await assistState(made.ctx)).toEqual({ drafts: false, summaries: false });
    const id = await made.write("a", "什么时候发货");
    await expect(draftForAgent(made.ctx, id, "")).rejects.toMatchObject({ code: "llm/off" });
    await expect(summariseForAgent(made.ctx, id)).rejects.toMatchObject({ code: "llm/off" });
  }
  expect(service.requests).toBe(0);
});

test("a draft has the shop's facts and its sources; what nothing backs is left out; nothing is sent", async () => {
  shop = await shopWithModel();
  expect(await assistState(shop.ctx)).toEqual({ drafts: true, summaries: true });
  const id = await shop.write("a", "什么时候发货呀");
  says("您好，下单后 48 小时内发货。到货前我们全额退款。");
  expect(await draftForAgent(shop.ctx, id, "说得客气一点")).toMatchObject({
    text: "您好，下单后 48 小时内发货。",
    sources: ["多久发货"],
    removed: ["到货前我们全额退款。"],
    model: "custom/tiny",
  });
  expect(askedLast()).toContain("什么时候发货呀");
  expect(askedLast()).toContain("说得客气一点");
  const { messages } = await getThread(shop.ctx, id, {});
  expect(messages).toHaveLength(1);
  says("全额退款，终身质保。");
  await expect(draftForAgent(shop.ctx, id, "")).rejects.toMatchObject({ code: "llm/unsupported" });
});

test("a summary tells what was said and no number more", async () => {
  const id = await shop.write("b", "订单 A1001 收到的衣服破了，想换 L 码");
  says("客户收到的衣服破了，想换 L 码。订单 A1001。答应赔偿 50 元。");
  const { text, removed, doubted } = await summariseForAgent(shop.ctx, id);
  expect(text).toContain("A1001");
  expect(text).not.toContain("50");
  expect(removed).toEqual(["答应赔偿 50 元。"]);
  expect(doubted).toEqual([]);
  says("客户收到的衣服破了。上周来过门店并与店长合影留念。");
  expect((await summariseForAgent(shop.ctx, id)).doubted).toEqual(["上周来过门店并与店长合影留念。"]);
});

test("a promise that only the customer speaks of is marked, what they want is not", async () => {
  const id = await shop.write("promise", "你们昨天说了全额退款，我要全额退款");
  says("店里答应全额退款。客户要求全额退款。");
  expect((await summariseForAgent(shop.ctx, id)).doubted).toEqual(["店里答应全额退款。"]);
});

test("who may not reply gets no draft, and another shop's conversation is not there", async () => {
  const id = await shop.write("c", "什么时候发货");
  const viewer = await shop.member("看", { role: "viewer" });
  await expect(draftForAgent(viewer.ctx, id, "")).rejects.toMatchObject({ status: 403 });
  const other = await shopWithModel();
  await expect(draftForAgent(other.ctx, id, "")).rejects.toMatchObject({ code: "conversation/not-found" });
});
