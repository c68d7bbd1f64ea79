// A film that the owner uploads with the editors' own buttons plays on the page behind the code and in the chat; the help centre shows all of an answer.
import type { Conversation } from "@yingda/contract";
import type { FrameLocator, Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { findings } from "./shared/axe.ts";
import { drawFilm, type FilmFile } from "./shared/film.ts";
import { fits } from "./shared/fits.ts";
import { say } from "./shared/people.ts";
import { keep } from "./shared/pictures-kept.ts";
import { desk as deskSize, hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const world = useWorld();

test.skipIf(hasNoBrowser)(
  "a film plays on the product's page and in chat; answers are shown whole",
  async () => {
    const owner = world.as("owner");
    const desk = await world.workbench("owner", "/knowledge");
    const film = await drawFilm(desk, "清洗滤网.webm");
    await writeFaq(desk, film);
    await desk.goto(`${world.server.base}/knowledge/products`);
    const address = await writeProduct(desk, film);

    const page = await (await world.window({ size: phone, isPhone: true })).newPage();
    await page.goto(address);
    await plays(page, "使用视频");
    await page.getByLabel("屏幕上显示的代码").fill("e4");
    await page.getByRole("button", { name: "查找" }).click();
    await plays(page, "第 1 步 使用视频");
    await page.getByText("滤网怎么洗").click();
    await page.getByRole("link", { name: "原装滤网" }).waitFor();
    await page.getByRole("link", { name: "https://shop.example/filter" }).waitFor();
    await page.getByText("多久换一次").waitFor();
    await plays(page, film.name);
    expect(await findings(page)).toEqual([]);
    await fits(page);
    await page.screenshot({ path: ".cache/journeys/help-rich.png", fullPage: true });

    await page.getByRole("button", { name: "问客服", exact: true }).click();
    const chat = page.frameLocator("iframe");
    await say(chat, "报e四");
    await chat.getByRole("button", { name: film.name }).click();
    await plays(chat, film.name);
    await keep(page, "chat-film");
    await say(chat, "滤网怎么洗");
    await chat.getByRole("button", { name: film.name }).last().click();
    await plays(chat, film.name);
    await chat.getByRole("link", { name: "https://shop.example/buy" }).waitFor();

    // whoever looks at the conversation sees the film too, on the desk and on a phone
    const { conversations } = await owner.call<{ conversations: Conversation[] }>(
      "GET",
      "/api/conversations",
    );
    for (const size of [deskSize, phone]) {
      const isPhone = size === phone;
      const inbox = await world.workbench("owner", `/inbox/${conversations[0]?.id}`, { size, isPhone });
      await plays(inbox, `视频 ${film.name}`);
      await renews(inbox, `视频 ${film.name}`);
      await inbox.getByRole("button", { name: film.name }).last().waitFor();
      await fits(inbox);
      expect(await findings(inbox)).toEqual([]);
      await keep(inbox, `inbox-film-${size[0]}`);
    }
  },
);

/** What is used of a video in the page, whose types are not ours. */
interface Film {
  muted: boolean;
  currentTime: number;
  play(): Promise<void>;
  addEventListener(what: string, told: () => void, options: { once: true }): void;
  dispatchEvent(event: Event): boolean;
}

function filmIn(where: Page | FrameLocator, name: string): Locator {
  return where.locator(`video[aria-label="${name}"]`).last();
}

/** Has moved on from its beginning. */
async function plays(where: Page | FrameLocator, name: string): Promise<void> {
  await filmIn(where, name).evaluate(async (film: Film) => {
    film.muted = true;
    await film.play();
    if (film.currentTime > 0) return;
    await new Promise<void>((seen) => film.addEventListener("timeupdate", seen, { once: true }));
  });
}

/** Its link has ended meanwhile: another one is asked for, and it plays. */
async function renews(page: Page, name: string): Promise<void> {
  const asked = page.waitForRequest((request) => request.url().endsWith("/link?size=full"));
  await filmIn(page, name).evaluate((old: Film) => {
    const now = Date.now;
    Date.now = () => now() + 300_000;
    old.dispatchEvent(new Event("error"));
    Date.now = now;
  });
  await asked;
  await plays(page, name);
}

/** Presses the button and gives the file to the chooser that it opens. */
async function choose(page: Page, button: Locator, file: FilmFile): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), button.click()]);
  await chooser.setFiles(file);
}

/** An FAQ with a film, a card and choices, all put in by hand. */
async function writeFaq(desk: Page, film: FilmFile): Promise<void> {
  await desk.getByRole("button", { name: "添加问答" }).click();
  const editor = desk.getByRole("dialog");
  await editor.getByLabel("标准问题").fill("滤网怎么洗");
  await editor
    .getByLabel("答案", { exact: true })
    .fill("每月冲洗一次，视频见 https://shop.example/filter 。");
  await editor.getByRole("button", { name: "图片、视频、文件、链接、卡片、选项" }).click();
  const add = async (kind: string) => {
    await editor.getByRole("button", { name: "添加内容" }).click();
    return desk.getByRole("menuitem", { name: kind });
  };
  await choose(desk, await add("视频"), film);
  await editor.getByText(film.name).waitFor();
  await (await add("卡片")).click();
  await editor.getByLabel("标题").fill("原装滤网");
  await editor.getByLabel("文字", { exact: true }).fill("两片装");
  await editor.getByLabel("网址（http 或 https 开头）").fill("https://shop.example/buy");
  await (await add("选项")).click();
  await editor.getByLabel("文字", { exact: true }).last().fill("还想知道：");
  await editor.getByLabel("选项，一行一个").fill("多久换一次\n哪里买");
  await keep(desk, "faq-with-film");
  await editor.getByRole("button", { name: "保存", exact: true }).click();
  await desk.getByText("已保存，机器人马上生效").waitFor();
}

/** A product with a film of its own and one for a step of a fault; gives the address behind its printed code. */
async function writeProduct(desk: Page, film: FilmFile): Promise<string> {
  await desk.getByRole("button", { name: "添加产品" }).first().click();
  const editor = desk.getByRole("dialog");
  await editor.getByLabel("名称", { exact: true }).fill("晶洁洗碗机");
  await choose(desk, editor.getByRole("button", { name: "上传视频", exact: true }), film);
  await editor.getByText(film.name).waitFor();
  await editor.getByLabel("页面上的问答").fill("滤网怎么洗");
  await editor.getByLabel("页面上的问答").press("Enter");
  await editor.getByRole("button", { name: "添加故障码" }).click();
  await editor.getByLabel("故障码 1").fill("E04");
  await editor.getByLabel("含义 1").fill("进水超时");
  await editor.getByLabel("第 1 步", { exact: true }).fill("清洗进水滤网。");
  await choose(desk, editor.getByRole("button", { name: "上传视频 第 1 步" }), film);
  await editor.getByText(film.name).nth(1).waitFor();
  await keep(desk, "product-with-film");
  await editor.getByRole("button", { name: "保存" }).click();
  await desk.getByText("已保存，机器人马上生效").waitFor();
  await editor.getByRole("button", { name: /Close|关闭/ }).click();
  await desk.getByRole("button", { name: "二维码 晶洁洗碗机" }).click();
  await editor.getByRole("button", { name: "生成二维码" }).click();
  return (await editor.getByRole("link", { name: "预览页面" }).getAttribute("href")) ?? "";
}
