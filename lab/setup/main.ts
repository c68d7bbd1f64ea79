// The set-up as a person does it: a browser walks the wizard from the printed link to the first right answer in the chat, typing five
// characters a second and reading each screen for three seconds. Download and install time are not counted.
// Usage: npm run lab -- setup [--shots FOLDER]
import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import { launchBrowser } from "../../tools/browser.ts";
import { printResult, round, say } from "../shared/figures.ts";
import { removeDataFolder, setupLink, startServer } from "../shared/server.ts";

const typeDelayMs = 200;
const readMs = 3_000;
const at = process.argv.indexOf("--shots");
const shots = at > 0 ? process.argv[at + 1] : undefined;

const server = await startServer();
const { link } = await setupLink(server);
const browser = await launchBrowser();
const page = await browser.newPage({ locale: "zh-CN", viewport: { width: 1_280, height: 860 } });

let screens = 0;
let maxRequiredFields = 0;

/** A new screen: it is looked at, its required fields are counted. */
async function look(on: Page): Promise<void> {
  screens += 1;
  const required = await on
    .locator("input[required]:visible, textarea[required]:visible, [aria-required='true']:visible")
    .count();
  maxRequiredFields = Math.max(maxRequiredFields, required);
  if (shots) await on.screenshot({ path: join(shots, `setup-${screens}.png`) });
  await on.waitForTimeout(readMs);
}

async function type(on: Page | Frame, label: RegExp | string, text: string): Promise<void> {
  const box = on.getByLabel(label).first();
  await box.click();
  await box.fill("");
  await box.pressSequentially(text, { delay: typeDelayMs });
}

const started = performance.now();
await page.goto(link);
await page.getByRole("heading", { name: "创建店主账号" }).waitFor();
await look(page);
await type(page, /账号/, "owner@shop.cn");
await type(page, /^密码/, "xiaodao-2026-shop");
await page.getByRole("button", { name: "创建并继续" }).click();

await page.getByRole("heading", { name: "您做哪一行？" }).waitFor();
await look(page);
await page.getByRole("button", { name: /服装/ }).first().click();

await page.getByRole("heading", { name: "您的店铺" }).waitFor();
await look(page);
await type(page, "店铺名称", "小岛服饰");
const blanks = page.locator("form .field", { hasText: "例如" }).locator("input[type=text]");
const values = ["48", "16:00", "浙江杭州"];
for (let number = 0; number < Math.min(3, await blanks.count()); number += 1) {
  await blanks.nth(number).click();
  await blanks.nth(number).pressSequentially(values[number] ?? "有", { delay: typeDelayMs });
}
await page.getByRole("button", { name: "下一步" }).click();

await page.getByRole("heading", { name: "客户从哪里来？" }).waitFor();
await look(page);
await page.getByRole("button", { name: "下一步" }).click();

await page.getByRole("heading", { name: "要不要加一个大模型？" }).waitFor();
await look(page);
await page.getByRole("button", { name: "跳过" }).click();

await page.getByRole("heading", { name: "可以接待客户了" }).waitFor();
await look(page);
const chatLink = await page.getByRole("link", { name: "打开聊天页" }).getAttribute("href");
if (!chatLink) throw new Error("the last screen has no chat link");
const chat = await browser.newPage({ locale: "zh-CN", viewport: { width: 390, height: 780 } });
await chat.goto(new URL(chatLink, server.base).href.replace(/^https?:\/\/[^/]+/, server.base));
await chat.getByLabel("请输入您的问题").waitFor();
await look(chat);
await chat.getByLabel("请输入您的问题").click();
await chat.getByLabel("请输入您的问题").pressSequentially("下单后多久发货？", { delay: typeDelayMs });
await chat.keyboard.press("Enter");
const answer = chat.locator("li.row.bot").nth(1);
await answer.waitFor({ timeout: 15_000 });
const text = (await answer.textContent()) ?? "";
const seconds = (performance.now() - started) / 1_000;
say(`  the answer: ${text}`);
if (shots) await chat.screenshot({ path: join(shots, "setup-answer.png") });
const answered = text.includes("发货") || text.includes("48 小时");

await browser.close();
await server.stop();
removeDataFolder(server.dataFolder);
printResult({ seconds: round(seconds, 1), screens, maxRequiredFields, answered });
process.exit(answered ? 0 : 1);
