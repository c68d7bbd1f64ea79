// A model folder from nothing: the engine fetched from a registry, its files taken out, and a tiny model made here run by it
// in its worker. The registry is a site on this machine that serves the real packages.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../platform/clock.ts";
import { createGuardedFetch } from "../../platform/net/index.ts";
import type { Embedder } from "./embedder.ts";
import {
  engineFolder,
  enginePackages,
  fetchEngine,
  isEngineInstalled,
  tarballAddress,
} from "./models/engine.ts";
import { dimensionsOf, folderOf, installedModels, recipeFile } from "./models/model-folder.ts";
import { openEmbedder } from "./open-embedder.ts";
import { enginePackageFiles } from "./testing/engine-packages.ts";
import { type FileSite, fileSite } from "./testing/file-site.ts";
import { writeTinyModel } from "./testing/tiny-model.ts";
import { wordPieceTokenizer } from "./word-pieces.ts";

const packages = await enginePackageFiles();
const home = { dataFolder: mkdtempSync(join(tmpdir(), "yingda-models-")) };
const calm = () => ({ signal: new AbortController().signal, isUrgent: false });
const cosine = (a?: Float32Array, b?: Float32Array) =>
  a?.reduce((sum, value, at) => sum + value * (b?.[at] ?? 0), 0) ?? 0;
let site: FileSite;
let fetch: ReturnType<typeof createGuardedFetch>;
const open: Embedder[] = [];
const openFolder = async (folder: string) => {
  const embedder = await openEmbedder({ config: home, fetch }, { kind: "folder", folder });
  open.push(embedder);
  return embedder;
};

beforeAll(async () => {
  site = await fileSite();
  fetch = createGuardedFetch({
    clock: systemClock,
    allow: [{ purpose: "model", host: "127.0.0.1", port: site.port }],
  });
  writeTinyModel(folderOf(home, "tiny"));
});
afterAll(async () => {
  for (const embedder of open) await embedder.close();
  await site.close();
  await fetch.close();
  rmSync(home.dataFolder, { recursive: true, force: true });
});

test("only folders with a whole model count as installed", async () => {
  mkdirSync(folderOf(home, "half"), { recursive: true });
  writeFileSync(join(folderOf(home, "half"), "model.onnx"), "");
  mkdirSync(join(folderOf(home, "tiny"), "..", "Bad Name"));
  expect(await installedModels(home)).toEqual(["tiny"]);
  expect(await dimensionsOf(folderOf(home, "tiny"))).toBe(16);
  expect(() => folderOf(home, "../../etc")).toThrow();
});

test("a folder whose engine is missing says so; a folder that is missing, too", async () => {
  await expect(openFolder("tiny")).rejects.toMatchObject({ code: "embedding/engine-missing" });
  await expect(openFolder("other")).rejects.toMatchObject({ code: "embedding/model-missing" });
});

describe.skipIf(packages === null)("with the engine", () => {
  beforeAll(async () => {
    for (const part of enginePackages) {
      const file = packages?.find(({ name }) => name === part.name)?.file ?? "";
      site.put(new URL(tarballAddress(site.url, part)).pathname, readFileSync(file));
    }
    const seen: number[] = [];
    await fetchEngine(fetch, home, ["http://127.0.0.1:9", site.url], {
      signal: new AbortController().signal,
      onProgress: (done) => seen.push(done),
      options: { pauseMs: () => 1, freeBytes: async () => 1e12 },
    });
    expect(seen.at(-1)).toBe(enginePackages.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  });

  test("its few files lie in the data folder, and no more", async () => {
    expect(await isEngineInstalled(home)).toBe(true);
    const web = join(engineFolder(home), "node_modules/onnxruntime-web/dist");
    expect(existsSync(join(web, "ort-wasm-simd-threaded.wasm"))).toBe(true);
    expect(existsSync(join(web, "ort.all.js"))).toBe(false);
  });

  test("texts that mean the same are near, in Chinese and English, whatever their length", async () => {
    const embedder = await openFolder("tiny");
    const texts = [
      "几时寄",
      "发货要多久",
      "when send",
      "退还",
      "运费多少钱",
      ...Array(30).fill("return"),
      "",
    ];
    const vectors = await embedder.embed(texts, calm());
    expect(vectors).toHaveLength(texts.length);
    expect(vectors.slice(0, -1).every((vector) => Math.abs(cosine(vector, vector) - 1) < 1e-4)).toBe(true);
    expect(cosine(vectors[0], vectors[1])).toBeGreaterThan(0.75);
    expect(cosine(vectors[0], vectors[2])).toBeGreaterThan(0.75);
    expect(cosine(vectors[3], vectors[9])).toBeGreaterThan(0.9);
    expect(cosine(vectors[0], vectors[3])).toBeLessThan(0.5);
    const alone = await embedder.embed(["几时寄"], calm());
    expect(cosine(alone[0], vectors[0])).toBeCloseTo(1, 5);
  });

  test("a tokenizer.json gives what a vocab.txt gives", async () => {
    const other = folderOf(home, "tiny-json");
    writeTinyModel(other);
    const vocabulary = readFileSync(join(other, "vocab.txt"), "utf8");
    writeFileSync(join(other, "tokenizer.json"), JSON.stringify(wordPieceTokenizer(vocabulary)));
    rmSync(join(other, "vocab.txt"));
    const [a] = await (await openFolder("tiny")).embed(["退货运费"], calm());
    const [b] = await (await openFolder("tiny-json")).embed(["退货运费"], calm());
    expect(b).toEqual(a);
  });

  test("a sentence-piece tokenizer of the multilingual kind works, with the folder's prefix and first token", async () => {
    const other = folderOf(home, "pieces");
    writeTinyModel(other);
    rmSync(join(other, "vocab.txt"));
    const pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁query", ":", "▁发", "货", "▁send"];
    const special = (id: string) => ({ id, ids: [pieces.indexOf(id)], tokens: [id] });
    const tokenizer = {
      version: "1.0",
      added_tokens: [],
      normalizer: null,
      pre_tokenizer: {
        type: "Metaspace",
        replacement: "▁",
        add_prefix_space: true,
        prepend_scheme: "always",
      },
      post_processor: {
        type: "TemplateProcessing",
        single: [
          { SpecialToken: { id: "<s>", type_id: 0 } },
          { Sequence: { id: "A", type_id: 0 } },
          { SpecialToken: { id: "</s>", type_id: 0 } },
        ],
        pair: [{ Sequence: { id: "A", type_id: 0 } }, { Sequence: { id: "B", type_id: 1 } }],
        special_tokens: { "<s>": special("<s>"), "</s>": special("</s>") },
      },
      decoder: { type: "Metaspace", replacement: "▁", add_prefix_space: true, prepend_scheme: "always" },
      model: { type: "Unigram", unk_id: 3, vocab: pieces.map((piece, at) => [piece, -1 - at / 10]) },
    };
    writeFileSync(join(other, "tokenizer.json"), JSON.stringify(tokenizer));
    writeFileSync(
      join(other, recipeFile),
      JSON.stringify({ pooling: "mean", prefix: "query: ", mostTokens: 64 }),
    );
    const [plain, same, long] = await (await openFolder("pieces")).embed(
      ["发货", "发货", "发货 ".repeat(500)],
      calm(),
    );
    expect(plain).toEqual(same);
    expect(long).toHaveLength(16);
    expect(cosine(long, long)).toBeCloseTo(1, 4);
  });

  test("a broken model is named as such, and nothing keeps running", async () => {
    const broken = folderOf(home, "broken");
    writeTinyModel(broken);
    writeFileSync(join(broken, "model.onnx"), "not a model");
    await expect(openFolder("broken")).rejects.toMatchObject({ code: "embedding/model-unusable" });
  });

  test("a message goes before training that waits, and a cancelled one is let go", async () => {
    const embedder = await openFolder("tiny");
    const order: string[] = [];
    const training = embedder.embed(Array(64).fill("发货"), calm()).then(() => order.push("training"));
    const message = embedder.embed(["寄"], { ...calm(), isUrgent: true }).then(() => order.push("message"));
    const abort = new AbortController();
    const cancelled = embedder.embed(Array(64).fill("退"), { ...calm(), signal: abort.signal });
    abort.abort(new Error("enough"));
    await expect(cancelled).rejects.toThrow("enough");
    await Promise.all([training, message]);
    expect(order).toEqual(["message", "training"]);
  });

  test("two users of a folder share one worker, which ends with the last of them", async () => {
    const [a, b] = [await openFolder("tiny-json"), await openFolder("tiny-json")];
    await a.close();
    expect(await b.embed(["寄"], calm())).toHaveLength(1);
  });
});
