// Passages of two small documents, in both languages: what is found, in which order, and what is not.

import { describe, expect, test } from "vitest";
import { ShopKnowledge } from "../../knowledge/knowledge.ts";
import { askedHeading, citePassage } from "./cite-passage.ts";
import { knownDocument } from "./known-document.ts";
import { ShopPassages } from "./shop-passages.ts";

const passage = (id: string, heading: string[], text: string, page: number | null = null) => ({
  id,
  heading,
  text,
  page,
  url: null,
});
const manual = knownDocument({
  id: "manual",
  title: "净水器使用手册",
  checkedOn: "2026-11-21",
  stamp: "1",
  passages: [
    passage("m1", ["安装"], "请把净水器安装在阴凉处，避免阳光直射。进水管接口为四分螺纹。", 2),
    passage("m2", ["更换滤芯"], "滤芯建议每六个月更换一次。更换前请先关闭进水阀，再按住复位键三秒。", 3),
    passage("m3", ["故障代码"], "显示 E4 表示水压不足，请检查进水阀是否完全打开。显示 E7 表示漏水保护。", 5),
    passage("m4", ["保修"], "整机保修两年，自签收之日起计算。滤芯属于耗材，不在保修范围内。", 8),
  ],
});
const handbook = knownDocument({
  id: "handbook",
  title: "Store handbook",
  checkedOn: null,
  stamp: "1",
  passages: [
    passage("h1", ["Returns"], "Unused items can be returned within 30 days. Bring the receipt."),
    passage("h2", ["Parking"], "The car park behind the shop is free for two hours."),
  ],
});
const shop = new ShopPassages([manual, handbook]);
const first = (question: string) => shop.find(question, 3)[0]?.id;

describe("a question finds its passage", () => {
  test.each([
    ["滤芯多久换一次", "m2"],
    ["机器报e4怎么办", "m3"],
    ["保修几年", "m4"],
    ["要装在什么地方", "m1"],
    ["can I return something I bought three weeks ago", "h1"],
    ["is there anywhere to park", "h2"],
  ])("%s", (question, id) => {
    expect(first(question)).toBe(id);
  });

  test("with page, heading, title and a score between 0 and 1", () => {
    const [found] = shop.find("滤芯多久换一次", 1);
    expect(found).toMatchObject({
      document: "manual",
      title: "净水器使用手册",
      page: 3,
      heading: ["更换滤芯"],
      checkedOn: "2026-11-21",
    });
    expect(found?.score).toBeGreaterThan(0.4);
    expect(found?.score).toBeLessThanOrEqual(1);
  });

  test("not one about another matter as surely", () => {
    const [strange] = shop.find("你们招聘兼职吗", 1);
    const [known] = shop.find("滤芯多久换一次", 1);
    expect(strange?.score ?? 0).toBeLessThan((known?.score ?? 0) / 2);
  });
});

test("a document that went is no longer found; one that changed is found anew", () => {
  const changing = new ShopPassages([manual, handbook]);
  changing.remove("manual");
  expect(changing.find("滤芯多久换一次", 3).map(({ document }) => document)).not.toContain("manual");
  changing.set(
    knownDocument({
      id: "handbook",
      title: "Store handbook",
      checkedOn: null,
      stamp: "2",
      passages: [passage("h9", ["滤芯"], "滤芯每年更换。")],
    }),
  );
  expect(changing.size).toBe(1);
  expect(changing.find("滤芯多久换一次", 3).map(({ id }) => id)).toEqual(["h9"]);
});

test("hangs on what a shop knows, and a shop without documents finds nothing", () => {
  const knowledge = new ShopKnowledge([], new Map());
  expect(knowledge.passages.find("滤芯多久换一次", 3)).toEqual([]);
  knowledge.useDocuments([manual]);
  expect(knowledge.passages.find("滤芯多久换一次", 3)[0]?.id).toBe("m2");
});

test("a model's vectors move what it thinks near to the front", () => {
  const without = shop.find("维护", 4).map(({ id }) => id);
  const [found] = shop.find("水", 4, (id) => (id === "m1" ? 1 : 0));
  expect(found?.id).toBe("m1");
  expect(without).not.toContain("h2");
});

test("is cited by title, page and heading, in the reader's language", () => {
  const [found] = shop.find("滤芯多久换一次", 1);
  if (found === undefined) throw new Error("nothing found");
  expect(citePassage(found, found.checkedOn, "zh-CN").title).toBe("净水器使用手册 · 第 3 页 · 更换滤芯");
  expect(citePassage(found, found.checkedOn, "en").title).toBe("净水器使用手册 · page 3 · 更换滤芯");
});

test("what a customer once asked is in no citation", () => {
  const passage = { document: "d", title: "聊天", page: null, heading: [askedHeading, "我的订单能退吗"] };
  expect(citePassage(passage, null, "zh-CN")).toMatchObject({ heading: "", title: "聊天" });
});
