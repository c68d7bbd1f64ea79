// Reads why a service refused. Status and the codes in the body decide; only where a service gives one code to several
// causes do the words of its message, which stand here and nowhere else. Sources: the services' own lists of error codes.

import { z } from "zod";
import type { ModelErrorCode } from "./model-error.ts";

export interface ServiceRefusal {
  code: ModelErrorCode;
  /** Null: the error came inside a stream. */
  status: number | null;
  /** The service's own words, clipped and without the key. */
  said: string;
  retryAfterMs?: number;
}

const mostSaid = 300;
/** Only the beginning is looked at: messages may quote the request. */
const mostRead = 2_000;

const scalar = z.union([z.string(), z.number()]).nullish();
const cause = z.object({ message: z.string().nullish(), code: scalar, type: scalar, param: scalar });
const body = z.union([
  z.object({ error: cause }),
  z.object({ error: z.string() }).transform(({ error }) => ({ error: { message: error } })),
  cause.refine(({ message }) => typeof message === "string").transform((error) => ({ error })),
  z.object({ detail: z.string() }).transform(({ detail }) => ({ error: { message: detail } })),
]);

/** Codes and types in lower case. Numbers are GLM's; exceeded_current_quota_error is Kimi's, arrearage Alibaba's. */
const byName: Readonly<Record<string, ModelErrorCode>> = {
  invalid_api_key: "llm/key-refused",
  invalidapikey: "llm/key-refused",
  invalid_authentication_error: "llm/key-refused",
  incorrect_api_key_error: "llm/key-refused",
  authentication_error: "llm/key-refused",
  "1000": "llm/key-refused",
  "1001": "llm/key-refused",
  "1002": "llm/key-refused",
  "1003": "llm/key-refused",
  "1004": "llm/key-refused",
  "1110": "llm/key-refused",
  "1111": "llm/key-refused",
  "1112": "llm/key-refused",
  insufficient_quota: "llm/balance-empty",
  insufficient_balance: "llm/balance-empty",
  exceeded_current_quota_error: "llm/balance-empty",
  arrearage: "llm/balance-empty",
  billing_not_active: "llm/balance-empty",
  billing_hard_limit_reached: "llm/balance-empty",
  "allocationquota.freetieronly": "llm/balance-empty",
  "1113": "llm/balance-empty",
  model_not_found: "llm/model-unknown",
  modelnotfound: "llm/model-unknown",
  "model.accessdenied": "llm/model-unknown",
  resource_not_found_error: "llm/model-unknown",
  "1211": "llm/model-unknown",
  "1220": "llm/model-unknown",
  rate_limit_exceeded: "llm/rate-limited",
  rate_limit_reached_error: "llm/rate-limited",
  engine_overloaded_error: "llm/rate-limited",
  throttling: "llm/rate-limited",
  "throttling.ratequota": "llm/rate-limited",
  "throttling.burstrate": "llm/rate-limited",
  "throttling.allocationquota": "llm/rate-limited",
  "1302": "llm/rate-limited",
  "1303": "llm/rate-limited",
  "1304": "llm/rate-limited",
  "1305": "llm/rate-limited",
  context_length_exceeded: "llm/request-too-long",
  string_above_max_length: "llm/request-too-long",
  "1261": "llm/request-too-long",
  content_filter: "llm/content-refused",
  content_policy_violation: "llm/content-refused",
  data_inspection_failed: "llm/content-refused",
  datainspectionfailed: "llm/content-refused",
  "1301": "llm/content-refused",
};

/** For 400, 403, 404 and 422 without a telling code, by the services named. */
const byWords: readonly [RegExp, ModelErrorCode][] = [
  [/model not exist|model\b.{0,200}\b(?:not found|does not exist)|not found the model/i, "llm/model-unknown"], // DeepSeek, Ollama, vLLM, Kimi
  [
    /maximum context length|context (?:length|window)|input token length too long|exceeded model token limit|range of input length/i,
    "llm/request-too-long",
  ], // DeepSeek and vLLM, Kimi, Qwen
  [/insufficient balance/i, "llm/balance-empty"],
];

/** `text` is the body of the reply, possibly cut; `key` is blanked out of what is kept. */
export function readRefusal(
  status: number,
  text: string,
  { key, retryAfterMs }: { key: string | null; retryAfterMs?: number | undefined },
): ServiceRefusal {
  const refusal = judge(status, parse(text), text, key);
  return retryAfterMs === undefined ? refusal : { ...refusal, retryAfterMs };
}

/** An error object that came inside a stream; some services put the status into its code. */
export function readStreamRefusal(value: unknown, key: string | null): ServiceRefusal {
  const code = Number((value as { code?: unknown } | null)?.code ?? 0);
  return judge(code >= 400 && code < 600 ? code : null, value, "", key);
}

/** True for a body that says it is an error although its status was 200. */
export function isErrorBody(text: string): boolean {
  const parsed = body.safeParse(parse(text));
  return parsed.success;
}

function judge(status: number | null, value: unknown, text: string, key: string | null): ServiceRefusal {
  const parsed = body.safeParse(value);
  const said: z.infer<typeof cause> = parsed.success ? parsed.data.error : { message: "" };
  const message = (said.message ?? "").slice(0, mostRead);
  const named = [said.code, said.type].map((name) => byName[String(name ?? "").toLowerCase()]);
  const code = named.find((found) => found !== undefined) ?? byStatus(status, message, parsed.success);
  return { code, status, said: clip(message === "" ? plainWords(text) : message, key) };
}

function byStatus(status: number | null, message: string, isError: boolean): ModelErrorCode {
  if (status === 401) return "llm/key-refused";
  if (status === 402) return "llm/balance-empty";
  if (status === 408 || status === 504) return "llm/timed-out";
  if (status === 413) return "llm/request-too-long";
  if (status === 429) return "llm/rate-limited";
  const [, worded] = byWords.find(([pattern]) => pattern.test(message)) ?? [];
  if (worded !== undefined) return worded;
  if (status === null || status >= 500) return "llm/service-failed";
  if (status === 403) return "llm/key-refused";
  // A page of some website, or a path that is not there: no model service speaks so.
  if (status === 404 || status === 405 || status < 400)
    return isError && status !== 404 ? "llm/request-refused" : "llm/reply-invalid";
  return "llm/request-refused";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A short body that is neither JSON nor a page, such as "no healthy upstream". */
function plainWords(text: string): string {
  return /^\s*[<{[]/.test(text) ? "" : text;
}

function clip(text: string, key: string | null): string {
  const withoutKey = key === null || key === "" ? text : text.replaceAll(key, "•••");
  return [...withoutKey.replace(/\s+/g, " ").trim()].slice(0, mostSaid).join("");
}
