// Puts a shop's values into the named blanks of an answer ("{{发货时间}} 小时内发货"). A value may carry both languages
// as "中文 | English". What is not filled stays visible as a blank and is reported: such a text must never be spoken.

const blank = /\{\{\s*([^{}]{1,60}?)\s*\}\}/gu;
const bar = /\s\|\s/u;

/** Names of the blanks in a text, in order, each once. */
export function blanksIn(text: string): string[] {
  return [...new Set([...text.matchAll(blank)].map(([, key]) => key as string))];
}

export function fillAnswer(
  text: string,
  values: ReadonlyMap<string, string>,
  locale: "zh-CN" | "en",
): { text: string; unfilled: string[] } {
  const unfilled = blanksIn(text).filter((key) => (values.get(key) ?? "").trim() === "");
  const filled = text.replace(blank, (whole, key: string) => {
    const value = values.get(key)?.trim() ?? "";
    return value === "" ? whole : sideOf(value, locale);
  });
  return { text: filled, unfilled };
}

function sideOf(value: string, locale: "zh-CN" | "en"): string {
  const [chinese = value, english = chinese] = value.split(bar);
  return locale === "en" ? english : chinese;
}
