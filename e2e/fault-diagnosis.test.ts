// A machine that does not work, from its printed code to a repair ticket: the code said in any dress, a step with a picture, and
// what did not help registered, once by the product's own steps and once by the flow "fault diagnosis".
import type { Product, ProductCode } from "@yingda/contract";
import type { FrameLocator, Page } from "playwright-core";
import { beforeEach, describe, test } from "vitest";
import { fits } from "./shared/fits.ts";
import { answer, say } from "./shared/people.ts";
import { keep } from "./shared/pictures-kept.ts";
import { hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const world = useWorld();
/** A picture of one red dot. */
const dot = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==",
  "base64",
);
const steps = ["打开水龙头。", "清洗进水滤网。"];

describe.skipIf(hasNoBrowser)("fault diagnosis behind a printed code", () => {
  let address = "";
  beforeEach(async () => {
    if (address === "") address = await printedProduct();
    await world.onDuty("lilei");
  });

  test("the product's steps, one with a picture; not solved, a ticket with what was tried", async () => {
    const [page, chat] = await scan(address);
    await say(chat, "报e四");
    await answer(chat, `第 1 步（共 2 步）：${steps[0]}`).waitFor();
    await chat.locator(".row.bot img.picture[alt='水龙头.png']").waitFor();
    await keep(page, "fault-step-picture");
    await chat.getByRole("button", { name: "没解决" }).last().click();
    await answer(chat, `第 2 步（共 2 步）：${steps[1]}`).waitFor();
    await chat.getByRole("button", { name: "没解决" }).last().click();
    await answer(chat, /登记/).waitFor();
    const desk = await world.workbench("lilei");
    await desk.getByRole("button", { name: "接起" }).first().click();
    await desk.getByText("产品：晶洁洗碗机，批次 2026-10").first().waitFor();
    await desk
      .getByText(`已试过：${steps.join("；")}`)
      .first()
      .waitFor();
  });

  test("the flow: it knows the product, reads the code, tells the steps, and registers the repair", async () => {
    await world.as("owner").call("PUT", "/api/flows/fault-diagnosis", { isOn: true });
    const [page, chat] = await scan(address);
    await say(chat, "机器坏了");
    await answer(chat, "屏幕上显示什么代码").waitFor();
    await say(chat, "报e四");
    await answer(chat, "这是进水超时。请这样处理").waitFor();
    await say(chat, "弄完了");
    await answer(chat, "做完之后好了吗？").waitFor();
    await chat.getByRole("button", { name: "没好" }).last().click();
    await answer(chat, "请留一个联系电话").waitFor();
    await say(chat, "13800000101");
    await answer(chat, "已登记报修，维修的同事会联系 13800000101").waitFor();
    await fits(page);
    await keep(page, "fault-flow");
    const desk = await world.workbench("lilei");
    await desk.getByRole("button", { name: "接起" }).first().click();
    await desk.getByText("请联系客户 13800000101").first().waitFor();
  });
});

/** A product whose first step has a picture, put in by the editor's button; gives what its label leads to. */
async function printedProduct(): Promise<string> {
  const owner = world.as("owner");
  const faults = [
    { code: "E04", meaning: "进水超时", steps: steps.map((text) => ({ text })), ending: "ticket" },
  ];
  const product = await owner.call<Product>("POST", "/api/products", { name: "晶洁洗碗机", faults });
  const batches = ["2026-10"];
  const codes = await owner.call<ProductCode[]>("POST", `/api/products/${product.id}/codes`, { batches });
  const desk = await world.workbench("owner", "/knowledge/products");
  await desk
    .getByRole("button", { name: /晶洁洗碗机/ })
    .and(desk.locator(".list-button"))
    .click();
  const editor = desk.getByRole("dialog");
  await editor.getByRole("button", { name: "步骤 2 E04" }).click();
  const [chooser] = await Promise.all([
    desk.waitForEvent("filechooser"),
    editor.getByRole("button", { name: "添加图片 第 1 步" }).click(),
  ]);
  await chooser.setFiles({ name: "水龙头.png", mimeType: "image/png", buffer: dot });
  await editor.getByText("水龙头.png").waitFor();
  await editor.getByRole("button", { name: "保存" }).click();
  await desk.getByText("已保存，机器人马上生效").waitFor();
  return `${world.server.base}/h/${world.publicKey}/${codes[0]?.code ?? ""}`;
}

/** A phone that has scanned the label, with the chat open. */
async function scan(address: string): Promise<[Page, FrameLocator]> {
  const page = await (await world.window({ size: phone, isPhone: true })).newPage();
  await page.goto(address);
  await page.getByText("批次 2026-10").waitFor();
  await page.getByRole("button", { name: "问客服", exact: true }).click();
  return [page, page.frameLocator("iframe")];
}
