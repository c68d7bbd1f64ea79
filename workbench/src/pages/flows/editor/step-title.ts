// A step in a line: what kind it is and what it says or asks, in the reader's language.
import type { Flow, FlowBranch, FlowStep, FlowToolShown } from "@yingda/contract";
import type { TFunction } from "i18next";
import type { Both } from "../use-flow-name.ts";

export type Naming = {
  t: TFunction;
  nameOf: (text: Both) => string;
  tools?: readonly FlowToolShown[] | undefined;
};

/** What the step is about; "" while nothing is written. */
export function stepGist(step: FlowStep, flow: Flow, { t, nameOf, tools = [] }: Naming): string {
  switch (step.kind) {
    case "say":
    case "choose":
    case "hand-over":
      return nameOf(step.words);
    case "ask":
      return slotName(step.slot, flow, nameOf);
    case "condition":
      return valueName(step.value, flow, nameOf);
    case "lookup":
    case "do": {
      const tool = tools.find(({ name }) => name === step.tool);
      return tool === undefined ? step.tool : nameOf(tool.about);
    }
    case "set":
      return `${slotName(step.slot, flow, nameOf)} = ${step.value}`;
    case "wait":
      return `${String(step.seconds)} s`;
    case "ask-for-ticket":
      return nameOf(step.summary);
    case "end":
      return step.words === undefined
        ? t(step.outcome === "done" ? "flows.step.done" : "flows.step.notDone")
        : nameOf(step.words);
    default:
      return step satisfies never;
  }
}

function slotName(id: string, flow: Flow, nameOf: Naming["nameOf"]): string {
  const slot = flow.slots.find((one) => one.id === id);
  return slot === undefined ? id : nameOf(slot.label) || id;
}

/** A slot by its label; a field of a result as it stands. */
export function valueName(value: string, flow: Flow, nameOf: Naming["nameOf"]): string {
  return value.includes(".") ? value : slotName(value, flow, nameOf);
}

/** "Ask: order number". */
export function stepTitle(step: FlowStep, flow: Flow, naming: Naming): string {
  const gist = stepGist(step, flow, naming);
  const kind = naming.t(`flows.step.kinds.${step.kind}`);
  return gist === "" ? kind : `${kind}${naming.t("common.colon")}${shorten(gist)}`;
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length > 40 ? `${characters.slice(0, 39).join("")}…` : text;
}

/** What a way out of a step is called. */
export function branchName(step: FlowStep, branch: FlowBranch, { t, nameOf }: Naming): string {
  const { name, path } = branch;
  const at = Number(path[1]);
  if (step.kind === "choose" && path[0] === "options")
    return nameOf(step.options[at]?.label ?? { zh: "", en: "" }) || name;
  if (step.kind === "condition" && path[0] === "cases") return caseWords(step.cases[at], t);
  if (name === "next" && step.kind === "lookup") return t("flows.step.branches.lookupNext");
  if (name === "next" && step.kind === "do") return t("flows.step.branches.doNext");
  if (name === "next" && step.kind === "wait") return t("flows.step.branches.waitNext");
  return t(`flows.step.branches.${name as "next"}`);
}

type Case = Extract<FlowStep, { kind: "condition" }>["cases"][number];

/** "is quality, wrong-item"; "at least 3". */
export function caseWords(one: Case | undefined, t: TFunction): string {
  if (one === undefined) return "";
  const parts = [
    one.isFilled === undefined ? "" : t(`flows.step.tests.${one.isFilled ? "isFilled" : "isEmpty"}`),
    one.is === undefined ? "" : `${t("flows.step.tests.is")} ${one.is.join(", ")}`,
    one.atLeast === undefined ? "" : `${t("flows.step.tests.atLeast")} ${String(one.atLeast)}`,
    one.atMost === undefined ? "" : `${t("flows.step.tests.atMost")} ${String(one.atMost)}`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}
