// What stands around the words on both sides: files by button, paste and drop, faces, who is typing, what was read, how many
// answers wait behind the closed bubble.
import type { FrameLocator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { acceptOffer, answer, composer, ownLine, reply, replyBox, say } from "./shared/people.ts";
import { openShopPage } from "./shared/shop-page.ts";
import { hasNoBrowser, useWorld } from "./shared/world.ts";

const world = useWorld();
/** A picture of one red dot. */
const dot = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==",
  "base64",
);

/** A file that arrives by the clipboard or is let go of over the page. */
async function bring(chat: Page, how: "paste" | "drop", name: string, text: string): Promise<void> {
  const place = how === "paste" ? ".composer textarea" : ".log";
  await chat.evaluate(`(${dispatchFile})(...${JSON.stringify([place, how, name, text])})`);
}

/** Runs in the page, which has types that are not ours. */
const dispatchFile = `(place, how, name, text) => {
  const bag = new DataTransfer();
  bag.items.add(new File([text], name, { type: "text/plain" }));
  const way = { bubbles: true, cancelable: true };
  document.querySelector(place).dispatchEvent(
    how === "paste" ? new ClipboardEvent(how, { ...way, clipboardData: bag }) : new DragEvent(how, { ...way, dataTransfer: bag }),
  );
}`;

describe.skipIf(hasNoBrowser)("marks and files", () => {
  test("files by button, paste and drop, a face, typing both ways, read on both sides", async () => {
    await world.onDuty("lilei");
    const agent = await world.workbench("lilei");
    const visitor = await world.chat();
    await say(visitor, "转人工");
    await acceptOffer(agent);
    const thread = agent.locator(".thread");

    await visitor
      .locator(".composer input[type=file]")
      .setInputFiles({ name: "红点.png", mimeType: "image/png", buffer: dot });
    await visitor.locator(".row.me img.picture[alt='红点.png']").waitFor();
    await thread
      .getByRole("button", { name: /红点\.png/ })
      .locator("img")
      .waitFor();
    await bring(visitor, "paste", "尺码.txt", "M 码");
    await thread.getByText("尺码.txt").waitFor();
    await bring(visitor, "drop", "地址.txt", "幸福路 8 号");
    await thread.getByText("地址.txt").waitFor();
    await visitor
      .locator(".composer input[type=file]")
      .setInputFiles({ name: "假的.png", mimeType: "image/png", buffer: Buffer.alloc(0) });
    await visitor.locator(".upload .failed").waitFor();
    await world.complained(/status of 400/u);
    await visitor.getByRole("button", { name: "删除 假的.png" }).click();
    await agent
      .locator("input[type=file]")
      .setInputFiles({ name: "面料.png", mimeType: "image/png", buffer: dot });
    await agent.getByRole("button", { name: "发送", exact: true }).click();
    await visitor.locator(".row.agent img.picture[alt='面料.png']").waitFor();

    await visitor.getByRole("button", { name: "表情" }).click();
    await visitor.locator(".faces").getByText("🌹").click();
    await composer(visitor).press("Enter");
    await thread.getByText("🌹").waitFor();
    // the agent sees it, so it has been read
    await visitor.locator(".row.me .mark").filter({ hasText: "已读" }).waitFor();

    await composer(visitor).pressSequentially("我想问");
    await agent.locator(".row-typing").waitFor();
    await replyBox(agent).pressSequentially("您好");
    await visitor.getByRole("img", { name: /李雷.*正在输入/ }).waitFor();
    await replyBox(agent).fill("");
    await reply(agent, "请说");
    await answer(visitor, "请说", "agent").waitFor();
    await agent.locator(".delivery-read").waitFor();
  });

  test("the closed bubble counts what was answered meanwhile, and forgets it when it is opened", async () => {
    await world.onDuty("lilei");
    const agent = await world.workbench("lilei");
    const shop = await openShopPage({ base: world.server.base, publicKey: world.publicKey });
    const page = await (await world.window()).newPage();
    await page.goto(shop.origin);
    await page.getByRole("button", { name: "打开客服聊天" }).click();
    const chat: FrameLocator = page.frameLocator("iframe");
    await say(chat, "转人工");
    await ownLine(chat, "转人工").waitFor();
    await acceptOffer(agent);
    await page.getByRole("button", { name: "收起客服聊天" }).click();
    await reply(agent, "在的");
    await reply(agent, "请问有什么可以帮您");
    await page.getByRole("button", { name: "打开客服聊天，2 条未读" }).click();
    await answer(chat, "请问有什么可以帮您", "agent").waitFor();
    await page.getByRole("button", { name: "收起客服聊天" }).click();
    await page.getByRole("button", { name: "打开客服聊天", exact: true }).waitFor();
    expect(await page.locator("iframe").count()).toBe(1);
    await shop.close();
  });
});
