// An owner makes a queue with one helper and gives a skill; a flow hands over with both, and the right person is asked.
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findings } from "./shared/axe.ts";
import { fits } from "./shared/fits.ts";
import { acceptOffer, answer, say } from "./shared/people.ts";
import { keep } from "./shared/pictures-kept.ts";
import { hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const world = useWorld();
/** Animations would be photographed half way. */
const settled = (page: Page) =>
  expect.poll(() => page.evaluate<number>("document.getAnimations().length"), { timeout: 20_000 }).toBe(0);

describe.skipIf(hasNoBrowser)("queues and skills", () => {
  test("a queue with one helper and a skill; a flow finds them both", async () => {
    const owner = await world.workbench("owner", "/members");
    await owner.getByRole("tab", { name: "队列与技能" }).click();
    await owner.getByText("现在只有默认队列").waitFor();
    await owner.getByRole("button", { name: "新建队列" }).click();
    const drawer = owner.getByRole("dialog");
    await drawer.getByRole("button", { name: "保存" }).click();
    await drawer.getByText("请填写名称").waitFor();
    await drawer.getByLabel("名称").fill("尺码组");
    await drawer.getByText("只有选中的人").click();
    await drawer.getByLabel("选择成员").fill("韩梅梅");
    await owner.locator(".ant-select-item-option", { hasText: "韩梅梅" }).click();
    await settled(owner);
    await keep(owner, "queue-new");
    await drawer.getByRole("button", { name: "保存" }).click();
    await owner.getByText("1 人接待：韩梅梅").waitFor();

    const skills = owner.getByLabel("韩梅梅 的技能");
    await skills.fill("尺码");
    await skills.press("Enter");
    await owner.getByText("已保存韩梅梅的技能").waitFor();
    await owner.getByRole("heading", { name: "技能" }).click();
    await settled(owner);
    await keep(owner, "queues");
    expect(await findings(owner)).toEqual([]);

    // a flow of its own that hands over into it, and wants the skill
    await owner.goto(`${world.server.base}/flows`);
    await owner.getByRole("button", { name: "更多操作：留联系方式" }).waitFor();
    const { call } = world.as("owner");
    const made = await call<{ id: string; draft: string; version: number }>("POST", "/api/flows", {
      name: { zh: "选尺码", en: "Choosing a size" },
    });
    const yaml = made.draft.replace("zh: []", "zh: [帮我挑号]");
    await call("PUT", `/api/flows/${made.id}/draft`, { yaml, version: made.version });
    await owner.goto(`${world.server.base}/flows/${made.id}`);
    await owner.getByRole("tab", { name: "步骤" }).click();
    await owner.locator(".flow-list button", { hasText: "我请同事来帮您" }).last().click();
    const side = owner.locator(".flow-side");
    await side.getByLabel("转到哪个队列").click();
    await owner.locator(".ant-select-item-option", { hasText: "尺码组" }).click();
    await side.getByLabel("需要的技能").fill("修鞋");
    await side.getByLabel("需要的技能").press("Enter");
    await side.getByText("还没有成员会“修鞋”").first().waitFor();
    await side.getByLabel("需要的技能").fill("尺");
    await owner.locator('.ant-select-item-option[title="尺码"]').click();
    await owner.keyboard.press("Escape");
    await settled(owner);
    await keep(owner, "queues-in-a-flow");
    await owner.getByRole("button", { name: "发布" }).click();
    await owner.getByRole("button", { name: "启用", exact: true }).click();
    await owner.getByText("已启用").waitFor();

    // both are there; only she is of that queue
    for (const who of ["lilei", "hanmeimei"] as const) {
      await world.workbench(who);
      await world.as(who).call("PUT", "/api/me/presence", { presence: "available" });
    }
    const helper = await world.workbench("hanmeimei");
    const visitor = await world.chat();
    await say(visitor, "帮我挑号");
    await answer(visitor, "请问需要什么帮助").waitFor();
    await say(visitor, "想给妈妈挑一件");
    const offer = helper.getByRole("alert").filter({ hasText: "需要人工" });
    await offer.getByText("需要技能：尺码").waitFor();
    await settled(helper);
    await keep(helper, "queues-offer");
    await acceptOffer(helper);
    await helper.locator(".handoff").getByText("需要技能：尺码").waitFor();
    await keep(helper, "queues-card");
    await visitor.getByText("韩梅梅为您服务").first().waitFor();
  });

  test("on a phone: looked at, edited, deleted", async () => {
    const owner = await world.workbench("owner", "/members/queues", { size: phone, isPhone: true });
    await owner.getByText("1 人接待：韩梅梅").waitFor();
    await settled(owner);
    await keep(owner, "queues-phone");
    expect(await findings(owner)).toEqual([]);
    await fits(owner);
    await owner.getByRole("button", { name: "编辑 尺码组" }).click();
    await settled(owner);
    await keep(owner, "queue-phone");
    await owner.getByRole("button", { name: "删除队列" }).click();
    await owner.getByText("点名要它的流程会转到默认队列").waitFor();
    await settled(owner);
    await keep(owner, "queue-phone-delete");
    await owner.getByRole("button", { name: "删除", exact: true }).click();
    await owner.getByText("现在只有默认队列").waitFor();
  });
});
