// Installing a model of the catalogue from mirrors of both kinds, with progress, pins, cancelling, and sites that lie.
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../../platform/clock.ts";
import { silentLog } from "../../../platform/log.ts";
import { createGuardedFetch, type GuardedFetch } from "../../../platform/net/index.ts";
import { type FileSite, fileSite, hubEntry } from "../testing/file-site.ts";
import { type CatalogueModel, catalogue } from "./catalogue.ts";
import { engineFolder } from "./engine.ts";
import { type Mirror, mirrorsOf, scopeMirror } from "./mirrors.ts";
import { folderOf, installedModels, readRecipe } from "./model-folder.ts";
import { ModelInstaller } from "./model-installer.ts";

const model: CatalogueModel = {
  ...(catalogue[2] as CatalogueModel),
  name: "test-model",
  repository: "someone/test-model",
  revision: "0123456789abcdef0123456789abcdef01234567",
};
const bodies: Record<string, Buffer> = {
  "onnx/model_quantized.onnx": randomBytes(200_000),
  "tokenizer.json": Buffer.from('{"version":"1.0"}'),
  "tokenizer_config.json": Buffer.from("{}"),
  "config.json": Buffer.from('{"hidden_size":16}'),
};
const onnx = "onnx/model_quantized.onnx";
let site: FileSite;
let fetch: GuardedFetch;
let home: { dataFolder: string };
let installer: ModelInstaller;
let mirror: Mirror;

beforeEach(async () => {
  site = await fileSite();
  fetch = createGuardedFetch({
    clock: systemClock,
    allow: [{ purpose: "model", host: "127.0.0.1", port: site.port }],
  });
  home = { dataFolder: mkdtempSync(join(tmpdir(), "yingda-install-")) };
  mkdirSync(engineFolder(home), { recursive: true }); // its own test is onnx-folder.rules.test.ts
  installer = new ModelInstaller(
    { config: home, fetch, log: silentLog },
    { pauseMs: () => 1, freeBytes: async () => 1e12 },
  );
  mirror = mirrorsOf({ modelMirror: site.url, npmRegistry: null })[0] as Mirror;
  serve(bodies);
});
afterEach(async () => {
  await installer.cancel();
  await site.close();
  await fetch.close();
  rmSync(home.dataFolder, { recursive: true, force: true });
});

function serve(files: Record<string, Buffer>, listed = files): void {
  const root = `/${model.repository}/resolve/${model.revision}`;
  for (const [path, body] of Object.entries(files)) site.put(`${root}/${path}`, body);
  site.put(
    `/api/models/${model.repository}/tree/${model.revision}?recursive=true`,
    JSON.stringify([
      { type: "directory", path: "onnx", size: 0, oid: "0" },
      ...Object.entries(listed).map(([path, body]) => hubEntry(path, body, path === onnx)),
    ]),
  );
}
async function install(change: Partial<CatalogueModel> = {}, from = mirror) {
  installer.begin({ ...model, ...change }, from);
  await installer.settled();
  return installer.state;
}

test("the list of mirrors: the operator's own first, then the known ones", () => {
  const names = (modelMirror: string | null) =>
    mirrorsOf({ modelMirror, npmRegistry: null }).map(({ name }) => name);
  expect(names(null)).toEqual(["huggingface.co", "hf-mirror.com", "modelscope.cn"]);
  expect(names("https://models.shop.example")[0]).toBe("models.shop.example");
  const [first] = mirrorsOf({ modelMirror: null, npmRegistry: "https://npm.shop.example" });
  expect(first?.registries[0]).toBe("https://npm.shop.example");
});

test("every model of the catalogue has what the page shows and a revision that cannot move", () => {
  for (const { revision, licence, dimensions, sizeBytes, files, name } of catalogue) {
    expect(revision).toMatch(/^[0-9a-f]{40}$/);
    expect(["MIT", "Apache-2.0"]).toContain(licence);
    expect(dimensions).toBeGreaterThan(100);
    expect(sizeBytes).toBeGreaterThan(20e6);
    expect(files.map((file) => file.name)).toContain("model.onnx");
    expect(folderOf(home, name)).toContain(name);
  }
});

test("a model comes with its files, its recipe and its checksums, broken line and all", async () => {
  site.breakAfter(60_000, 2);
  const begun = installer.begin(model, mirror);
  expect(begun).toMatchObject({ state: "running", model: "test-model" });
  expect(() => installer.begin(model, mirror)).toThrow(expect.objectContaining({ code: "download/running" }));
  await installer.settled();
  const total = Object.values(bodies).reduce((sum, body) => sum + body.length, 0);
  expect(installer.state).toMatchObject({
    state: "done",
    part: "model",
    doneBytes: total,
    totalBytes: total,
    code: null,
  });
  expect(await installedModels(home)).toEqual(["test-model"]);
  expect(readFileSync(join(folderOf(home, "test-model"), "model.onnx")).equals(bodies[onnx] as Buffer)).toBe(
    true,
  );
  expect(await readRecipe(folderOf(home, "test-model"))).toEqual({
    pooling: "mean",
    prefix: "",
    mostTokens: 128,
  });
});

test("our own checksum rules over the mirror's", async () => {
  const files = model.files.map((file) => (file.path === onnx ? { ...file, sha256: "0".repeat(64) } : file));
  expect(await install({ files })).toMatchObject({ state: "failed", code: "download/checksum-wrong" });
  expect(await installedModels(home)).toEqual([]);
});

test("a mirror that sends another file than it lists is found out, large or small", async () => {
  serve({ ...bodies, "tokenizer.json": Buffer.from('{"version":"6.6"}') }, bodies);
  expect(await install()).toMatchObject({ state: "failed", code: "download/checksum-wrong" });
});

test("what came first is what may come later: another content of the same name is refused", async () => {
  expect(await install()).toMatchObject({ state: "done" });
  rmSync(folderOf(home, "test-model"), { recursive: true });
  serve({ ...bodies, [onnx]: randomBytes(200_000) });
  expect(await install()).toMatchObject({ state: "failed", code: "download/checksum-wrong" });
  serve(bodies);
  expect(await install()).toMatchObject({ state: "done" });
});

test("a file that the mirror does not know, and a mirror that is none", async () => {
  const { "config.json": _, ...fewer } = bodies;
  serve(fewer);
  expect(await install()).toMatchObject({ state: "failed", code: "download/checksum-unknown" });
  site.put(`/api/models/${model.repository}/tree/${model.revision}?recursive=true`, "<html>log in</html>");
  expect(await install()).toMatchObject({ state: "failed", code: "download/failed" });
});

test("cancelled, it stops; begun again, it goes on", async () => {
  site.breakAfter(60_000, 1_000);
  installer.begin(model, mirror);
  while ((installer.state?.doneBytes ?? 0) < 50_000) await new Promise((resume) => setTimeout(resume, 2));
  await installer.cancel();
  expect(installer.state).toMatchObject({ state: "cancelled" });
  expect(existsSync(folderOf(home, "test-model"))).toBe(false);
  site.breakAfter(0, 0);
  expect(await install()).toMatchObject({ state: "done" });
  expect(site.asked.some((line) => /bytes=\d{4,}-/.test(line))).toBe(true);
});

test("the other kind of mirror: a list with SHA-256 for every file", async () => {
  const other = scopeMirror("scope", site.url, []);
  const repo = `/api/v1/models/${model.repository}/repo`;
  const Files = Object.entries(bodies).map(([Path, body]) => {
    site.put(`${repo}?Revision=master&FilePath=${encodeURIComponent(Path)}`, body);
    return {
      Type: "blob",
      Path,
      Size: body.length,
      Sha256: createHash("sha256").update(body).digest("hex"),
    };
  });
  site.put(
    `${repo}/files?Revision=master&Recursive=true`,
    JSON.stringify({
      Code: 200,
      Data: { Files: [{ Type: "tree", Path: "onnx", Size: 0, Sha256: "" }, ...Files] },
    }),
  );
  expect(await install({}, other)).toMatchObject({ state: "done" });
  expect(await installedModels(home)).toEqual(["test-model"]);
});
