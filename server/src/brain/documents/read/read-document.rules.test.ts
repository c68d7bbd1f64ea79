// Reading through the child process, as the server does it.

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

test("reading stops when it is no longer wanted", async () => {
  const wanted = new AbortController();
  const reading = readDocument({ name: "a.html", type: "", bytes: heavy }, { signal: wanted.signal });
  wanted.abort(new Error("not wanted"));
  await expect(reading).rejects.toThrow("not wanted");
});
