// The sentence for why a document was not read, or what to look at in it.
import type { DocumentProblem } from "@yingda/contract";
import type { TFunction } from "i18next";

/** Codes of errors have their sentences with the errors, all others with the reader's problems. */
export function problemText({ code, values, page, url }: DocumentProblem, t: TFunction): string {
  const isError = code.includes("/") || code === "internal";
  const key = isError ? `errors.${code}` : `documentProblems.${code}`;
  const given = page === null ? values : { page, ...values };
  const sentence = t(key, { ...given, defaultValue: t("errors.internal") });
  return url === null ? sentence : `${sentence} (${url})`;
}
