// A contact who writes traditional characters reads them; the brain is told its own words as it knows them.
import { type Content, textOf, usualBehaviour } from "@yingda/contract";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { type TestShop, testShop } from "../../../test/line.ts";
import { ScriptedBrain } from "../../../test/scripted-brain.ts";
import { type TestServices, testServices } from "../../../test/services.ts";
import { getThread } from "../../conversations/index.ts";
import { createTurns } from "../index.ts";
import { inTheirScript, type isTraditional } from "./their-script.ts";

const database = await testDatabase();
let services: TestServices;
let shop: TestShop;

beforeAll(async () => {
  services = await testServices(database);
});
beforeEach(async () => {
  shop = await testShop(services, database);
});

async function talk(said: string, then: string) {
  const brain = new ScriptedBrain();
  const turns = createTurns(brain);
  const id = await shop.write("a", said);
  await turns.run(shop.ctx, id);
  services.clock.advance(2_000);
  await turns.sweep(services);
  await shop.write("a", then);
  await turns.run(shop.ctx, id);
  await turns.stop();
  const { messages } = await getThread(shop.ctx, id, {});
  const bubbles = messages.flatMap(({ author, content }) =>
    author.kind === "bot" && content.kind !== "notice" ? [content] : [],
  );
  return { bubbles, history: brain.asked.at(-1)?.history };
}

test("asked back and answered in traditional characters; the brain reads its own sentence again", async () => {
  const { bubbles, history } = await talk("還沒到貨嗎?", "好的");
  expect(bubbles[0]).toMatchObject({
    kind: "choices",
    text: "您想問？",
    choices: [{ id: "a", label: "退貨" }],
  });
  expect(history).toContainEqual({ author: "bot", text: "您想问？", faqSlug: null });
  const { bubbles: simplified } = await talk("还没到货吗?", "好的");
  expect(simplified.map(textOf)).toContain("您想问？");
});

describe("a bubble", () => {
  const line = (text: string) =>
    ({ author: { kind: "contact" }, content: { kind: "text", text } }) as Parameters<
      typeof isTraditional
    >[0]["lines"][number];
  const hant = { lines: [line("請問運費多少")], history: [] };
  const citation = { kind: "faq" as const, slug: "shipping", title: "运费怎么算", checkedOn: null };
  const content: Content = {
    kind: "choices",
    text: "运费 ¥12.50，单号 SF1234567890，48 小时内发货：https://shop.cn/运费?a=1。联系 service@shop.cn",
    choices: [{ id: "solved", label: "解决了", action: "solved" }],
    citations: [citation],
  };

  test("numbers, codes, links and slugs stay", async () => {
    const [sent] = await inTheirScript([content], { behaviour: usualBehaviour }, hant);
    expect(sent).toEqual({
      kind: "choices",
      text: "運費 ¥12.50，單號 SF1234567890，48 小時內發貨：https://shop.cn/运费?a=1。聯繫 service@shop.cn",
      choices: [{ id: "solved", label: "解決了", action: "solved" }],
      citations: [{ ...citation, title: "運費怎麼算" }],
    });
    expect(await inTheirScript([sent as Content], { behaviour: usualBehaviour }, hant)).toEqual([sent]);
  });

  test("stays as it is where it is switched off, and for who writes simplified ones", async () => {
    const off = { behaviour: { ...usualBehaviour, repliesInTheirLanguage: false } };
    expect(await inTheirScript([content], off, hant)).toEqual([content]);
    const hans = { lines: [line("请问运费多少")], history: hant.lines };
    expect(await inTheirScript([content], { behaviour: usualBehaviour }, hans)).toEqual([content]);
  });
});
