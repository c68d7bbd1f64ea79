// The sentence for why a document was not read, or what to look at in it.
import { type DocumentProblem, maskedKinds } from "@yingda/contract";
import type { TFunction } from "i18next";

/** Codes of errors have their sentences with the errors, all others with the reader's problems. */
export function problemText({ code, values, page, url }: DocumentProblem, t: TFunction): string {
  const isError = code.includes("/") || code === "internal";
  const key = isError ? `errors.${code}` : `documentProblems.${code}`;
  const given = { ...(page === null ? {} : { page }), ...values, what: maskedWords(values, t) };
  const sentence = t(key, { ...given, defaultValue: t("errors.internal") });
  return url === null ? sentence : `${sentence} (${url})`;
}

/** "42 phone numbers, 7 addresses", where the problem is that they were masked. */
function maskedWords(values: DocumentProblem["values"], t: TFunction): string {
  return maskedKinds
    .flatMap((kind) => {
      const count = values[kind];
      return typeof count === "number" ? [t(`rehearsal.masked.${kind}`, { count })] : [];
    })
    .join(t("rehearsal.and"));
}
