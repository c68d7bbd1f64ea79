// A shipped policy is made the shop's own, tried, switched on; a visitor's question is worked out by it.
import { describe, expect, test } from "vitest";
import { findings } from "./shared/axe.ts";
import { answer, say } from "./shared/people.ts";
import { hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const world = useWorld();

describe.skipIf(hasNoBrowser)("policies", () => {
  test("taken, its days changed, tried, switched on; computed for a visitor, with the rule", async () => {
    const owner = await world.workbench("owner", "/knowledge/policies");
    await owner.getByText("还没有政策").waitFor();
    await owner.getByRole("button", { name: "添加政策" }).first().click();
    await owner
      .getByRole("listitem")
      .filter({ hasText: "退货期" })
      .getByRole("button", { name: "添加" })
      .click();
    const editor = owner.getByRole("dialog").filter({ hasText: "数值是举例" });
    await editor.getByLabel("签收后天数 到").first().fill("10");
    await editor.getByLabel("依据的规定（中文）").first().fill("签收后 10 天内，商品完好可以退货。");
    await editor.getByRole("textbox", { name: "试一试" }).fill("九天前收到的，还能退吗");
    await editor.getByRole("button", { name: "算一算" }).click();
    await editor.getByText("会回答").waitFor();
    await editor.getByRole("switch").click();
    await editor.getByRole("button", { name: "保存" }).click();
    await owner.getByRole("switch", { name: "开启“退货期”", checked: true }).waitFor();

    const visitor = await world.chat();
    await say(visitor, "九天前收到的裙子还能退吗");
    await answer(visitor, "依据：签收后 10 天内").waitFor();
    await answer(visitor, "退货期 · 签收后 10 天内").waitFor();
  });

  test("on a phone, wrong text is refused with its place", async () => {
    const owner = await world.workbench("owner", "/knowledge/policies", { size: phone, isPhone: true });
    await owner.getByRole("button", { name: "退货期", exact: false }).first().click();
    const editor = owner.getByRole("dialog");
    await editor.getByRole("button", { name: "全部内容（YAML）" }).click();
    const text = editor.getByRole("textbox", { name: "全部内容（YAML）" });
    await expect.poll(() => text.inputValue()).toContain("10");
    await text.fill((await text.inputValue()).replace("input: tier", "input: nobody"));
    await editor.getByRole("button", { name: "保存" }).click();
    await editor.getByText("没有“nobody”这个输入").waitFor();
    expect(await findings(owner)).toEqual([]);
    await world.complained(/status of 400/u); // the refused save
  });
});
