// The bot on trial: the owner lets it write drafts only, a customer is answered by a colleague who sends, changes or rejects
// what it proposes, and the figures stand side by side.
import { join } from "node:path";
import type { Inbox } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { findings } from "./shared/axe.ts";
import { fits } from "./shared/fits.ts";
import { acceptOffer, answer, replyBox, say } from "./shared/people.ts";
import { desk, hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const shots = process.env.SHOTS;
const world = useWorld();
const shot = async (page: { screenshot(options: { path: string }): Promise<unknown> }, name: string) => {
  if (shots) await page.screenshot({ path: join(shots, `pilot-${name}.png`) });
};

describe.skipIf(hasNoBrowser)("the bot on trial", () => {
  test("drafts only: nothing reaches the customer but what a colleague sends", async () => {
    const owner = await world.workbench("owner", "/bot", { size: desk });
    const trial = owner.locator("section", { has: owner.getByRole("heading", { name: "试点范围" }) });
    await trial.getByRole("radio", { name: /^只写草稿/ }).check();
    await trial.scrollIntoViewIfNeeded();
    await shot(owner, "settings");
    await owner.getByRole("button", { name: "保存" }).click();
    await owner.getByText("已保存").first().waitFor();

    await world.onDuty("lilei");
    const agent = await world.workbench("lilei", "/inbox", { size: desk });
    const visitor = await world.chat();
    await say(visitor, "多久能发货");
    await acceptOffer(agent);
    const drafts = agent.getByRole("region", { name: "机器人草稿" });
    await drafts.getByText("48 小时内发货").waitFor({ timeout: 60_000 });
    expect(await answer(visitor, "48 小时").count()).toBe(0);
    await shot(agent, "desk");
    expect(await findings(agent)).toEqual([]);
    await drafts.getByRole("button", { name: "直接发送" }).click();
    await answer(visitor, "48 小时", "agent").first().waitFor();
    await drafts.waitFor({ state: "detached" });

    await say(visitor, "怎么退货");
    await drafts.getByRole("button", { name: "放进输入框" }).click();
    await replyBox(agent).press("End");
    await replyBox(agent).pressSequentially(" 您也可以直接找我。");
    await replyBox(agent).press("Enter");
    await answer(visitor, "您也可以直接找我", "agent").waitFor();
    await drafts.waitFor({ state: "detached" });

    await say(visitor, "可以开发票吗");
    await drafts.getByRole("button", { name: "不对" }).click();
    await agent.getByRole("menuitem", { name: "答案不对" }).click();
    await drafts.waitFor({ state: "detached" });
    await agent.getByRole("button", { name: "撤销" }).click();
    await drafts.waitFor();
    await replyBox(agent).fill("这款是海外直邮的，只能给您开形式发票，请把邮箱发给我。");
    await replyBox(agent).press("Enter");
    await answer(visitor, "形式发票", "agent").waitFor();
  });

  test("side by side: figures, what was changed much, the next step with its undo, the correction", async () => {
    const owner = await world.workbench("owner", "/bot/pilot", { size: desk });
    await owner.getByRole("rowheader", { name: "首次答复（中位）" }).waitFor();
    await expect
      .poll(async () => (await owner.locator(".pilot-facts").innerText()).replace(/\s+/g, " "))
      .toMatch(/看过 3 原样发出 1 33% 改过再发 1 33% 另写一份 1 33%/);
    await owner.getByText("满 50 条再决定").waitFor();
    const changed = owner.locator(".pilot-changed li").filter({ hasText: "形式发票" });
    await changed.waitFor();
    await shot(owner, "figures");
    expect(await findings(owner)).toEqual([]);
    await changed.getByRole("button", { name: "按同事的话改问答" }).click();
    const editor = owner.getByRole("dialog");
    await editor.getByText("去掉只属于这位客户的内容").waitFor();
    expect(
      await editor.getByRole("textbox").evaluateAll((all) => all.map((one) => "value" in one && one.value)),
    ).toEqual(expect.arrayContaining([expect.stringContaining("形式发票")]));
    await shot(owner, "correct");

    const [inbox] = await world.as("owner").call<Inbox[]>("GET", "/api/inboxes");
    if (!inbox) throw new Error("the prepared shop has an inbox");
    await world.as("owner").call("PATCH", `/api/inboxes/${inbox.id}`, {
      behaviour: { ...inbox.behaviour, pilot: { ...inbox.behaviour.pilot, mode: "off" } },
      version: inbox.version,
    });
    const again = await world.workbench("owner", "/bot/pilot", { size: desk });
    await again.getByRole("button", { name: "改为：只写草稿" }).click();
    await again.getByText("现在：只写草稿").waitFor();
    await again.getByRole("button", { name: "撤销" }).click();
    await again.getByText("现在：先不接待").waitFor();
  });

  test("on a phone and in English", async () => {
    const small = await world.workbench("owner", "/bot/pilot", { size: phone, isPhone: true });
    await small.getByRole("rowheader", { name: "首次答复（中位）" }).waitFor();
    await shot(small, "phone-figures");
    await fits(small);
    expect(await findings(small)).toEqual([]);
    const settings = await world.workbench("owner", "/bot", { size: phone, isPhone: true });
    await settings.getByRole("radio", { name: /^只给指定的同事写草稿/ }).check();
    await settings.getByLabel("看得到草稿的同事").click();
    await settings.getByTitle("李雷").click();
    await settings.keyboard.press("Escape");
    await shot(settings, "phone-named");
    await settings.getByRole("button", { name: "保存" }).click();
    await settings.getByText("已保存").first().waitFor();

    await world.onDuty("lilei");
    const agent = await world.workbench("lilei", "/inbox", { size: phone, isPhone: true });
    const visitor = await world.chat();
    await say(visitor, "多久能发货");
    await agent.getByRole("button", { name: /^接起$/ }).click();
    const drafts = agent.getByRole("region", { name: "机器人草稿" });
    await drafts.getByText("48 小时内发货").waitFor();
    await shot(agent, "phone-desk");
    expect(await findings(agent)).toEqual([]);
    const english = await world.workbench("owner", "/bot/pilot", { locale: "en-US" });
    await english.locator(".pilot-sides").waitFor();
    await shot(english, "english");
  });
});
