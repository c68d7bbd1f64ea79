// One question, other answers: an FAQ with an English side, a case for English visitors of the website (with a spoken text and a
// card with a picture) and one for the API, written in the editor, published from a draft, and met by three customers.
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { findings } from "./shared/axe.ts";
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

test.skipIf(hasNoBrowser)("each customer hears the answer of their channel and language", async () => {
  const owner = await world.workbench("owner", "/knowledge");
  await owner.getByRole("button", { name: "添加问答" }).click();
  const editor = owner.getByRole("dialog");
  await editor.getByLabel("标准问题").fill("能寄存滑板吗");
  await editor.getByLabel("答案", { exact: true }).fill("可以，放在前台。");
  await editor.getByLabel("问法", { exact: true }).fill("滑板放哪里\ncan I leave my skateboard");
  await editor.getByRole("button", { name: "英文（选填）" }).click();
  await editor.getByLabel("英文问题").fill("Can I leave my skateboard with you?");
  await editor.getByLabel("英文答案").fill("Yes, at the front desk.");
  await editor.getByRole("button", { name: "不同情况说不同答案" }).click();
  await writeWebsiteCase(owner, editor);
  await editor.getByRole("button", { name: "添加一种情况" }).click();
  const second = editor.getByRole("group", { name: "情况 2" });
  await pick(owner, second.getByLabel("渠道"), "接口");
  await second.getByLabel("答案", { exact: true }).fill("接口客户：请在订单备注里写滑板。");
  await keep(owner, "faq-variants");
  expect(await findings(owner)).toEqual([]);
  await editor.getByRole("button", { name: "存为草稿" }).click();
  await owner.getByText("已存为草稿").waitFor();

  await owner.getByRole("button", { name: "草稿 1" }).click();
  await owner.getByRole("checkbox", { name: "全选" }).check();
  await owner.getByRole("button", { name: "发布选中的 1 条" }).click();
  await owner.getByText("已发布 1 条").waitFor();

  const chinese = await world.chat();
  await say(chinese, "能寄存滑板吗");
  await answer(chinese, "可以，放在前台。").waitFor();
  const english = await world.chat("", { locale: "en-US", size: phone, isPhone: true });
  await say(english, "Can I leave my skateboard with you?");
  await answer(english, "Website visitors may leave it at the desk.").waitFor();
  const card = answer(english, "Skateboard ticket");
  await card.locator("img.picture").waitFor();
  await card.getByRole("link", { name: "https://shop.example/ticket" }).waitFor();
  await keep(english, "faq-variant-english");
  for (const chat of [chinese, english]) {
    expect(await chat.getByText(/接口客户|说给电话|on the phone/).count()).toBe(0);
    await fits(chat);
  }
  expect(await chinese.getByText("Skateboard ticket").count()).toBe(0);

  // all of it is there when the editor is opened again
  await owner.goto(`${world.server.base}/knowledge`);
  await owner.getByRole("searchbox").or(owner.getByPlaceholder("搜索问题、答案、问法")).first().fill("滑板");
  await owner.getByRole("button", { name: "能寄存滑板吗" }).and(owner.locator(".list-button")).click();
  await editor.getByRole("button", { name: "不同情况说不同答案 · 2" }).click();
  const first = editor.getByRole("group", { name: "情况 1" });
  await first.getByText("英文答案和口播答案").click();
  expect(await first.getByLabel("口播答案", { exact: true }).inputValue()).toBe("说给电话里的客户：可以。");
  expect(await first.getByLabel("英文口播答案").inputValue()).toBe("Said on the phone: yes.");
  await first.getByRole("button", { name: "移除图片" }).waitFor();
});

/** English visitors of the website: both texts, both spoken texts, a card with a picture. */
async function writeWebsiteCase(owner: Page, editor: Locator): Promise<void> {
  await editor.getByRole("button", { name: "添加一种情况" }).click();
  const one = editor.getByRole("group", { name: "情况 1" });
  await pick(owner, one.getByLabel("渠道"), "网页");
  await pick(owner, one.getByLabel("语言"), "英文");
  await one.getByLabel("答案", { exact: true }).fill("网页上说英文的客户：放在前台。");
  await one.getByText("英文答案和口播答案").click();
  await one.getByLabel("英文答案").fill("Website visitors may leave it at the desk.");
  await one.getByLabel("口播答案", { exact: true }).fill("说给电话里的客户：可以。");
  await one.getByLabel("英文口播答案").fill("Said on the phone: yes.");
  await one.getByRole("button", { name: "添加内容" }).click();
  await owner.getByRole("menuitem", { name: "卡片" }).click();
  await one.getByLabel("标题").fill("Skateboard ticket");
  await one.getByLabel("网址（http 或 https 开头）").fill("https://shop.example/ticket");
  const [chooser] = await Promise.all([
    owner.waitForEvent("filechooser"),
    one.getByRole("button", { name: "图片", exact: true }).click(),
  ]);
  await chooser.setFiles({ name: "票.png", mimeType: "image/png", buffer: dot });
  await one.getByRole("button", { name: "移除图片" }).waitFor();
}

/** Of a list of several; it stays open until something else is touched. */
async function pick(page: Page, list: Locator, option: string): Promise<void> {
  await list.click();
  await page.locator(".ant-select-item-option:visible").filter({ hasText: option }).click();
  await list.press("Escape");
}
