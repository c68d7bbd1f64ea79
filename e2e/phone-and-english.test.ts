// The same walk with a thumb, in English, and from a printed QR code.
import { describe, expect, test } from "vitest";
import { findings } from "./shared/axe.ts";
import { fits } from "./shared/fits.ts";
import { acceptOffer, answer, composer, reply, replyBox, rows, say, tab } from "./shared/people.ts";
import { keep } from "./shared/pictures-kept.ts";
import { openShopPage } from "./shared/shop-page.ts";
import { hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const world = useWorld();
const thumb = { size: phone, isPhone: true } as const;

describe.skipIf(hasNoBrowser)("phone, English, QR code", () => {
  test("on phones, both sides: list, thread and customer one at a time, nothing wider than the screen", async () => {
    await world.onDuty("lilei");
    const agent = await world.workbench("lilei", "/inbox", thumb);
    const visitor = await world.chat("", thumb);
    await say(visitor, "转人工");
    await agent.locator(".offer").waitFor();
    expect(await unreachable(agent)).toEqual([]);
    await keep(agent, "offer-over-list");
    await acceptOffer(agent);
    expect(await agent.locator(".pane-list").count()).toBe(0); // one pane at a time
    await reply(agent, "您好，请说");
    await answer(visitor, "您好，请说", "agent").waitFor();
    for (const page of [agent, visitor]) await fits(page);
    // the text box stands above the keyboard's edge, everything tappable is thumb-sized
    for (const page of [agent, visitor]) expect(await tooSmall(page)).toEqual([]);
    await agent.getByRole("button", { name: "客户资料" }).click();
    await agent.getByRole("dialog").getByText("首次来访").waitFor();
    await agent.keyboard.press("Escape");
    // the next customer's offer leaves room for the open conversation
    await say(await world.chat("", thumb), "转人工");
    await agent.locator(".offer").waitFor();
    expect(await unreachable(agent)).toEqual([]);
    expect(await findings(agent)).toEqual([]);
    await fits(agent);
    await keep(agent, "offer-over-thread");
    await acceptOffer(agent);
    await agent.getByRole("button", { name: "返回" }).click();
    await tab(agent, "我的").waitFor();
    await rows(agent).filter({ hasText: "您好，请说" }).waitFor();
    await fits(agent);
  });

  test("the bubble on a phone opens over the whole page and gives it back", async () => {
    const shop = await openShopPage({ base: world.server.base, publicKey: world.publicKey });
    const page = await (await world.window(thumb)).newPage();
    await page.goto(shop.origin);
    await page.getByRole("button", { name: "打开客服聊天" }).tap();
    const chat = page.frameLocator("iframe");
    await composer(chat).waitFor();
    const frame = await page.locator("iframe").boundingBox();
    expect(frame).toEqual({ x: 0, y: 0, width: phone[0], height: phone[1] });
    await say(chat, "几天内可以退货");
    await answer(chat, "无理由退").waitFor();
    await chat.getByRole("button", { name: "收起" }).tap();
    await page.getByRole("button", { name: "打开客服聊天" }).waitFor();
    await shop.close();
  });

  test("English on both sides", async () => {
    await world.onDuty("hanmeimei");
    const agent = await world.workbench("hanmeimei", "/inbox", { locale: "en-US" });
    await agent.getByRole("tab", { name: "Queue" }).waitFor();
    const visitor = await world.chat("", { locale: "en-US" });
    await visitor.getByText("Hello and welcome to").waitFor();
    await say(visitor, "How long until my order ships?");
    await answer(visitor, /48 hours/).waitFor();
    await visitor.getByRole("button", { name: "Talk to a person" }).click();
    await acceptOffer(agent);
    await reply(agent, "Hi, this is Meimei.");
    await answer(visitor, "Hi, this is Meimei.", "agent").waitFor();
    expect(await chinese(visitor.locator("body"))).toEqual([]);
    await agent.getByRole("button", { name: "Resolve", exact: true }).click();
    await visitor.getByText("How was this chat?").waitFor();
  });

  test("a QR code's parameters arrive in the conversation, as facts that nobody checked", async () => {
    await world.onDuty("lilei");
    const agent = await world.workbench("lilei");
    const visitor = await world.chat(
      `?product=${encodeURIComponent("秋日轻风衣")}&table=8&utm_source=parcel-card`,
      thumb,
    );
    await say(visitor, "转人工");
    await acceptOffer(agent);
    const facts = agent.locator(".pane-customer");
    await facts.getByText("秋日轻风衣").waitFor();
    await facts.getByText("parcel-card").first().waitFor();
    await facts.getByText("8", { exact: true }).waitFor();
    await facts.getByText("未经核实").waitFor();
    await replyBox(agent).waitFor();
  });
});

/** Buttons and links smaller than 24 px (WCAG 2.5.8), which a thumb misses; inline links in text are exempt. */
async function tooSmall(page: Awaited<ReturnType<typeof world.chat>>): Promise<string[]> {
  return page.locator("button:visible, [role=tab]:visible").evaluateAll((all) =>
    all.flatMap((element) => {
      const { width, height } = element.getBoundingClientRect();
      const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
      return width < 24 || height < 24 ? [`${name} ${Math.round(width)}×${Math.round(height)}`] : [];
    }),
  );
}

/** What a finger cannot touch, since something else lies over it wherever the page is scrolled to. */
async function unreachable(page: Awaited<ReturnType<typeof world.chat>>): Promise<string[]> {
  return page
    .locator("button:visible, a:visible:not(.skip-link), textarea:visible, input:visible")
    .evaluateAll((all) =>
      all.flatMap((element) => {
        element.scrollIntoView({ block: "nearest", inline: "nearest" });
        const { x, y, width, height } = element.getBoundingClientRect();
        const touched = element.ownerDocument.elementFromPoint(x + width / 2, y + height / 2);
        const isTouched = touched !== null && (element.contains(touched) || touched.contains(element));
        return isTouched ? [] : [element.getAttribute("aria-label") ?? element.textContent ?? ""];
      }),
    );
}

/** Chinese words that an English page shows; names of the shop and of people are their own. */
async function chinese(place: { innerText(): Promise<string> }): Promise<string[]> {
  const allowed = /小岛服饰|韩梅梅|应答|^小$/gm;
  return (await place.innerText()).replaceAll(allowed, "").match(/[\u4e00-\u9fff]+/g) ?? [];
}
