// The fourth scorer: nothing changes without it, it finds what shares no word with the shop, a worthless model does no harm,
// and whatever happens to the model, the engine answers.

import { expect, test } from "vitest";
import { embedPhrasings, matchWithEmbedding, textToEmbed } from "./match-with-embedding.ts";
import { createMatcher, createMatcherGently, loadMatcher, type Matcher } from "./matcher.ts";
import type { MatcherItem } from "./matcher-types.ts";
import { backgroundPool } from "./shop-texts.ts";

/** Words of a village dialect that no corpus knows: owner and customers share not a letter. */
const meanings = ["bolm wirk tesp", "kradu fost", "jelli nump", "ovarb hintz", "quild esmo", "pliv gnorx"];
const customers = ["yabba", "zembra", "tocka", "murfil", "dweem", "sarp"];
const items: MatcherItem[] = meanings.map((words, at) => {
  const [first = "", second = ""] = words.split(" ");
  return {
    id: `item-${at}`,
    phrasings: [words, `${first} ${second}?`, `${second} ${first} now`, `my ${first}`, `about ${second}`],
  };
});

const dimensions = 24;
/** Noise of its own for each text, so that no test hangs on the order of calls. */
function noiseOf(text: string): () => number {
  let state = [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 2_147_483_647, 7);
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
}
/** Knows both languages; `noise` blurs it. A base common to all texts, as real models have. */
function modelThatKnows(noise: number) {
  return async (texts: readonly string[]) =>
    texts.map((text) => {
      const random = noiseOf(text);
      const vector = Float32Array.from({ length: dimensions }, () => noise * random());
      vector[dimensions - 1] = 2;
      for (const [at, words] of meanings.entries())
        for (const word of [...words.split(" "), customers[at] as string])
          if (text.includes(word)) vector[at] = 1;
      return vector;
    });
}
const messages = customers.map((word, at) => ({ text: `${word} please`, id: `item-${at}` }));
const soon = () => Promise.resolve();
const first = (matcher: Matcher, text: string, embedding: Float32Array | null = null) =>
  matcher.match(text, { embedding }).matches[0];

test("a shop whose customers share no word with it is understood", async () => {
  const embed = modelThatKnows(0.3);
  const alone = createMatcher(items);
  const matcher = await createMatcherGently(items, soon, { embed });
  const right = { alone: 0, together: 0 };
  for (const { text, id } of messages) {
    const together = (await matchWithEmbedding(matcher, text, embed)).matches[0];
    if (first(alone, text)?.id === id) right.alone += 1;
    if (together?.id === id) right.together += 1;
    const before = alone.match(text, { limit: 10 }).matches.find((match) => match.id === id)?.confidence ?? 0;
    expect(together?.confidence).toBeGreaterThan(before);
    expect(together?.why.embedding).toBeGreaterThan(0.6);
  }
  expect(right.together).toBeGreaterThanOrEqual(messages.length - 1);
  expect(right.alone).toBeLessThan(messages.length / 2);
});

test("without a vector a matcher with a model says bit for bit what one without it says", async () => {
  const alone = createMatcher(items);
  const matcher = await createMatcherGently(items, soon, { embed: modelThatKnows(0.3) });
  for (const text of [...messages.map((message) => message.text), "bolm wirk", "quild", "tomorrow", ""])
    expect(matcher.match(text)).toEqual(alone.match(text));
});

test("a model that knows nothing is hardly listened to", async () => {
  const embed = async (texts: readonly string[]) =>
    texts.map((text) => Float32Array.from({ length: dimensions }, noiseOf(text)));
  const alone = createMatcher(items);
  const matcher = await createMatcherGently(items, soon, { embed });
  for (const { id, phrasings } of items) {
    const message = `hello, ${phrasings[0]} and more`;
    const [vector] = await embed([message]);
    const found = first(matcher, message, vector ?? null);
    expect(found?.id).toBe(id);
    expect(Math.abs((found?.confidence ?? 0) - (first(alone, message)?.confidence ?? 0))).toBeLessThan(0.25);
  }
});

test("strangers stay strangers", async () => {
  const embed = modelThatKnows(0.3);
  const matcher = await createMatcherGently(items, soon, { embed });
  for (const text of ["weather tomorrow", "write me a poem", ...backgroundPool().slice(0, 20)])
    expect((await matchWithEmbedding(matcher, text, embed)).matches[0]?.confidence ?? 0).toBeLessThan(0.6);
});

test.each<[string, (texts: readonly string[]) => Promise<readonly Float32Array[]>]>([
  ["fails", () => Promise.reject(new Error("down"))],
  ["never answers", () => new Promise(() => undefined)],
  ["gives nothing", async () => []],
  ["gives vectors of another model", async (texts) => texts.map(() => new Float32Array(3).fill(1))],
])("a model that %s leaves the engine alone", async (_name, broken) => {
  const matcher = await createMatcherGently(items, soon, { embed: modelThatKnows(0.3) });
  const found = await matchWithEmbedding(matcher, "bolm wirk", broken, { budgetMs: 20 });
  expect(found).toEqual(createMatcher(items).match("bolm wirk"));
});

test("a model that fails while training gives a matcher without it", async () => {
  const matcher = await createMatcherGently(items, soon, { embed: () => Promise.reject(new Error("down")) });
  expect(matcher.match("bolm wirk", { embedding: new Float32Array(4).fill(1) })).toEqual(
    createMatcher(items).match("bolm wirk"),
  );
});

test("a changed item is live at once, and by meaning as soon as its vectors have come", async () => {
  const embed = modelThatKnows(0.3);
  const matcher = await createMatcherGently(items.slice(1), soon, { embed });
  matcher.set(items[0] as MatcherItem);
  expect(first(matcher, "bolm wirk")?.id).toBe("item-0");
  expect(matcher.textsToEmbed.length).toBeGreaterThan(0);
  await embedPhrasings(matcher, embed);
  expect(matcher.textsToEmbed).toEqual([]);
  expect((await matchWithEmbedding(matcher, "yabba please", embed)).matches[0]?.id).toBe("item-0");
  matcher.remove("item-0");
  const { matches } = await matchWithEmbedding(matcher, "yabba please", embed);
  expect(matches.map(({ id }) => id)).not.toContain("item-0");
});

test("a saved matcher keeps what the model is weighed by", async () => {
  const embed = modelThatKnows(0.3);
  const matcher = await createMatcherGently(items, soon, { embed });
  const loaded = loadMatcher(matcher.save());
  await embedPhrasings(loaded, embed);
  for (const { text } of messages)
    expect(await matchWithEmbedding(loaded, text, embed)).toEqual(
      await matchWithEmbedding(matcher, text, embed),
    );
});

test("a message that leans on the one before is not judged by its own vector", async () => {
  const shop: MatcherItem[] = [
    { id: "return", phrasings: ["怎么退货", "可以退货吗", "退货流程"] },
    { id: "return-fee", phrasings: ["退货运费谁出", "退货邮费谁付", "退货要运费吗"] },
    { id: "ship", phrasings: ["多久发货", "什么时候发货", "几天寄出"] },
  ];
  const embed = async (texts: readonly string[]) => texts.map((text) => Float32Array.of(text.length, 1));
  const matcher = await createMatcherGently(shop, soon, { embed });
  const options = { previous: ["怎么退货"] };
  const found = await matchWithEmbedding(matcher, "那运费呢", embed, options);
  expect(found.completedFrom).not.toBeNull();
  expect(found).toEqual(createMatcher(shop).match("那运费呢", options));
});

test("what is sent to the model has no number of a customer in it", () => {
  expect(textToEmbed("你好，订单 2024111155667788 什么时候发货？谢谢")).toBe("订单 什么时候发货");
  expect(textToEmbed("13800138000")).not.toContain("138");
});
