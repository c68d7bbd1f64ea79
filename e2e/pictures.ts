// Makes the pictures of the README from the real product with the demo shop: `node e2e/pictures.ts` after `npm run build`.
// Writes docs/pictures/widget.png and docs/pictures/inbox.png (1440×900).
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Member } from "@yingda/contract";
import type { BrowserContext } from "playwright-core";
import { launchBrowser } from "../tools/browser.ts";
import { removeDataFolder, signInOwner, startServer, webInboxKey } from "../tools/try-server.ts";
import { answer, composer, reply, replyBox, say, tab } from "./shared/people.ts";
import { openShopPage } from "./shared/shop-page.ts";

const folder = join(import.meta.dirname, "../docs/pictures");
const size = { viewport: { width: 1_440, height: 900 }, locale: "zh-CN", timezoneId: "Asia/Shanghai" };
mkdirSync(folder, { recursive: true });

const [server, browser] = await Promise.all([
  startServer({ env: { YINGDA_DEMO: "1", YINGDA_LOG_LEVEL: "warn" } }),
  launchBrowser(),
]);
try {
  const owner = await signInOwner(server);
  await owner.call("PUT", "/api/me/presence", { presence: "busy" });
  const publicKey = await webInboxKey(owner);
  const shop = await openShopPage({
    base: server.base,
    publicKey,
    attributes: { "data-params": JSON.stringify({ product: "秋日轻风衣", source: "官网" }) },
  });

  // an agent of the demo gets a link and signs in
  const members = await owner.call<Member[]>("GET", "/api/members");
  const agent = members.find(({ isDemo }) => isDemo);
  const { url } = await owner.call<{ url: string }>("POST", "/api/invitations", {
    name: agent?.name,
    role: agent?.role,
    userId: agent?.id,
  });
  const desk = await (await browser.newContext(size)).newPage();
  await desk.goto(url);
  await desk.getByLabel("账号（邮箱或手机号）").fill("linxiao");
  await desk.getByLabel("密码（至少 10 个字符）").fill("a picture needs no key");
  await desk.getByRole("button", { name: "加入" }).click();
  await tab(desk, "我的").click(); // also lets the page make sounds

  const page = await (await browser.newContext(size)).newPage();
  await page.goto(shop.origin);
  await page.getByRole("button", { name: "打开客服聊天" }).click();
  const chat = page.frameLocator("iframe");
  await say(chat, "身高165、体重100斤穿什么码？");
  await answer(chat, "请把身高、体重").waitFor();
  await settle(page.context());
  await page.mouse.move(720, 880);
  await page.screenshot({ path: join(folder, "widget.png") });

  await say(chat, "我平时穿 M，想让客服帮我看看");
  await say(chat, "转人工");
  const offers = desk.getByRole("button", { name: "接起" });
  const who = desk.getByRole("heading", { level: 2, name: /^访客/ });
  while ((await who.count()) === 0) {
    await offers.first().click(); // those who waited before come first
    await desk.locator(".thread-day").first().waitFor();
    await Promise.race([offers.first().waitFor(), who.waitFor()]);
  }
  await reply(
    desk,
    "您好，我是林晓。这款是宽松版型，您 165 / 50 kg 平时穿 M，选 S 会更合身，喜欢宽松就选 M。",
  );
  await say(chat, "那我要 M，今天下单什么时候能到上海？");
  await desk.locator(".thread").getByText("那我要 M").waitFor();
  await tab(desk, "全部未结").click();
  await replyBox(desk).fill("今天 16:00 前付款当天就能寄出，到上海一般");
  await composer(chat).pressSequentially("谢谢", { delay: 20 });
  await desk.locator(".thread").getByText("客户正在输入").waitFor();
  await settle(desk.context());
  await desk.screenshot({ path: join(folder, "inbox.png") });
  await shop.close();
} finally {
  await browser.close();
  await server.stop();
  removeDataFolder(server.dataFolder);
}

/** Fonts and pictures are there. */
async function settle(context: BrowserContext): Promise<void> {
  for (const page of context.pages()) await page.evaluate("document.fonts.ready.then(() => true)");
}
