// A shop trained in a thread of its own is the same shop; threads run one at a time and end, whatever comes of them.

import type { Worker } from "node:worker_threads";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createMatcher } from "./matcher.ts";
import type { MatcherItem } from "./matcher-types.ts";
import { TrainingFailedError, trainInWorker } from "./train-in-worker.ts";

const shop: MatcherItem[] = [
  { id: "shipping", phrasings: ["多久发货", "什么时候发货", "when will it ship"] },
  { id: "fee", phrasings: ["包邮吗", "运费多少钱"], negatives: ["退货运费谁出"] },
  { id: "return", phrasings: ["可以退货吗", "怎么退货", "can i return it"] },
];

/** Threads that run now, those that ever ran, and the most at once. */
const threads = { now: 0, ever: 0, most: 0 };

function count(worker: Worker): void {
  threads.now += 1;
  threads.ever += 1;
  threads.most = Math.max(threads.most, threads.now);
  worker.once("exit", () => {
    threads.now -= 1;
  });
}

beforeEach(() => {
  Object.assign(threads, { now: 0, ever: 0, most: 0 });
  process.on("worker", count);
});
afterEach(() => {
  process.off("worker", count);
});

test("several shops are trained one after the other, each as it would have been here", async () => {
  const shops = [shop, shop.slice(1), []];
  const trained = await Promise.all(shops.map((items) => trainInWorker(items, { background: "half" })));
  for (const [at, matcher] of trained.entries()) {
    const here = createMatcher(shops[at] as MatcherItem[], { background: "half" });
    for (const text of ["啥时候给我寄呀", "邮费谁出", "不想要了", "明天会下雨吗"])
      expect(matcher.match(text)).toEqual(here.match(text));
    matcher.set({ id: "gift", phrasings: ["有礼盒吗"] });
    expect(matcher.match("有礼盒吗").matches[0]?.id).toBe("gift");
  }
  expect(threads).toEqual({ now: 0, ever: 3, most: 1 });
});

test("a thread that cannot start says so, and the next one starts", async () => {
  const strange = { id: "a", phrasings: ["包邮吗"], onClick: () => undefined };
  await expect(trainInWorker([strange])).rejects.toThrow(TrainingFailedError);
  expect((await trainInWorker(shop)).size).toBe(shop.length);
  expect(threads.now).toBe(0);
});

test("a training that nobody wants any more ends, before and while it runs", async () => {
  const before = new AbortController();
  before.abort(new Error("closed"));
  await expect(trainInWorker(shop, { signal: before.signal })).rejects.toThrow("closed");
  expect(threads.ever).toBe(0);
  const meanwhile = new AbortController();
  process.once("worker", () => setImmediate(() => meanwhile.abort(new Error("no more"))));
  await expect(trainInWorker(shop, { signal: meanwhile.signal })).rejects.toThrow("no more");
  expect(threads).toMatchObject({ now: 0, ever: 1 });
});
