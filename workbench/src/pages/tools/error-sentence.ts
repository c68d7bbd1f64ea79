// The sentence of an error code, with what the other side said; an unknown code is shown as it is.
import type { TFunction } from "i18next";

export function errorSentence(code: string, t: TFunction<"texts">, detail = ""): string {
  const values = { detail, input: detail, name: detail, why: detail, most: "", defaultValue: code };
  return String(t(`errors.${code}` as never, values as never)).replace(/（）|\s?\(\)/u, "");
}
