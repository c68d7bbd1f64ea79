// A sheet becomes a table that visitors are answered from: uploaded, looked at, saved, changed, taken away and back.
import { describe, expect, test } from "vitest";
import { findings } from "./shared/axe.ts";
import { fits } from "./shared/fits.ts";
import { answer, say } from "./shared/people.ts";
import { desk, hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const world = useWorld();

describe.skipIf(hasNoBrowser)("tables", () => {
  test("uploaded with its problems named, then visitors are answered from the cell, with the source; changes are live", async () => {
    const sheet = "\uFEFF型号,单价,成本\nK3 挂烫机,¥268,90\nK5 挂烫机,=1+1,120\n";
    const owner = await world.workbench("owner", "/knowledge");
    await owner.getByRole("tab", { name: "表格" }).click();
    await owner.getByText("还没有表格").waitFor();
    await owner.getByRole("button", { name: "添加表格" }).first().click();
    const drawer = owner.getByRole("dialog");
    await drawer.locator("input[type=file]").setInputFiles({
      name: "挂烫机价目.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(sheet),
    });
    await drawer.getByText("第 3 行第 2 列").first().waitFor();
    await drawer.getByText("是公式，不会说给客户").waitFor();
    await drawer.getByText("只供内部使用").waitFor();
    expect(await drawer.getByLabel("名称").inputValue()).toBe("挂烫机价目");
    await drawer.getByRole("button", { name: "保存" }).click();
    await owner.getByText("已保存，机器人马上生效").waitFor();

    const visitor = await world.chat();
    await say(visitor, "K3挂烫机多少钱");
    await answer(visitor, "K3 挂烫机的单价：¥268").waitFor();
    await answer(visitor, "挂烫机价目 · K3 挂烫机 · 单价").waitFor();

    await drawer.getByLabel("第 3 行第 2 列").fill("¥398");
    await drawer.getByRole("button", { name: "保存" }).click();
    await expect.poll(() => drawer.getByText("是公式，不会说给客户").count()).toBe(0);
    await say(visitor, "那 K5 呢");
    await answer(visitor, "¥398").waitFor();
    const second = await world.chat();
    await say(second, "挂烫机多少钱");
    await second.getByRole("button", { name: "K5 挂烫机" }).click();
    await answer(second, "K5 挂烫机的单价：¥398").waitFor();

    await drawer.getByRole("button", { name: /Close|关闭/ }).click();
    await owner.getByRole("button", { name: "删除 挂烫机价目" }).click();
    await owner.getByText("还没有表格").waitFor();
    await owner.getByRole("button", { name: "撤销" }).click();
    await owner.locator(".plain-list").getByText("挂烫机价目").waitFor();
  });

  test("pasted cells on a phone, and nothing of it stands in anybody's way", async () => {
    const owner = await world.workbench("owner", "/knowledge/tables", { size: phone, isPhone: true });
    await owner.getByRole("button", { name: "添加表格" }).first().click();
    const drawer = owner.getByRole("dialog");
    await drawer.getByLabel("粘贴单元格").fill("尺码\t袖长\nS\t58cm\nM\t60cm");
    await drawer.getByRole("button", { name: "使用粘贴的内容" }).click();
    await drawer.getByLabel("第 3 行第 2 列").waitFor();
    expect(await findings(owner)).toEqual([]);
    await fits(owner);
    await drawer.getByLabel("名称").fill("袖长表");
    await drawer.getByRole("button", { name: "保存" }).click();
    await owner.getByText("已保存，机器人马上生效").waitFor();
    const large = await world.workbench("owner", "/knowledge/tables", { size: desk });
    await large.locator(".plain-list").getByText("袖长表").waitFor();
    expect(await findings(large)).toEqual([]);
  });
});
