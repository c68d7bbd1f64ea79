// The shop's own words in a turn, on the clothing pack: a customer's word brings a person, the bot's words are withheld,
// promises are the FAQs' alone, and a synonym is read as the shop's word.

import type { ShopWordsDraft, TurnDecision } from "@yingda/contract";
import { expect, test } from "vitest";
import { knownDocument } from "./documents/search/known-document.ts";
import { becauseSentences } from "./explain.ts";
import { ShopKnowledge } from "./knowledge/knowledge.ts";
import { packKnowledge } from "./knowledge/pack-knowledge.ts";
import { knownWords, noLists } from "./knowledge/words/known-words.ts";
import { decideOn } from "./testing/turns.ts";

const shop = packKnowledge("apparel") ?? expect.fail("the pack is missing");
const withWords = (lists: Partial<ShopWordsDraft>, knowledge: ShopKnowledge = shop) => {
  knowledge.words = knownWords({ ...noLists, ...lists });
  return knowledge;
};
const codes = ({ trace }: TurnDecision) => trace.map(({ because }) => because.code);
const paper = (text: string) => {
  const knowledge = new ShopKnowledge([], new Map());
  const passages = [{ id: "p", page: 1, url: null, heading: ["水箱"], text }];
  knowledge.useDocuments([
    knownDocument({ id: "d", title: "手册", checkedOn: "2026-11-21", stamp: "1", passages }),
  ]);
  return knowledge;
};

test("an alert word brings a person at once, whatever else was asked; a noted one lets the bot answer", () => {
  const lists = {
    sensitive: [
      { word: "加盟合作", does: "alert" as const },
      { word: "竞品", does: "note" as const },
    ],
  };
  const alerted = decideOn("包邮吗，还想问加 盟合作", {}, withWords(lists));
  expect(alerted.outcome).toBe("handoff");
  expect(alerted.trace.at(-1)?.because).toEqual({ code: "sensitive-word", values: { word: "加盟合作" } });
  expect(alerted.actions[0]).toMatchObject({
    reason: "urgent",
    summary: expect.stringContaining("加盟合作"),
  });
  const noted = decideOn("竞品包邮，你们满多少包邮", {}, withWords(lists));
  expect(codes(noted)).toContain("word-noted");
  expect(decideOn("满多少包邮", {}, withWords(lists)).outcome).toBe("answer");
  const away = decideOn("我要找加盟合作", { handoffAvailability: "closed" }, withWords(lists));
  expect(away.outcome).toBe("leave-message");
});

test("danger goes before a sensitive word", () => {
  const knowledge = withWords({ sensitive: [{ word: "着火", does: "note" }] });
  expect(codes(decideOn("充电时着火了", {}, knowledge)).at(-1)).toBe("danger");
});

test("nothing that holds a word the bot never says is sent: a person reads it instead", () => {
  const usual = decideOn("满多少包邮", {}, withWords({}));
  expect(usual.outcome).toBe("answer");
  const held = decideOn(
    "满多少包邮",
    { flowState: { kind: "gathered", summary: "" } },
    withWords({ neverSay: ["包邮"] }),
  );
  expect(held).toMatchObject({ outcome: "held", isSendable: false });
  expect(held.actions.map(({ kind }) => kind)).toEqual(["hold", "set-flow-state"]);
  expect(held.actions[0]).toMatchObject({
    kind: "hold",
    text: expect.not.stringContaining("包邮"),
    summary: expect.stringMatching(/没有发出的回复：.*包邮/su),
  });
  expect(codes(held).at(-1)).toBe("word-withheld");
});

test("a turn that goes to a person still does, with a plain sentence", () => {
  const knowledge = withWords({ neverSay: ["转接"] });
  const decision = decideOn("转人工", {}, knowledge);
  expect(decision.outcome).toBe("handoff");
  expect(decision.actions[0]).toMatchObject({
    kind: "handoff",
    reason: "asked-for-human",
    text: expect.not.stringContaining("转接"),
  });
});

test("a forbidden promise may stand in an FAQ of the shop, nowhere else; denied it is none", () => {
  const promises = ["包邮", "终身质保"];
  expect(decideOn("满多少包邮", {}, withWords({ promises })).outcome).toBe("answer");
  const told = "水箱容量为 4 升，提供终身质保。";
  const asked = "水箱容量是多少升";
  expect(decideOn(asked, {}, withWords({}, paper(told))).outcome).toBe("answer");
  const held = decideOn(asked, {}, withWords({ promises }, paper(told)));
  expect(held.outcome).toBe("held");
  expect(held.trace.at(-1)?.because).toEqual({ code: "promise-withheld", values: { word: "终身质保" } });
  const denied = withWords({ promises }, paper("水箱容量为 4 升，不提供终身质保。"));
  expect(decideOn(asked, {}, denied).outcome).toBe("answer");
});

test("a synonym is read as the shop's word where the plain line is not sure, in FAQs and in documents", () => {
  const synonyms = [
    ["包邮", "免霍姆"],
    ["水箱", "布噜噜"],
  ];
  const line = "满多少免霍姆";
  expect(decideOn(line, {}, withWords({})).faq).not.toBe("apparel.free-shipping");
  const decision = decideOn(line, {}, withWords({ synonyms }));
  expect(decision).toMatchObject({ outcome: "answer", faq: "apparel.free-shipping" });
  expect(codes(decision)).toContain("synonym");
  expect(codes(decideOn("满多少包邮", {}, withWords({ synonyms })))).not.toContain("synonym");
  const text = "水箱容量为 4 升，加满一次可以连续使用 12 小时。不要加热水。";
  const question = "布噜噜容量是多少升";
  expect(codes(decideOn(question, {}, withWords({}, paper(text)))).at(-1)).not.toBe("document-quote");
  expect(codes(decideOn(question, {}, withWords({ synonyms }, paper(text)))).at(-1)).toBe("document-quote");
});

test("letters count as whole words, spelling and traditional characters do not matter, at most two are replaced", () => {
  const words = knownWords({
    ...noLists,
    sensitive: [
      { word: "ASS", does: "alert" },
      { word: "微信", does: "note" },
    ],
    synonyms: [
      ["挂烫机", "烫机", "熨烫机"],
      ["steamer", "garment iron"],
    ],
  });
  expect(words.sensitiveIn("first class")).toEqual([]);
  expect(words.sensitiveIn("Kiss my ass!").map(({ word }) => word)).toEqual(["ASS"]);
  expect(words.sensitiveIn("加薇.信 加微-信").map(({ word }) => word)).toEqual(["微信"]);
  expect(words.withFirstWords("熨燙機和烫机和熨烫机")).toBe("挂烫机和挂烫机和熨烫机");
  expect(words.withFirstWords("挂烫机怎么用")).toBeNull();
  expect(words.withFirstWords("My Garment Iron leaks")).toBe("my steamer leaks");
  expect(words.neverSaidIn("微信")).toBeNull();
});

test("every code has a sentence", () => {
  for (const code of [
    "no-words",
    "sensitive-word",
    "word-noted",
    "word-withheld",
    "promise-withheld",
    "synonym",
  ])
    expect(becauseSentences[code]).toEqual({ "zh-CN": expect.any(String), en: expect.any(String) });
});
