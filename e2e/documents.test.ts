// A manual becomes answers: uploaded, read while one looks on, tried, quoted to a visitor with its source, changed, taken
// away and back; on a phone, too.
import { describe, expect, test } from "vitest";
import { findings } from "./shared/axe.ts";
import { fits } from "./shared/fits.ts";
import { answer, rows, say, tab } from "./shared/people.ts";
import { keep } from "./shared/pictures-kept.ts";
import { hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const world = useWorld();
const manual = `# 空气炸锅手册

## 清洗

炸篮可以放进洗碗机清洗。不要用钢丝球擦洗涂层。

## 保修

整机保修十八个月，从签收之日起计算。
`;
const asFile = (name: string, text: string) => ({
  name,
  mimeType: "text/markdown",
  buffer: Buffer.from(text),
});

describe.skipIf(hasNoBrowser)("documents", () => {
  test("uploaded and read, they answer visitors word for word; a new version shows what changed", async () => {
    const owner = await world.workbench("owner", "/knowledge/documents");
    await owner.getByText("还没有文档").waitFor();
    await owner
      .locator(".document-drop input[type=file]")
      .setInputFiles([asFile("空气炸锅手册.md", manual), asFile("空的.md", " \n")]);
    const line = owner.locator(".step-line").filter({ hasText: "空气炸锅手册" });
    await line.getByText("2 段").waitFor();
    await owner.locator(".step-line").filter({ hasText: "空的" }).getByText("没有读成").waitFor();
    await owner.getByRole("searchbox", { name: "试一试能找到什么" }).fill("炸篮怎么洗");
    await owner.getByRole("button", { name: "试一试能找到什么" }).click();
    await owner.locator(".document-found").getByText("洗碗机").waitFor();
    expect(await findings(owner)).toEqual([]);

    const visitor = await world.chat();
    await say(visitor, "空气炸锅保修多久");
    await answer(visitor, "整机保修十八个月").waitFor();
    await answer(visitor, "空气炸锅手册 · 保修").waitFor();

    // an agent goes from the answer to where it stands
    const agent = await world.workbench("lilei", "/inbox");
    await tab(agent, "机器人").click();
    await rows(agent).first().click();
    const opened = agent.context().waitForEvent("page");
    await agent.getByRole("link", { name: "来源：空气炸锅手册 · 保修" }).click();
    const source = (await opened).getByRole("dialog");
    await source.getByText("这是机器人引用的段落").waitFor();
    await source.getByText("整机保修十八个月").waitFor();
    expect(await source.getByText("洗碗机").count()).toBe(0);
    expect(await findings(await opened)).toEqual([]);
    await source.getByRole("button", { name: "看全文" }).click();
    await source.getByText("洗碗机").waitFor();
    await agent.context().close(); // it is changed and taken away from here on

    await line
      .getByRole("button", { name: /空气炸锅手册/ })
      .first()
      .click();
    const drawer = owner.getByRole("dialog");
    await drawer
      .locator("input[type=file]")
      .setInputFiles(asFile("空气炸锅手册.md", manual.replace("十八个月", "两年")));
    await drawer.getByText("重新读取时发现").waitFor();
    await drawer.locator("del").getByText("十八个月").waitFor();
    await drawer.getByRole("button", { name: "知道了" }).click();
    await expect.poll(() => drawer.locator("del").count()).toBe(0);
    await drawer.getByRole("button", { name: /Close|关闭/ }).click();
    await say(visitor, "空气炸锅保修多久");
    await answer(visitor, "整机保修两年").waitFor();

    await owner.getByRole("button", { name: "删除 空气炸锅手册" }).click();
    await owner.getByRole("button", { name: "撤销" }).click();
    await line.getByText("2 段").waitFor();

    const small = await world.workbench("owner", "/knowledge/documents", { size: phone, isPhone: true });
    await small.locator(".step-line").getByText("空气炸锅手册").first().click();
    await small.getByRole("dialog").getByText("洗碗机").waitFor();
    expect(await findings(small)).toEqual([]);
    await fits(small);
  });

  test("the source of an old answer says when the document has changed since, and when the passage is gone", async () => {
    const machine = manual.replaceAll("空气炸锅", "咖啡机");
    const owner = await world.workbench("owner", "/knowledge/documents");
    // a file given before the list has come would be given to a field that is drawn anew
    await owner
      .getByText(/还没有文档|空气炸锅手册/)
      .first()
      .waitFor();
    const upload = owner.locator(".document-drop input[type=file]");
    await upload.setInputFiles([asFile("咖啡机手册.md", machine)]);
    const line = owner.locator(".step-line").filter({ hasText: "咖啡机手册" });
    await line.getByText("2 段").waitFor();
    const visitor = await world.chat();
    await say(visitor, "咖啡机保修多久");
    await answer(visitor, "整机保修十八个月").waitFor();
    const agent = await world.workbench("lilei", "/inbox");
    await tab(agent, "机器人").click();
    await rows(agent).first().click();
    const link = agent.getByRole("link", { name: "来源：咖啡机手册 · 保修" });
    const address = (await link.getAttribute("href")) ?? "";

    const newVersion = async (text: string) => {
      await line
        .getByRole("button", { name: /咖啡机手册/ })
        .first()
        .click();
      const drawer = owner.getByRole("dialog");
      await drawer.locator("input[type=file]").setInputFiles(asFile("咖啡机手册.md", text));
      await drawer.getByText("重新读取时发现").waitFor();
      await drawer.getByRole("button", { name: "知道了" }).first().click();
      await drawer.getByRole("button", { name: /Close|关闭/ }).click();
    };
    const source = await world.workbench("lilei", address);
    await source.getByText("这是机器人引用的段落").waitFor();
    await newVersion(machine.replace("十八个月", "两年"));
    await source.reload();
    await source.getByText("回答之后文档又读取过").waitFor();
    await source.getByRole("dialog").getByText("整机保修两年").waitFor();
    expect(await findings(source)).toEqual([]);
    await keep(source, "cited-read-since");
    await newVersion(machine.slice(0, machine.indexOf("## 保修")));
    await source.reload();
    await source.getByText("引用的段落已经不在文档里了").waitFor();
    await source.getByRole("button", { name: "看全文" }).click();
    await source.getByText("洗碗机").waitFor();
  });
});
