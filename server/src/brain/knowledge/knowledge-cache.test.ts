// What is changed while a shop's knowledge is being trained: taken in a piece at a time, or trained with the rest.
import type { FaqDraft } from "@yingda/contract";
import { expect, test } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { testCtx, testServices } from "../../../test/services.ts";
import { createFaq } from "./faqs.ts";
import type { ShopKnowledge } from "./knowledge.ts";
import { changeKnowledge, knowledgeFor } from "./knowledge-cache.ts";

const database = await testDatabase();
const services = await testServices(database);
const emptyShop = async () => testCtx(services, (await database.tenant()).tenantId);

const parking: FaqDraft = {
  slug: "own.parking",
  question: "有停车场吗",
  answer: "店门口可以停车。",
  questionEn: "",
  answerEn: "",
  category: "",
  tags: [],
  phrasings: [],
  negatives: [],
  isOn: true,
};

test("a few are taken in in their order, and others are served in between", async () => {
  const ctx = await emptyShop();
  const loading = knowledgeFor(ctx);
  let turns = 0;
  const seen: { at: number; turns: number; knowledge: ShopKnowledge }[] = [];
  const count = () => {
    turns += 1;
    if (seen.length < 3) setImmediate(count);
  };
  for (const at of [1, 2, 3])
    changeKnowledge(ctx, (knowledge) => {
      if (at === 1) setImmediate(count);
      seen.push({ at, turns, knowledge });
    });
  const knowledge = await loading;
  expect(seen.map(({ at }) => at)).toEqual([1, 2, 3]);
  expect(new Set(seen.map((one) => one.turns)).size).toBe(3);
  expect(seen.every((one) => one.knowledge === knowledge)).toBe(true);
});

test("many are trained with the rest, from the rows", async () => {
  const ctx = await emptyShop();
  const loading = knowledgeFor(ctx);
  let taken = 0;
  for (let change = 0; change < 30; change += 1)
    changeKnowledge(ctx, () => {
      taken += 1;
    });
  await createFaq(ctx, parking);
  const knowledge = await loading;
  expect(taken).toBe(0);
  expect(knowledge.retrieve("有停车场吗", []).matches[0]?.id).toBe("own.parking");
});
