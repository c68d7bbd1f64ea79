// Reading through the child process, as the server does it.

import { expect, test } from "vitest";
import { readDocument } from "./read-document.ts";

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
