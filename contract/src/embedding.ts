// The optional embedding model of a shop: which one is chosen, which ones can be installed, how an installation goes.
import { z } from "zod";
import { type ErrorCode, errorCodes } from "./errors.ts";

export const embeddingKinds = ["none", "service", "folder"] as const;
export type EmbeddingKind = (typeof embeddingKinds)[number];

/** A folder of the installation's models; also a name of the catalogue. */
export const modelName = z
  .string()
  .regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/)
  .max(80);

const serviceDraft = z.object({
  kind: z.literal("service"),
  /** With or without /v1 at the end. */
  baseUrl: z.url({ protocol: /^https?$/ }).max(500),
  model: z.string().trim().min(1).max(200),
  /** Asked for only where the service offers several; null: what the model gives. */
  dimensions: z.int().min(8).max(8_192).nullable().default(null),
  /** Left out: the stored one stays, as long as the address does. Null: none. */
  key: z.string().trim().min(1).max(500).nullable().optional(),
});
export const embeddingDraft = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  serviceDraft,
  z.object({ kind: z.literal("folder"), folder: modelName }),
]);
export type EmbeddingDraft = z.infer<typeof embeddingDraft>;

export const embeddingSetting = z.object({
  kind: z.enum(embeddingKinds),
  baseUrl: z.string().nullable(),
  model: z.string().nullable(),
  dimensions: z.int().nullable(),
  /** The key itself never leaves the server. */
  hasKey: z.boolean(),
  folder: z.string().nullable(),
});
export type EmbeddingSetting = z.infer<typeof embeddingSetting>;

export const embeddingModel = z.object({
  name: z.string(),
  title: z.string(),
  /** Null for a folder that the operator put there. */
  licence: z.string().nullable(),
  languages: z.array(z.string()),
  dimensions: z.int().nullable(),
  /** What is downloaded, the engine that runs it not counted. */
  sizeBytes: z.int().nullable(),
  source: z.string().nullable(),
  isInstalled: z.boolean(),
});
export type EmbeddingModel = z.infer<typeof embeddingModel>;

export const modelInstall = z.object({
  model: z.string(),
  state: z.enum(["running", "done", "failed", "cancelled"]),
  /** What is being fetched now: "engine" runs the model, "model" is the model. */
  part: z.enum(["engine", "model"]),
  doneBytes: z.int(),
  totalBytes: z.int(),
  /** Why it failed. */
  code: z.enum(Object.keys(errorCodes) as ErrorCode[]).nullable(),
});
export type ModelInstall = z.infer<typeof modelInstall>;

export const embeddingOverview = z.object({
  setting: embeddingSetting,
  models: z.array(embeddingModel),
  /** Where models can be fetched from, by name; the first is taken unless told. */
  mirrors: z.array(z.string()),
  isEngineInstalled: z.boolean(),
  engineBytes: z.int(),
  /** Where an operator may put a model by hand. */
  folder: z.string(),
  install: modelInstall.nullable(),
});
export type EmbeddingOverview = z.infer<typeof embeddingOverview>;
