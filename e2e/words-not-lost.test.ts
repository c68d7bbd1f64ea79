// What somebody has typed outlives what happens beside it: a colleague's change, a file on its way, a switch, a second press.
import type { Faq, FaqDraftBrief, FaqDraftFull, Inbox, Incident } from "@yingda/contract";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { acceptOffer, answer, say } from "./shared/people.ts";
import { desk, hasNoBrowser, useWorld } from "./shared/world.ts";

const world = useWorld();
const dot = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==",
  "base64",
);
const write = (question: string) =>
  world.as("owner").call<Faq>("POST", "/api/faqs", { question, answer: "原来的答案。" });
const drafts = () => world.as("owner").call<FaqDraftBrief[]>("GET", "/api/faq-drafts");

/** A page of the owner's, once the line about the recovery key has pushed everything down. */
async function page(path: string): Promise<Page> {
  const opened = await world.workbench("owner", path);
  await opened.getByText("还没有保存恢复密钥").waitFor();
  return opened;
}

/** Opens an FAQ in the editor. */
async function open(owner: Page, question: string) {
  await owner.locator(".plain-list").getByText(question, { exact: true }).click();
  const drawer = owner.getByRole("dialog");
  await drawer.getByLabel("标准问题").waitFor();
  return drawer;
}

describe.skipIf(hasNoBrowser)("words are not lost", () => {
  test("on a slow line the page does not begin anew when the controls learn their language", async () => {
    const owner = await page("/knowledge");
    let arrive: () => void = () => {};
    const arrived = new Promise<void>((done) => {
      arrive = done;
    });
    await owner.route(/\/zh_CN-[^/]*\.js$/u, async (route) => {
      const reply = await route.fetch();
      const body = await reply.text();
      if (body.includes("DatePicker")) await arrived;
      await route.fulfill({ response: reply, body });
    });
    await owner.reload();
    await owner.getByText("还没有保存恢复密钥").waitFor();
    await owner.getByRole("button", { name: "添加问答" }).click();
    const question = owner.getByRole("dialog").getByLabel("标准问题");
    await question.fill("能送到楼上吗");
    arrive();
    await owner.getByRole("dialog").getByRole("button", { name: "关闭" }).waitFor();
    expect(await question.inputValue()).toBe("能送到楼上吗");
  });

  test("a colleague's draft of the same FAQ: neither what is typed nor the draft goes unseen", async () => {
    const faq = await write("能代写贺卡吗");
    const owner = await page("/launch");
    await owner.getByRole("link", { name: "知识库" }).first().click();
    const drawer = await open(owner, "能代写贺卡吗");
    const words = drawer.getByLabel("答案", { exact: true });
    await words.fill("能，每张两元。");
    await owner.evaluate("history.back()");
    await owner.getByRole("button", { name: "继续编辑" }).click();
    const theirs = { question: faq.question, answer: "能，免费。", revision: 0, baseVersion: faq.version };
    await world.as("owner").call("PUT", `/api/faq-drafts/${faq.id}`, theirs);
    await owner.getByRole("button", { name: "草稿 1", includeHidden: true }).waitFor({ state: "attached" });
    expect(await words.inputValue()).toBe("能，每张两元。");
    const path = `/api/faq-drafts/${faq.id}`;
    await drawer.getByRole("button", { name: "存为草稿" }).click();
    await drawer.getByText("能，免费。").waitFor();
    expect((await world.as("owner").call<FaqDraftFull>("GET", path)).draft.answer).toBe("能，免费。");
    expect(await words.inputValue()).toBe("能，每张两元。");
    await drawer.getByRole("button", { name: "存为草稿" }).click();
    await owner.getByText("已存为草稿").waitFor();
    expect((await world.as("owner").call<FaqDraftFull>("GET", path)).draft.answer).toBe("能，每张两元。");
    await world.as("owner").call("DELETE", path);
  });

  test("publishing that was warned of goes on with the same draft at the second press", async () => {
    const owner = await page("/knowledge");
    await world.as("owner").call("PUT", "/api/faq-policy", { savesAs: "draft", needsReview: false });
    await owner.route("**/api/rehearsal/gate", (route) =>
      route.fulfill({ json: { cases: 1, failing: [{ caseId: "1", lines: [] }] } }),
    );
    await owner.reload();
    await owner.getByText("还没有保存恢复密钥").waitFor();
    await owner.getByRole("button", { name: "添加问答" }).click();
    const drawer = owner.getByRole("dialog");
    await drawer.getByLabel("标准问题").fill("能预约试穿吗");
    await drawer.getByLabel("答案", { exact: true }).fill("可以，到店前一天预约。");
    await drawer.getByRole("button", { name: "发布", exact: true }).click();
    await drawer.getByText("必须通过的聊天会答得不对").waitFor();
    await drawer.getByRole("button", { name: "发布", exact: true }).click();
    await owner.getByText("已发布 1 条").waitFor();
    expect(await drafts()).toEqual([]);

    const faq = await write("能刻字吗");
    const edited = await open(owner, "能刻字吗");
    await edited.getByLabel("答案", { exact: true }).fill("能，三天。");
    await edited.getByRole("button", { name: "发布", exact: true }).click();
    await edited.getByText("必须通过的聊天会答得不对").waitFor();
    await owner.getByRole("button", { name: "草稿 1", includeHidden: true }).waitFor({ state: "attached" });
    await edited.getByText("必须通过的聊天会答得不对").waitFor();
    await edited.getByRole("button", { name: "发布", exact: true }).click();
    await edited.waitFor({ state: "detached" });
    expect((await world.as("owner").call<Faq>("GET", `/api/faqs/${faq.id}`)).answer).toBe("能，三天。");
    await world.as("owner").call("PUT", "/api/faq-policy", { savesAs: "live", needsReview: false });
  });

  test("a draft that the live FAQ has overtaken is published at the second press; thrown away, it comes back as it was", async () => {
    const faq = await write("能改袖长吗");
    const path = `/api/faq-drafts/${faq.id}`;
    const body = { question: faq.question, answer: "能，二十元。" };
    await world.as("owner").call("PUT", path, { ...body, revision: 0, baseVersion: faq.version });
    await world.as("owner").call("PUT", `/api/faqs/${faq.id}`, {
      ...body,
      answer: "能，三十元。",
      version: faq.version,
    });
    await world.as("owner").call("POST", `${path}/state`, { state: "review", note: "价格请再看" });
    const owner = await page("/knowledge");
    const first = await open(owner, "能改袖长吗");
    await first.getByRole("button", { name: "丢弃" }).click();
    await first.waitFor({ state: "detached" });
    await owner.getByRole("button", { name: "撤销" }).click();
    await owner.getByRole("button", { name: "草稿 1" }).waitFor();
    expect(await drafts()).toMatchObject([{ state: "review", note: "价格请再看", isBehind: true }]);
    const drawer = await open(owner, "能改袖长吗");
    await drawer.getByRole("button", { name: "发布", exact: true }).click();
    await drawer.getByText("能，三十元。").waitFor();
    await drawer.getByRole("button", { name: "发布", exact: true }).click();
    await owner.getByText("已发布 1 条").waitFor();
    expect((await world.as("owner").call<Faq>("GET", `/api/faqs/${faq.id}`)).answer).toBe("能，二十元。");
  });

  test("steps of a fault code stand when a picture of another arrives", async () => {
    const owner = await page("/knowledge/products");
    let arrive: () => void = () => {};
    const arrived = new Promise<void>((done) => {
      arrive = done;
    });
    await owner.route("**/api/media", async (route) => {
      await arrived;
      await route.continue();
    });
    await owner.getByRole("button", { name: "添加产品" }).first().click();
    const drawer = owner.getByRole("dialog");
    await drawer.getByLabel("名称", { exact: true }).fill("挂烫机");
    await drawer.getByRole("button", { name: "添加故障码" }).click();
    await drawer
      .locator('.product-step input[type="file"]')
      .first()
      .setInputFiles({ name: "dot.png", mimeType: "image/png", buffer: dot });
    await drawer.getByLabel("故障码 1").fill("E01");
    await drawer.getByLabel("含义 1").fill("缺水");
    await drawer.getByLabel("第 1 步", { exact: true }).fill("加水。");
    arrive();
    await drawer.getByText("dot.png").waitFor();
    expect(await drawer.getByLabel("第 1 步", { exact: true }).inputValue()).toBe("加水。");
    expect(await drawer.getByLabel("故障码 1").inputValue()).toBe("E01");
  });

  test("whose session has ended signs in again, whatever was being written", async () => {
    const owner = await page("/knowledge");
    await owner.getByRole("button", { name: "添加问答" }).click();
    const drawer = owner.getByRole("dialog");
    await drawer.getByLabel("标准问题").fill("能开箱验货吗");
    await drawer.getByLabel("答案", { exact: true }).fill("能。");
    await owner.context().clearCookies();
    await drawer.getByRole("button", { name: "保存", exact: true }).click();
    await owner.waitForURL(/\/sign-in/u);
    await owner.getByRole("button", { name: "登录", exact: true }).waitFor();
  });

  test("a document is renamed by Enter and the field is left: once, without a refusal", async () => {
    const owner = await page("/knowledge/documents");
    await owner
      .locator('.document-drop input[type="file"]')
      .setInputFiles({ name: "洗护说明.txt", mimeType: "text/plain", buffer: Buffer.from("羊毛衫请干洗。") });
    await owner.locator(".plain-list").getByText("洗护说明").first().click();
    const name = owner.getByRole("dialog").getByLabel("名称");
    let count = 0;
    let arrive: () => void = () => {};
    const arrived = new Promise<void>((done) => {
      arrive = done;
    });
    await owner.route(/\/api\/documents\/[0-9a-f-]{36}$/u, async (route) => {
      if (route.request().method() !== "GET") {
        count += 1;
        await arrived;
      }
      await route.continue();
    });
    await name.fill("洗护");
    await name.press("Enter");
    await expect.poll(() => count).toBe(1);
    await name.blur();
    arrive();
    await owner.getByText("已保存").first().waitFor();
    expect(await name.inputValue()).toBe("洗护");
    expect(count).toBe(1);
  });

  test("a flow is switched on and off while it is being written, and kept by the keyboard", async () => {
    const owner = await page("/flows/booking");
    await owner.getByRole("tab", { name: "步骤" }).click();
    await owner.locator(".flow-list button").nth(1).click();
    const words = owner.locator(".flow-side").getByLabel("中文").first();
    await words.fill("一共来几位呢？");
    await words.blur();
    await owner.getByText("有未保存的修改").waitFor();
    await owner.getByRole("switch").click();
    await owner.getByText(/^已(启用|停用)/).waitFor();
    expect(await words.inputValue()).toBe("一共来几位呢？");
    await owner.getByText("有未保存的修改").waitFor();
    await owner.getByRole("link", { name: "会话" }).first().click();
    await owner.getByRole("button", { name: "继续编辑" }).click();
    expect(await words.inputValue()).toBe("一共来几位呢？");
    await words.fill("请问一共来几位？");
    await words.press("Control+s");
    await owner.getByText("草稿已保存").waitFor();
    const { draft } = await world.as("owner").call<{ draft: string }>("GET", "/api/flows/booking");
    expect(draft).toContain("请问一共来几位？");
    await words.fill("请问几位？");
    await words.blur();
    await owner.getByRole("button", { name: "所有流程" }).click(); // keeps and leaves
    await owner.getByRole("switch").nth(1).waitFor();
    expect(await owner.getByRole("button", { name: "继续编辑" }).count()).toBe(0);
  });

  test("a table: the last row of a page goes, the others stay in sight; leaving asks first", async () => {
    const rows = [["尺码", "衣长"], ...Array.from({ length: 30 }, (_, at) => [`S${at}`, `${60 + at}cm`])];
    await world.as("owner").call("POST", "/api/tables", { name: "衣长表", rows });
    const owner = await page("/knowledge/tables");
    await owner.locator(".plain-list").getByText("衣长表").click();
    const drawer = owner.getByRole("dialog", { name: /表格/ });
    await drawer.getByTitle("2", { exact: true }).click();
    await drawer.getByRole("button", { name: "删除 第 31 行" }).click();
    await drawer.getByLabel("第 30 行第 1 列").waitFor();
    await owner.keyboard.press("Escape");
    await owner.getByText("现在离开，刚才的修改就没有了").waitFor();
    await owner.getByRole("button", { name: "继续编辑" }).click();
    await drawer.getByLabel("第 30 行第 1 列").waitFor();
    await drawer.getByRole("button", { name: "保存" }).click();
    await owner.getByText("已保存，机器人马上生效").waitFor();
    await drawer.getByRole("button", { name: /Close|关闭/ }).click();
    await drawer.waitFor({ state: "detached" });
  });

  test("the words of a statement that was ended early are changed, and it stays ended", async () => {
    const hour = 3_600_000;
    const made = await world.as("owner").call<Incident>("POST", "/api/incidents", {
      title: "快递停运",
      text: "今天快递停运。",
      words: ["快递"],
      startsAt: new Date(Date.now() - 0.7 * hour).toISOString(),
      endsAt: new Date(Date.now() - 0.1 * hour).toISOString(),
    });
    const owner = await page("/knowledge/incidents");
    await owner.getByText("快递停运").first().click();
    const drawer = owner.getByRole("dialog");
    await drawer.getByLabel("对客户说").fill("昨天快递停运。");
    await drawer.locator('button[type="submit"]').click();
    await drawer.waitFor({ state: "detached" });
    const after = await world.as("owner").call<Incident[]>("GET", "/api/incidents");
    expect(after.find(({ id }) => id === made.id)).toMatchObject({
      text: "昨天快递停运。",
      endsAt: made.endsAt,
    });
  });

  test("a blank that a colleague filled meanwhile keeps its value", async () => {
    const owner = await page("/knowledge");
    const [mine, theirs] = await world
      .as("owner")
      .call<{ key: string; label: string }[]>("GET", "/api/blanks");
    if (!mine || !theirs) throw new Error("the pack has blanks");
    await owner.getByRole("button", { name: "空白" }).click();
    const drawer = owner.getByRole("dialog");
    await drawer.getByLabel(mine.label, { exact: true }).fill("我填的");
    await world.as("owner").call("PUT", "/api/blanks", { values: { [theirs.key]: "同事填的" } });
    await drawer.getByRole("button", { name: "保存" }).click();
    await owner.getByText("已保存").first().waitFor();
    const after = await world.as("owner").call<{ key: string; value: string }[]>("GET", "/api/blanks");
    expect(after.find(({ key }) => key === mine.key)?.value).toBe("我填的");
    expect(after.find(({ key }) => key === theirs.key)?.value).toBe("同事填的");
  });

  test("a policy: what the form says goes on in the text; leaving asks first", async () => {
    const owner = await page("/knowledge/policies");
    await owner.getByText("还没有政策").waitFor();
    await owner.getByRole("button", { name: "添加政策" }).first().click();
    const shipped = owner.getByRole("listitem").filter({ hasText: "退货期" });
    await shipped.getByRole("button", { name: "添加" }).click();
    const editor = owner.getByRole("dialog").filter({ hasText: "数值是举例" });
    await editor.getByRole("button", { name: "全部内容（YAML）" }).click();
    await editor.getByLabel("签收后天数 到").first().fill("11");
    const text = editor.getByRole("textbox", { name: "全部内容（YAML）" });
    await expect.poll(() => text.inputValue()).toContain("to: 11");
    await owner.keyboard.press("Escape");
    await owner.getByRole("button", { name: "不保存" }).click();
    await editor.waitFor({ state: "detached" });
  });

  test("how the bot behaves: a look at another tab and a colleague's change keep what is not saved yet", async () => {
    const inboxOf = async () => {
      const [inbox] = await world.as("owner").call<Inbox[]>("GET", "/api/inboxes");
      if (!inbox) throw new Error("the prepared shop has an inbox");
      return inbox;
    };
    const owner = await page("/bot");
    const tone = owner.getByRole("radio", { name: "活泼" });
    await tone.check();
    await owner.getByRole("tab", { name: "试点" }).click();
    await owner.getByText(/^现在：/).waitFor();
    const { id, version, behaviour } = await inboxOf();
    const theirs = { ...behaviour, patience: behaviour.patience === 5 ? 4 : 5 };
    await world.as("owner").call("PATCH", `/api/inboxes/${id}`, { behaviour: theirs, version });
    await owner.getByRole("tab").first().click();
    expect(await tone.isChecked()).toBe(true);
    await expect.poll(() => owner.getByRole("spinbutton").first().inputValue()).toBe(String(theirs.patience));
    await owner.getByRole("button", { name: "保存" }).click();
    await owner.getByText("已保存").first().waitFor();
    const after = (await inboxOf()).behaviour;
    expect(after).toEqual({ ...theirs, persona: { ...theirs.persona, tone: "lively" } });
  });

  test("a draft of the bot that is sent by a double click reaches the customer once", async () => {
    const [inbox] = await world.as("owner").call<Inbox[]>("GET", "/api/inboxes");
    if (!inbox) throw new Error("the prepared shop has an inbox");
    await world.as("owner").call("PATCH", `/api/inboxes/${inbox.id}`, {
      behaviour: { ...inbox.behaviour, pilot: { ...inbox.behaviour.pilot, mode: "suggest" } },
      version: inbox.version,
    });
    await world.onDuty("lilei");
    const agent = await world.workbench("lilei", "/inbox", { size: desk });
    const visitor = await world.chat();
    await say(visitor, "怎么退货");
    await acceptOffer(agent);
    const card = agent.getByRole("region", { name: "机器人草稿" });
    await card.getByRole("button", { name: "直接发送" }).dblclick();
    await card.waitFor({ state: "detached" });
    await answer(visitor, /\S/, "agent").first().waitFor();
    await say(visitor, "好的");
    expect(await answer(visitor, /\S/, "agent").count()).toBe(1);
  });
});
