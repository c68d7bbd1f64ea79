// What a call looks like in logs, in the list of calls and in a dry run: secrets never, redacted fields never.

import type { SentRequest } from "@yingda/contract";
import type { BuiltRequest } from "./build-request.ts";

export const masked = "••••";
const longestBody = 4_000;
const longestExcerpt = 2_000;
const leastSecret = 4;

/** `secrets` are values wherever they stand; `redacted` are names of inputs and fields, `values` what the inputs hold. */
export interface Hidden {
  secrets: readonly string[];
  redacted: readonly string[];
  values: readonly string[];
}

export function hiddenOf(
  secrets: Iterable<string>,
  redact: readonly string[],
  input: Record<string, unknown>,
): Hidden {
  const values = redact.flatMap((name) => {
    const value = Object.hasOwn(input, name) ? input[name] : undefined;
    return typeof value === "string" || typeof value === "number" ? [String(value)] : [];
  });
  return { secrets: [...secrets].filter((secret) => secret.length >= leastSecret), redacted: redact, values };
}

export function maskRequest({ method, url, headers, body }: BuiltRequest, hidden: Hidden): SentRequest {
  return {
    method,
    url: maskText(url.href, hidden),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        /^(?:authorization|cookie)$/iu.test(name) ? masked : maskText(value, hidden),
      ]),
    ),
    body: body === null ? null : maskText(maskFields(body, hidden.redacted), hidden).slice(0, longestBody),
  };
}

/** The beginning of an answer. */
export function maskAnswer(text: string, hidden: Hidden): string {
  return maskText(maskFields(text, hidden.redacted), hidden).slice(0, longestExcerpt);
}

/** An input for the trace: names stay, what is redacted does not. */
export function maskInput(
  input: Record<string, unknown>,
  redact: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, redact.includes(name) ? masked : value]),
  );
}

function maskText(text: string, { secrets, values }: Hidden): string {
  return [...secrets, ...values.filter((value) => value.length > 1)]
    .flatMap(asWritten)
    .reduce((masking, each) => masking.replaceAll(each, masked), text);
}

/** As it stands in a path, in a query or a form, in JSON, and in a sign-in by name and password. */
function asWritten(value: string): string[] {
  const inForm = new URLSearchParams([["", value]]).toString().slice(1);
  const inJson = JSON.stringify(value).slice(1, -1);
  const inPath = encodeURIComponent(value.toWellFormed());
  return [value, inPath, inForm, inJson, Buffer.from(value).toString("base64")];
}

function maskFields(text: string, redacted: readonly string[]): string {
  if (redacted.length === 0) return text;
  try {
    return JSON.stringify(JSON.parse(text), (name, value: unknown) =>
      redacted.includes(name) ? masked : value,
    );
  } catch {
    return text; // no JSON: values are masked wherever they stand
  }
}
