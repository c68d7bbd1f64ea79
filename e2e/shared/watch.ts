// Watches pages for text that became markup: elements of the payloads, scripts that nobody of ours wrote, event handlers in
// markup; and reads every link. Runs in each page and frame before the page's own scripts.
import type { BrowserContext, Page } from "playwright-core";

const observer = `(() => {
  const found = [];
  const look = (element) => {
    const isForeign =
      String(element.id).startsWith("xss") ||
      (element.localName === "script" && !/\\/(assets|w)\\/|widget\\.js/.test(element.src) && !element.nonce) ||
      [...element.attributes].some(({ name }) => /^on[a-z]+$/.test(name));
    if (isForeign) found.push(element.outerHTML.slice(0, 200));
  };
  const lookAt = (node) => {
    if (node.nodeType !== 1) return;
    look(node);
    for (const element of node.querySelectorAll("*")) look(element);
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) lookAt(node);
      if (change.type === "attributes") look(change.target);
    }
  }).observe(document, { childList: true, subtree: true, attributes: true });
  window.foreignMarkup = found;
})();`;

export async function watch(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: observer });
}

/** What came in as markup, and links to anything but web pages, mail and telephone; empty when all text stayed text. */
export async function intruders(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const frame of page.frames()) {
    const isWatched = frame !== page.mainFrame() || (await frame.evaluate<boolean>("!!window.foreignMarkup"));
    if (!isWatched) throw new Error("the page was loaded without the watcher");
    found.push(...(await frame.evaluate<string[]>("window.foreignMarkup ?? []")));
    const links = await frame
      .locator("a[href], area[href]")
      .evaluateAll((all) => all.map((link) => String((link as { href?: unknown }).href)));
    found.push(...links.filter((link) => !/^(https?:|mailto:|tel:)/.test(link)));
  }
  return found;
}
