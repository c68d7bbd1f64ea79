// What a flow is told of a fault: by code in any dress, by symptom, only of a product that the shop has.

import { expect, test } from "vitest";
import { shopOf } from "../testing/product-talk.ts";
import { lookUpFault } from "./look-up-fault.ts";

const { products } = shopOf([
  {
    name: "晶洁洗碗机",
    models: ["X5"],
    faults: [
      {
        code: "E04",
        meaning: "进水超时",
        meaningEn: "No water",
        steps: [{ text: "打开水龙头。", textEn: "Open the tap." }, { text: "清洗滤网。" }],
      },
      { code: "E1", meaning: "机器漏水", steps: [{ text: "断电。" }], ending: "ticket-at-once" },
    ],
  },
  {
    name: "烘焙家烤箱",
    models: ["K1"],
    faults: [{ code: "E4", meaning: "不加热", steps: [{ text: "断电十分钟。" }] }],
  },
]);
const ask = (product: string, code: string, symptom = "", locale: "zh-CN" | "en" = "zh-CN") =>
  lookUpFault(products, { product, code, symptom }, locale);

test("a code is found in the product that was named, in the customer's language", () => {
  expect(ask("X5", "e四")).toEqual({
    kind: "result",
    fields: { meaning: "进水超时", steps: "\n1. 打开水龙头。\n2. 清洗滤网。", needsService: false },
  });
  expect(ask("我的烤箱", "E-04")).toMatchObject({ fields: { meaning: "不加热", steps: "断电十分钟。" } });
  expect(ask("晶洁洗碗机", "E04", "", "en")).toMatchObject({ fields: { meaning: "No water" } });
  expect(ask("X5", "E1")).toMatchObject({ fields: { needsService: true } });
});

test("a symptom that stands in the papers is found; another, another product or code is not", () => {
  expect(ask("洗碗机", "", "漏水")).toMatchObject({ fields: { meaning: "机器漏水" } });
  expect(ask("洗碗机", "", "有怪味")).toEqual({ kind: "failure", why: "not-found" });
  expect(ask("K1", "", "漏水")).toEqual({ kind: "failure", why: "not-found" });
  expect(ask("BCD-200", "E04")).toEqual({ kind: "failure", why: "not-found" });
  expect(ask("X5", "E99")).toEqual({ kind: "failure", why: "not-found" });
});

test("a shop without fault codes leaves it to its other tools", () => {
  expect(
    lookUpFault(shopOf([{ name: "手套" }]).products, { product: "手套", code: "E1", symptom: "" }, "en"),
  ).toBeNull();
});
