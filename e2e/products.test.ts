// A product with a fault code becomes a code to print; the page behind it works on a phone before anything is typed; the chat goes
// through the steps; what did not help reaches a person with product, batch, code and steps.
import { expect, test } from "vitest";
import { findings } from "./shared/axe.ts";
import { fits } from "./shared/fits.ts";
import { answer, say } from "./shared/people.ts";
import { hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const world = useWorld();

test.skipIf(hasNoBrowser)("from the owner's desk to the customer's phone and back to a person", async () => {
  await world.onDuty("lilei");
  const owner = await world.workbench("owner", "/knowledge/products");
  await owner.getByText("还没有产品").waitFor();
  await owner.getByRole("button", { name: "添加产品" }).first().click();
  const drawer = owner.getByRole("dialog");
  await drawer.getByLabel("名称", { exact: true }).fill("晶洁洗碗机");
  await drawer.getByLabel("保修说明", { exact: true }).fill("整机保修两年。");
  await drawer.getByRole("button", { name: "添加故障码" }).click();
  await drawer.getByLabel("故障码 1").fill("E04");
  await drawer.getByLabel("含义 1").fill("进水超时");
  await drawer.getByLabel("第 1 步", { exact: true }).fill("打开水龙头。");
  await drawer.getByRole("button", { name: "添加一步" }).click();
  await drawer.getByLabel("第 2 步", { exact: true }).fill("清洗进水滤网。");
  expect(await findings(owner)).toEqual([]);
  await drawer.getByRole("button", { name: "保存" }).click();
  await owner.getByText("已保存，机器人马上生效").waitFor();
  await drawer.getByRole("button", { name: /Close|关闭/ }).click();

  await owner.getByRole("button", { name: "二维码 晶洁洗碗机" }).click();
  await drawer.getByLabel("批次").fill("2026-10");
  await drawer.getByRole("button", { name: "生成二维码" }).click();
  const preview = drawer.getByRole("link", { name: "预览页面" });
  const address = (await preview.getAttribute("href")) ?? "";
  await drawer.locator(".product-qr img").first().waitFor();

  const customer = await (await world.window({ size: phone, isPhone: true })).newPage();
  await customer.goto(address);
  await customer.getByRole("heading", { name: "晶洁洗碗机" }).waitFor();
  await customer.getByText("批次 2026-10").waitFor();
  await customer.getByLabel("屏幕上显示的代码").fill("报e四");
  await customer.getByRole("button", { name: "查找" }).click();
  await customer.getByText("清洗进水滤网。").waitFor();
  expect(await findings(customer)).toEqual([]);
  await fits(customer);

  await customer.getByRole("button", { name: "没解决？问客服" }).click();
  const chat = customer.frameLocator("iframe");
  await say(chat, "报e四");
  await answer(chat, "第 1 步（共 2 步）：打开水龙头。").waitFor();
  await chat.getByRole("button", { name: "没解决" }).last().click();
  await answer(chat, "第 2 步（共 2 步）：清洗进水滤网。").waitFor();
  await chat.getByRole("button", { name: "没解决" }).last().click();

  const agent = await world.workbench("lilei");
  await agent.getByRole("button", { name: "接起" }).first().click();
  await agent.getByText("产品：晶洁洗碗机，批次 2026-10").first().waitFor();
  await agent.getByText("已试过：打开水龙头。；清洗进水滤网。").first().waitFor();
});

test.skipIf(hasNoBrowser)("the help centre shows only what the owner made public", async () => {
  const owner = await world.workbench("owner", "/knowledge/help");
  await owner.getByRole("switch", { name: "打开帮助中心" }).click();
  await owner.locator(".help-category summary").first().click();
  const first = owner.locator(".help-category").first().locator("label").nth(1);
  const question = (await first.innerText()).trim();
  await first.click();
  expect(await findings(owner)).toEqual([]);
  await owner.getByRole("button", { name: "保存" }).click();
  await owner.getByText("已保存").waitFor();
  const visitor = await (await world.window({ size: phone, isPhone: true })).newPage();
  await visitor.goto(`${world.server.base}/h/${world.publicKey}`);
  await visitor.getByText(question).waitFor();
  expect(await visitor.locator("summary").count()).toBe(1);
  await visitor.getByLabel("搜索问题").fill("量子力学");
  await visitor.getByText("没有找到相关的问题").waitFor();
  expect(await findings(visitor)).toEqual([]);
  expect((await visitor.context().cookies()).length).toBe(0);
});
