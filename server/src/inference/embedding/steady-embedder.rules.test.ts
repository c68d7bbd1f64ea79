// Time limit, pause after failures, and the small memory of an embedder that a contact may be waiting for.
import { expect, test } from "vitest";
import { fixedClock } from "../../platform/clock.ts";
import { silentLog } from "../../platform/log.ts";
import type { Embedder } from "./embedder.ts";
import { steady } from "./steady-embedder.ts";

class Scripted implements Embedder {
  readonly key = "scripted";
  asked: string[][] = [];
  answer: () => Promise<void> = async () => {};
  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    this.asked.push([...texts]);
    await this.answer();
    return texts.map((text) => Float32Array.of(text.length));
  }
  async close(): Promise<void> {}
}
const never = () => new Promise<void>(() => undefined);

test("a message that takes too long gets no vector, in time", async () => {
  const model = new Scripted();
  model.answer = never;
  const it = steady(model, { clock: fixedClock(), log: silentLog, budgetMs: 20 });
  expect(await it.embedMessage(["a"])).toBeNull();
});

test("after three failures in a row it is left alone for half a minute, then tried again", async () => {
  const model = new Scripted();
  const clock = fixedClock();
  const it = steady(model, { clock, log: silentLog });
  model.answer = () => Promise.reject(new Error("down"));
  for (let i = 0; i < 3; i += 1) expect(await it.embedMessage([`${i}`])).toBeNull();
  expect(it.isPaused).toBe(true);
  expect(await it.embedMessage(["x"])).toBeNull();
  expect(model.asked).toHaveLength(3);
  model.answer = async () => {};
  clock.advance(30_000);
  expect(await it.embedMessage(["xy"])).toEqual([Float32Array.of(2)]);
});

test("two failures and a success do not add up", async () => {
  const model = new Scripted();
  const it = steady(model, { clock: fixedClock(), log: silentLog });
  const fails = () => Promise.reject(new Error("down"));
  for (const [at, answer] of [fails, fails, async () => {}, fails, fails].entries()) {
    model.answer = answer;
    await it.embedMessage([`${at}`]);
  }
  expect(it.isPaused).toBe(false);
});

test("what was embedded a moment ago is not asked again", async () => {
  const model = new Scripted();
  const it = steady(model, { clock: fixedClock(), log: silentLog });
  expect(await it.embedMessage(["ab", "c", "ab"])).toEqual(
    [2, 1, 2].map((length) => Float32Array.of(length)),
  );
  expect(await it.embedMessage(["c", "abc"])).toEqual([1, 3].map((length) => Float32Array.of(length)));
  expect(model.asked).toEqual([["ab", "c"], ["abc"]]);
  for (let at = 0; at < 300; at += 1) await it.embedMessage([`${"y".repeat(at + 5)}`]);
  await it.embedMessage(["c"]);
  expect(model.asked.at(-1)).toEqual(["c"]);
});
