// A model on the disk: a folder of the installation with model.onnx, tokenizer.json (or vocab.txt) and config.json, put
// there by fetch-model.ts or by the operator's hand. How its vectors are made stands in yingda.json, or is found out from
// what sentence-transformers keeps beside a model. Paths only ever come from names that passed `modelName`.

import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { modelName } from "@yingda/contract";
import { z } from "zod";
import type { Config } from "../../../platform/config.ts";
import type { Pooling } from "./catalogue.ts";

export type ModelsHome = Pick<Config, "dataFolder">;

/** How texts become vectors in a folder's model. */
export interface Recipe {
  pooling: Pooling;
  prefix: string;
  mostTokens: number;
}

export const modelFile = "model.onnx";
export const recipeFile = "yingda.json";
const tokenizerFiles = ["tokenizer.json", "vocab.txt"];
const standardTokens = 128;

const recipeShape = z.object({
  pooling: z.enum(["mean", "first"]).default("mean"),
  prefix: z.string().max(200).default(""),
  mostTokens: z.int().min(8).max(8_192).default(standardTokens),
});
const poolingShape = z.object({ pooling_mode_cls_token: z.boolean().default(false) });
const configShape = z.object({ hidden_size: z.int().min(1).optional() });

export function modelsFolder({ dataFolder }: ModelsHome): string {
  return join(dataFolder, "models", "embedding");
}

export function folderOf(home: ModelsHome, name: string): string {
  return join(modelsFolder(home), modelName.parse(name));
}

/** Names of the folders that hold a whole model. */
export async function installedModels(home: ModelsHome): Promise<string[]> {
  const entries = await readdir(modelsFolder(home), { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter(
      (entry) => (entry.isDirectory() || entry.isSymbolicLink()) && modelName.safeParse(entry.name).success,
    )
    .map(({ name }) => name);
  const whole = await Promise.all(names.map((name) => isWholeModel(folderOf(home, name))));
  return names.filter((_, at) => whole[at]).sort();
}

export async function isWholeModel(folder: string): Promise<boolean> {
  const [model, ...tokenizers] = await Promise.all(
    [modelFile, ...tokenizerFiles].map((name) => hasFile(join(folder, name))),
  );
  return model === true && tokenizers.includes(true);
}

export async function readRecipe(folder: string): Promise<Recipe> {
  const own = recipeShape.safeParse(await readJson(join(folder, recipeFile)));
  if (own.success) return own.data;
  const pooling = poolingShape.safeParse(await readJson(join(folder, "1_Pooling", "config.json")));
  return {
    pooling: pooling.success && pooling.data.pooling_mode_cls_token ? "first" : "mean",
    prefix: "",
    mostTokens: standardTokens,
  };
}

/** What its config says; null when it does not. */
export async function dimensionsOf(folder: string): Promise<number | null> {
  const config = configShape.safeParse(await readJson(join(folder, "config.json")));
  return config.success ? (config.data.hidden_size ?? null) : null;
}

async function hasFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch(() => null);
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}
