// Every format in, sections out; and hostile files, each with the code that its reader is told.

import { deflateRawSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readBounds, tidy } from "./model.ts";
import { readNow } from "./read-now.ts";
import { docxParts, makeZip, xlsxParts } from "./testing/make-office.ts";
import { makePdf } from "./testing/make-pdf.ts";
import { unpackZip } from "./unpack-zip.ts";

const read = (name: string, bytes: string | Uint8Array, type = "") =>
  readNow({ name, type, bytes: typeof bytes === "string" ? Buffer.from(bytes) : bytes }, () => {});
const texts = async (name: string, bytes: string | Uint8Array) =>
  (await read(name, bytes)).sections.map(({ heading, text }) => [heading.join(" > "), text]);
const codes = async (name: string, bytes: string | Uint8Array) =>
  (await read(name, bytes)).problems.map(({ code }) => code);

/** pdf.js leaves rejected promises that nobody holds; the child process passes over them, and so does this one. */
const told = process.listeners("unhandledRejection");
beforeAll(() => {
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", passOverPdf);
});
afterAll(async () => {
  await new Promise((resolve) => setImmediate(resolve));
  process.removeAllListeners("unhandledRejection");
  for (const listener of told) process.on("unhandledRejection", listener);
});
function passOverPdf(reason: unknown, promise: Promise<unknown>): void {
  if (reason instanceof Error && /pdfjs/u.test(reason.stack ?? "")) return;
  for (const listener of told) listener(reason, promise);
}

describe("PDF", () => {
  test("pages, headings by size, lines joined, running heads dropped", async () => {
    const pages = [1, 2, 3, 4].map((page) => [
      "Model A3 owner's manual",
      { text: `Chapter ${page}`, size: 22 },
      `Part ${page} of the text runs on to the very edge of the page, so that it ends in`,
      `the next line of ${"one two three four".split(" ")[page - 1]}.`,
      `Page ${page}`,
    ]);
    const done: number[] = [];
    const { sections, ...result } = await readNow(
      { name: "a3.pdf", type: "", bytes: makePdf({ pages, title: "手册 A3" }) },
      (page) => done.push(page),
    );
    expect(result).toEqual({ title: "手册 A3", pages: 4, problems: [] });
    expect(sections[1]).toEqual({
      page: 2,
      heading: ["Chapter 2"],
      text: "Part 2 of the text runs on to the very edge of the page, so that it ends in the next line of two.",
    });
    expect(sections).toHaveLength(4);
    expect(done).toEqual([1, 2, 3, 4]);
  });

  test.each(["UniGB-UCS2-H", "GBK-EUC-H"] as const)(
    "Chinese in a font that is only named (%s)",
    async (encoding) => {
      const bytes = makePdf({ encoding, pages: [[{ text: "安装", size: 20 }, "离墙10厘米，放平。"], []] });
      const { sections, problems } = await read("说明书.pdf", bytes);
      expect(sections).toEqual([{ page: 1, heading: ["安装"], text: "离墙10厘米，放平。" }]);
      expect(problems).toEqual([{ code: "page-without-text", page: 2, values: { page: 2 } }]);
    },
  );
});

describe("Word", () => {
  test("headings, paragraphs and tables", async () => {
    const parts = docxParts([
      { text: "保修", style: "H1" },
      { text: "整机保修两年。" },
      { text: "费用", style: "H2" },
      [
        ["项目", "价格", "时间"],
        ["换屏", "200 元", "1 天"],
      ],
    ]);
    expect(await texts("保修.docx", makeZip(parts))).toEqual([
      ["保修", "整机保修两年。"],
      ["保修 > 费用", "项目：换屏；价格：200 元；时间：1 天"],
    ]);
  });
});

describe("sheets", () => {
  const rows = [
    ["价格表 2026"],
    ["型号", "颜色", "价格"],
    ["A3", "白", 99.9],
    ["", "黑", 0.1 + 0.2],
    ["B1", "=1+1", "@x"],
  ];

  test("Excel: header in each row, merged cells filled, hidden sheets left out, formulas kept as text", async () => {
    const parts = xlsxParts([
      { name: "价格", rows, merged: ["A3:A4", "A1:C1"] },
      { name: "成本", rows, isHidden: true },
    ]);
    const { sections, problems, pages } = await read("表.xlsx", makeZip(parts));
    expect(pages).toBe(2);
    expect(sections.map(({ text }) => text).join("\n")).toBe(
      "价格表 2026\n型号：A3；颜色：白；价格：99.9\n型号：A3；颜色：黑；价格：0.3\n型号：B1；颜色：=1+1；价格：@x",
    );
    expect(sections.every(({ page, heading }) => page === 1 && heading.join() === "表,价格")).toBe(true);
    expect(problems.map(({ code }) => code).sort()).toEqual([
      "formula-as-text",
      "merged-filled",
      "sheet-hidden",
    ]);
  });

  test.each([
    ["UTF-8 with its mark", (text: string) => Buffer.from(`\uFEFF${text}`)],
    ["GBK", (text: string) => iconv.encode(text, "gbk")],
    [
      "UTF-16 with its mark",
      (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(text, "utf16le")]),
    ],
    ["UTF-16 without", (text: string) => iconv.encode(text, "utf16be")],
  ])("CSV in %s", async (_, encoded) => {
    const text = "name,colour,price 价格\r\nA3,white,99\r\nB1,black 黑,129\r\n";
    expect(await texts("p.csv", encoded(text))).toEqual([
      ["p", "name：A3；colour：white；price 价格：99\nname：B1；colour：black 黑；price 价格：129"],
    ]);
  });
});

describe("web pages", () => {
  const page = `<!doctype html><html lang="zh"><head><meta charset="gbk"><title>运费 - 小岛</title><script>var x = "no"</script></head>
    <body><nav><a href="/">首页</a><a href="/a">全部</a></nav><header><h1>小岛服饰</h1></header>
    <main><h1>运费说明</h1><p>满 99 元<b>包邮</b>。</p><h2>偏远地区</h2><ul><li>新疆 15 元</li><li>西藏 20 元</li></ul>
    <details><summary>几天到？</summary><p>三天。</p></details><p>以上为准。</p>
    <table><tr><th>地区</th><th>运费</th><th>天</th></tr><tr><td rowspan="2">北方</td><td>8</td><td>2</td></tr><tr><td>9</td><td>3</td></tr></table></main>
    <footer>版权所有</footer></body></html>`;

  test("the content without its furniture, in the encoding that it names", async () => {
    const { title, sections } = await read("a.html", iconv.encode(page, "gbk"));
    expect(title).toBe("运费说明");
    expect(sections.map(({ heading, text }) => [heading.join(" > "), text])).toEqual([
      ["运费说明", "满 99 元包邮。"],
      ["运费说明 > 偏远地区", "- 新疆 15 元\n- 西藏 20 元"],
      ["运费说明 > 偏远地区 > 几天到？", "三天。"],
      ["运费说明 > 偏远地区", "以上为准。\n\n地区：北方；运费：8；天：2\n地区：北方；运费：9；天：3"],
    ]);
  });

  test("a character cut in two spoils itself only", async () => {
    const utf8 = Buffer.from(page.replace("gbk", "utf-8").replace("版权所有", "版权"));
    const cut = Buffer.concat([utf8.subarray(0, utf8.indexOf("满") + 2), utf8.subarray(utf8.indexOf(" 99"))]);
    const { title, problems } = await read("a.html", cut);
    expect(title).toBe("运费说明");
    expect(problems).toMatchObject([
      { code: "characters-replaced", values: { count: 1, encoding: "utf-8" } },
    ]);
  });

  test("without <main>, a page laid out with tables keeps its headings and lines", async () => {
    const old =
      "<table><tr><td><a href=a>one</a></td><td><h2>Returns</h2><p>Send it back within 30 days.</p><h2>Fees</h2><p>None.</p></td></tr></table>";
    expect(await texts("old.html", old)).toEqual(
      expect.arrayContaining([
        ["Returns", "Send it back within 30 days."],
        ["Fees", "None."],
      ]),
    );
  });
});

describe("text", () => {
  test("Markdown: both kinds of headings, code as it stands, marks dropped", async () => {
    const markdown =
      "---\ntitle: Help\n---\nIntro **bold** [link](http://x.y)\n\nReturns\n=======\n\n> Within `30` days\n\n```\n# not a heading\n```\n\n## Empty\n\n## Fees ##\n\n1. one\n2. two\n";
    expect(await texts("help.md", markdown)).toEqual([
      ["", "Intro bold link"],
      ["Returns", "Within 30 days\n\n# not a heading"],
      ["Returns", "Empty"],
      ["Returns > Fees", "1. one\n2. two"],
    ]);
  });

  test("plain text: numbered chapters are headings; NULs are dropped and told", async () => {
    const text = "第一章 安装\n\n放平\0。\n\n1.1 电源\n\n接 220V。\n\n1. 先关机\n2. 再拔线\n";
    expect(await texts("a.txt", text)).toEqual([
      ["第一章 安装", "放平。"],
      ["第一章 安装 > 1.1 电源", "接 220V。\n\n1. 先关机\n2. 再拔线"],
    ]);
    expect(await codes("a.txt", text)).toEqual(["nul-removed"]);
  });
});

describe("past chats", () => {
  const pairs = [
    ["客户问 · Asked > 可以退货吗 我买的大了", "七天内可以退，吊牌别剪。"],
    ["客户问 · Asked > 运费谁出", "质量问题我们出，订单 *** 我看了。"],
  ];

  test.each([
    [
      "小明 2026-05-01 10:02:11\n在吗\n小岛客服 2026-05-01 10:02:30\n您好\n小明 2026-05-01 10:02:40\n可以退货吗\n我买的大了\n小岛客服 2026-05-01 10:03:00\n七天内可以退，吊牌别剪。\n小明 2026-05-01 10:04:00\n运费谁出\n小岛客服 2026-05-01 10:05:00\n质量问题我们出，订单 20260501123456 我看了。\n",
    ],
    [
      "[10:02] 小明: 可以退货吗\n[10:02] 小明: 我买的大了\n[10:03] 店主: 七天内可以退，吊牌别剪。\n[10:04] 小明: 运费谁出\n[10:05] 店主: 质量问题我们出，订单 20260501123456 我看了。\n",
    ],
  ])("text lines become pairs; numbers of one customer are masked", async (text) => {
    expect(await texts("聊天.txt", text)).toEqual(pairs);
    expect((await codes("聊天.txt", text)).filter((code) => code !== "shop-guessed")).toEqual([
      "personal-masked",
    ]);
  });

  test("CSV and JSON lines", async () => {
    const said = [
      ["customer", "可以退货吗"],
      ["customer", "我买的大了"],
      ["agent", "七天内可以退，吊牌别剪。"],
    ];
    const csv = `conversation_id,role,content\n${said.map((row) => `7,${row.join(",")}`).join("\n")}\n`;
    const jsonl = said.map(([role, content]) => JSON.stringify({ role, content })).join("\n");
    const whole = JSON.stringify({ messages: said.map(([role, text]) => ({ sender: role, text, role })) });
    for (const [name, text] of [
      ["a.csv", csv],
      ["a.jsonl", jsonl],
      ["b.jsonl", whole],
    ] as const)
      expect(await texts(name, text)).toEqual([pairs[0]]);
  });

  test("what names a customer goes, in their lines and the shop's; what many answers share is the shop's own", async () => {
    const rows = [
      ["1", "customer", "韩梅梅", "我电话13912345678，住深圳市南山区科技园南路8号，能上门吗"],
      [
        "1",
        "agent",
        "小岛客服",
        "韩梅梅您好，已登记139 1234 5678，科技园南路8号可以上门，急事打0755-26001234。",
      ],
      ["2", "customer", "Jane Doe", "Do you ship to me, jane@doe.com?"],
      ["2", "agent", "小岛客服", "Yes Jane Doe, urgent: 0755-26001234."],
      ["3", "customer", "访客 12", "几点开门"],
      ["3", "agent", "小岛客服", "九点，急事打0755-26001234。"],
    ];
    const csv = [
      "conversation_id,role,name,content",
      ...rows.map((row) => row.map((cell) => `"${cell}"`).join(",")),
    ].join("\n");
    const { sections, problems } = await read("a.csv", csv);
    expect(sections.map(({ heading, text }) => [heading[1], text])).toEqual([
      ["我电话***，住深圳市***，能上门吗", "已登记***，***可以上门，急事打0755-26001234。"],
      ["Do you ship to me, ***?", "Yes ***, urgent: 0755-26001234."],
      ["几点开门", "九点，急事打0755-26001234。"],
    ]);
    expect(problems).toEqual([
      { code: "personal-masked", values: { phone: 2, address: 2, name: 2, email: 1 } },
    ]);
  });

  test("who was taken for the shop is told where the file does not say it", async () => {
    const text =
      "[10:02] 小明: 可以退货吗\n[10:03] 老王: 七天内可以退。\n[10:04] 小明: 运费谁出呢\n[10:05] 老王: 我们出。\n";
    const { sections, problems } = await read("聊天.txt", text);
    expect(sections.map((section) => section.text)).toEqual(["七天内可以退。", "我们出。"]);
    expect(problems).toEqual([{ code: "shop-guessed", values: { name: "老王" } }]);
    const plain = text.replaceAll("吗", "").replaceAll("呢", "");
    expect((await read("聊天.txt", plain)).sections.map((section) => section.text)).toEqual([
      "七天内可以退。",
      "我们出。",
    ]);
    // nobody stands out: nothing is kept, rather than one customer's words told to another
    const both = `${text}\n=====\n${text.replaceAll("老王", "x").replaceAll("小明", "老王").replaceAll("x", "小明")}`;
    await expect(read("聊天.txt", both)).rejects.toThrow("document/chat-unclear");
  });

  test("a text with some colons is no chat", async () => {
    expect(
      await texts("a.txt", "营业时间: 9:00 到 18:00\n地址: 人民路 1 号\n电话: 12345\n停车: 免费\n"),
    ).toEqual([["", "营业时间: 9:00 到 18:00\n地址: 人民路 1 号\n电话: 12345\n停车: 免费"]]);
  });
});

const compound = (...entries: string[]) =>
  Buffer.concat([
    Buffer.from("d0cf11e0a1b11ae1", "hex"),
    Buffer.alloc(600),
    ...entries.map((entry) => Buffer.from(entry, "utf16le")),
  ]);
const bomb = (unpacked: number) => ({
  ...docxParts([{ text: "x" }]),
  "word/media/zeros.xml": Buffer.alloc(unpacked),
});

test.each<[string, string, Uint8Array | string, string]>([
  ["nothing", "a.txt", "", "document/empty"],
  ["only blanks", "a.md", "\uFEFF \n\t\n", "document/empty"],
  ["50 MB", "a.txt", Buffer.alloc(50 * 1_024 * 1_024, "a"), "document/too-large"],
  ["a locked PDF", "a.pdf", makePdf({ pages: [["x"]], isLocked: true }), "document/encrypted"],
  ["a PDF cut off", "a.pdf", makePdf({ pages: [["x"]] }).subarray(0, 200), "document/broken"],
  [
    "a PDF of noise",
    "a.pdf",
    Buffer.concat([Buffer.from("%PDF-1.7\n"), deflateRawSync(Buffer.alloc(5_000, "xyz"))]),
    "document/broken",
  ],
  ["a PDF of pictures", "a.pdf", makePdf({ pages: [[], []] }), "document/no-text"],
  ["a picture called PDF", "a.pdf", Buffer.from("\x89PNG\r\n\x1a\n0000", "latin1"), "document/type-refused"],
  ["a program", "a.txt", Buffer.from(`MZ\x90${"\0".repeat(500)}`, "latin1"), "document/type-refused"],
  ["gzip", "a.txt", gzipSync("text"), "document/type-refused"],
  [
    "noise",
    "a.txt",
    Buffer.from(Array.from({ length: 999 }, (_, at) => (at * 7) % 31)),
    "document/type-refused",
  ],
  ["an unknown kind", "a.exe", "just text", "document/type-refused"],
  ["slides", "a.pptx", makeZip({ "ppt/presentation.xml": "<p/>" }), "document/type-refused"],
  ["old Word", "a.doc", compound("WordDocument"), "document/old-format"],
  ["old Excel called xlsx", "a.xlsx", compound("Workbook"), "document/old-format"],
  ["Word with a password", "a.docx", compound("EncryptedPackage"), "document/encrypted"],
  [
    "a zip with a password",
    "a.docx",
    makeZip(docxParts([{ text: "x" }]), { isLocked: true }),
    "document/encrypted",
  ],
  ["a Word file cut off", "a.docx", makeZip(docxParts([{ text: "x" }])).subarray(0, 700), "document/broken"],
  ["a Word file without a document", "a.docx", makeZip({ "word/document.bin": "x" }), "document/broken"],
  ["an Excel file that is none", "a.xlsx", makeZip({ "xl/workbook.xml": "<no>" }), "document/broken"],
  ["a zip bomb by its size", "a.docx", makeZip(bomb(130 * 1_024 * 1_024)), "document/unpacks-too-large"],
  [
    "a zip bomb by its share",
    "a.xlsx",
    makeZip({ "xl/workbook.xml": "x", "a.xml": Buffer.alloc(9 * 1_024 * 1_024) }),
    "document/unpacks-too-large",
  ],
  [
    "a zip bomb that lies about its size",
    "a.docx",
    makeZip(bomb(20 * 1_024 * 1_024), { claim: 1_000 }),
    "document/unpacks-too-large",
  ],
  ["a sheet without a cell", "a.xlsx", makeZip(xlsxParts([{ name: "a", rows: [] }])), "document/no-text"],
  ["JSON lines that are none", "a.jsonl", "{}\n[]\nno\n", "document/broken"],
  ["a page of scripts", "a.html", "<html><script>x</script></html>", "document/no-text"],
])("%s is refused: %s", async (_, name, bytes, code) => {
  await expect(read(name, bytes)).rejects.toMatchObject({ code });
});

test("an entry that is not packed is as large as it says: thousands may stand on the same bytes", () => {
  const zip = makeZip({ "word/document.xml": "x".repeat(1_000) });
  const at = zip.indexOf("PK\x01\x02");
  zip.writeUInt16LE(0, at + 10);
  zip.writeUInt32LE(0, at + 24);
  expect(() => unpackZip(zip, "docx", () => true)).toThrow("document/broken");
});

// each of these took minutes to hours while every blank was looked at from every other one
test("a long run of blanks is read in one pass", async () => {
  const blanks = " ".repeat(200_000);
  expect(tidy(`a${blanks}b`)).toBe(`a${blanks}b`);
  expect(tidy(`a${blanks}\nb`)).toBe("a\nb");
  expect(await texts("a.html", `<p>a${"&nbsp;".repeat(60_000)}<br> b</p>`)).toEqual([["", "a\n\nb"]]);
});

describe("whatever comes", () => {
  const words = fc.constantFrom(
    "#",
    "##",
    "|",
    "-",
    "\n",
    "\n\n",
    "```",
    "<",
    "<p>",
    "</p>",
    "<table>",
    "<td>",
    "<tr>",
    "<li>",
    "<h2>",
    "</",
    ">",
    "&lt;",
    "退货",
    "a",
    " ",
    "\0",
    "=",
    "10:00 a: b",
    ",",
    '"',
    "第一章",
  );
  const text = fc.array(words, { maxLength: 60 }).map((parts) => parts.join(""));

  test.each(["a.md", "a.html", "a.txt", "a.csv", "a.jsonl"])(
    "%s: read within the bounds, or refused with a code",
    async (name) => {
      await fc.assert(
        fc.asyncProperty(text, async (content) => {
          const result = await read(name, content).catch((error: unknown) => error);
          if (result instanceof Error) {
            expect(result).toMatchObject({ code: expect.stringMatching(/^document\//) });
            return;
          }
          const { sections } = result as Awaited<ReturnType<typeof read>>;
          expect(sections.length).toBeGreaterThan(0);
          for (const section of sections) {
            expect(section.text.trim()).not.toBe("");
            expect(section.text).not.toMatch(/\0/u);
            expect(section.text.length).toBeLessThanOrEqual(readBounds.sectionCharacters);
          }
        }),
        { numRuns: 150 },
      );
    },
  );

  test("a damaged page is left out and named, whatever pdf.js leaves behind", async () => {
    const bytes = Buffer.from(makePdf({ pages: [["one", "two"], ["three"]] }));
    for (const at of [271, 748, 781, 984]) bytes[at] = 0;
    bytes[677] = 64;
    expect(await codes("a.pdf", bytes)).toEqual(["page-broken"]);
    await new Promise((resolve) => setImmediate(resolve));
  });

  test("office and PDF files with bytes changed are read or refused with a code", async () => {
    const files = {
      "a.docx": makeZip(docxParts([{ text: "保修", style: "H1" }, { text: "两年" }])),
      "a.xlsx": makeZip(
        xlsxParts([
          {
            name: "s",
            rows: [
              ["a", "b"],
              ["c", 1],
            ],
          },
        ]),
      ),
      "a.pdf": makePdf({ pages: [["one", "two"], ["three"]] }),
    };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...(Object.keys(files) as (keyof typeof files)[])),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        async (name, changes) => {
          const bytes = Buffer.from(files[name]);
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          const result = await read(name, bytes).catch((error: unknown) => error);
          expect(result).toEqual(
            result instanceof Error
              ? expect.objectContaining({ code: expect.stringMatching(/^document\//) })
              : expect.objectContaining({ pages: expect.any(Number) }),
          );
        },
      ),
      { numRuns: 120 },
    );
  });
});
