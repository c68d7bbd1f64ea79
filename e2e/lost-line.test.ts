// Lines that break, pages that are loaded again, a server that dies: nothing is lost, nothing comes twice, on either side.
import { describe, expect, test } from "vitest";
import { acceptOffer, answer, composer, ownLine, reply, replyBox, say, transcript } from "./shared/people.ts";
import { hasNoBrowser, useWorld } from "./shared/world.ts";

const world = useWorld();

describe.skipIf(hasNoBrowser)("lost lines", () => {
  test("the visitor goes offline in mid-conversation, writes on, reloads, and comes back", async () => {
    await world.onDuty("lilei");
    const agent = await world.workbench("lilei");
    const visitor = await world.chat();
    const network = visitor.context();
    await say(visitor, "我要找人工客服");
    await acceptOffer(agent);
    await reply(agent, "您好，我是李雷");
    await answer(visitor, "您好，我是李雷", "agent").waitFor();

    await network.setOffline(true);
    await visitor.getByText("网络断开，正在重连").waitFor();
    await say(visitor, "离线时写的第一句");
    await say(visitor, "离线时写的第二句");
    await composer(visitor).fill("还没写完的");
    await reply(agent, "网络不好吗？我等您");
    await network.setOffline(false);
    await answer(visitor, "网络不好吗？我等您", "agent").waitFor();
    await agent.locator(".thread").getByText("离线时写的第二句", { exact: true }).waitFor();
    await visitor.getByText("网络断开，正在重连").waitFor({ state: "detached" });

    // a reload with a line still unsent: it goes out afterwards, once; the draft is still there
    await network.setOffline(true);
    await visitor.getByText("网络断开，正在重连").waitFor();
    await composer(visitor).fill("重新加载前写的");
    await composer(visitor).press("Enter");
    await composer(visitor).fill("草稿");
    await network.setOffline(false);
    await visitor.reload();
    await agent.locator(".thread").getByText("重新加载前写的", { exact: true }).waitFor();
    await ownLine(visitor, "重新加载前写的").waitFor();
    expect(await composer(visitor).inputValue()).toBe("草稿");
    const lines = await transcript(visitor);
    expect(lines.filter((line) => line.startsWith("me: ") || line.startsWith("agent: "))).toEqual([
      "me: 我要找人工客服",
      "agent: 您好，我是李雷",
      ...sorted(lines, ["agent: 网络不好吗？我等您", "me: 离线时写的第一句", "me: 离线时写的第二句"]),
      "me: 重新加载前写的",
    ]);
    await expect
      .poll(() => agent.locator(".thread").getByText("重新加载前写的", { exact: true }).count())
      .toBe(1);
  });

  test("the agent goes offline, replies, reloads: the reply waits, goes out once, the draft is kept", async () => {
    await world.onDuty("lilei");
    const agent = await world.workbench("lilei");
    const visitor = await world.chat();
    await say(visitor, "转人工");
    await acceptOffer(agent);
    await reply(agent, "请问订单号是？");
    await answer(visitor, "请问订单号是？", "agent").waitFor();

    await agent.context().setOffline(true);
    await agent.getByText("网络已断开").waitFor();
    await reply(agent, "断网时写的回复");
    await replyBox(agent).fill("写到一半");
    await say(visitor, "尾号 8842");
    await agent.context().setOffline(false);
    await answer(visitor, "断网时写的回复", "agent").waitFor();
    await agent.locator(".thread").getByText("尾号 8842", { exact: true }).waitFor();
    await agent.reload();
    await replyBox(agent).waitFor();
    expect(await replyBox(agent).inputValue()).toBe("写到一半");
    await agent.locator(".thread").getByText("断网时写的回复", { exact: true }).waitFor();
    expect(await agent.locator(".thread").getByText("断网时写的回复", { exact: true }).count()).toBe(1);
    expect((await transcript(visitor)).filter((line) => line.includes("断网时写的回复"))).toHaveLength(1);
  });

  test("the server is killed between question and answer; both pages come back by themselves", async () => {
    await world.onDuty("hanmeimei");
    const agent = await world.workbench("hanmeimei");
    const visitor = await world.chat();
    await say(visitor, "转人工");
    await acceptOffer(agent);
    await reply(agent, "杀掉之前");
    await answer(visitor, "杀掉之前", "agent").waitFor();
    await world.server.kill();
    await visitor.getByText("网络断开，正在重连").waitFor();
    await say(visitor, "服务器不在的时候写的");
    await reply(agent, "服务器不在的时候回的");
    await world.restart();
    await answer(visitor, "服务器不在的时候回的", "agent").waitFor();
    await agent.locator(".thread").getByText("服务器不在的时候写的", { exact: true }).waitFor();
    await visitor.reload();
    await answer(visitor, "服务器不在的时候回的", "agent").waitFor();
    const lines = (await transcript(visitor)).filter((line) => !line.startsWith("bot"));
    expect(lines.toSorted()).toEqual(
      ["me: 转人工", "agent: 杀掉之前", "me: 服务器不在的时候写的", "agent: 服务器不在的时候回的"].toSorted(),
    );
  });

  test("two tabs of one visitor agree: what is said in one stands in the other, once", async () => {
    const withBot = async () => {
      const { conversations } = await world
        .as("owner")
        .call<{ conversations: { id: string }[] }>("GET", "/api/conversations?list=bot");
      return conversations.map(({ id }) => id);
    };
    const before = await withBot();
    const context = await world.window();
    const address = `${world.server.base}/c/${world.publicKey}`;
    const [first, second] = [await context.newPage(), await context.newPage()];
    await first.goto(address);
    await second.goto(address);
    await composer(second).waitFor();
    await say(first, "发货要多久");
    await answer(first, "小时内发货").waitFor();
    await ownLine(second, "发货要多久").waitFor();
    await answer(second, "小时内发货").waitFor();
    await say(second, "几天内可以退货");
    await answer(first, "无理由退").waitFor();
    await ownLine(first, "几天内可以退货").waitFor();
    await answer(second, "无理由退").waitFor();
    expect(await transcript(second)).toEqual(await transcript(first));
    const after = await withBot();
    expect(after.filter((id) => !before.includes(id))).toHaveLength(1); // one visitor, one conversation
  });
});

/** These lines in the order in which the server took them: agent and visitor wrote at the same time. */
function sorted(lines: readonly string[], wanted: readonly string[]): string[] {
  return lines.filter((line) => wanted.includes(line));
}
