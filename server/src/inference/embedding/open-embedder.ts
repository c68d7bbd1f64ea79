// From a choice to a running embedder. A folder's worker is shared by all tenants of the process that chose it and ends
// with the last of them; a service's embedder belongs to one tenant alone.

import { AppError } from "../../platform/errors.ts";
import type { GuardedFetch } from "../../platform/net/index.ts";
import type { Embedder } from "./embedder.ts";
import { engineFolder, isEngineInstalled } from "./models/engine.ts";
import { folderOf, isWholeModel, type ModelsHome, readRecipe } from "./models/model-folder.ts";
import { openModelFolder } from "./onnx-folder.ts";
import { type EmbeddingCall, openAiEmbedder, type ServiceChoice } from "./openai-compatible.ts";

export type Choice = ({ kind: "service" } & ServiceChoice) | { kind: "folder"; folder: string };

export interface EmbedderServices {
  config: ModelsHome;
  fetch: GuardedFetch;
}

/** Told of every call to a service. */
export type CountEmbedding = (call: EmbeddingCall) => void;

interface Shared {
  opening: Promise<Embedder>;
  users: number;
}

/** By path: two data folders in one process (tests) share nothing. */
const shared = new Map<string, Shared>();

/** @throws AppError embedding/engine-missing, embedding/model-missing or embedding/model-unusable for a folder */
export async function openEmbedder(
  { config, fetch }: EmbedderServices,
  choice: Choice,
  count?: CountEmbedding,
): Promise<Embedder> {
  if (choice.kind === "service") return openAiEmbedder(fetch, choice, undefined, count);
  return shareFolder(config, choice.folder);
}

async function shareFolder(home: ModelsHome, name: string): Promise<Embedder> {
  const path = folderOf(home, name);
  const entry = shared.get(path) ?? { opening: openFolder(home, name), users: 0 };
  shared.set(path, entry);
  entry.users += 1;
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    entry.users -= 1;
    if (entry.users > 0) return;
    if (shared.get(path) === entry) shared.delete(path);
    await entry.opening.then((embedder) => embedder.close());
  };
  try {
    const embedder = await entry.opening;
    return { key: embedder.key, embed: (texts, options) => embedder.embed(texts, options), close };
  } catch (error) {
    if (shared.get(path) === entry) shared.delete(path);
    throw error;
  }
}

async function openFolder(home: ModelsHome, name: string): Promise<Embedder> {
  const modelFolder = folderOf(home, name);
  if (!(await isWholeModel(modelFolder)))
    throw new AppError("embedding/model-missing", { details: { name } });
  if (!(await isEngineInstalled(home))) throw new AppError("embedding/engine-missing");
  const recipe = await readRecipe(modelFolder);
  return openModelFolder({ name, modelFolder, engineFolder: engineFolder(home), recipe });
}
