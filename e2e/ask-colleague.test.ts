// A fact is missing: the bot asks a colleague, who replies in one line; the visitor reads it from the bot; kept as knowledge,
// it is said to the next one at once.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Inbox } from "@yingda/contract";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findings } from "./shared/axe.ts";
import { fits } from "./shared/fits.ts";
import { answer, say } from "./shared/people.ts";
import { hasNoBrowser, phone, useWorld, type Who } from "./shared/world.ts";

const world = useWorld();
const question = "门店可以带宠物进去吗";
const replied = "可以带小型宠物，请牵好绳。";
const shots = join(import.meta.dirname, "../.cache/journeys");
mkdirSync(shots, { recursive: true });
const shoot = (page: Page, name: string) =>
  page.screenshot({ path: join(shots, `ask-colleague-${name}.png`) });

async function switchOn(minutes = 15): Promise<void> {
  const { call } = world.as("owner");
  const [inbox] = await call<Inbox[]>("GET", "/api/inboxes");
  if (!inbox) throw new Error("the prepared shop has an inbox");
  const behaviour = { ...inbox.behaviour, askColleague: { isOn: true, minutes } };
  await call("PATCH", `/api/inboxes/${inbox.id}`, { version: inbox.version, behaviour });
}
async function openQuestions(desk: Page): Promise<void> {
  await desk.getByRole("button", { name: /机器人有 1 个问题要问|The bot asks one question/ }).click();
  await desk.getByRole("dialog").locator(".question").first().waitFor();
}

describe.skipIf(hasNoBrowser)("asking a colleague", () => {
  test("switched on by the owner on the page Bot", async () => {
    const owner = await world.workbench("owner", "/bot");
    const on = owner.getByRole("switch", { name: "缺少资料时问同事" });
    await on.click();
    await owner.getByRole("spinbutton", { name: "多久没人答复就转人工" }).fill("20");
    await shoot(owner, "setting");
    await owner.getByRole("button", { name: "保存" }).click();
    await expect
      .poll(
        async () => (await world.as("owner").call<Inbox[]>("GET", "/api/inboxes"))[0]?.behaviour.askColleague,
      )
      .toEqual({ isOn: true, minutes: 20 });
    expect(await findings(owner)).toEqual([]);
  });

  test("asked, replied to in one line, read by the visitor, kept, and known to the next visitor", async () => {
    await switchOn();
    await world.onDuty("lilei");
    const desk = await world.workbench("lilei");
    const owner = await world.workbench("owner" satisfies Who);
    const visitor = await world.chat();
    await say(visitor, question);
    await answer(visitor, "我要请同事确认一下").waitFor();

    await openQuestions(desk);
    const card = desk.getByRole("dialog").locator(".question");
    await card.getByText(question, { exact: true }).first().waitFor();
    await card.getByText("前面的对话").click();
    await shoot(desk, "desk");
    expect(await findings(desk)).toEqual([]);
    await card.getByRole("textbox").fill(replied);
    await card.getByRole("textbox").press("Enter");
    await desk.getByText("已答复，由机器人告诉客户。").waitFor();
    await desk.getByText("机器人没有要问的").waitFor();

    await answer(visitor, replied).waitFor();
    await answer(visitor, "同事 李雷").waitFor();
    await shoot(visitor, "visitor");

    await owner.getByRole("button", { name: "1 条答复可以存成知识" }).click();
    await owner.getByRole("dialog").getByText(replied).waitFor();
    await shoot(owner, "keep");
    await owner.getByRole("dialog").getByRole("button", { name: "存为问答" }).click();
    await owner.getByText("已保存，下一位客户马上能得到答案。").waitFor();

    const next = await world.chat();
    await say(next, question);
    await answer(next, replied).waitFor();
    expect(await next.getByText("我要请同事确认一下").count()).toBe(0);
  });

  test("on a phone, in English: nothing wider than the screen; who does not know hands over", async () => {
    await switchOn();
    await world.onDuty("hanmeimei");
    const desk = await world.workbench("hanmeimei", "/inbox", {
      size: phone,
      isPhone: true,
      locale: "en-US",
    });
    const visitor = await world.chat("", { size: phone, isPhone: true });
    await say(visitor, "楼下有没有共享充电宝");
    await answer(visitor, "我要请同事确认一下").waitFor();
    await openQuestions(desk);
    await desk.getByRole("dialog").getByText("楼下有没有共享充电宝").first().waitFor();
    await shoot(desk, "phone");
    await fits(desk);
    expect(await findings(desk)).toEqual([]);
    await desk.getByRole("button", { name: "I do not know, hand over" }).click();
    await answer(visitor, "同事这边还没有确切的答复").waitFor();
    await desk.getByText("The bot has no question").waitFor();
  });

  test("typed too late: the words stay, and go as one's own message", async () => {
    await switchOn();
    await world.onDuty("lilei");
    const [desk, other] = await Promise.all([world.workbench("lilei"), world.workbench("hanmeimei")]);
    const visitor = await world.chat();
    await say(visitor, "店里有没有充电宝借");
    await answer(visitor, "我要请同事确认一下").waitFor();
    await openQuestions(desk);
    await desk.getByRole("dialog").getByRole("textbox").fill("充电宝在收银台");
    await openQuestions(other);
    await other.getByRole("button", { name: "我来接待" }).click();
    await other.getByText("由我接待").waitFor();
    await desk.getByText("机器人已经不等这个答复了").waitFor();
    await shoot(desk, "late");
    await desk.getByRole("button", { name: "作为我的消息发送" }).click();
    await answer(visitor, "充电宝在收银台", "agent").waitFor();
  });
});
