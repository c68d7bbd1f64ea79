// What the owner writes down, the bot says: at once, from the page, from a spreadsheet; and "try it" shows why.
import type { Faq, FaqHealth } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { answer, say } from "./shared/people.ts";
import { hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const world = useWorld();

describe.skipIf(hasNoBrowser)("knowledge", () => {
  test("a new FAQ is answered at once, by a visitor who was already there; taken away, it is not; undone, it is again", async () => {
    const owner = await world.workbench("owner", "/knowledge");
    const visitor = await world.chat();
    await owner.getByRole("button", { name: "添加问答" }).click();
    await owner.getByLabel("标准问题").fill("可以带宠物进店吗？");
    await owner.getByLabel("答案", { exact: true }).fill("可以的，小猫小狗都欢迎，请牵好绳。");
    await owner.getByLabel("问法", { exact: true }).fill("能带狗吗\n宠物能进店吗\n可不可以带猫");
    await owner.getByRole("button", { name: "保存" }).click();
    await owner.getByText("可以带宠物进店吗？").waitFor();
    await say(visitor, "我能带狗进店吗");
    await answer(visitor, "小猫小狗都欢迎").waitFor();

    await owner.getByRole("button", { name: "删除 可以带宠物进店吗？" }).click();
    await owner.getByText("已删除“可以带宠物进店吗？”").waitFor();
    await owner.getByRole("button", { name: "撤销" }).click();
    await owner.locator(".plain-list").getByText("可以带宠物进店吗？").waitFor();
    const second = await world.chat();
    await say(second, "宠物能进店吗");
    await answer(second, "小猫小狗都欢迎").waitFor();
  });

  test("a spreadsheet is looked at first, its bad row is named, then it is imported and answered from", async () => {
    // as a spreadsheet program saves it: with a byte-order mark
    const sheet =
      "\uFEFF问题,答案,问法\n有礼品卡卖吗？,有 100 元和 500 元两种礼品卡。,能买礼品卡吗|购物卡\n没有答案的问题,,\n";
    const owner = await world.workbench("owner", "/knowledge");
    await owner.getByRole("button", { name: "更多操作" }).click();
    await owner.getByRole("menuitem", { name: "导入" }).click();
    const dialog = owner.getByRole("dialog");
    await dialog.locator("input[type=file]").setInputFiles({
      name: "问答.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(sheet),
    });
    await dialog.getByText("新增 1，修改 0，不变 0").waitFor();
    await dialog.getByText("第 3 行").waitFor();
    await dialog.getByRole("button", { name: "确认导入" }).click();
    await dialog.getByText("导入完成").waitFor();
    const visitor = await world.chat();
    await say(visitor, "你们能买礼品卡吗");
    await answer(visitor, "100 元和 500 元").waitFor();
  });

  test("try it: the answer, how sure, why; what was not known becomes a new FAQ with one click", async () => {
    const owner = await world.workbench("owner", "/knowledge");
    await owner.locator(".plain-list li").first().waitFor(); // until then things still move under the pointer
    await owner.getByRole("button", { name: "试一试" }).click();
    const drawer = owner.getByRole("dialog");
    await drawer.getByRole("textbox").fill("多久能发货");
    await drawer.getByRole("button", { name: "提问" }).click();
    await drawer.getByText("48 小时内发货").waitFor();
    await drawer.getByText("为什么这样回答").first().waitFor();
    await drawer.getByRole("textbox").fill("你们老板会弹吉他吗");
    await drawer.getByRole("button", { name: "提问" }).click();
    await drawer.getByRole("button", { name: "把这句加为新问答" }).click();
    await expect.poll(() => owner.getByLabel("标准问题").inputValue()).toBe("你们老板会弹吉他吗");
  });

  test("what needs attention is found and leads to the other FAQ; a borrowed wording that decided can be removed and taken back", async () => {
    const api = world.as("owner");
    const [first, second] = ["店里有儿童座椅吗？", "带孩子来有地方坐吗？"];
    await api.call("POST", "/api/faqs", {
      question: first,
      answer: "有两把儿童座椅。",
      phrasings: ["宝宝椅有没有"],
    });
    await api.call("POST", "/api/faqs", { question: second, answer: "有的。", phrasings: ["宝宝椅有没有"] });
    await world.onDuty("lilei"); // offers would lie over the page
    await api.call("GET", "/api/faqs/health"); // answers when the knowledge is trained
    const owner = await world.workbench("owner", "/knowledge", { size: phone, isPhone: true });
    await owner.getByRole("button", { name: /需要处理/ }).click();
    await owner.getByRole("button", { name: second }).and(owner.locator(".list-button")).click();
    await owner.getByText(`“宝宝椅有没有”也写在“${first}”里`).waitFor();
    await owner.getByRole("button", { name: `打开“${first}”` }).click();
    await expect.poll(() => owner.getByLabel("标准问题").inputValue()).toBe(first);
    await owner.getByRole("dialog").getByRole("button", { name: "取消" }).click();
    await owner.getByRole("dialog").waitFor({ state: "detached" });

    const { faqs } = await api.call<{ faqs: Faq[] }>("GET", "/api/faqs?q=apparel.shipping-time");
    const faq = faqs[0];
    const health = await api.call<FaqHealth>("GET", `/api/faqs/${faq?.id}/health`);
    const said =
      health.borrowed[0]?.phrasings.map(({ text }) => text).find((text) => !/发货|什么时候/.test(text)) ?? "";
    await owner.getByRole("button", { name: "试一试" }).click();
    const trial = owner.getByRole("dialog", { name: "试一试" });
    await trial.getByRole("textbox").fill(said);
    await trial.getByRole("button", { name: "提问" }).click();
    await trial.getByRole("button", { name: "看这条借来的说法" }).first().click();
    await owner.locator(".knowledge-phrasing-marked").getByText(said).waitFor();
    const unborrowed = async () => (await api.call<Faq>("GET", `/api/faqs/${faq?.id}`)).unborrowed;
    await owner.getByRole("button", { name: `去掉“${said}”` }).press("Enter");
    const takeBack = owner.getByRole("button", { name: `恢复“${said}”` });
    await takeBack.waitFor();
    const isFocused = () => takeBack.evaluate((button) => button === button.ownerDocument.activeElement);
    await expect.poll(isFocused).toBe(true);
    await expect.poll(unborrowed, { timeout: 20_000 }).toEqual([said]);
    await takeBack.press("Enter");
    await expect.poll(unborrowed, { timeout: 20_000 }).toEqual([]);
    await owner.getByRole("dialog", { name: "编辑问答" }).getByRole("button", { name: "取消" }).click();
    await trial.getByText(said, { exact: true }).first().waitFor(); // the trial went on underneath
  });
});
