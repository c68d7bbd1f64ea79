// Between the bot and people: asked back, handed over, answered, ended, rated; two who want the same conversation; a message left
// out of hours.
import type { BusinessHours } from "@yingda/contract";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { acceptOffer, answer, composer, ownLine, reply, replyBox, rows, say, tab } from "./shared/people.ts";
import { hasNoBrowser, useWorld } from "./shared/world.ts";

const world = useWorld();

describe.skipIf(hasNoBrowser)("bot and people", () => {
  test("a question nobody wrote down: asked back, handed over, answered, ended, rated", async () => {
    await world.onDuty("lilei");
    const agent = await world.workbench("lilei");
    const visitor = await world.chat();
    await say(visitor, "店里有没有母婴室");
    await visitor.getByRole("button", { name: "转人工客服" }).click();
    await answer(visitor, "正在为您转接人工客服").waitFor();
    await visitor.getByText("马上就到您").waitFor();

    await acceptOffer(agent);
    // what was asked stands above the thread, so that nobody has to ask again
    await agent.getByText("客户说：店里有没有母婴室").waitFor();
    await visitor.getByText("李雷为您服务").first().waitFor();
    await replyBox(agent).pressSequentially("有一");
    await visitor.locator(".typing").waitFor();
    await reply(agent, "有一只橘猫，叫煤球");
    await answer(visitor, "有一只橘猫", "agent").waitFor();
    // the visitor has it on the screen, and the agent is told so
    await agent.locator(".thread").getByText("已读").waitFor();
    await say(visitor, "谢谢！");
    await agent.locator(".thread").getByText("谢谢！", { exact: true }).waitFor();

    await agent.getByRole("button", { name: "结束", exact: true }).click();
    await visitor.getByText("这次服务您满意吗？").waitFor();
    await visitor.getByRole("radio", { name: "非常满意" }).check();
    await visitor.getByPlaceholder("说说原因（可不填）").fill("很快，很耐心");
    await visitor.getByRole("button", { name: "提交评价" }).click();
    await composer(visitor).waitFor();
    await tab(agent, "已结束").click();
    await rows(agent).first().click();
    await agent.getByText("很快，很耐心").waitFor();
  });

  test("who does not want to wait any longer leaves the queue, and can go on with the bot", async () => {
    await world.onDuty("lilei");
    await world.workbench("lilei"); // there, and does not take the offer
    const visitor = await world.chat();
    await say(visitor, "转人工");
    await visitor.getByText("马上就到您").waitFor();
    await visitor.getByRole("button", { name: "不等了" }).click();
    await visitor.getByText("马上就到您").waitFor({ state: "detached" });
    await say(visitor, "发货要多久");
    await answer(visitor, "小时内发货").waitFor();
  });

  test("two agents claim at once: one has it, the other is told who", async () => {
    const { call } = world.as("lilei");
    await world.onDuty("owner"); // neither is offered it: both see it and take it by themselves
    const visitor = await world.chat();
    await say(visitor, "发货要多久");
    await answer(visitor, "小时内发货").waitFor();
    const [conversation] = (
      await call<{ conversations: { id: string }[] }>("GET", "/api/conversations?list=bot")
    ).conversations;
    const path = `/inbox/${conversation?.id ?? ""}`;
    const [lilei, hanmeimei] = await Promise.all([
      world.workbench("lilei", path),
      world.workbench("hanmeimei", path),
    ]);
    const claim = (page: Page) => page.getByRole("button", { name: "领取", exact: true });
    await sendTogether([lilei, hanmeimei], "**/claim");
    await Promise.all([claim(lilei).click(), claim(hanmeimei).click()]);

    const isLileis = await Promise.race([
      lilei
        .getByText("由我接待")
        .waitFor()
        .then(() => true),
      hanmeimei
        .getByText("由我接待")
        .waitFor()
        .then(() => false),
    ]);
    const [winner, loser, name] = isLileis ? [lilei, hanmeimei, "李雷"] : [hanmeimei, lilei, "韩梅梅"];
    await winner.getByText("由我接待").waitFor();
    await loser.getByText(`由 ${name} 接待`).waitFor();
    expect(await loser.getByText("由我接待").count()).toBe(0);
    await loser.getByText("同事已经领取了这个会话").waitFor();
    await visitor.getByText(`${name}为您服务`).first().waitFor();
  });

  test("out of hours: a message is left, found in the morning and answered; the visitor sees it later", async () => {
    const owner = world.as("owner");
    const hours = await owner.call<BusinessHours>("GET", "/api/hours");
    await owner.call("PUT", "/api/hours", { ...hours, week: closedAt(new Date()) });

    const visitor = await world.chat();
    await visitor.getByText("现在是休息时间").first().waitFor();
    await visitor.getByRole("button", { name: "转人工" }).click();
    await visitor.locator(".choices").getByRole("button", { name: "留言" }).click();
    await visitor.getByLabel("您想说的话").fill("周末能到店自提吗？");
    await visitor.getByRole("button", { name: "提交留言" }).click();
    await visitor.getByText("请填写内容并勾选同意").waitFor(); // consent is asked, not assumed
    await visitor.getByLabel("称呼").fill("王女士");
    await visitor.getByLabel("手机号").fill("13800000101");
    await visitor.getByLabel("我同意店铺使用以上信息与我联系").check();
    await visitor.getByRole("button", { name: "提交留言" }).click();
    await ownLine(visitor, "周末能到店自提吗？").waitFor();
    await visitor.getByText("留言已收到").first().waitFor();

    await owner.call("PUT", "/api/hours", hours);
    await world.onDuty("lilei");
    const agent = await world.workbench("lilei");
    await tab(agent, "待干预").click();
    await rows(agent).filter({ hasText: "王女士" }).click();
    await agent.getByRole("button", { name: "领取", exact: true }).click();
    await reply(agent, "可以的，周末十点到晚上九点都在。");
    await visitor.reload();
    await answer(visitor, "可以的，周末十点", "agent").waitFor();
  });
});

/** Holds these requests until every page has made its own: that is what "at once" means. */
async function sendTogether(pages: readonly Page[], address: string): Promise<void> {
  const { promise: all, resolve } = Promise.withResolvers<void>();
  let count = 0;
  for (const page of pages)
    await page.route(address, async (route) => {
      count += 1;
      if (count === pages.length) resolve();
      await all;
      await route.continue();
    });
}

/** A week with one open hour, which is not now. */
function closedAt(now: Date): BusinessHours["week"] {
  const inTwoDays = (now.getDay() + 1) % 7; // Monday is 0
  return Array.from({ length: 7 }, (_, day) =>
    day === inTwoDays ? [{ opensMinute: 540, closesMinute: 600 }] : [],
  );
}
