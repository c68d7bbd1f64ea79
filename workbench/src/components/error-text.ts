/**
 * The sentence for an error: looked up by code in the language file, never taken from the server's message.
 * Rate limits and lock-outs add how long to wait where the server said so.
 */
import type { TFunction } from "i18next";
import { ApiError } from "../api.ts";
import { spanText } from "./time-words.ts";

/** Any thrown value as one sentence in the reader's language. */
export function errorText(error: unknown, t: TFunction): string {
  if (!(error instanceof ApiError)) return t("errors.internal");
  const sentence = t(`errors.${error.code}`);
  const waitMs = retryAfterMsOf(error);
  return waitMs === null ? sentence : `${sentence} ${spanText(waitMs, t)}`;
}

/** How long the server asks to wait, ms; null when it did not say. */
export function retryAfterMsOf(error: ApiError): number | null {
  const { retryAfterMs, retryAfterSeconds } = error.details;
  if (typeof retryAfterMs === "number") return retryAfterMs;
  return typeof retryAfterSeconds === "number" ? retryAfterSeconds * 1_000 : null;
}
