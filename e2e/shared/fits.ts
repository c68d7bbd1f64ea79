// Whether a page fits the screen it is shown on.

import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Waits until the page cannot be pushed sideways: one whose screen has just changed needs a moment. */
export async function fits(page: Pick<Page, "locator">): Promise<void> {
  const overhang = () => page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
  await expect.poll(overhang).toBe(0);
}
