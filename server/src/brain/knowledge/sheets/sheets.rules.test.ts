// Spreadsheets in and out: every encoding people send, what is wrong told by row, formulas disarmed, and what is
// exported comes back the same.

import { faqVariant, noExtras } from "@yingda/contract";
import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { makeZip, xlsxParts } from "../../documents/read/testing/make-office.ts";
import { columnOf } from "./columns.ts";
import { parseFaqs } from "./parse-faqs.ts";
import { maxSheetBytes, readSheet } from "./read-sheet.ts";
import { type SheetFaq, writeCsv, writeXlsxSheet } from "./write-sheet.ts";

const table =
  '问题,答案,相似问法,标签\r\n包邮吗？,满99包邮,运费多少|邮费怎么算,"运费、物流"\r\n几天到,3天,,\r\n';
const read = async (bytes: Buffer) => parseFaqs(await readSheet(bytes));

describe("reading", () => {
  test.each([
    ["UTF-8", Buffer.from(table)],
    ["UTF-8 with its mark", Buffer.from(`\uFEFF${table}`)],
    ["GBK", iconv.encode(table, "gbk")],
    ["UTF-16 with its mark", Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(table, "utf16le")])],
    ["semicolons", Buffer.from(table.replaceAll(",", ";"))],
    ["tabs", Buffer.from(table.replaceAll(",", "\t"))],
  ])("csv in %s", async (_, bytes) => {
    const { rows, errors } = await read(bytes);
    expect(errors).toEqual([]);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      row: 2,
      draft: {
        question: "包邮吗？",
        answer: "满99包邮",
        phrasings: ["运费多少", "邮费怎么算"],
        tags: ["运费", "物流"],
        isOn: true,
      },
    });
  });

  test.each([
    ["标准问", "question"],
    ["问题 question", "question"],
    ["Answer", "answer"],
    ["相似问法", "phrasings"],
    ["英文答案", "answerEn"],
    ["启用", "isOn"],
    ["价格", null],
  ])("column %s", (title, key) => {
    expect(columnOf(title)).toBe(key);
  });

  test("what is wrong is told by row and column; the other rows are kept", async () => {
    const long = "长".repeat(501);
    const csv = `小岛服饰常见问题,,\n问题,答案,分类\n包邮吗,满99包邮,运费\n,没有问题,\n没有答案,,\n${long},太长,\n包邮吗,又来一遍,\n\n几天到,3天,物流\n`;
    const { rows, errors } = await read(Buffer.from(csv));
    expect(rows.map(({ row, draft }) => [row, draft.question])).toEqual([
      [3, "包邮吗"],
      [9, "几天到"],
    ]);
    expect(errors.map(({ row, code }) => [row, code])).toEqual([
      [4, "missing"],
      [5, "missing"],
      [6, "too_big"],
      [7, "repeated"],
    ]);
    expect(errors[0]?.column).toBe("问题 question");
  });

  test("extras are read as people write them, and what cannot be one is told", async () => {
    const csv = `问题,答案,过期日,相关问题,负责人,更多内容\n包邮吗,满99包邮,2027年1月5日,"shop.a、shop.b",小林,\n几天到,3天,明年,,,{坏的\n`;
    const { rows, errors } = await read(Buffer.from(csv));
    expect(rows).toMatchObject([
      {
        owner: "小林",
        draft: { extras: { expiresOn: "2027-01-05", related: ["shop.a", "shop.b"], contents: [] } },
      },
    ]);
    expect(errors.map(({ row, column, value }) => [row, column, value])).toEqual([
      [3, "更多内容 contents (JSON)", "{坏的"],
      [3, "过期日 expires_on", "明年"],
    ]);
  });

  test("a sheet without the two columns says so", async () => {
    expect((await read(Buffer.from("a,b\n1,2\n"))).errors).toEqual([
      { row: 1, column: null, code: "header-missing", value: "" },
    ]);
    expect((await read(Buffer.from(""))).errors[0]?.code).toBe("header-missing");
  });

  test.each([
    ["too many bytes", Buffer.alloc(maxSheetBytes + 1, "a"), "import/too-large"],
    ["too many rows", Buffer.from(`问题,答案\n${"a,b\n".repeat(5_002)}`), "import/too-large"],
    ["not a sheet at all", Buffer.from([0, 1, 2, 3, 0, 0, 7]), "import/unreadable"],
    ["a broken xlsx", Buffer.from("PK\u0003\u0004 and then nothing"), "import/unreadable"],
  ])("%s is refused", async (_, bytes, code) => {
    await expect(readSheet(bytes)).rejects.toMatchObject({ code });
  });

  test("an xlsx that claims to unpack to gigabytes is refused unread", async () => {
    const xlsx = await writeXlsxSheet([]);
    const at = xlsx.indexOf("PK\u0001\u0002", 0, "latin1");
    xlsx.writeUInt32LE(0xf000_0000, at + 24);
    await expect(readSheet(xlsx)).rejects.toMatchObject({ code: "import/too-large" });
  });
});

describe("workbooks", () => {
  const styled = (cells: string): Buffer => {
    const parts = xlsxParts([{ name: "S", rows: [["门店", "开门"]] }]);
    const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const relations = "xl/_rels/workbook.xml.rels";
    const sheet = "xl/worksheets/sheet1.xml";
    const styles =
      '<Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>';
    return makeZip({
      ...parts,
      [relations]: parts[relations]?.replace("</Relationships>", `${styles}</Relationships>`) ?? "",
      "xl/styles.xml": `<styleSheet xmlns="${main}"><numFmts><numFmt numFmtId="170" formatCode="0.0%"/><numFmt numFmtId="171" formatCode="0&quot;%&quot;"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="20"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="9"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>`,
      [sheet]: parts[sheet]?.replace("</sheetData>", `<row r="2">${cells}</row></sheetData>`) ?? "",
    });
  };

  test("times of day, days, shares and numbers are what the cell shows", async () => {
    const values: [number, number, string][] = [
      [1, 0.375, "09:00"],
      [1, 0, "00:00"],
      [1, 1, "24:00"],
      [2, 45_000, "2023-03-15"],
      [3, 45_000.5, "2023-03-15 12:00"],
      [0, 59.699999999999996, "59.7"],
      [0, 6_901_234_567_892, "6901234567892"],
      [0, -3, "-3"],
      [4, 0.15, "15%"],
      [5, 0.285, "28.5%"],
      [6, 7, "7"],
    ];
    const cells = values.map(([s, v], at) => `<c r="${"ABCDEFGHIJK"[at]}2" s="${s}"><v>${v}</v></c>`);
    const sheet = await readSheet(styled(cells.join("")));
    expect(sheet[1]?.cells).toEqual(values.map(([, , text]) => text));
  });

  test("a cell in the last row and another in the last column are refused, and harm nobody", async () => {
    const parts = xlsxParts([{ name: "S", rows: [["问题", "答案"]] }]);
    const sheet = "xl/worksheets/sheet1.xml";
    const wide = parts[sheet]?.replace('r="B1"', 'r="XFD1"') ?? "";
    const far = '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>';
    const bytes = makeZip({ ...parts, [sheet]: wide.replace("</sheetData>", far) });
    expect(bytes.length).toBeLessThan(3_000);
    await expect(readSheet(bytes)).rejects.toMatchObject({ code: "import/too-large" });
    // the next one is read as ever
    expect(await readSheet(makeZip(parts))).toEqual([{ row: 1, cells: ["问题", "答案"] }]);
  });
});

describe("writing", () => {
  const cell = fc
    .string({ unit: fc.constantFrom(..."包邮吗 运费\"',;=+-@a1？"), minLength: 1, maxLength: 12 })
    .map((text) => text.trim())
    .filter((text) => text !== "" && !text.startsWith("'"));
  const entries = fc.uniqueArray(
    cell.filter((text) => !text.includes("|")),
    { maxLength: 3 },
  );
  const variant = faqVariant.parse({
    contactTags: ["VIP"],
    answer: "老客户\n当天发",
    window: { weekdays: [6, 7] },
  });
  const faq: fc.Arbitrary<SheetFaq> = fc.record({
    slug: fc.stringMatching(/^[a-z]{1,6}\.[a-z0-9]{1,8}$/),
    question: cell,
    answer: cell,
    questionEn: fc.oneof(fc.constant(""), cell),
    answerEn: fc.oneof(fc.constant(""), cell),
    category: fc.oneof(fc.constant(""), cell),
    tags: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { maxLength: 3 }),
    phrasings: entries,
    negatives: entries,
    unborrowed: entries,
    isOn: fc.boolean(),
    owner: fc.constantFrom("", "小林"),
    extras: fc.record({
      contents: fc.constantFrom(
        [],
        [
          { kind: "link" as const, title: "尺码表, “L”", url: "https://shop.example/size" },
          { kind: "choices" as const, text: "还要问吗", labels: ["运费", "退货"] },
        ],
      ),
      variants: fc.constantFrom([], [variant]),
      spoken: fc.oneof(fc.constant(""), cell),
      spokenEn: fc.oneof(fc.constant(""), cell),
      related: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}\.[a-z0-9]{1,8}$/), { maxLength: 3 }),
      offersRelated: fc.boolean(),
      ownerId: fc.constant(null),
      expiresOn: fc.constantFrom(null, "2027-01-31"),
    }),
  });
  const sheets = fc.uniqueArray(faq, { maxLength: 5, selector: ({ slug }) => slug });

  test.each([
    ["csv", async (faqs: SheetFaq[]) => writeCsv(faqs), 40],
    ["xlsx", writeXlsxSheet, 12], // each in a thread of its own
  ] as const)("what is written as %s is read back the same", async (_, write, numRuns) => {
    await fc.assert(
      fc.asyncProperty(sheets, async (faqs) => {
        const { rows, errors } = await read(await write(faqs));
        expect(errors).toEqual([]);
        expect(rows.map(({ owner }) => owner)).toEqual(faqs.map(({ owner }) => owner));
        const drafts = faqs.map(({ owner: _, extras: { ownerId: __, ...extras }, ...rest }) => ({
          ...rest,
          extras,
        }));
        expect(rows.map(({ draft }) => draft)).toEqual(drafts);
      }),
      { numRuns },
    );
  });

  test("a csv cell that begins like a formula cannot run", () => {
    const hostile = {
      slug: "a.b",
      question: "=cmd|'/c calc'!A1",
      answer: "+1",
      questionEn: "@sum",
      answerEn: "-2",
      category: "",
      tags: [],
      phrasings: [],
      negatives: [],
      unborrowed: [],
      isOn: true,
      owner: "=1",
      extras: { ...noExtras, spoken: "=2" },
    };
    const cells = writeCsv([hostile]).toString("utf8").split("\r\n")[1]?.split(",") ?? [];
    for (const text of cells) expect(text.replaceAll('"', "")).not.toMatch(/^[=+\-@]/);
  });
});
