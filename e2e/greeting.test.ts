// How a visitor is met: the owner writes a menu and a greeting for one table's QR code; whoever scans it sees them.
import { describe, expect, test } from "vitest";
import { fits } from "./shared/fits.ts";
import { answer, ownLine } from "./shared/people.ts";
import { hasNoBrowser, useWorld } from "./shared/world.ts";

const world = useWorld();

describe.skipIf(hasNoBrowser)("greeting and menu", () => {
  test("a rule for one table and a menu for everybody, in the visitor's language", async () => {
    const owner = await world.workbench("owner", "/channels");
    const visit = async (query: string, locale: "zh-CN" | "en-US" = "zh-CN") => world.chat(query, { locale });
    await owner.getByRole("tab", { name: "外观" }).click();
    const form = owner.locator("form").filter({ hasText: "不同情况的欢迎语" });
    await form.getByRole("button", { name: "添加按钮 菜单按钮", exact: true }).click();
    await form.getByLabel("菜单按钮 1 中文", { exact: true }).fill("几天内可以退货");
    await form.getByLabel("菜单按钮 1 英文", { exact: true }).fill("How many days for returns?");

    const before = await form.getByRole("group", { name: /^规则 \d+$/ }).count();
    await form.getByRole("button", { name: "添加规则" }).click();
    const rule = form.getByRole("group", { name: `规则 ${String(before + 1)}`, exact: true });
    await rule.getByText("请至少填一个条件").waitFor();
    expect(await form.getByRole("button", { name: "保存" }).isDisabled()).toBe(true);
    await rule.getByLabel("链接参数").fill("table");
    await rule.getByLabel(/^规则 \d+ 值$/).fill("8");
    await rule.getByLabel("欢迎语 · 中文").fill("8 号桌您好，点单请扫桌角的码。");
    await rule.getByLabel("推荐问题（一行一个） · 中文").fill("能换座吗");
    // it comes before what the shop had already
    for (let place = before; place > 0; place -= 1)
      await form.getByRole("button", { name: `上移 规则 ${String(place + 1)}`, exact: true }).click();
    await form.getByRole("button", { name: "保存" }).click();
    await owner.getByText("已保存，客户刷新后生效").waitFor();

    // what the other form still holds of before is not put back
    const look = owner.locator("form").filter({ hasText: "隐私说明链接" });
    await look.getByRole("textbox", { name: "标题 · 中文", exact: true }).fill("八号小馆");
    const saved = owner.waitForResponse((reply) => reply.request().method() === "PATCH");
    await look.getByRole("button", { name: "保存" }).click();
    expect((await saved).status()).toBe(200);

    const guest = await visit("?table=8");
    await guest.getByText("8 号桌您好").waitFor();
    await guest.getByRole("heading", { name: "八号小馆" }).waitFor();
    expect(await guest.locator(".choices button").allTextContents()).toEqual(["几天内可以退货", "能换座吗"]);
    await guest.getByRole("button", { name: "几天内可以退货" }).click();
    await ownLine(guest, "几天内可以退货").waitFor();
    await answer(guest, "无理由退").waitFor();

    const other = await visit("?table=9");
    await other.getByRole("button", { name: "几天内可以退货", exact: true }).waitFor();
    expect(await other.getByText("8 号桌您好").count()).toBe(0);
    const english = await visit("?table=9", "en-US");
    await english.getByRole("button", { name: "How many days for returns?" }).waitFor();

    // 320 px, the narrowest: nothing is wider than the screen
    const narrow = await world.chat("?table=8", { size: [320, 568], isPhone: true });
    await narrow.getByText("8 号桌您好").waitFor();
    await fits(narrow);
  });
});
