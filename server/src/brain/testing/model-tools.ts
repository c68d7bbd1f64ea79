// Connected tools of a made-up shop for tests and the lab, and which of them the policy offers to a model.

import { type ToolDraft, toolDraft } from "@yingda/contract";
import { asModelTool, type ModelTool, mayModelCall } from "../tools/model-tools.ts";

type Argument = string | number | boolean;

/** A tool that takes these inputs. */
export function testTool(
  name: string,
  inputs: Readonly<Record<string, unknown>>,
  change: Partial<ToolDraft> = {},
): ToolDraft {
  return toolDraft.parse({
    name,
    title: name,
    effect: "read",
    call: { kind: "http", method: "POST", path: `/${name}`, bodyAs: "json" },
    parameters: Object.entries(inputs).map(([input, value]) => ({
      name: input,
      in: "body",
      isRequired: false,
      input,
      type: typeOf(value as Argument),
    })),
    modelMayCall: true,
    ...change,
  });
}

/** What a model is offered of these tools for a contact who has proved nothing. `isBlind`: all of them. */
export function offeredOf(tools: readonly ToolDraft[], isBlind = false): ModelTool[] {
  return tools.filter((tool) => isBlind || mayModelCall(tool, null, () => false)).map(asModelTool);
}

function typeOf(value: Argument): "text" | "number" | "yes-no" {
  if (typeof value === "number") return "number";
  return typeof value === "boolean" ? "yes-no" : "text";
}
