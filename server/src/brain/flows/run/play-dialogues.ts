// All scripted dialogues of a flow, read from their YAML and played: the editor's regression tests, and the gate of
// publishing.

import type { DialogueReport, DialogueResult } from "@yingda/contract";
import { parse } from "yaml";
import type { Flow } from "../definition/flow.ts";
import { type FlowDialogue, flowDialogues, type Line, playLines, wordsOfLine } from "./dialogue.ts";
import type { FlowDeps } from "./flow-run.ts";

const mostAliases = 20;
/** Scripts name days ("2026-11-24"), so each may say when it takes place: else a Monday morning of the ones that ship. */
const usualNow = new Date("2026-11-23T02:00:00Z");

/** Nothing to play is no problem; what cannot be read is told in `problem`. */
export function playDialogues(
  flow: Flow,
  yaml: string,
  deps: Pick<FlowDeps, "timeZone" | "now">,
): DialogueReport {
  if (yaml.trim() === "") return { results: [], problem: null };
  const read = readDialogues(yaml);
  if ("problem" in read) return { results: [], problem: read.problem };
  const results = read.dialogues.map((dialogue) => {
    const now = dialogue.at === undefined ? usualNow : new Date(dialogue.at);
    return resultOf(flow, dialogue, { ...deps, now });
  });
  return { results, problem: null };
}

function readDialogues(yaml: string): { dialogues: FlowDialogue[] } | { problem: string } {
  let value: unknown;
  try {
    value = parse(yaml, { maxAliasCount: mostAliases });
  } catch (error) {
    return { problem: error instanceof Error ? (error.message.split("\n")[0] ?? "") : "" };
  }
  const parsed = flowDialogues.safeParse(value);
  if (parsed.success) return { dialogues: parsed.data.dialogues };
  const [issue] = parsed.error.issues;
  return { problem: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}` };
}

function resultOf(flow: Flow, dialogue: FlowDialogue, deps: FlowDeps): DialogueResult {
  const { lines, unexpected } = playLines(flow, dialogue, deps);
  return {
    name: dialogue.name,
    isOk: unexpected === null && lines.every(({ miss }) => miss === null),
    lines: lines.map(({ line, miss }, at) => ({
      at: at + 1,
      who: whoOf(line),
      expected: miss?.expected ?? wordsOfLine(line),
      actual: miss?.got ?? null,
      isOk: miss === null,
    })),
    unexpected,
  };
}

function whoOf(line: Line): DialogueResult["lines"][number]["who"] {
  if ("customer" in line) return "customer";
  if ("bot" in line) return "bot";
  if ("tool" in line) return "tool";
  if ("event" in line) return "event";
  if ("handsOver" in line) return "hands-over";
  return "ticket" in line ? "ticket" : "ends";
}
