// The budget that the shop's visitors pay: loader, frame script with what it imports at once, CSS and one language, gzipped.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const dist = join(import.meta.dirname, "../dist");
const maxBytes = 20_000;

interface Chunk {
  file: string;
  imports?: string[];
  css?: string[];
}

function bytesOf(file: string): number {
  return gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
}

test.each(["src/i18n/zh-CN.ts", "src/i18n/en.ts"])("the first view with %s stays under 20 kB", (language) => {
  const manifest = JSON.parse(readFileSync(join(dist, "manifest.json"), "utf8")) as Record<string, Chunk>;
  const chunk = (name: string): Chunk => manifest[name] ?? { file: `missing: ${name}` };
  const entry = chunk("src/frame.tsx");
  const style =
    entry.css?.[0] ??
    Object.values(manifest).find(({ file }) => file.endsWith(".css"))?.file ??
    "missing: css";
  const files = [
    "widget.js",
    entry.file,
    ...(entry.imports ?? []).map((name) => chunk(name).file),
    style,
    chunk(language).file,
  ];
  expect(files.length).toBeGreaterThanOrEqual(4);
  expect(files.reduce((sum, file) => sum + bytesOf(file), 0)).toBeLessThanOrEqual(maxBytes);
});

test("the help page stays under 20 kB", () => {
  const manifest = JSON.parse(readFileSync(join(dist, "help-manifest.json"), "utf8")) as Record<
    string,
    Chunk
  >;
  const files = Object.values(manifest).map(({ file }) => file);
  expect(files.length).toBeGreaterThanOrEqual(2);
  expect(files.reduce((sum, file) => sum + bytesOf(file), 0)).toBeLessThanOrEqual(maxBytes);
});
