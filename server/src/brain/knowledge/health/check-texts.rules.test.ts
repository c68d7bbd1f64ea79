// The worker finds what the thread would find, and the result is kept until a text changes.

import { expect, test } from "vitest";
import { ShopKnowledge } from "../knowledge.ts";
import { packKnowledge } from "../pack-knowledge.ts";
import { checkInWorker, checkNow, checkTexts } from "./check-texts.ts";

function faq(slug: string, question: string, answer: string) {
  const lists = { phrasings: [], negatives: [], unborrowed: [] as string[] };
  return { slug, question, questionEn: "", answer, answerEn: "", ...lists, checkedOn: null };
}

test("the worker's result is the same", async () => {
  const faqs = Array.from({ length: 40 }, (_, at) => ({
    id: `own.${String(at)}`,
    question: `第${String(at)}款能退吗`,
    phrasings: [`第${String(at)}款怎么退`, "退货怎么弄"],
    answer: at % 2 === 0 ? "可以退" : "不可以退",
  }));
  const expected = checkNow(faqs);
  expect(expected.length).toBeGreaterThan(0);
  expect(await checkInWorker(faqs)).toEqual(expected);
});

test("a large pack does not hold up the thread", async () => {
  const knowledge = packKnowledge("apparel");
  if (knowledge === null) throw new Error("the pack is gone");
  let turns = 0;
  const ticking = setInterval(() => {
    turns += 1;
  }, 1);
  const problems = await checkTexts(knowledge);
  clearInterval(ticking);
  expect(Array.isArray(problems)).toBe(true);
  expect(turns).toBeGreaterThan(10);
}, 60_000);

test("kept until a text or a blank changes; what is borrowed changes nothing", async () => {
  const knowledge = new ShopKnowledge(
    [faq("a", "包邮吗", "满{{门槛}}包邮"), faq("b", "怎么退货", "七天")],
    new Map(),
  );
  const first = checkTexts(knowledge);
  expect(await first).toMatchObject([{ kind: "open-blank", id: "a" }]);
  expect(checkTexts(knowledge)).toBe(first);
  knowledge.set({ ...faq("b", "怎么退货", "七天"), unborrowed: ["order.return"] });
  expect(checkTexts(knowledge)).toBe(first);
  knowledge.fill(new Map([["门槛", "99"]]));
  expect(await checkTexts(knowledge)).toEqual([]);
  knowledge.set(faq("b", "包邮吗", "不包"));
  expect((await checkTexts(knowledge))[0]).toMatchObject({ kind: "shared-phrasing", ids: ["a", "b"] });
  knowledge.remove("b");
  expect(await checkTexts(knowledge)).toEqual([]);
});

test("texts that only look alike are no pair, and those that the matcher mixes up are", async () => {
  const faqs = [
    faq("export", "How do I export my data?", "Under settings."),
    faq("voucher", "How do I get a voucher?", "Vouchers are on the front page, 5 yuan each."),
    faq("licence", "How do I get a licence?", "Licences are 900 yuan each."),
    faq("pay", "可以分期吗", "可以分三期。"),
    faq("parts", "可以分期付款吗", "可以分六期。"),
  ];
  const pairs = (problems: Awaited<ReturnType<typeof checkTexts>>) =>
    problems.flatMap((problem) => ("pair" in problem ? [problem.ids.join(" ")] : []));
  expect(pairs(checkNow(faqs.map(({ slug: id, ...texts }) => ({ id, ...texts }))))).toContain(
    "voucher licence",
  );
  const confirmed = pairs(await checkTexts(new ShopKnowledge(faqs, new Map())));
  expect(confirmed).toContain("pay parts");
  expect(confirmed).not.toContain("voucher licence");
});
