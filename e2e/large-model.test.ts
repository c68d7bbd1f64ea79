// The owner adds a large model, sees the true error of a wrong key, and a customer's question that the engine is not sure of
// is answered from the shop's own words with the source. The service turns slow: the engine answers as before.
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type ChatRequest, chatService } from "../server/test/chat-service.ts";
import { findings } from "./shared/axe.ts";
import { fits } from "./shared/fits.ts";
import { answer, say } from "./shared/people.ts";
import { desk, hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const key = "sk-of-the-journey";
const question = "衣服到了发现跟模特身上颜色差好多";
const shots = process.env.SHOTS;
const service = await chatService({ key, reply: firstSentence });
const world = useWorld({ env: { YINGDA_ALLOW_PRIVATE: `llm=127.0.0.1:${service.port}` } });
afterAll(() => service.close());

/** Says the first sentence of the first source, with its id, as a model that keeps to its prompt. */
function firstSentence({ messages }: ChatRequest): { text: string } {
  const asked = String(messages.at(-1)?.content ?? "");
  const row = asked.split("\n").find((line) => line.startsWith('{"id":"p1"'));
  if (row === undefined) return { text: "OK" };
  const { text } = JSON.parse(row) as { text: string };
  return { text: `${text.split(/(?<=[。！？])/u)[0] ?? ""}[p1]` };
}

describe.skipIf(hasNoBrowser)("large model", () => {
  test("added, tested, used with its source, and done without when it is slow", async () => {
    const owner = await world.workbench("owner", "/settings", { size: desk });
    const section = owner.locator("section", { has: owner.getByRole("heading", { name: "大模型（可选）" }) });
    await section.getByText("任何内容都不会离开这台服务器").waitFor();
    await section.getByRole("button", { name: "添加大模型" }).click();
    await section.getByLabel("服务商").click();
    await owner.getByTitle("其他兼容服务").click();
    await section.getByLabel("服务地址").fill(service.url);
    await section.getByLabel("模型名称").fill("tiny");
    await section.getByLabel("密钥").fill("sk-wrong");
    await section.getByRole("button", { name: "测试" }).click();
    await section.getByText("大模型服务不接受这个密钥").waitFor();
    if (shots) await section.screenshot({ path: join(shots, "model-form.png") });
    await section.getByLabel("密钥").fill(key);
    await section.getByRole("button", { name: "测试" }).click();
    await section.getByText("可以使用：它回复“OK”").waitFor();
    await section.getByRole("button", { name: "保存" }).click();
    await section.getByText("已启用").waitFor();
    await section.getByText("分工与时限").click();
    if (shots) await section.screenshot({ path: join(shots, "model-list.png") });
    expect(await findings(owner)).toEqual([]);

    const visitor = await world.chat();
    await say(visitor, question);
    const said = answer(visitor, /来源/).last();
    await said.waitFor();
    expect(service.asked.length).toBeGreaterThan(0);
    if (shots) await visitor.screenshot({ path: join(shots, "model-answer.png") });

    const asked = service.asked.length;
    const next = await world.chat();
    await say(next, question);
    await answer(next, /来源/).last().waitFor();
    expect(service.asked.length).toBe(asked); // kept from the first visitor
    await owner.reload();
    await section.getByText("缓存了 1 条回答").waitFor();
    if (shots) await section.screenshot({ path: join(shots, "model-kept.png") });
    await section.getByRole("button", { name: "清空" }).click();
    await section.getByText("缓存了 0 条回答").waitFor();
    await section.getByText("分工与时限").click();

    service.behave({
      reply: (request) => ({ text: `${firstSentence(request).text}${"说来话长，".repeat(10)}` }),
      lettersAtOnce: 1,
      betweenTokensMs: 40,
    });
    const third = await world.chat();
    await say(third, question);
    const begun = third.locator(".row.bot .bubble[aria-hidden]"); // read before the answer is whole
    await begun.filter({ hasText: /[。！？]$/u }).waitFor();
    if (shots) await third.screenshot({ path: join(shots, "model-begun.png") });
    await answer(third, /来源/).last().waitFor();
    await begun.waitFor({ state: "detached" });

    await section.getByLabel("回答客户：最多几秒").fill("1");
    await section.locator("details").getByRole("button", { name: "保存" }).click();
    await owner.getByText("已保存").first().waitFor();
    service.behave({ headersAfterMs: 30_000 });
    const second = await world.chat();
    await say(second, question);
    await answer(second, "请问").waitFor();
    const { trace } = await world
      .as("owner")
      .call<{ trace: { because: { code: string } }[] }>("POST", "/api/ask", { text: question });
    expect(trace.map(({ because }) => because.code)).toContain("model-slow");
  });

  test("on a phone nothing stands in anybody's way", async () => {
    const owner = await world.workbench("owner", "/settings", { size: phone, isPhone: true });
    await owner.getByText("分工与时限").click();
    if (shots) await owner.screenshot({ path: join(shots, "model-phone.png"), fullPage: true });
    await fits(owner);
    expect(await findings(owner)).toEqual([]);
  });
});
