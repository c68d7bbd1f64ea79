// A journey's world: the real server on a copy of the prepared shop, a browser, and windows of the people who take part. Opened
// once per test file and closed after it. What a page complains about (script errors, refused styles, failed requests) is
// collected and must be empty at the end of each test.
import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import { launchBrowser, reasonWithoutBrowser } from "../../tools/browser.ts";
import {
  copyDataFolder,
  newDataFolder,
  removeDataFolder,
  type SignedIn,
  sessionOf,
  startServer,
  type TryServer,
} from "../../tools/try-server.ts";
import type { PreparedShop } from "./provided.ts";

export type Who = keyof PreparedShop["cookies"];

export interface WindowOptions {
  size?: readonly [width: number, height: number];
  locale?: "zh-CN" | "en-US";
  colorScheme?: "light" | "dark";
  /** Touch and a phone's viewport rules. */
  isPhone?: boolean;
  /** Of the visitor, as a proxy would tell it: limits count by it. */
  address?: string;
}

export const desk = [1440, 900] as const;
export const phone = [390, 844] as const;

export interface World {
  server: TryServer;
  browser: Browser;
  publicKey: string;
  /** Awaits that pages have complained of these, one each and nothing else, and forgives them: the browser tells of them late. */
  complained(...of: readonly RegExp[]): Promise<void>;
  /** The API as one of the prepared people. */
  as(who: Who): SignedIn;
  /** Only this person takes what routing offers: whoever has just closed a window still counts as there for a while. */
  onDuty(who: Who): Promise<void>;
  /** A window of nobody in particular: a visitor, or somebody before signing in. */
  window(options?: WindowOptions): Promise<BrowserContext>;
  /** The workbench, signed in, with its live line up. */
  workbench(who: Who, path?: string, options?: WindowOptions): Promise<Page>;
  /** The full chat page behind a link or QR code. */
  chat(query?: string, options?: WindowOptions): Promise<Page>;
  /** The same data on the same port, after a stop or a kill. */
  restart(): Promise<void>;
}

/** True on a machine without a browser: `describe.skipIf(hasNoBrowser)`. */
export const hasNoBrowser = (await reasonWithoutBrowser()) !== null;

/**
 * The browser's own remarks: about a line that was cut on purpose, and about answers that pages expect and put into words
 * (not signed in, somebody was quicker, a link that has had its day).
 */
const harmless = [
  /AudioContext was not allowed/,
  /net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|NETWORK_CHANGED|CONNECTION_RESET|EMPTY_RESPONSE)/,
  /WebSocket connection to/,
  /status of (401|409|410)/,
];

export interface WorldOptions {
  /** More of the server's environment. */
  env?: Record<string, string>;
  /** A server that nobody has set up yet, instead of the prepared shop. */
  isFresh?: boolean;
}

interface Opened {
  server: TryServer;
  browser: Browser;
  dataFolder: string;
  shop: PreparedShop;
  start(port: number): Promise<TryServer>;
}

/** Call it at the top of a test file: the world opens before the file's tests and is closed after them. */
export function useWorld(options: WorldOptions = {}): World {
  const complaints: string[] = [];
  const contexts: BrowserContext[] = [];
  let opened: Opened | undefined;
  const now = (): Opened => {
    if (!opened) throw new Error("the world is open while tests run");
    return opened;
  };
  const newWindow = async (wished: WindowOptions = {}): Promise<BrowserContext> => {
    const context = await now().browser.newContext(contextOptions(wished));
    context.setDefaultTimeout(20_000);
    listen(context, complaints);
    contexts.push(context);
    return context;
  };

  beforeAll(async () => {
    if (!hasNoBrowser) opened = await open(options);
  });
  afterEach(async ({ task }) => {
    if (task.result?.errors?.length) await photograph(contexts, task.name);
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await opened?.browser.close();
    await opened?.server.stop();
    if (opened) removeDataFolder(opened.dataFolder);
  });

  return {
    get server() {
      return now().server;
    },
    get browser() {
      return now().browser;
    },
    get publicKey() {
      return now().shop.publicKey;
    },
    async complained(...of) {
      const expected = of.map((remark) => expect.stringMatching(remark) as string);
      await expect.poll(() => complaints, { timeout: 20_000 }).toEqual(expected);
      complaints.length = 0;
    },
    as: (who) => sessionOf(now().server, now().shop.cookies[who]),
    async onDuty(who) {
      const { server, shop } = now();
      for (const [name, cookie] of Object.entries(shop.cookies)) {
        const presence = name === who ? "available" : "busy";
        await sessionOf(server, cookie).call("PUT", "/api/me/presence", { presence });
      }
    },
    window: newWindow,
    async workbench(who, path = "/inbox", wished = {}) {
      const { server, shop } = now();
      const context = await newWindow(wished);
      const [name = "", value = ""] = shop.cookies[who].split("=");
      await context.addCookies([{ name, value, url: server.base }]);
      const page = await context.newPage();
      await page.goto(`${server.base}${path}`);
      await page.locator("main").waitFor();
      return page;
    },
    async chat(query = "", wished = {}) {
      const { server, shop } = now();
      const page = await (await newWindow(wished)).newPage();
      await page.goto(`${server.base}/c/${shop.publicKey}${query}`);
      await page.locator(".composer").waitFor();
      return page;
    },
    async restart() {
      const world = now();
      opened = { ...world, server: await world.start(world.server.port) };
    },
  };
}

async function open({ env = {}, isFresh = false }: WorldOptions): Promise<Opened> {
  const shop = inject("preparedShop");
  if (!shop) throw new Error("the shop was not prepared");
  const dataFolder = isFresh ? newDataFolder() : await copyDataFolder(shop.folder);
  const start = (port?: number) =>
    startServer({ dataFolder, env: { YINGDA_LOG_LEVEL: "warn", ...env }, ...(port ? { port } : {}) });
  const [server, browser] = await Promise.all([start(), launchBrowser()]);
  return { server, browser, dataFolder, shop, start };
}

const photoFolder = join(import.meta.dirname, "../../.cache/journeys");

/** What the windows showed when a test failed, in .cache/journeys. */
async function photograph(contexts: readonly BrowserContext[], name: string): Promise<void> {
  const pages = contexts.flatMap((context) => context.pages());
  const file = name.replaceAll(/[^\w]+/g, "-").slice(0, 40);
  await Promise.allSettled(
    pages.map((page, index) => page.screenshot({ path: join(photoFolder, `${file}-${index + 1}.png`) })),
  );
}

function contextOptions(options: WindowOptions): BrowserContextOptions {
  const { size = desk, locale = "zh-CN", colorScheme = "light", isPhone = false, address } = options;
  const [width, height] = size;
  return {
    viewport: { width, height },
    locale,
    colorScheme,
    timezoneId: "Asia/Shanghai",
    isMobile: isPhone,
    hasTouch: isPhone,
    reducedMotion: "reduce",
    ...(address === undefined ? {} : { extraHTTPHeaders: { "x-forwarded-for": address } }),
  };
}

function listen(context: BrowserContext, complaints: string[]): void {
  const complain = (words: string) => {
    if (!harmless.some((remark) => remark.test(words))) complaints.push(words);
  };
  context.on("console", (message) => {
    if (message.type() === "error") complain(`${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => complain(String(error.error())));
  context.on("page", (page) =>
    page.on("dialog", (dialog) => {
      complain(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    }),
  );
}
