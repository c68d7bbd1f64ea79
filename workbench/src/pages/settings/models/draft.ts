// The fields of a model's form, and what is sent of them.
import type { LanguageModel, LanguageModelDraft, ModelPresetName, ModelPresetView } from "@yingda/contract";

export type ModelFields = { preset: ModelPresetName; baseUrl: string; model: string; key: string };

export function fieldsOf(known: LanguageModel | null, presets: readonly ModelPresetView[]): ModelFields {
  if (known) return { preset: known.preset, baseUrl: known.baseUrl, model: known.model, key: "" };
  const [first] = presets;
  return first ? filledBy(first, "") : { preset: "custom", baseUrl: "", model: "", key: "" };
}

/** What choosing a service fills in; the key stays. */
export function filledBy({ name, baseUrl, exampleModels }: ModelPresetView, key: string): ModelFields {
  return { preset: name, baseUrl, model: exampleModels[0] ?? "", key };
}

/** Null while something is missing. An empty key field keeps the stored key, or means none. */
export function draftOf(fields: ModelFields): LanguageModelDraft | null {
  const baseUrl = fields.baseUrl.trim();
  const model = fields.model.trim();
  const key = fields.key.trim();
  if (!URL.canParse(baseUrl) || !/^https?:/i.test(baseUrl) || model === "") return null;
  return { preset: fields.preset, baseUrl, model, ...(key === "" ? {} : { key }) };
}

/** "api.example.com", for lists. */
export function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}
