import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { families, regions } from "./application.ts";
import { findApplications } from "./find-applications.ts";
import { readCatalogue } from "./read-catalogue.ts";

const idsOf = (query: string, filter = {}) => findApplications(query, filter).map(({ id }) => id);

describe("an application is found", () => {
  test.each([
    ["企业微信", "wecom"],
    ["钉钉", "dingtalk"],
    ["快递100", "kuaidi100"],
    ["Shopify", "shopify"],
    ["google calendar", "google-calendar"],
    ["企微", "wecom"],
    ["PDD", "pinduoduo"],
    ["顺丰", "sf-express"],
    ["magento", "adobe-commerce"],
    ["码云", "gitee"],
  ])("first by %s", (query, id) => expect(idsOf(query)[0]).toBe(id));

  test("by every one of its own names, however they are written", () => {
    for (const { id, name, aliases } of readCatalogue())
      for (const own of [id, name.zh, name.en, ...aliases]) {
        expect([own, idsOf(own).includes(id)]).toEqual([own, true]);
        expect(idsOf(` ${own.toUpperCase()} `)).toEqual(idsOf(own));
      }
  });

  test("with other signs between the parts, in wide letters and in traditional characters", () => {
    expect(idsOf("cal com")[0]).toBe("cal-com");
    expect(idsOf("ＣＡＬ．ＣＯＭ")[0]).toBe("cal-com");
    expect(idsOf("wechatpay")[0]).toBe("wechat-pay");
    expect(idsOf("釘釘")[0]).toBe("dingtalk");
  });

  test("by what it gives and does, in either language", () => {
    expect(idsOf("退款")).toEqual(expect.arrayContaining(["alipay", "wechat-pay", "stripe"]));
    expect(idsOf("refund")).toEqual(expect.arrayContaining(["alipay", "wechat-pay", "stripe"]));
    expect(idsOf("快递")).toEqual(expect.arrayContaining(["kuaidi100", "kdniao", "aftership"]));
    expect(idsOf("free times")).toContain("calendly");
  });
});

describe("the search", () => {
  test("puts the name itself before names that begin with it, and those before mentions", () => {
    const found = idsOf("jira");
    expect(found[0]).toBe("jira");
    expect(idsOf("zoho").slice(0, 3).sort()).toEqual(["zoho-books", "zoho-crm", "zoho-desk"]);
    expect(idsOf("slack")[0]).toBe("slack");
  });

  test("keeps to the family and the region asked for", () => {
    for (const family of families)
      expect(new Set(findApplications("", { family }).map((each) => each.family))).toEqual(new Set([family]));
    for (const region of regions)
      expect(new Set(findApplications("订单", { region }).map((each) => each.region))).toEqual(
        new Set([region]),
      );
    expect(idsOf("订单", { family: "commerce", region: "cn" })).toContain("youzan");
    expect(idsOf("shopify", { region: "cn" })).toEqual([]);
  });

  test("gives everything to an empty query and nothing to nonsense", () => {
    expect(findApplications("")).toEqual(readCatalogue());
    expect(findApplications(" ?! ")).toEqual(readCatalogue());
    expect(findApplications("qqzzxxvv")).toEqual([]);
  });

  test("throws nothing, whatever is typed, and gives no application twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (query) => {
        const ids = idsOf(query);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 50 },
    );
  });
});
