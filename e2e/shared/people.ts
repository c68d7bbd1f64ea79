// What people do, in words: a visitor who writes, an agent who answers. Everything waits for what is seen, never for time.
import type { FrameLocator, Locator, Page } from "playwright-core";

/** Where a chat is shown: the full page, or the frame on a shop's page. */
export type ChatPlace = Page | FrameLocator;

const placeholder = /请输入您的问题|Type your question/;

export function composer(chat: ChatPlace): Locator {
  return chat.getByPlaceholder(placeholder);
}

/** Types a line and sends it by Enter; returns when it stands in the log. */
export async function say(chat: ChatPlace, text: string): Promise<void> {
  await composer(chat).fill(text);
  await composer(chat).press("Enter");
  await ownLine(chat, text).last().waitFor();
}

/** The visitor's own bubbles with this text. */
export function ownLine(chat: ChatPlace, text: string): Locator {
  return chat.locator(".row.me").filter({ hasText: text });
}

/** Bubbles of the bot or an agent with this text. */
export function answer(chat: ChatPlace, text: string | RegExp, from: "bot" | "agent" = "bot"): Locator {
  return chat.locator(`.row.${from} .bubble`).filter({ hasText: text });
}

/** What stands in the log, line by line: "me: …", "bot: …", "agent: …". */
export async function transcript(chat: ChatPlace): Promise<string[]> {
  return chat.locator(".log .row").evaluateAll((rows) =>
    rows.map((row) => {
      const from = ["me", "bot", "agent"].find((name) => row.classList.contains(name)) ?? "?";
      const words = row.querySelector(".bubble > span[dir]")?.textContent ?? "";
      return `${from}: ${words}`;
    }),
  );
}

export function replyBox(workbench: Page): Locator {
  return workbench.getByRole("textbox", { name: /^(回复内容|Reply)/ });
}

/** Answers in the open conversation once what was said so far is on the screen: a reply to what nobody has seen is stopped. */
export async function reply(workbench: Page, text: string): Promise<void> {
  await workbench.locator(".thread-day").first().waitFor();
  await replyBox(workbench).fill(text);
  await replyBox(workbench).press("Enter");
  await workbench.locator(".thread").getByText(text, { exact: true }).waitFor();
}

/** Takes what routing offers; returns when that conversation is open and what was said so far is on the screen. */
export async function acceptOffer(workbench: Page): Promise<void> {
  const before = workbench.url();
  await workbench.getByRole("button", { name: /^(接起|Accept)$/ }).click();
  await workbench.waitForURL(({ href }) => href !== before);
  await workbench.locator(".thread-day").first().waitFor();
}

export function rows(workbench: Page): Locator {
  return workbench.locator(".list-scroll a.row");
}

export function tab(workbench: Page, name: string): Locator {
  return workbench.getByRole("tab", { name: new RegExp(`^${name}`) });
}
