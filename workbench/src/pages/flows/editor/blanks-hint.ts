// Which blanks a text of the flow may contain, as a sentence for its form.
import type { Flow } from "@yingda/contract";
import type { TFunction } from "i18next";

const mostNamed = 6;

/** "" where nothing is asked or looked up. */
export function blanksHint(flow: Flow, t: TFunction): string {
  const results = flow.steps.flatMap((step) =>
    (step.kind === "lookup" || step.kind === "do") && step.saveAs !== undefined ? [`${step.saveAs}.…`] : [],
  );
  const names = [...flow.slots.map(({ id }) => id), ...new Set(results)].slice(0, mostNamed);
  if (names.length === 0) return "";
  return t("flows.step.wordsBlank", { blanks: names.map((name) => `{{${name}}}`).join(" ") });
}
