// Brings a model of the catalogue to the disk: lists the repository at a mirror, fetches each file with its checksum, and
// gives the folder its name only when all of it is there. The SHA-256 of a first download is kept in pins.json: another
// content under the same name is refused ever after, whichever mirror brings it.

import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ExternalError } from "../../../platform/errors.ts";
import type { GuardedFetch } from "../../../platform/net/index.ts";
import type { CatalogueModel, ModelFile } from "./catalogue.ts";
import { type DownloadOptions, download, downloadPurpose } from "./download.ts";
import type { Mirror, RemoteFile } from "./mirrors.ts";
import { folderOf, type ModelsHome, modelsFolder, type Recipe, recipeFile } from "./model-folder.ts";

export interface Fetching {
  signal: AbortSignal;
  onProgress: (doneBytes: number, totalBytes: number) => void;
  options?: DownloadOptions;
}

const pinsShape = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/));
type Pins = z.infer<typeof pinsShape>;

/** @throws ExternalError or AppError download/…; what has come so far stays for the next time */
export async function fetchModel(
  fetch: GuardedFetch,
  home: ModelsHome,
  model: CatalogueModel,
  mirror: Mirror,
  { signal, onProgress, options }: Fetching,
): Promise<void> {
  const folder = folderOf(home, model.name);
  const making = `${folder}.making`;
  await mkdir(making, { recursive: true });
  const listed = await mirror.list(fetch, model, signal);
  const pins = await readPins(home);
  const files = model.files.map((file) => ({
    file,
    remote: remoteOf(file, listed, pins[pinOf(model, file)]),
  }));
  const totalBytes = files.reduce((sum, { remote }) => sum + remote.sizeBytes, 0);
  let before = 0;
  for (const { file, remote } of files) {
    const { sha256 } = await download(
      fetch,
      {
        url: remote.url,
        to: join(making, file.name),
        sizeBytes: remote.sizeBytes,
        checksum: remote.checksum,
        signal,
        onProgress: (done) => onProgress(before + done, totalBytes),
      },
      options,
    );
    pins[pinOf(model, file)] = sha256;
    before += remote.sizeBytes;
  }
  const { pooling, prefix, mostTokens } = model;
  const recipe: Recipe = { pooling, prefix, mostTokens };
  await writeFile(join(making, recipeFile), `${JSON.stringify(recipe, null, 2)}\n`);
  await writePins(home, pins);
  await rm(folder, { recursive: true, force: true });
  await rename(making, folder);
}

/** Of the file as the mirror has it, with the surest checksum: ours, the one of our first download, or the mirror's. */
function remoteOf(file: ModelFile, listed: readonly RemoteFile[], pin: string | undefined): RemoteFile {
  const remote = listed.find(({ path }) => path === file.path);
  if (remote === undefined)
    throw new ExternalError({
      system: downloadPurpose,
      retryable: false,
      code: "download/checksum-unknown",
      details: { file: file.path },
    });
  const known = file.sha256 ?? pin;
  return known === undefined ? remote : { ...remote, checksum: { kind: "sha256", hex: known } };
}

function pinOf({ repository, revision }: CatalogueModel, { path }: ModelFile): string {
  return `${repository}@${revision}/${path}`;
}

function pinsPath(home: ModelsHome): string {
  return join(modelsFolder(home), "pins.json");
}

async function readPins(home: ModelsHome): Promise<Pins> {
  const text = await readFile(pinsPath(home), "utf8").catch(() => "{}");
  return pinsShape.parse(JSON.parse(text));
}

async function writePins(home: ModelsHome, pins: Pins): Promise<void> {
  const path = pinsPath(home);
  await writeFile(`${path}.new`, `${JSON.stringify(pins, null, 2)}\n`);
  await rename(`${path}.new`, path);
}
