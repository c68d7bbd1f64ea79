import { expect, test } from "vitest";
import { codeKey, searchFaqs } from "./search.ts";

const faq = (question: string, answer = "", category = "") => ({
  slug: question,
  question,
  answer,
  category,
});
const faqs = [
  faq("怎么安装洗碗机", "先接好进水管。", "安装"),
  faq("多久发货", "当天发货。", "物流"),
  faq("How do I clean the filter", "Take it out and rinse it."),
];
const found = (search: string) => searchFaqs(faqs, search).map(({ question }) => question);

test.each([
  ["", faqs.map(({ question }) => question)],
  ["安装洗碗机", ["怎么安装洗碗机"]],
  ["发货", ["多久发货"]],
  ["物流", ["多久发货"]],
  ["clean FILTER", ["How do I clean the filter"]],
  ["ｆｉｌｔｅｒ", ["How do I clean the filter"]],
  ["进水管", ["怎么安装洗碗机"]],
  ["会员积分", []],
])("“%s” finds what it should", (search, questions) => {
  expect(found(search)).toEqual(questions);
});

test("codes are the same in any dress", () => {
  expect(new Set(["E04", "e-04", "ｅ４", "EO4", " e 4 "].map(codeKey)).size).toBe(1);
  expect(codeKey("E40")).not.toBe(codeKey("E4"));
});
