import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { faceOf, type Visit, visitLocale } from "./greeting.ts";
import { frameAncestors, isOriginAllowed } from "./origins.ts";
import { hashVisitorToken, newVisitorToken } from "./visitor-token.ts";

const text = (zh: string, en = zh) => ({ zh, en });
const inbox = {
  widget: {
    title: text("小店"),
    subtitle: text(""),
    accent: "#0f766e",
    corner: "right" as const,
    greeting: text("您好", "Hello"),
    suggestions: ["怎么退货"],
    suggestionsEn: ["Returns?"],
    menu: [],
    privacyUrl: "",
    aiNotice: text("智能助手"),
    sound: true,
    askRating: true,
    leaveMessageFields: ["name" as const],
    rules: [
      {
        when: { pathContains: "/product/", isOpen: true },
        text: text("这件商品有问题吗？"),
        suggestions: ["尺码怎么选"],
      },
      { when: { parameter: { name: "table", value: "8" } }, text: text("8 号桌您好"), suggestions: [] },
      { when: { source: "wechat", visitor: "returning" as const }, text: text("欢迎回来"), suggestions: [] },
    ],
  },
  bot: {
    isOn: true,
    name: text("小应", "Ying"),
    thresholds: { answer: 0.6, askBack: 0.3 },
    quietWindowMs: 1_200,
    giveBackMinutes: 0,
  },
};
const visit: Visit = { locale: "zh-CN", path: "/", params: {}, source: "", isOpen: true, visitor: "new" };
const facts = { opensAt: null, shopName: "小店", maxTextLength: 4_000, maxFileBytes: 1 };
const greet = (given: Partial<Visit>) => faceOf(inbox, { ...visit, ...given }, facts);

describe("the greeting", () => {
  test("the general one when no rule holds", () => {
    expect(greet({})).toMatchObject({ greeting: "您好", suggestions: ["怎么退货"], botName: "小应" });
    expect(greet({ locale: "en" })).toMatchObject({
      greeting: "Hello",
      suggestions: ["Returns?"],
      botName: "Ying",
    });
  });
  test("every condition of a rule must hold", () => {
    expect(greet({ path: "/product/7" })).toMatchObject({
      greeting: "这件商品有问题吗？",
      suggestions: ["尺码怎么选"],
    });
    expect(greet({ path: "/product/7", isOpen: false }).greeting).toBe("您好");
    expect(greet({ source: "wechat" }).greeting).toBe("您好");
    expect(greet({ source: "wechat", visitor: "returning" }).greeting).toBe("欢迎回来");
  });
  test("the first rule wins; without suggestions of its own the general ones stay", () => {
    expect(greet({ path: "/product/7", params: { table: "8" } }).greeting).toBe("这件商品有问题吗？");
    expect(greet({ params: { table: "8" } })).toMatchObject({
      greeting: "8 号桌您好",
      suggestions: ["怎么退货"],
    });
  });
  test("suggestions and menu of a rule speak the visitor's language, else the general ones do", () => {
    const button = (label: string) => ({ id: label, label, action: "say" as const });
    const rule = {
      when: { visitor: "returning" as const },
      text: text("又见面了"),
      suggestions: ["我的订单"],
      suggestionsEn: ["My order"],
      menu: [button("查物流")],
      menuEn: [button("Track it")],
    };
    const general = { menu: [button("转人工")], menuEn: [button("A person")] };
    const meet = (rules: (typeof rule)[], given: Partial<Visit>) => {
      const { suggestions, menu } = faceOf(
        { ...inbox, widget: { ...inbox.widget, ...general, rules } },
        { ...visit, ...given },
        facts,
      );
      return { suggestions, menu: menu.map(({ label }) => label) };
    };
    const back = { visitor: "returning" as const };
    expect(meet([rule], back)).toEqual({ suggestions: ["我的订单"], menu: ["查物流"] });
    expect(meet([rule], { ...back, locale: "en" })).toEqual({
      suggestions: ["My order"],
      menu: ["Track it"],
    });
    expect(meet([rule], { locale: "en" })).toEqual({ suggestions: ["Returns?"], menu: ["A person"] });
    const untranslated = { ...rule, suggestionsEn: [], menuEn: [] };
    expect(meet([untranslated], { ...back, locale: "en" })).toEqual({
      suggestions: ["Returns?"],
      menu: ["A person"],
    });
  });
  test("a menu of one language serves both", () => {
    const menu = [{ id: "1", label: "转人工", action: "human" as const }];
    const face = faceOf({ ...inbox, widget: { ...inbox.widget, menu } }, { ...visit, locale: "en" }, facts);
    expect(face.menu).toEqual(menu);
  });
  test("parameters are compared as a whole, also names that objects have by themselves", () => {
    expect(greet({ params: { table: "88" } }).greeting).toBe("您好");
    const odd = {
      ...inbox,
      widget: {
        ...inbox.widget,
        rules: [
          { when: { parameter: { name: "constructor", value: "x" } }, text: text("!"), suggestions: [] },
        ],
      },
    };
    expect(faceOf(odd, visit, facts).greeting).toBe("您好");
  });
});

test("languages of a browser", () => {
  expect(visitLocale("zh-TW", "en")).toBe("zh-CN");
  expect(visitLocale("en-GB,zh;q=0.5", "zh-CN")).toBe("en");
  expect(visitLocale(undefined, "zh-CN")).toBe("zh-CN");
});

describe("pages of others", () => {
  const allowed = ["https://shop.example", "http://test.shop.example:8080"];
  test("only those listed, exactly", () => {
    expect(isOriginAllowed("https://shop.example", allowed)).toBe(true);
    expect(isOriginAllowed("http://test.shop.example:8080", allowed)).toBe(true);
    for (const origin of [
      "http://shop.example",
      "https://shop.example.evil.com",
      "https://evil.com",
      "https://shop.example:8443",
      "null",
      "",
      "javascript:alert(1)",
    ])
      expect(isOriginAllowed(origin, allowed)).toBe(false);
  });
  test("an empty list is any; no page at all is nothing to compare", () => {
    expect(isOriginAllowed("https://anything.example", [])).toBe(true);
    expect(isOriginAllowed(null, allowed)).toBe(true);
    expect(frameAncestors([])).toBe("*");
    expect(frameAncestors(allowed)).toBe("'self' https://shop.example http://test.shop.example:8080");
  });
});

test("a token is 256 bits and only its own shape is hashed", () => {
  const tokens = new Set(Array.from({ length: 100 }, newVisitorToken));
  expect(tokens.size).toBe(100);
  for (const token of tokens) expect(hashVisitorToken(token)).toHaveLength(32);
  fc.assert(
    fc.property(fc.string(), (given) => {
      expect(hashVisitorToken(given)).toBeNull();
    }),
  );
  expect(hashVisitorToken(null)).toBeNull();
});
