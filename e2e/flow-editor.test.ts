// An owner copies a flow, adds a question, tries it, publishes it, and a visitor gets it.
import { describe, expect, test } from "vitest";
import { findings } from "./shared/axe.ts";
import { fits } from "./shared/fits.ts";
import { answer, say } from "./shared/people.ts";
import { hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const world = useWorld();

describe.skipIf(hasNoBrowser)("the editor of flows", () => {
  test("a copy with one more question is tried, published and met by a visitor", async () => {
    const owner = await world.workbench("owner", "/flows");
    await owner.getByRole("button", { name: "更多操作：留联系方式" }).click();
    await owner.getByRole("menuitem", { name: "复制一份" }).click();
    await owner.locator(".react-flow__node").first().waitFor();

    await owner.getByRole("tab", { name: "设置", exact: true }).click();
    const phrases = owner.getByLabel("中文说法");
    await phrases.fill("登记会员");
    await phrases.blur();

    // a question of its own between the first and the second
    await owner.getByRole("tab", { name: "步骤" }).click();
    await owner.locator(".flow-list button").first().click();
    await owner.getByRole("button", { name: "添加步骤" }).click();
    await owner.getByRole("menuitem", { name: "说一句话" }).click();
    const side = owner.locator(".flow-side");
    await side.getByText("缺少中文").waitFor();
    await side.getByLabel("中文").first().fill("谢谢，会员有九五折。");
    await side.getByLabel("英文").first().fill("Thank you.");
    await side.getByLabel("英文").first().blur();
    await expect.poll(() => side.getByText("缺少中文").count(), { timeout: 20_000 }).toBe(0);
    expect(await findings(owner)).toEqual([]);

    await owner.getByRole("tab", { name: "画布" }).click();
    await owner.locator(".react-flow__node", { hasText: "会员有九五折" }).waitFor();
    await owner.getByRole("tab", { name: "试一试" }).click();
    await owner.getByLabel("像客户一样说话").fill("登记会员");
    await owner.getByRole("button", { name: "发送" }).click();
    await owner.locator(".flow-node-current").waitFor();
    await owner.getByLabel("像客户一样说话").fill("想要会员卡");
    await owner.getByRole("button", { name: "发送" }).click();
    await owner.locator(".flow-talk").getByText("会员有九五折").waitFor();

    // its phrases are others than those of the dialogues that came with the copy, which do not need them
    await owner.getByRole("button", { name: "发布" }).click();
    await owner
      .getByRole("button", { name: /仍然发布|启用/ })
      .first()
      .waitFor();
    const anyway = owner.getByRole("button", { name: "仍然发布" });
    if ((await anyway.count()) > 0) await anyway.click();
    await owner.getByRole("button", { name: "启用", exact: true }).click();
    await owner.getByText("已启用").waitFor();

    const visitor = await world.chat();
    await say(visitor, "我要登记会员");
    await answer(visitor, "您想咨询什么").waitFor();
    await say(visitor, "想要会员卡");
    await answer(visitor, "会员有九五折").waitFor();
    await owner.getByRole("tab", { name: "版本" }).click();
    await owner.getByText("版本 1").waitFor();
  });

  test("a case has several tests that must all hold, written in the form", async () => {
    const owner = await world.workbench("owner", "/flows/address-change");
    await owner.getByRole("tab", { name: "步骤" }).click();
    await owner.locator(".flow-list-line:not(.soft)").getByText("found.status", { exact: true }).click();
    const first = owner.getByRole("group", { name: "情况 1" });
    await first.getByRole("button", { name: "再加一个条件" }).click();
    await first.getByText("下面的条件都要成立").waitFor();
    await owner.locator(".flow-list").getByText("是 unpaid, paid, 至少 0").first().waitFor();
    expect(await findings(owner)).toEqual([]);
    await owner.screenshot({ path: ".cache/journeys/several-tests.png" });
    await first.getByRole("button", { name: "删除 至少" }).click();
    await expect.poll(() => owner.getByText("下面的条件都要成立").count()).toBe(0);
  });

  test("on a phone the list is for writing, and nothing stands in anybody's way", async () => {
    const owner = await world.workbench("owner", "/flows/booking", { size: phone, isPhone: true });
    await owner.locator(".flow-list button").nth(1).click();
    const side = owner.locator(".flow-side");
    await side.getByLabel("中文").first().fill("一共来几位呢？");
    await side.getByLabel("中文").first().blur();
    await owner.getByRole("button", { name: "保存草稿" }).click();
    await owner.getByText("草稿已保存").waitFor();
    expect(await findings(owner)).toEqual([]);
    await fits(owner);
    await owner.getByRole("button", { name: "丢弃草稿" }).click();
    await owner.getByText("草稿已丢弃").waitFor();
  });
});
