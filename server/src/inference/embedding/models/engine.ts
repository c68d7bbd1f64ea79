// The engine that runs a model folder: onnxruntime-web's WebAssembly build and the tokenizer library, never part of the
// installation. They are fetched as npm packages with the checksums below (npm's own `dist.integrity`), and only the few
// files that Node needs are taken out: 15 MB on the disk instead of 150, and no install script is ever run.
//
// To take another version: change the versions, sizes and checksums here (npm view <name>@<version> dist.integrity), run
// onnx-folder.test.ts, and look at `files` again.

import { mkdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { ExternalError } from "../../../platform/errors.ts";
import type { GuardedFetch } from "../../../platform/net/index.ts";
import { download, downloadPurpose } from "./download.ts";
import type { Fetching } from "./fetch-model.ts";
import type { ModelsHome } from "./model-folder.ts";
import { unpack } from "./tarball.ts";

export interface EnginePackage {
  name: string;
  version: string;
  sizeBytes: number;
  /** SHA-512, base64. */
  integrity: string;
  files: RegExp;
}

export const enginePackages: readonly EnginePackage[] = [
  {
    name: "onnxruntime-web",
    version: "1.30.0",
    sizeBytes: 33_106_585,
    integrity: "q0y+JrrtukXSzsBWEMccVfqX25LRmosXHF+CaRJmg8pZClzcV7svNc4rKY3jL02Vb7QmRMDs1SigqR4CXAfKYQ==",
    files: /^(?:package\.json|dist\/ort\.node\.min\.mjs|dist\/ort-wasm-simd-threaded\.(?:mjs|wasm))$/,
  },
  {
    name: "onnxruntime-common",
    version: "1.30.0",
    sizeBytes: 66_795,
    integrity: "7fdVWjAID1dVhH/G8qK3APARunV4VkBFoCQAP7qp4Wkab0mrorvmc+sqiT+mKXOzDqdjN5j+/Z9nb4gzNPWcyA==",
    files: /^(?:package\.json|dist\/esm\/.+\.js)$/,
  },
  {
    name: "@huggingface/tokenizers",
    version: "0.2.0",
    sizeBytes: 87_011,
    integrity: "LidMHe1FpcSYH4vcSjXooda34pC0M8m1gmDOv7SQi6Iv+ib1zX7J3sHBCC9/3FPCkn2k1b55FneVqMRxrr99pg==",
    files: /^(?:package\.json|LICENSE|dist\/tokenizers\.mjs)$/,
  },
];

export const engineBytes = enginePackages.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

/** Named by its versions: a newer server fetches its own and leaves the old one alone. */
export function engineFolder({ dataFolder }: ModelsHome): string {
  const [runtime, , tokenizers] = enginePackages;
  return join(dataFolder, "models", `engine-${runtime?.version}-${tokenizers?.version}`);
}

export async function isEngineInstalled(home: ModelsHome): Promise<boolean> {
  return (await stat(engineFolder(home)).catch(() => null))?.isDirectory() ?? false;
}

export function tarballAddress(registry: string, { name, version }: EnginePackage): string {
  const file = `${name.split("/").at(-1)}-${version}.tgz`;
  return `${registry.replace(/\/+$/, "")}/${name}/-/${file}`;
}

/** Tries the registries one after the other: the checksum makes them equal. @throws as download */
export async function fetchEngine(
  fetch: GuardedFetch,
  home: ModelsHome,
  registries: readonly string[],
  { signal, onProgress, options }: Fetching,
): Promise<void> {
  const folder = engineFolder(home);
  const making = `${folder}.making`;
  const archives = `${folder}.archives`;
  await rm(making, { recursive: true, force: true });
  let before = 0;
  for (const part of enginePackages) {
    const to = join(archives, `${part.name.replace("/", "-")}.tgz`);
    await fromOne(registries, signal, (registry) =>
      download(
        fetch,
        {
          url: tarballAddress(registry, part),
          to,
          sizeBytes: part.sizeBytes,
          checksum: { kind: "sha512", base64: part.integrity },
          signal,
          onProgress: (done) => onProgress(before + done, engineBytes),
        },
        options,
      ),
    );
    await unpack(to, join(making, "node_modules", part.name), (path) => part.files.test(path));
    before += part.sizeBytes;
  }
  await mkdir(join(folder, ".."), { recursive: true });
  await rename(making, folder);
  await rm(archives, { recursive: true, force: true });
}

async function fromOne(
  registries: readonly string[],
  signal: AbortSignal,
  work: (registry: string) => Promise<unknown>,
): Promise<void> {
  let last: unknown = new ExternalError({
    system: downloadPurpose,
    retryable: false,
    code: "download/failed",
  });
  for (const registry of registries) {
    try {
      await work(registry);
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ExternalError)) throw error; // a full disk is no better at the next
      last = error;
    }
  }
  throw last;
}
