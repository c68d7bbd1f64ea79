// Downloads from a real site that breaks off, lies, and does not know ranges.
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../../platform/clock.ts";
import { createGuardedFetch, type GuardedFetch } from "../../../platform/net/index.ts";
import { type FileSite, fileSite } from "../testing/file-site.ts";
import type { Checksum } from "./checksum.ts";
import { type Download, download } from "./download.ts";

const body = randomBytes(400_000);
const sha256 = createHash("sha256").update(body).digest("hex");
const folder = mkdtempSync(join(tmpdir(), "yingda-download-"));
let site: FileSite;
let fetch: GuardedFetch;
let to: string;
let file = 0;
const fast = { pauseMs: () => 1, freeBytes: async () => 1e12 };
const open: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of open) await close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  site = await fileSite();
  fetch = createGuardedFetch({
    clock: systemClock,
    allow: [{ purpose: "model", host: "127.0.0.1", port: site.port }],
  });
  open.push(site.close, fetch.close);
  site.put("/model", body);
  file += 1;
  to = join(folder, `${file}`, "model.onnx");
});
const task = (change: Partial<Download> = {}): Download => ({
  url: `${site.url}/model`,
  to,
  sizeBytes: body.length,
  checksum: { kind: "sha256", hex: sha256 },
  signal: new AbortController().signal,
  ...change,
});

test("a file comes whole, with its progress, under its name", async () => {
  const seen: number[] = [];
  const sums = await download(fetch, task({ onProgress: (done) => seen.push(done) }), fast);
  expect(sums).toEqual({ sizeBytes: body.length, sha256, isRight: true });
  expect(readFileSync(to).equals(body)).toBe(true);
  expect(existsSync(`${to}.part`)).toBe(false);
  expect(seen.at(-1)).toBe(body.length);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

test.each<[string, Checksum]>([
  [
    "git",
    { kind: "git", hex: createHash("sha1").update(`blob ${body.length}\0`).update(body).digest("hex") },
  ],
  ["npm", { kind: "sha512", base64: createHash("sha512").update(body).digest("base64") }],
])("checksums as %s gives them are checked", async (_name, checksum) => {
  expect(await download(fetch, task({ checksum }), fast)).toMatchObject({ sha256 });
});

test("a line that breaks again and again is gone on with, not begun anew", async () => {
  site.breakAfter(50_000, 7);
  await download(fetch, task(), fast);
  expect(readFileSync(to).equals(body)).toBe(true);
  expect(site.asked[1]).toMatch(/^GET \/model bytes=\d+-$/);
  expect(site.asked.length).toBeGreaterThan(7);
});

test("a site that does not know ranges is asked from the start", async () => {
  site.knowsRanges = false;
  site.breakAfter(50_000, 1);
  await download(fetch, task(), fast);
  expect(readFileSync(to).equals(body)).toBe(true);
});

test("what an earlier process left is used", async () => {
  await download(fetch, task({ signal: AbortSignal.abort(new Error("stop")) }), fast).catch(() => undefined);
  writeFileSync(`${to}.part`, body.subarray(0, 123_456));
  await download(fetch, task(), fast);
  expect(site.asked.at(-1)).toBe("GET /model bytes=123456-");
  expect(readFileSync(to).equals(body)).toBe(true);
});

test("another content is refused and thrown away, so that the next try begins anew", async () => {
  await download(fetch, task({ signal: AbortSignal.abort() }), fast).catch(() => undefined);
  writeFileSync(`${to}.part`, randomBytes(1_000));
  await expect(download(fetch, task(), fast)).rejects.toMatchObject({ code: "download/checksum-wrong" });
  expect(existsSync(to)).toBe(false);
  expect(existsSync(`${to}.part`)).toBe(false);
  expect(await download(fetch, task(), fast)).toMatchObject({ isRight: true });
});

test.each([
  ["shorter", 399_000],
  ["longer", 401_000],
])("a file that is %s than announced is refused", async (_name, length) => {
  site.put("/model", randomBytes(length));
  await expect(download(fetch, task(), fast)).rejects.toMatchObject({
    code: expect.stringMatching(/^download\/(?:failed|checksum-wrong)$/),
  });
  expect(existsSync(to)).toBe(false);
});

test("cancelling stops it and keeps what has come", async () => {
  const abort = new AbortController();
  const onProgress = (done: number) => done > 200_000 && abort.abort(new Error("cancelled"));
  await expect(download(fetch, task({ signal: abort.signal, onProgress }), fast)).rejects.toThrow(
    "cancelled",
  );
  expect(statSync(`${to}.part`).size).toBeGreaterThan(0);
  expect(existsSync(to)).toBe(false);
});

test("a line that brings nothing is given up and taken up again", async () => {
  let isFirst = true;
  const silent: GuardedFetch = Object.assign(
    async (...call: Parameters<GuardedFetch>) => {
      const response = await fetch(...call);
      if (!isFirst) return response;
      isFirst = false;
      await response.discard();
      const { signal } = call[2] ?? {};
      const waiting = new Promise<never>((_, reject) =>
        signal?.addEventListener("abort", () => reject(signal.reason)),
      );
      return {
        ...response,
        body: (async function* () {
          yield body.subarray(0, 10);
          await waiting;
        })(),
      };
    },
    { expectOk: fetch.expectOk, close: fetch.close },
  );
  await download(silent, task(), { ...fast, stallMs: 50 });
  expect(readFileSync(to).equals(body)).toBe(true);
});

test("without room it is not begun", async () => {
  await expect(
    download(fetch, task(), { ...fast, freeBytes: async () => 1_000_000_000 }),
  ).rejects.toMatchObject({
    code: "download/disk-full",
  });
  expect(site.asked).toEqual([]);
});

test("a site that does not have it says so at once", async () => {
  await expect(download(fetch, task({ url: `${site.url}/other` }), fast)).rejects.toMatchObject({
    code: "download/failed",
  });
  expect(site.asked).toHaveLength(1);
});
