// What a tool might answer, made up from the types of its fields: for the editor's trials, where nothing is connected.

import type { FlowTool, ToolField } from "../definition/tools.ts";

const dayMs = 86_400_000;

/** A value for every field, also those that may be absent; the input's own words come back where a field has its name. */
export function madeUpAnswer(
  tool: FlowTool,
  input: Record<string, unknown>,
  now: Date,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tool.output).map(([name, type]) => {
      const field = name.replace(/\?$/u, "");
      const given = Object.hasOwn(input, field) ? input[field] : undefined;
      return [field, given ?? madeUp(field, type, now)];
    }),
  );
}

function madeUp(field: string, type: ToolField, now: Date): unknown {
  if (typeof type !== "string") return type[type.length > 3 ? 3 : 0] ?? "";
  switch (type) {
    case "text":
      return /number/iu.test(field) ? "T1001" : `${field} ✓`;
    case "number":
      return 1;
    case "money":
      return { amountMinor: 9_900, currency: "CNY" };
    case "time":
      return new Date(now.getTime() + dayMs).toISOString();
    case "yes-no":
      return true;
    case "list":
      return [
        { value: "10:00", label: "10:00" },
        { value: "15:00", label: "15:00" },
      ];
    default:
      return type satisfies never;
  }
}
