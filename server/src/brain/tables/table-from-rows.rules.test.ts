// Sheets as owners keep them become tables: titles, two header rows, merged cells, turned sheets, and what is wrong where.

import fc from "fast-check";
import { expect, test } from "vitest";
import { askTables } from "./ask-tables.ts";
import { tableFromRows, tableLimits } from "./table-from-rows.ts";
import { sheets, tablesNamed } from "./testing/example-sheets.ts";

function one(name: string) {
  const [table] = tablesNamed(name);
  if (table === undefined) throw new Error(`no sheet ${name}`);
  return table;
}

test("titles above and notes below are not rows", () => {
  const table = one("办公设备报价表");
  expect(table.columns.map(({ header }) => header)).toEqual([
    "序号",
    "产品",
    "单价（元）",
    "双面打印",
    "打印速度",
    "进货价",
  ]);
  expect(table.rows.map(({ cells }) => cells[1]?.text)).toEqual([
    "A3 激光打印机",
    "A4 激光打印机",
    "A4 彩色喷墨打印机",
    "标签打印机",
    "打印机墨盒（黑）",
    "A5 扫描仪",
  ]);
  expect(table.columns.map(({ kind }) => kind)).toEqual([
    "number",
    "name",
    "money",
    "yes-no",
    "number",
    "number",
  ]);
  expect(table.columns.map(({ naming }) => naming)).toEqual([null, "key", null, null, null, null]);
});

test("two header rows are joined, a merged heading reaches to the right", () => {
  const { columns, rows } = one("女装尺码表");
  expect(columns.map(({ header }) => header)).toEqual([
    "尺码",
    "胸围 厘米",
    "胸围 英寸",
    "腰围 厘米",
    "腰围 英寸",
  ]);
  expect(rows).toHaveLength(3);
});

test("a merged name is carried down, a section heading stays beside its rows", () => {
  expect(one("卫衣库存表").rows.map(({ cells }) => cells[0]?.text)).toEqual([
    "连帽卫衣",
    "连帽卫衣",
    "圆领卫衣",
    "圆领卫衣",
  ]);
  expect(one("饮品单").rows.map(({ group, cells }) => `${group} ${cells[0]?.text}`)).toEqual([
    "咖啡 美式",
    "咖啡 拿铁",
    "咖啡 燕麦拿铁",
    "茶饮 红茶拿铁",
    "茶饮 柠檬茶",
  ]);
});

test("a heading is told to the owner, for it may be a product without a price", () => {
  expect(one("饮品单").problems.filter(({ code }) => code === "read-as-heading")).toEqual([
    { code: "read-as-heading", row: 2, column: 1, text: "咖啡" },
    { code: "read-as-heading", row: 6, column: 1, text: "茶饮" },
  ]);
});

test("a value merged over several rows is not guessed", () => {
  const table = tableFromRows("Mugs", [
    ["Product", "Price"],
    ["Mug", "$9"],
    ["Bowl", ""],
  ]);
  expect(table.rows[1]?.cells[1]?.value.kind).toBe("blank");
  expect(askTables([table], "how much is the bowl", { now: new Date(0) })).toEqual({
    kind: "not-here",
    reason: "blank",
  });
});

test("a sheet with attributes down the side is turned, and its problems keep their place", () => {
  const table = tableFromRows("房型", [
    ["房型", "标准间", "大床房"],
    ["价格", "¥268", ""],
    ["可住人数", "2", "=B3"],
  ]);
  expect(table.isTurned).toBe(true);
  expect(table.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
    ["标准间", "¥268", "2"],
    ["大床房", "", "=B3"],
  ]);
  expect(table.problems).toEqual([
    { code: "blank-cell", row: 2, column: 3, text: "" },
    { code: "formula", row: 3, column: 3, text: "=B3" },
  ]);
});

test("product names that sound like headers do not turn a price list", () => {
  const table = tableFromRows("价目", [
    ["商品", "价格"],
    ["电话手表", "¥399"],
    ["地址簿", "¥19"],
    ["材料包", "¥29"],
  ]);
  expect(table.isTurned).toBe(false);
  expect(table.rows).toHaveLength(3);
});

test("a sheet without a header is read by what its cells are", () => {
  const table = tableFromRows("价目", [
    ["雨伞", "¥39"],
    ["雨衣", "¥59"],
  ]);
  expect(table.problems.map(({ code }) => code)).toEqual(["no-header"]);
  const answer = askTables([table], "雨衣多少钱", { now: new Date(0) });
  expect(answer).toMatchObject({ kind: "answer", sentence: { "zh-CN": "雨衣：¥59。" } });
});

test("problems say what is wrong and where", () => {
  const table = tableFromRows("价目", [
    ["商品", "价格", "体重", "价格", "成本价"],
    ["雨伞", "¥39", "50-60", "¥1", "2", "extra"],
    ["雨伞", "问客服", "60-70", "=A1*2", "3"],
    ["", "¥5", "", "", "4"],
  ]);
  const seen = table.problems.map(({ code, row, column, text }) => `${code} ${row}:${column} ${text}`.trim());
  expect(seen).toEqual([
    "no-unit 1:3 体重",
    "same-header 1:4 价格",
    "kept-private 1:5 成本价",
    "too-many-cells 1:6",
    "same-row 3:1 雨伞",
    "odd-cell 3:2 问客服",
    "formula 3:4 =A1*2",
    "no-row-name 4:1 ¥5",
    "blank-cell 4:3",
    "blank-cell 4:4",
  ]);
});

test("a formula is never computed and never spoken", () => {
  const table = tableFromRows("价目", [
    ["商品", "价格"],
    ["雨伞", "=30+9"],
    ["雨衣", "¥59"],
  ]);
  expect(table.rows[0]?.cells[1]).toEqual({ text: "=30+9", value: { kind: "formula" } });
  expect(askTables([table], "雨伞多少钱", { now: new Date(0) }).kind).toBe("not-here");
  expect(askTables([table], "最便宜的是哪个", { now: new Date(0) }).kind).toBe("not-here");
});

test("a sheet that is too large is cut, says so, and tells no cheapest", () => {
  const rows = Array.from({ length: tableLimits.rows + 5 }, (_, at) => [`item${at}`, `¥${at + 1}`]);
  const table = tableFromRows("big", [["product", "price"], ...rows]);
  expect(table.isCut).toBe(true);
  expect(table.problems[0]?.code).toBe("too-large");
  expect(table.rows).toHaveLength(tableLimits.rows - 1);
  expect(askTables([table], "which is the cheapest", { now: new Date(0) }).kind).toBe("not-here");
});

test.each([[[]], [[[]]], [[["", ""]]], [[["only a title"]]], [[["product", "price"]]]])(
  "a sheet of %j is empty and says so",
  (rows) => {
    const table = tableFromRows("x", rows);
    expect(table.rows).toEqual([]);
    expect(table.problems.map(({ code }) => code)).toContain("empty");
    expect(askTables([table], "x price", { now: new Date(0) }).kind).toBe("not-here");
  },
);

const cell = fc.oneof(
  fc.constantFrom(
    "",
    "产品",
    "价格",
    "¥9",
    "A3",
    "周一",
    "9:00-18:00",
    "165-170",
    "身高(cm)",
    "体重",
    "M",
    "L",
    "是",
    "=A1",
    "Price",
  ),
  fc.string({ maxLength: 12, unit: "grapheme" }),
);

test("any sheet becomes a table that keeps the cells' texts", () => {
  fc.assert(
    fc.property(fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 8 }), (rows) => {
      const table = tableFromRows("价格表", rows);
      const given = new Set(rows.flat().map((text) => text.trim()));
      for (const row of table.rows)
        for (const { text } of row.cells) expect(text === "" || given.has(text)).toBe(true);
      for (const row of table.rows) expect(row.cells).toHaveLength(table.columns.length);
    }),
    { numRuns: 300 },
  );
});

const allTables = tablesNamed(...Object.keys(sheets));
const allCells = Object.values(sheets)
  .flat(2)
  .filter((text) => text !== "");
const piece = fc.oneof(
  fc.constantFrom(...allCells),
  fc.constantFrom(
    ..."多少钱,价格,how much is,哪个便宜,最便宜的,和,or,穿什么码,170高,65kg,周日,现在,开门吗,还有货吗,呢,the,库存,最大".split(
      ",",
    ),
  ),
  fc.string({ maxLength: 6, unit: "grapheme" }),
);
const question = fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join(" "));

test("whatever is asked, nothing throws and every value told is literally a cell of the place cited", () => {
  const places = allTables.flatMap(({ name, rows, columns }) =>
    rows.flatMap((_, row) => columns.map((_column, column) => ({ table: name, row, column }))),
  );
  const now = fc.date({ min: new Date("2026-01-01"), max: new Date("2027-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(question, now, fc.option(fc.constantFrom(...places)), (asked, at, previous) => {
      const answer = askTables(allTables, asked, { now: at, previous });
      if (answer.kind === "ask-back") expect(answer.choices.length).toBeLessThanOrEqual(4);
      if (answer.kind !== "answer") return;
      expect(answer.cells.length).toBeGreaterThan(0);
      for (const { table, row, column, text } of answer.cells) {
        const found = allTables.find(({ name }) => name === table);
        expect(found?.rows[row]?.cells[column]?.text).toBe(text);
        expect(found?.columns[column]?.topic).not.toBe("internal");
        expect(answer.sentence["zh-CN"]).toContain(text);
        expect(answer.sentence.en).toContain(text);
      }
    }),
    { numRuns: 400 },
  );
});

test("a word that no table knows always makes an answer into not here", () => {
  const answered = [
    "A3 激光打印机多少钱",
    "周日几点开门",
    "男装 M 码胸围多少",
    "美式大杯多少钱",
    "170高穿什么码",
    "A3 light pad price",
  ];
  const strange = fc.constantFrom(
    "鳄鱼",
    "备用",
    "二手",
    "学生",
    "不",
    "别",
    "zebra",
    "without",
    "refurbished",
    "7",
    "两百",
  );
  fc.assert(
    fc.property(fc.constantFrom(...answered), strange, fc.boolean(), (asked, word, isBefore) => {
      const answer = askTables(allTables, isBefore ? `${word} ${asked}` : `${asked} ${word}`, {
        now: new Date(0),
      });
      expect(answer.kind).toBe("not-here");
    }),
    { numRuns: 120 },
  );
});
