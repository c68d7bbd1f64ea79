// The browser itself: is one found, does it render Chinese, and does finding it leave our environment alone?
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findBrowser, launchBrowser, reasonWithoutBrowser, searchBrowser } from "./browser.ts";

test("a CHROMIUM_PATH that names nothing is an answer with a reason, not another browser", async () => {
  const search = await searchBrowser("/nowhere/chromium");
  expect(search.kind === "missing" && search.reason).toContain("/nowhere/chromium");
});

describe.skipIf((await reasonWithoutBrowser()) !== null)("with a browser", () => {
  const page = createServer((_request, reply) =>
    reply.setHeader("content-type", "text/html; charset=utf-8").end("<h1>应答</h1>"),
  );
  beforeAll(() => new Promise<void>((resolve) => page.listen(0, "127.0.0.1", resolve)));
  afterAll(() => new Promise((resolve) => page.close(resolve)));

  test("it opens a page of ours and draws each Chinese character as itself", async () => {
    const before = { ...process.env };
    const browser = await launchBrowser();
    try {
      const tab = await browser.newPage();
      await tab.goto(`http://127.0.0.1:${(page.address() as AddressInfo).port}/`);
      expect(await tab.textContent("h1")).toBe("应答");
      // Without a Chinese font every character is drawn as the same empty box.
      const drawn = await tab.evaluate<string[]>(drawEach("应答客服退货"));
      expect(new Set(drawn).size).toBe(6);
    } finally {
      await browser.close();
    }
    expect(process.env).toEqual(before);
  });

  test("finding it twice is the same answer", async () => {
    expect(await findBrowser()).toBe(await findBrowser());
  });
});

/** A program for the page, as text since our own types know no page: the pixels of each character. */
function drawEach(characters: string): string {
  return `[...${JSON.stringify(characters)}].map((character) => {
    const pen = new OffscreenCanvas(40, 40).getContext("2d");
    pen.font = "32px sans-serif";
    pen.fillText(character, 2, 34);
    return pen.getImageData(0, 0, 40, 40).data.join("");
  })`;
}
