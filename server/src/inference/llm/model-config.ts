// One configured model: which service, where, with which key. The settings keep it (the key sealed); open-model.ts opens it.

import type { PresetName } from "./presets.ts";

export interface ModelConfig {
  preset: PresetName;
  /** As the owner typed it: http or https; /v1 may be missing, /chat/completions may be there. */
  baseUrl: string;
  model: string;
  key: string | null;
}

/**
 * Where `/chat/completions` is put after. An address without a version in its path gets /v1, as all services have it:
 * `https://host`, `https://host/v1` and `https://host/v1/chat/completions` all mean `https://host/v1`.
 * @throws TypeError ERR_INVALID_URL for what is no address; the settings refuse those before
 */
export function chatBaseUrl(baseUrl: string): string {
  const url = new URL(baseUrl);
  const path = withoutEndSlashes(url.pathname);
  const base = path.endsWith("/chat/completions")
    ? withoutEndSlashes(path.slice(0, -"/chat/completions".length))
    : path;
  const isVersioned = /\/v\d/.test(base);
  url.pathname = isVersioned || path !== base ? base : `${base}/v1`;
  url.search = "";
  url.hash = "";
  return withoutEndSlashes(url.href);
}

/** Usage and logs name a model by this. */
export function modelName({ preset, model }: Pick<ModelConfig, "preset" | "model">): string {
  return `${preset}/${model}`;
}

/** Two configurations with the same place share what is known about the service's health. */
export function modelPlace({ baseUrl, model, key }: ModelConfig): string {
  return JSON.stringify([chatBaseUrl(baseUrl), model, key]);
}

function withoutEndSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === "/") end -= 1;
  return text.slice(0, end);
}
