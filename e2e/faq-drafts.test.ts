// An FAQ is changed in a draft, tried and published; what the bot could not answer becomes an FAQ and is answered.
import { describe, expect, test } from "vitest";
import { findings } from "./shared/axe.ts";
import { fits } from "./shared/fits.ts";
import { answer, say } from "./shared/people.ts";
import { hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const world = useWorld();

describe.skipIf(hasNoBrowser)("drafts and gaps", () => {
  test("a draft is said in the test area, and to visitors once it is published", async () => {
    const owner = await world.workbench("owner", "/knowledge");
    await owner.locator(".plain-list li").first().waitFor();
    await owner.getByRole("button", { name: "添加问答" }).click();
    const drawer = owner.getByRole("dialog");
    await drawer.getByLabel("标准问题").fill("你们收加盟商吗");
    await drawer.getByLabel("答案", { exact: true }).fill("目前不开放加盟。");
    await drawer.getByRole("button", { name: "存为草稿" }).click();
    await owner.getByText("已存为草稿，可以在“试一试”的测试区里试").waitFor();

    await owner.getByRole("button", { name: "试一试" }).click();
    await owner.getByText("测试区（含草稿）").click();
    await owner.getByPlaceholder("像客户一样问一句").fill("你们收加盟商吗");
    await owner.getByRole("button", { name: "提问", exact: true }).click();
    await owner.getByText("目前不开放加盟。").waitFor({ timeout: 40_000 });
    await owner.keyboard.press("Escape");

    await owner.getByRole("button", { name: "草稿 1" }).click();
    await owner.getByRole("checkbox", { name: "全选" }).check();
    await owner.getByRole("button", { name: "发布选中的 1 条" }).click();
    await owner.getByText("已发布 1 条").waitFor();
    const visitor = await world.chat();
    await say(visitor, "你们收加盟商吗");
    await answer(visitor, "目前不开放加盟。").waitFor();
  });

  test("a question that was handed over becomes an FAQ, on a phone", async () => {
    await world.onDuty("lilei"); // offers would lie over the page
    const visitor = await world.chat();
    const bubbles = answer(visitor, /\S/);
    const greeted = await bubbles.count();
    await say(visitor, "店里能不能存行李箱");
    await bubbles.nth(greeted).waitFor();
    await say(visitor, "转人工");
    await answer(visitor, /转接|留言/)
      .first()
      .waitFor();

    const owner = await world.workbench("owner", "/knowledge/gaps", { size: phone, isPhone: true });
    await owner.getByRole("button", { name: "马上更新" }).click();
    const gap = owner.locator(".gap-row").first();
    await gap.waitFor();
    expect(await findings(owner)).toEqual([]);
    await fits(owner);
    await gap.getByRole("button", { name: "做成问答" }).click();
    const drawer = owner.getByRole("dialog");
    const question = await drawer.getByLabel("标准问题").inputValue();
    await drawer.getByLabel("答案", { exact: true }).fill("可以，前台免费寄存。");
    await drawer.getByRole("button", { name: "保存", exact: true }).click();
    await owner.getByText("已保存，机器人马上生效").waitFor();
    const second = await world.chat();
    await say(second, question);
    await answer(second, "可以，前台免费寄存。").waitFor();
  });
});
