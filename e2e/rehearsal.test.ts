// Past chats are pasted, put to the bot, marked, and compared with the run before.
import { describe, expect, test } from "vitest";
import { findings } from "./shared/axe.ts";
import { hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const world = useWorld();

describe.skipIf(hasNoBrowser)("rehearsal", () => {
  test("pasted, looked at, rehearsed, marked right, guarding; readable on a phone", async () => {
    const owner = await world.workbench("owner", "/rehearsal");
    await owner.getByText("还没有可以排练的聊天").waitFor();
    await owner.getByRole("button", { name: "添加聊天" }).first().click();
    const drawer = owner.getByRole("dialog");
    await drawer.getByRole("textbox").fill("客户：多久能发货\n客服：两天\n\n你们老板的猫叫什么名字");
    await drawer.getByRole("button", { name: "先看看" }).click();
    await drawer.getByText("读到 2 段聊天、2 句客户的话").waitFor();
    await drawer.getByRole("button", { name: "添加", exact: true }).click();
    await owner.getByRole("button", { name: "按现在的机器人排练" }).click();
    await owner.getByText("48 小时内发货").waitFor({ timeout: 60_000 });
    const line = owner.getByRole("listitem").filter({ hasText: "多久能发货" });
    await line.getByRole("combobox").click();
    await owner.getByTitle("就该这样答").click();
    const guard = line.getByRole("checkbox", { name: "发布前必须通过" });
    await guard.click();
    await expect.poll(() => guard.isChecked()).toBe(true);
    await owner.getByRole("button", { name: "按现在的机器人排练" }).click();
    await owner.getByText("1 / 1").waitFor({ timeout: 60_000 });
    expect(await findings(owner)).toEqual([]);
    const small = await world.workbench("owner", "/rehearsal", { size: phone, isPhone: true });
    await small.getByText("48 小时内发货").waitFor();
    expect(await findings(small)).toEqual([]);
  });
});
