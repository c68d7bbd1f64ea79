// The page of tools: an application is found and connected in three steps, a tool's request is shown with its key masked, and
// what is taken away comes back.
import { describe, expect, test } from "vitest";
import { fits } from "./shared/fits.ts";
import { hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const world = useWorld();

describe.skipIf(hasNoBrowser)("tools", () => {
  test("an application is chosen, its key pasted, its tool looked at; removing it can be undone", async () => {
    const owner = await world.workbench("owner", "/tools");
    await owner.getByText("还没有连接任何系统").waitFor();
    await owner.getByRole("button", { name: "从目录里选" }).click();
    await owner.getByLabel(/搜索应用/).fill("notion");
    await owner
      .getByRole("button", { name: /Notion/ })
      .first()
      .click();
    const drawer = owner.getByRole("dialog");
    await drawer.getByText("尚未实际连通验证", { exact: false }).waitFor();
    for (const field of await drawer.locator("input").all()) await field.fill("secret-of-notion");
    await drawer.getByRole("button", { name: "连接", exact: true }).click();
    await owner.getByRole("button", { name: "测试", exact: true }).first().click();
    const trial = owner.getByRole("dialog").last();
    for (const field of await trial.locator("input").all()) await field.fill("x");
    await trial.getByRole("button", { name: "只看请求" }).click();
    await trial.getByText("api.notion.com", { exact: false }).first().waitFor();
    expect(await trial.getByText("secret-of-notion").count()).toBe(0);
    await trial.getByRole("button", { name: /Close|关闭/ }).click();
    await owner
      .getByRole("button", { name: /^删除 / })
      .first()
      .click();
    await owner.getByText("还没有连接任何系统").waitFor();
    await owner.getByRole("button", { name: "撤销" }).click();
    await owner.getByRole("button", { name: "测试", exact: true }).first().waitFor();
    const byModel = owner.getByRole("checkbox", { name: "大模型可调用" }).first();
    const saved = owner.waitForResponse((reply) => reply.request().method() === "PUT");
    await byModel.click();
    expect((await saved).status()).toBe(200);
    await expect.poll(() => byModel.isChecked()).toBe(true);
    await owner.reload();
    await expect.poll(() => byModel.isChecked()).toBe(true);
    if (process.env.SHOTS) await owner.screenshot({ path: `${process.env.SHOTS}/tools.png` });
    await owner.setViewportSize({ width: phone[0], height: phone[1] });
    await fits(owner);
  });
});
