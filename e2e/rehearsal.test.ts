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

  test("taken from the record: an empty span says so; a real chat comes without names, in both languages", async () => {
    const visitor = await world.chat();
    await visitor.getByRole("textbox").fill("多久能发货，我电话 13912345678");
    await visitor.keyboard.press("Enter");
    await visitor.getByText("48 小时内发货").waitFor();
    const owner = await world.workbench("owner", "/rehearsal");
    await owner.getByRole("button", { name: "取以前的会话" }).first().click();
    const drawer = owner.getByRole("dialog");
    await drawer.getByRole("combobox", { name: "结果" }).click();
    await owner.getByTitle("转了人工").click();
    await drawer.getByRole("combobox", { name: "渠道" }).click();
    await owner.getByTitle("接口", { exact: true }).click();
    await drawer.getByRole("button", { name: "先看看" }).click();
    await drawer.getByText("没有符合条件的会话").waitFor();
    expect(await drawer.getByRole("button", { name: "取来" }).isDisabled()).toBe(true);
    await drawer.getByRole("combobox", { name: "结果" }).click();
    await owner.locator(".ant-select-item").getByText("全部").filter({ visible: true }).click();
    await drawer.getByRole("combobox", { name: "渠道" }).click();
    await owner.getByTitle("网页", { exact: true }).click();
    await drawer.getByRole("button", { name: "先看看" }).click();
    await drawer.getByText("多久能发货，我电话 13800000000").waitFor();
    expect(await findings(owner)).toEqual([]);
    await drawer.getByRole("button", { name: "取来" }).click();
    await owner.getByText(/新增 \d+ 段聊天/).waitFor();
    const small = await world.workbench("owner", "/rehearsal", {
      size: phone,
      isPhone: true,
      locale: "en-US",
    });
    await small.getByText(/chats added: 1/).waitFor();
    await small.getByRole("button", { name: "Take past conversations" }).click();
    await small.getByRole("dialog").getByRole("button", { name: "Look first" }).click();
    await small.getByText(/taken before/).waitFor();
    expect(await findings(small)).toEqual([]);
  });
});
