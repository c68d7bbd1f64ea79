// A shop's own system from the first field of the form to what it was told to do: made by form, changed, put into a flow, and met
// by visitors while it times out, fails, and a visitor says yes twice. The effect is there exactly once each time.
import type { Locator, Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { ShopSystem } from "../server/test/shop-system.ts";
import { findings } from "./shared/axe.ts";
import { fits } from "./shared/fits.ts";
import { answer, say } from "./shared/people.ts";
import { hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const system = await ShopSystem.start();
const world = useWorld({ env: { YINGDA_ALLOW_PRIVATE: `tool=127.0.0.1:${system.port}` } });
afterAll(() => system.stop());

async function choose(page: Page, place: Locator, label: string, option: string): Promise<void> {
  await place.getByLabel(label, { exact: true }).click();
  await page.locator(".ant-select-item-option:visible").filter({ hasText: option }).first().click();
}

async function fill(place: Locator, values: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(values))
    await place.getByLabel(label, { exact: true }).fill(value);
}

/** Everything an owner enters for a system with OAuth2 client credentials. */
async function makeTool(owner: Page, values: Record<string, string>, isChange: boolean): Promise<void> {
  await owner.getByRole("button", { name: "填表添加接口" }).click();
  const form = owner.getByRole("dialog");
  if (isChange) {
    await choose(owner, form, "方法", "POST");
    await choose(owner, form, "作用", "会改数据");
  }
  await fill(form, values);
  await choose(owner, form, "登录方式", "OAuth2");
  await fill(form, {
    "用户名、客户端 ID 或请求头名称": "shop",
    令牌地址: `${system.url}/token`,
    密钥: "client-secret",
  });
  await form.getByRole("button", { name: "保存" }).click();
  await form.waitFor({ state: "detached" });
}

const line = (owner: Page, name: string) => owner.locator(".tool-line").filter({ hasText: name });
const address = "杭州市西湖区文三路1号";

describe.skipIf(hasNoBrowser)("a shop's own tool", () => {
  test("is made by form and changed, and its rules count", async () => {
    const owner = await world.workbench("owner", "/tools");
    const find = {
      做什么: "查订单",
      流程里的名称: "orders.find",
      系统名称: "我的系统",
      地址: `${system.url}/orders/{orderNumber}`,
      取出的内容: "number = data.order_no\nstatus = data.state text WAIT_SEND=paid\nitem = data.title",
    };
    await makeTool(owner, find, false);
    const change = {
      做什么: "改收货地址",
      流程里的名称: "erp.change-address",
      系统名称: "仓库",
      地址: `${system.url}/returns`,
      "请求内容（JSON）": '{"order":"{{orderNumber}}","to":"{{address}}"}',
      防重复的请求头: "Idempotency-Key",
      取出的内容: "address = number",
    };
    await makeTool(owner, change, true);

    // its rules, and a dry run with the secret masked
    await owner.getByRole("button", { name: "修改 改收货地址" }).click();
    const form = owner.getByRole("dialog");
    await choose(owner, form, "哪些流程可以用", "改地址");
    await owner.keyboard.press("Escape");
    await form.getByLabel("最长等待（秒）").fill("0.6");
    await form.getByLabel("不显示的字段").fill("address ");
    await form.getByLabel("取出的内容").fill("address");
    await form.getByText("第 1 行读不懂").waitFor();
    await form.getByLabel("取出的内容").fill("address = number text");
    expect(await findings(owner)).toEqual([]);
    await form.getByRole("button", { name: "保存" }).click();
    await form.waitFor({ state: "detached" });
    await line(owner, "改收货地址").getByRole("button", { name: "测试" }).click();
    await fill(owner.getByRole("dialog"), { orderNumber: "1002", address });
    await owner.getByRole("button", { name: "只看请求" }).click();
    await owner.getByText('"order":"1002"').waitFor();
    expect(await owner.getByText("client-secret").count()).toBe(0);
    await owner
      .getByRole("dialog")
      .getByRole("button", { name: /Close|关闭/ })
      .click();
    expect(system.returns).toEqual([]);

    // another address needs the secret anew; the old one keeps it
    await owner.getByRole("button", { name: "修改 仓库" }).click();
    const connection = owner.getByRole("dialog");
    await connection.getByLabel("接口地址").fill("https://erp.example.com");
    await connection.getByText("地址变了：已保存的密钥只会发往原来的地址").waitFor();
    expect(await connection.getByRole("button", { name: "保存" }).isDisabled()).toBe(true);
    await connection.getByLabel("接口地址").fill(system.url);
    await fill(connection, { 系统名称: "仓库系统", "固定请求头（可不填）": "X-Shop: 1" });
    await connection.getByRole("button", { name: "保存" }).click();
    await owner.getByRole("heading", { name: "仓库系统" }).waitFor();

    // off and on, away and back
    const isOn = owner.getByRole("switch", { name: "启用 改收货地址" });
    await isOn.click();
    await expect.poll(() => isOn.getAttribute("aria-checked")).toBe("false");
    await isOn.click();
    await expect.poll(() => isOn.getAttribute("aria-checked")).toBe("true");
    await owner.getByRole("button", { name: "删除 改收货地址" }).click();
    await line(owner, "改收货地址").waitFor({ state: "detached" });
    await owner.getByRole("button", { name: "撤销" }).click();
    await line(owner, "改收货地址").waitFor();
    const { tools } = await world.as("owner").call<{ tools: Record<string, unknown>[] }>("GET", "/api/tools");
    expect(tools.find(({ name }) => name === "erp.change-address")).toMatchObject({
      flows: ["address-change"],
      timeoutMs: 600,
      redact: ["address"],
      isOn: true,
      idempotency: { in: "header", name: "Idempotency-Key" },
    });
  });

  test("is put into a flow and does what visitors confirm, once, however its answers are lost", async () => {
    const owner = await world.workbench("owner", "/flows/address-change");
    await owner.getByRole("tab", { name: "步骤" }).click();
    await owner
      .locator(".flow-list-line:not(.soft)")
      .getByText("修改未发货订单的收货地址", { exact: true })
      .click();
    await choose(owner, owner.locator(".flow-side"), "工具", "erp.change-address");
    await owner.getByRole("button", { name: "发布" }).click();
    await owner
      .getByRole("button", { name: /仍然发布|启用/ })
      .first()
      .waitFor();
    const anyway = owner.getByRole("button", { name: "仍然发布" });
    if ((await anyway.count()) > 0) await anyway.click();
    await owner.getByRole("button", { name: "启用", exact: true }).click();
    await owner.getByText("已启用").waitFor();

    const visits = [
      { moods: ["well"] as const, yes: ["是"] },
      { moods: ["well", "silent-after"] as const, yes: ["是"] },
      { moods: ["well", "fails-after"] as const, yes: ["是"] },
      { moods: ["well", "silent-after"] as const, yes: ["是", "是的"] },
    ];
    for (const [at, { moods, yes }] of visits.entries()) {
      system.moods = [];
      const visitor = await world.chat("", { address: `10.0.1.${at + 1}` });
      await say(visitor, "改地址");
      await answer(visitor, "请告诉我订单号").waitFor();
      system.moods = [...moods];
      await say(visitor, "1002");
      await answer(visitor, "请发新的完整地址").waitFor();
      await say(visitor, address);
      await answer(visitor, "请确认：订单 1002").waitFor();
      for (const each of yes) await say(visitor, each);
      await answer(visitor, "地址已改为").waitFor();
      expect(await answer(visitor, "地址已改为").count()).toBe(1);
      expect(system.returns).toHaveLength(at + 1);
    }
    const sent = system.seen.filter(({ path }) => path === "/returns");
    expect(sent).toHaveLength(visits.length + 3); // each lost answer was asked for once more, under its key
    expect(new Set(sent.map(({ headers }) => headers["idempotency-key"])).size).toBe(visits.length);
    expect(sent.every(({ headers }) => headers["x-shop"] === "1")).toBe(true);
    await owner.goto(`${world.server.base}/tools`);
    await owner.getByRole("tab", { name: "调用记录" }).click();
    await owner.locator(".tool-call").first().waitFor();
    await owner.locator(".tool-call summary").first().click();
    expect(await owner.getByText(address).count()).toBe(0); // hidden fields stay hidden
  });

  test("a description is chosen as a file; English and a phone have room for all of it", async () => {
    const owner = await world.workbench("owner", "/tools", { locale: "en-US", size: phone, isPhone: true });
    await owner.getByRole("button", { name: "Import OpenAPI" }).click();
    const dialog = owner.getByRole("dialog");
    const text = `openapi: 3.0.0\ninfo: {title: Stock, version: "1"}\nservers: [{url: "https://stock.example.com"}]\npaths:\n  /stock/{sku}:\n    get:\n      operationId: stock.find\n      summary: Find stock\n      parameters: [{name: sku, in: path, required: true, schema: {type: string}}]\n      responses: {"200": {description: ok}}\n`;
    await dialog
      .locator("input[type=file]")
      .setInputFiles({ name: "stock.yaml", mimeType: "application/yaml", buffer: Buffer.from(text) });
    await dialog.getByRole("button", { name: "Read" }).click();
    await dialog.getByText("Find stock").click();
    await dialog.getByRole("button", { name: "Connect", exact: true }).click();
    await line(owner, "Find stock").getByRole("button", { name: "Change" }).click();
    const form = owner.getByRole("dialog");
    await form.getByLabel("Proof of identity").waitFor();
    await owner.screenshot({ path: ".cache/journeys/tool-edit-phone.png" });
    await fits(owner);
    expect(await findings(owner)).toEqual([]);
  });
});
