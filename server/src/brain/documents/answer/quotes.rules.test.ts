// What is quoted, and above all what is not: on papers by which the weights were fitted, and on others that were never
// looked at. A wrong quote is worse than none.

import { describe, expect, test } from "vitest";
import { knownDocument } from "../search/known-document.ts";
import { ShopPassages } from "../search/shop-passages.ts";
import { shopPapers } from "../testing/papers.ts";
import {
  type Answered,
  answered,
  heldOutAnswered,
  heldOutUnanswered,
  unanswered,
} from "../testing/questions.ts";
import { findQuotes } from "./find-quotes.ts";

function score(which: "tuning" | "heldOut", right: readonly Answered[], none: readonly string[]) {
  const { documents, keyOf } = shopPapers(which);
  const shop = new ShopPassages(documents);
  const said = (question: string) => {
    const found = findQuotes(shop, question);
    return found.kind === "quote" ? found.quote : null;
  };
  const wrong: string[] = [];
  let quoted = 0;
  for (const [question, key, holds] of right) {
    const quote = said(question);
    if (quote === null) continue;
    quoted += 1;
    const isRight = keyOf.get(quote.passage.id)?.endsWith(`/${key}`) && quote.text.includes(holds);
    if (!isRight) wrong.push(question);
  }
  wrong.push(...none.filter((question) => said(question) !== null));
  const inFirstThree = right.filter(([question, key]) =>
    shop.find(question, 3).some(({ id }) => keyOf.get(id)?.endsWith(`/${key}`)),
  );
  return { quoted: quoted / right.length, wrong, hit3: inFirstThree.length / right.length };
}

test("of the papers it was fitted on: most questions, and hardly a wrong one", () => {
  const { quoted, wrong, hit3 } = score("tuning", answered, unanswered);
  expect(wrong).toEqual([]);
  expect(quoted).toBeGreaterThanOrEqual(0.6);
  expect(hit3).toBeGreaterThanOrEqual(0.95);
});

test("of papers it never saw: nearly half of the questions, and no wrong one", () => {
  const { quoted, wrong, hit3 } = score("heldOut", heldOutAnswered, heldOutUnanswered);
  expect(wrong).toEqual([]);
  expect(quoted).toBeGreaterThanOrEqual(0.45);
  expect(hit3).toBeGreaterThanOrEqual(0.95);
});

describe("a quote", () => {
  const paper = (id: string, text: string) =>
    knownDocument({
      id,
      title: id,
      checkedOn: null,
      stamp: "1",
      passages: [{ id: `${id}-1`, page: 2, url: null, heading: ["退货"], text }],
    });
  const long = "商品签收后 7 天内可以无理由退货。但定制商品除外。请保持吊牌完好。退货前请先联系客服登记。";
  const shop = new ShopPassages([paper("A", `${long}${"感谢您一直以来的支持与信任。".repeat(8)}`)]);

  test("is the passage's own words, with what limits them", () => {
    const found = findQuotes(shop, "签收几天内可以无理由退货");
    expect(found).toMatchObject({
      kind: "quote",
      quote: { text: "商品签收后 7 天内可以无理由退货。但定制商品除外。" },
    });
  });

  test("is found behind politeness and a story", () => {
    const found = findQuotes(shop, "你好，上次买的裙子不太合身。请问签收几天内可以无理由退货？谢谢");
    expect(found.kind).toBe("quote");
  });

  test("of two documents that contradict each other is both of them", () => {
    const both = new ShopPassages([
      paper("A", "商品签收后 7 天内可以无理由退货。"),
      paper("B", "商品签收后十五天内可以无理由退货。"),
    ]);
    const found = findQuotes(both, "签收几天内可以无理由退货");
    expect(found.kind).toBe("differ");
    expect(found.kind === "differ" && found.quotes.map(({ document }) => document.id).sort()).toEqual([
      "A",
      "B",
    ]);
  });

  test("of two documents that say the same, 7 天 and 七天, is one of them", () => {
    const both = new ShopPassages([
      paper("A", "商品签收后 7 天内可以无理由退货。"),
      paper("B", "商品签收后七天内可以无理由退货哦。"),
    ]);
    expect(findQuotes(both, "签收几天内可以无理由退货").kind).toBe("quote");
  });
});
