// Codes on paper: A6 cards and A4 labels come out of the browser's print dialogue in their size, whole, and can be scanned.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Product, ProductCode } from "@yingda/contract";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { type PaperPage, printed } from "./shared/paper.ts";
import { hasNoBrowser, useWorld } from "./shared/world.ts";

const world = useWorld();
const batches = [...Array(10).keys()].map((at) => `2026-${String(at + 1).padStart(2, "0")} 第 ${at + 1} 批`);
const longName = "晶洁台下式超薄全自动智能洗碗机旗舰款（带消毒烘干与自动开门功能，十六套大容量家用款）";

test.skipIf(hasNoBrowser)("cards of A6 and labels on A4 have their size and can be scanned", async () => {
  const owner = world.as("owner");
  const product = await owner.call<Product>("POST", "/api/products", {
    name: longName.slice(0, 80),
    nameEn: "Jingjie built-in dishwasher, flagship, sixteen place settings",
    models: ["X5"],
  });
  const codes = await owner.call<ProductCode[]>("POST", `/api/products/${product.id}/codes`, { batches });
  const address = ({ code }: ProductCode) => `${world.server.base}/h/${world.publicKey}/${code}`;
  const all = codes.map(address).sort();

  const page = await world.workbench("owner", "/knowledge/products");
  // a browser without a screen ends the dialogue at once, and the sheet with it
  await page.evaluate("window.print = () => document.body.setAttribute('data-printed', '')");
  await page.getByRole("button", { name: `二维码 ${product.name}` }).click();
  const cards = await print(page, "打印 A6 卡片");
  keep("a6", cards);
  expect(cards).toHaveLength(batches.length);
  for (const { widthMm, heightMm, codes: found } of cards) {
    expect([Math.round(widthMm), Math.round(heightMm)]).toEqual([105, 148]);
    expect(found).toHaveLength(1);
  }
  expect(cards.flatMap((card) => card.codes).sort()).toEqual(all);

  const labels = await print(page, "打印 A4 标签");
  keep("a4", labels);
  expect(labels.map((sheet) => sheet.codes.length)).toEqual([8, 2]);
  for (const { widthMm, heightMm } of labels)
    expect([Math.round(widthMm), Math.round(heightMm)]).toEqual([210, 297]);
  expect(labels.flatMap((sheet) => sheet.codes).sort()).toEqual(all);
});

async function print(page: Page, button: string): Promise<PaperPage[]> {
  await page.evaluate("document.body.removeAttribute('data-printed')");
  await page.getByRole("button", { name: button }).click();
  await page.locator("body[data-printed]").waitFor();
  const paper = await printed(page, world.browser);
  await page.evaluate("dispatchEvent(new Event('afterprint'))");
  await page.locator(".print-codes").waitFor({ state: "detached" });
  return paper;
}

/** To be looked at, in .cache/journeys. */
function keep(name: string, pages: readonly PaperPage[]): void {
  const folder = join(import.meta.dirname, "../.cache/journeys");
  mkdirSync(folder, { recursive: true });
  for (const [at, { png }] of pages.slice(0, 2).entries())
    writeFileSync(join(folder, `${name}-${at + 1}.png`), png);
}
