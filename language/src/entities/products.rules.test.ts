// A product is found however it is written, and not found where it was not meant.

import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText, timed } from "../testing/hostile-texts.ts";
import { findEntities } from "./find-entities.ts";

const now = new Date("2026-11-21T05:00:00Z");
const catalogue = [
  { id: "tee", name: "2026新款纯棉宽松短袖T恤女", aliases: ["小白T"] },
  { id: "shoe", name: "复古厚底小白鞋" },
  { id: "p15", name: "iPhone 15 Pro" },
  { id: "p16", name: "iPhone 16 Pro" },
  { id: "blender", name: "破壁机 JYL-Y12" },
  { id: "tea", name: "安溪铁观音 250克" },
  { id: "scarf", name: "羊毛围巾" },
  { id: "charger", name: "Wireless Charging Pad" },
];

function products(text: string): string[] {
  return findEntities(text, { now, catalogue }).flatMap((entity) =>
    entity.kind === "product" ? [entity.value] : [],
  );
}

test.each([
  ["复古厚底小白鞋还有吗", "shoe"],
  ["小白鞋多少钱", "shoe"],
  ["小白邪多少钱", "shoe"],
  ["小白t洗了会缩水吗", "tee"],
  ["纯棉短袖还有吗", "tee"],
  ["我要那个短袖t恤", "tee"],
  ["iphone15pro 现货吗", "p15"],
  ["ipone 16 pro", "p16"],
  ["IPHONE 15", "p15"],
  ["铁观因多少钱一斤", "tea"],
  ["鐵觀音", "tea"],
  ["羊毛微巾", "scarf"],
  ["围巾掉毛", "scarf"],
  ["yangmao weijin", "scarf"],
  ["tieguanyin", "tea"],
  ["JYL-Y12怎么清洗", "blender"],
  ["is the charging pad in stock", "charger"],
  ["wireles charging pad", "charger"],
])("%s is %s", (text, id) => {
  expect(products(text)).toEqual([id]);
});

test.each([
  "你好在吗",
  "有新款吗",
  "什么时候发货",
  "我想买个手机壳",
  "what is the return policy",
  "product",
  "150元",
])("%s names none", (text) => {
  expect(products(text)).toEqual([]);
});

test("where several fit, the others are told", () => {
  const [found] = findEntities("iphone还有吗", { now, catalogue });
  expect(found).toMatchObject({ kind: "product", candidates: [{ id: "p15" }, { id: "p16" }] });
});

test("two products in one message", () => {
  expect(products("小白鞋和羊毛围巾一起发吗")).toEqual(["shoe", "scarf"]);
});

test("every product is found by its own name", () => {
  for (const { id, name } of catalogue) expect(products(`请问${name}有货吗`)).toEqual([id]);
});

test("a big catalogue is indexed once and searched fast", () => {
  const colours = [..."红橙黄绿青蓝紫黑白灰"];
  const things = ["衬衫", "卫衣", "牛仔裤", "连衣裙", "风衣", "毛衣", "外套", "短裤", "背心", "西装"];
  const big = Array.from({ length: 5_000 }, (_, i) => ({
    id: `p${i}`,
    name: `${colours[i % 10]}色${things[Math.floor(i / 10) % 10]}款式${Math.floor(i / 100)}`,
  }));
  const find = (text: string) => findEntities(text, { now, catalogue: big });
  expect(find("红色风衣款式7")).toMatchObject([{ kind: "product", name: "红色风衣款式7" }]);
  const times = Array.from({ length: 20 }, () =>
    timed(() => find("我想要那件蓝色牛仔裤款式12还有货吗")),
  ).sort((a, b) => a - b);
  expect(times[10]).toBeLessThan(150); // some 3 ms on a quiet machine; this only catches a change of order
});

test("any catalogue and any text: no throw", () => {
  const names = fc.array(fc.record({ id: fc.string(), name: anyText }), { maxLength: 8 });
  fc.assert(
    fc.property(names, anyText, (list, text) => {
      for (const entity of findEntities(text, { now, catalogue: list }))
        if (entity.kind === "product") expect(list.some(({ id }) => id === entity.value)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
