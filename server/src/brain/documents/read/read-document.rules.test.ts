// Reading through the child process, as the server does it.

import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { AppError } from "../../../platform/errors.ts";
import { readDocument } from "./read-document.ts";
import { makePdf } from "./testing/make-pdf.ts";

const signal = new AbortController().signal;
const read = (name: string, text: string | Uint8Array, type = "") =>
  readDocument({ name, type, bytes: typeof text === "string" ? Buffer.from(text) : text }, { signal });

test("a Markdown file comes back in sections with their headings", async () => {
  const result = await read(
    "退货.md",
    "# 退货\n\n七天内可退。\n\n## 运费\n\n| 地区 | 运费 |\n|---|---|\n| 新疆 | 15 元 |\n",
  );
  expect(result).toEqual({
    title: "退货",
    pages: 1,
    sections: [
      { page: null, heading: ["退货"], text: "七天内可退。" },
      { page: null, heading: ["退货", "运费"], text: "地区：新疆；运费：15 元" },
    ],
    problems: [],
  });
});

test("progress of a PDF is told page by page", async () => {
  const done: string[] = [];
  const bytes = makePdf({ pages: [["one"], ["two"], ["three"]] });
  const onProgress = (page: number, pages: number) => done.push(`${page}/${pages}`);
  expect((await readDocument({ name: "a.pdf", type: "", bytes }, { signal, onProgress })).pages).toBe(3);
  expect(done).toEqual(["1/3", "2/3", "3/3"]);
});

test("what cannot be read is an AppError; the next file is read all the same", async () => {
  const bytes = makePdf({ pages: [["x"]], isLocked: true });
  const refused = readDocument({ name: "a.pdf", type: "", bytes }, { signal });
  const next = read("b.txt", "text");
  await expect(refused).rejects.toBeInstanceOf(AppError);
  await expect(refused).rejects.toMatchObject({ code: "document/encrypted", status: 400 });
  expect((await next).sections).toHaveLength(1);
});

/** Four million empty elements, each of them open: a tree of them does not fit into a small heap. */
const heavy = Buffer.from("<div><b>".repeat(2_000_000));

test("a file that takes too long is given up", async () => {
  const late = readDocument({ name: "a.html", type: "", bytes: heavy }, { signal, longestMs: 50 });
  await expect(late).rejects.toMatchObject({ code: "document/too-slow" });
});

test("a file that needs too much memory ends its own process only", async () => {
  const fat = readDocument({ name: "a.html", type: "", bytes: heavy }, { signal, heapMb: 24 });
  await expect(fat).rejects.toMatchObject({ code: "document/too-heavy" });
});

test.skipIf(process.platform !== "linux")(
  "a PDF of one kilobyte that unpacks to much more ends its own process only",
  async () => {
    const bytes = pdfBomb(200 * 1_024 * 1_024);
    expect(bytes.length).toBeLessThan(2_000);
    const fat = readDocument({ name: "a.pdf", type: "", bytes }, { signal, residentMb: 250 });
    await expect(fat).rejects.toMatchObject({ code: "document/too-heavy" });
  },
);

/** One page whose content is so many blanks, packed twice. */
function pdfBomb(size: number): Buffer {
  const packed = deflateSync(deflateSync(Buffer.alloc(size, " ")));
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << >> >>",
    `<< /Length ${packed.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n${packed.toString("latin1")}\nendstream`,
  ];
  let text = "%PDF-1.7\n";
  let places = "0000000000 65535 f \n";
  for (const [at, object] of objects.entries()) {
    places += `${String(text.length).padStart(10, "0")} 00000 n \n`;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
  }
  const end = `xref\n0 5\n${places}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF`;
  return Buffer.from(text + end, "latin1");
}

test("reading stops when it is no longer wanted", async () => {
  const wanted = new AbortController();
  const reading = readDocument({ name: "a.html", type: "", bytes: heavy }, { signal: wanted.signal });
  wanted.abort(new Error("not wanted"));
  await expect(reading).rejects.toThrow("not wanted");
});
