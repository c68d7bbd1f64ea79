// The editor and "try it": an answer for some customers with its English and spoken texts and a card with a picture is written,
// warned of a forbidden word, and tried as another customer, at another time, with its buttons.
import type { Faq } from "@yingda/contract";
import { expect, test } from "vitest";
import { findings } from "./shared/axe.ts";
import { keep } from "./shared/pictures-kept.ts";
import { hasNoBrowser, useWorld } from "./shared/world.ts";

const world = useWorld();

test.skipIf(hasNoBrowser)("variants and whole answers are written and tried", async () => {
  const owner = world.as("owner");
  const faq = await owner.call<Faq>("POST", "/api/faqs", {
    slug: "own.gift-wrap",
    question: "可以送礼包装吗",
    answer: "可以，每件 5 元。",
    category: "订单",
    extras: {
      contents: [
        { kind: "card", title: "礼盒款式", text: "三种颜色", url: "https://shop.example/box" },
        { kind: "choices", text: "还想知道：", labels: ["可以送礼包装吗"] },
      ],
      variants: [
        {
          contactTags: ["VIP"],
          answer: "VIP 免费包装。",
          window: { fromOn: "2030-01-01", untilOn: "2030-01-31", weekdays: [] },
        },
      ],
    },
  });
  const { version, ...words } = await owner.call<{ version: number }>("GET", "/api/words");
  await owner.call("PUT", "/api/words", { ...words, neverSay: ["全网最低"], version });

  const page = await world.workbench("owner", "/knowledge");
  await page.getByRole("button", { name: "试一试" }).click();
  const ask = page.getByLabel("像客户一样问一句");
  const send = page.getByRole("button", { name: "提问" });
  await ask.fill(faq.question);
  await send.click();
  const log = page.getByRole("log");
  await log.getByText("可以，每件 5 元。").waitFor();
  await log.getByText("礼盒款式").waitFor();
  await log.getByRole("button", { name: faq.question, exact: true }).click();
  await log.getByText("可以，每件 5 元。").nth(1).waitFor();
  await page.getByText("换个客户、渠道、时间试").click();
  await page.getByLabel("客户标签").fill("VIP");
  await page.getByLabel("客户标签").press("Enter");
  await page.getByLabel("什么时候问").fill("2030-01-10T10:00");
  await ask.fill(faq.question);
  await send.click();
  await log.getByText("VIP 免费包装。").waitFor();
  await keep(page, "try-it");
  expect(await findings(page)).toEqual([]);

  const editor = await world.workbench("owner", "/knowledge");
  await editor.getByRole("button", { name: faq.question }).first().click();
  const drawer = editor.getByRole("dialog");
  await drawer.getByLabel("答案", { exact: true }).first().fill("可以，全网最低价包装。");
  await drawer.getByText("机器人不能说“全网最低”").waitFor();
  await drawer.getByLabel("答案", { exact: true }).first().fill("可以，每件 5 元。");
  await keep(editor, "faq-editor");
});
