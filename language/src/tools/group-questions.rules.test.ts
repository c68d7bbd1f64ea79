// Questions that come in batches: like ones meet, unlike ones do not, and the result is the same each time.
import { expect, test } from "vitest";
import { groupQuestions } from "./group-questions.ts";

const text = (item: string) => item;

test("questions that mean the same form a group; a later one joins it; a stranger does not", () => {
  const { formed, joined } = groupQuestions(
    ["可以开专票吗", "能不能开增值税专用发票", "你们招加盟商吗", "开专票行不行"],
    text,
    [],
  );
  expect(joined).toEqual([]);
  const invoice = formed.find(({ members }) => members.includes("可以开专票吗"));
  expect(invoice?.members).toContain("开专票行不行");
  expect(invoice?.members).not.toContain("你们招加盟商吗");
  const known = [{ id: "invoice", samples: invoice?.members ?? [] }];
  const later = groupQuestions(["请问可以开专票吗？", "你们周末上班吗"], text, known);
  expect(later.joined).toEqual([{ item: "请问可以开专票吗？", group: "invoice" }]);
  expect(later.formed.map(({ members }) => members)).toEqual([["你们周末上班吗"]]);
});

test("the same batch gives the same groups, and every item is in exactly one", () => {
  const items = ["怎么退货", "退货怎么弄", "运费谁出", "😀", "", "what is the delivery fee", "delivery fee?"];
  const once = groupQuestions(items, text, [{ id: "g", samples: ["怎么退货呀"] }]);
  expect(groupQuestions(items, text, [{ id: "g", samples: ["怎么退货呀"] }])).toEqual(once);
  const all = [...once.joined.map(({ item }) => item), ...once.formed.flatMap(({ members }) => members)];
  expect(all.sort()).toEqual([...items].sort());
});
