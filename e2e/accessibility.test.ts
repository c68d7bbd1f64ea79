// Every screen passes axe, in light and dark, on a desk and on a phone.
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { findings } from "./shared/axe.ts";
import { answer, composer, say } from "./shared/people.ts";
import { openShopPage } from "./shared/shop-page.ts";
import { desk, hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const world = useWorld();

interface Screen {
  name: string;
  path: string;
  /** What must be seen before the look. */
  seen: string;
  open?(page: Page): Promise<unknown>;
}

/** What people use every day: looked at in both schemes on both sizes. */
const daily: Screen[] = [
  { name: "set-up, trade", path: "/setup", seen: ".choice-card" },
  { name: "inbox", path: "/inbox?list=open", seen: ".list-scroll a.row" },
  { name: "knowledge", path: "/knowledge", seen: ".plain-list", open: fewRows },
  { name: "channels, install", path: "/channels", seen: ".qr-box" },
  { name: "members", path: "/members", seen: ".plain-list" },
  { name: "hours", path: "/hours", seen: ".day-blocks" },
];
/** The rest: dark on the desk, light on the phone. */
const others: Screen[] = [
  {
    name: "knowledge, editor",
    path: "/knowledge",
    seen: "[role=dialog] textarea",
    open: (page) => fewRows(page).then(() => button(page, "添加问答")),
  },
  {
    name: "knowledge, borrowed wordings",
    path: "/knowledge",
    seen: ".knowledge-phrasing",
    open: (page) => fewRows(page).then(() => page.locator(".list-button").first().click()),
  },
  { name: "knowledge, try it", path: "/knowledge", seen: ".try-answer", open: tryIt },
  { name: "channels, look", path: "/channels", seen: "fieldset", open: (page) => tabOf(page, "外观") },
  { name: "channels, greeting", path: "/channels", seen: ".plain-list fieldset", open: addRule },
  { name: "channels, bot", path: "/channels", seen: "[role=slider]", open: (page) => tabOf(page, "机器人") },
  { name: "invitation", path: "/members", seen: "[role=dialog]", open: (page) => button(page, "邀请成员") },
  { name: "launch", path: "/launch", seen: ".steps" },
  { name: "audit", path: "/audit", seen: ".plain-table" },
  { name: "status", path: "/status", seen: ".state-dot" },
  { name: "backup", path: "/backup", seen: ".section" },
  { name: "usage", path: "/usage", seen: ".usage-facts" },
  { name: "settings", path: "/settings", seen: "form" },
];

async function button(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name }).click();
}

async function tabOf(page: Page, name: string): Promise<void> {
  await page.getByRole("tab", { name }).click();
}

async function addRule(page: Page): Promise<void> {
  await tabOf(page, "外观");
  await button(page, "添加规则");
}

/** Sixty rows are the same as six to the rules, and take ten times as long. */
async function fewRows(page: Page): Promise<void> {
  await page.locator(".plain-list > li").nth(20).waitFor();
  await page.getByLabel("搜索问题、答案、问法").fill("尺码表");
  await page.locator(".plain-list > li").nth(20).waitFor({ state: "detached" });
}

async function tryIt(page: Page): Promise<void> {
  await fewRows(page);
  await button(page, "试一试");
  await page.getByRole("dialog").getByRole("textbox").fill("多久能发货");
  await page.getByRole("dialog").getByRole("textbox").press("Enter");
}

describe.skipIf(hasNoBrowser)("accessibility", () => {
  let conversation = "";
  beforeAll(async () => {
    if (hasNoBrowser) return;
    const visitor = await world.chat("?product=%E9%A3%8E%E8%A1%A3");
    await say(visitor, "发货要多久");
    await answer(visitor, "小时内发货").waitFor();
    const { conversations } = await world
      .as("owner")
      .call<{ conversations: { id: string }[] }>("GET", "/api/conversations?list=bot");
    conversation = conversations[0]?.id ?? "";
    const owner = world.as("owner");
    await owner.call("POST", `/api/conversations/${conversation}/claim`, {});
    const path = `/api/conversations/${conversation}`;
    await owner.call("POST", `${path}/messages`, {
      clientMessageId: "accessibility-reply",
      content: { kind: "text", text: "您好，48 小时内 https://shop.example/shipping" },
    });
    await owner.call("POST", `${path}/notes`, { clientMessageId: "accessibility-note", text: "老客户" });
    await owner.call("PUT", `${path}/tags`, { tags: ["售前"] });
  });

  for (const [sizeName, size, isPhone] of [
    ["desk", desk, false],
    ["phone", phone, true],
  ] as const) {
    test(`the owner's screens, ${sizeName}`, async () => {
      const page = await world.workbench("owner", "/inbox", { size, isPhone });
      const all: Record<string, string[]> = {};
      const look = async ({ name, path, seen, open }: Screen, isDaily: boolean) => {
        await page.goto(`${world.server.base}${path}`);
        await open?.(page);
        await page.locator(seen).first().waitFor();
        all[name] = await findings(page, isDaily ? ["light", "dark"] : [isPhone ? "light" : "dark"]);
      };
      for (const screen of daily) await look(screen, true);
      await look({ name: "thread", path: `/inbox/${conversation}?list=open`, seen: ".thread-day" }, true);
      for (const screen of others) await look(screen, false);
      for (const step of ["shop", "channel", "model", "done"]) {
        await page.evaluate(`localStorage.setItem("yingda-setup-step", "${step}")`);
        await look({ name: `set-up, ${step}`, path: "/setup", seen: "h1" }, false);
      }
      expect(withFindings(all)).toEqual({});
    });

    test(`sign-in, widget and chat page, ${sizeName}`, async () => {
      const all: Record<string, string[]> = {};
      const page = await (await world.window({ size, isPhone })).newPage();
      await page.goto(`${world.server.base}/sign-in`);
      await page.getByRole("button", { name: "登录" }).waitFor();
      all["sign-in"] = await findings(page);
      const chat = await world.chat("", { size, isPhone });
      all["chat, empty"] = await findings(chat);
      await say(chat, "几天内可以退货");
      await answer(chat, "无理由退").waitFor();
      await chat.getByRole("button", { name: "表情" }).click();
      await chat.locator(".faces").waitFor();
      all["chat, talking"] = await findings(chat);
      await chat.getByRole("button", { name: "评价" }).click();
      await chat.getByText("这次服务您满意吗？").waitFor();
      all["chat, rating"] = await findings(chat);
      const shop = await openShopPage({ base: world.server.base, publicKey: world.publicKey });
      await page.goto(shop.origin);
      await page.getByRole("button", { name: "打开客服聊天" }).waitFor();
      all["bubble, closed"] = await findings(page);
      await page.getByRole("button", { name: "打开客服聊天" }).click();
      await composer(page.frameLocator("iframe")).waitFor();
      all["bubble, open"] = await findings(page);
      await shop.close();
      expect(withFindings(all)).toEqual({});
    });
  }
});

function withFindings(all: Record<string, string[]>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(all).filter(([, found]) => found.length > 0));
}
