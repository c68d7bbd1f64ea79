// Pinned statements on the desk: a rising question is told on every page, a statement is written, removed and brought back, on a
// wide screen and on a phone.
import type { Incident } from "@yingda/contract";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { findings } from "./shared/axe.ts";
import { fits } from "./shared/fits.ts";
import { keep } from "./shared/pictures-kept.ts";
import { hasNoBrowser, phone, useWorld } from "./shared/world.ts";

const world = useWorld();
const spike = { faq: "apparel.ship-time", question: "什么时候发货", count: 12, usual: 1.5 };

/** As the server tells it when twelve customers were not helped within an hour. */
const rising = (page: Page) =>
  page.route("**/api/incidents/spikes", (route) => route.fulfill({ json: [spike] }));

test.skipIf(hasNoBrowser)("a rising question, a statement, and its undo", async () => {
  const owner = world.as("owner");
  const hour = 3_600_000;
  const write = (title: string, fromMs: number, toMs: number) =>
    owner.call<Incident>("POST", "/api/incidents", {
      title,
      text: `${title}，今天的包裹会晚到一两天，请您放心，我们会一直盯着。`,
      words: ["快递", "发货"],
      startsAt: new Date(Date.now() + fromMs).toISOString(),
      endsAt: new Date(Date.now() + toMs).toISOString(),
    });
  await write("华东暴雨", -hour, 4 * hour);
  await write("双十一仓库忙", -30 * hour, -2 * hour);
  await write("周日系统维护，下午两点到四点", 20 * hour, 22 * hour);

  const page = await world.workbench("owner", "/inbox");
  await rising(page);
  await page.reload();
  const notice = page.getByRole("status").filter({ hasText: "什么时候发货" });
  await notice.waitFor();
  await notice.getByRole("link", { name: "写一条通知" }).click();
  await page.getByText("华东暴雨").first().waitFor();
  expect(await findings(page)).toEqual([]);
  await keep(page, "incidents-wide");
  await page.getByRole("button", { name: "删除 双十一仓库忙" }).click();
  await page.getByText("已删除“双十一仓库忙”").waitFor();
  await page.getByRole("button", { name: "撤销" }).click();
  await page.getByRole("button", { name: "删除 双十一仓库忙" }).waitFor();
  expect(await notice.count()).toBe(0);
  await page.getByRole("link", { name: "会话" }).first().click();
  await notice.getByRole("button").click();
  await notice.waitFor({ state: "detached" });

  const small = await world.workbench("owner", "/knowledge/incidents", { size: phone, isPhone: true });
  await rising(small);
  await small.reload();
  await small.getByText("周日系统维护").first().waitFor();
  await keep(small, "incidents-phone");
  await fits(small);
  expect(await findings(small)).toEqual([]);
});
