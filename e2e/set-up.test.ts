// From the link in the console to the first right answer on the shop's own website.
import { describe, expect, test } from "vitest";
import { setupLink } from "../tools/try-server.ts";
import { answer, rows, say, tab } from "./shared/people.ts";
import { openShopPage } from "./shared/shop-page.ts";
import { hasNoBrowser, useWorld } from "./shared/world.ts";

const world = useWorld({ isFresh: true });

describe.skipIf(hasNoBrowser)("set-up", () => {
  test("owner, trade, shop, channels, done, and the bubble on the website answers", async () => {
    const { server } = world;
    const page = await (await world.window({ size: [1280, 800] })).newPage();
    const next = () => page.getByRole("button", { name: "下一步" }).click();
    const asked: number[] = [];
    const countRequired = async () => asked.push(await page.locator("main :required").count());

    const { link } = await setupLink(server);
    await page.goto(link);
    await page.getByLabel("账号（邮箱或手机号）").fill("13800000000");
    expect(page.url()).not.toContain("#"); // the one-time token leaves the address at once
    await page.getByLabel("密码（至少 10 个字符）").fill("a good password 1");
    await countRequired();
    await page.getByRole("button", { name: "创建并继续" }).click();

    await page.getByRole("heading", { name: "您做哪一行？" }).waitFor();
    await countRequired();
    await page.getByRole("button", { name: /^服装店/ }).click();

    await page.getByLabel("店铺名称").fill("青禾服饰");
    await page.getByLabel("付款后几小时内发货（只填数字）").fill("48");
    await page.getByLabel("每天几点前付款当天发").fill("16:00");
    await page.getByLabel("签收后几天内可退换（只填数字）").fill("7");
    await countRequired();
    await page.getByRole("heading", { name: "您的店铺" }).click(); // leaving the field saves it
    const preview = page.frameLocator(".setup-preview");
    await answerOf(preview, "下单后多久发货？", "付款后 48 小时内发货，每天 16:00 前");
    await next();

    await page.getByRole("heading", { name: "客户从哪里来？" }).waitFor();
    await countRequired();
    await next();

    await page.getByRole("heading", { name: "要不要加一个大模型？" }).waitFor();
    await countRequired();
    await page.getByRole("button", { name: "跳过" }).click();

    await page.getByRole("heading", { name: "可以接待客户了" }).waitFor();
    const script = await page.getByText("widget.js").textContent();
    const publicKey = /data-key="([^"]+)"/.exec(script ?? "")?.[1] ?? "";
    expect(publicKey).not.toBe("");
    await page.getByRole("button", { name: "打开工作台" }).click();
    await page.getByRole("heading", { name: "开始使用" }).waitFor();
    expect(Math.max(...asked)).toBeLessThanOrEqual(3);

    const shop = await openShopPage({ base: server.base, publicKey });
    const visitor = await (await world.window()).newPage();
    await visitor.goto(shop.origin);
    await visitor.getByRole("button", { name: "打开客服聊天" }).click();
    const chat = visitor.frameLocator("iframe");
    await chat.getByText("您好，欢迎光临青禾服饰！").waitFor();
    await say(chat, "拍下什么时候能寄出来");
    await answer(chat, "付款后 48 小时内发货").waitFor();

    // and the owner sees it come in
    await page.getByRole("link", { name: "会话" }).click();
    await tab(page, "机器人").click();
    await rows(page).filter({ hasText: "付款后 48 小时内发货" }).nth(1).waitFor(); // the preview's and the website's
    await shop.close();
  });

  test("a link that was used says so and leads to the sign-in", async () => {
    const page = await (await world.window({ locale: "en-US" })).newPage();
    const { link } = await setupLink(world.server);
    await page.goto(link);
    await page.getByText("Setup was done before").waitFor();
    await page.getByRole("link", { name: "Sign in" }).click();
    await page.waitForURL(/sign-in/);
  });
});

async function answerOf(
  chat: Parameters<typeof answer>[0],
  suggestion: string,
  words: string,
): Promise<void> {
  await chat.getByRole("button", { name: suggestion }).click();
  await answer(chat, words).waitFor();
}
