// What a tool run keeps sealed: the input and the state of the flow that goes on, and what the tool answered.
import type { FlowState } from "@yingda/contract";
import type { ToolDone } from "../../brain/index.ts";
import type { TenantVault } from "../../platform/crypto/index.ts";
import type { ToolRunRow } from "./tool-run-store.ts";

export interface ToolWork {
  input: Record<string, unknown>;
  state: FlowState | null;
}
export type ToolAnswer = NonNullable<ToolDone["answer"]>;

const placeOf = (column: "sealed_work" | "sealed_answer", id: string) => ({
  table: "tool_run",
  column,
  row: id,
});

export function sealWork(vault: TenantVault, id: string, work: ToolWork): Buffer {
  return vault.seal(placeOf("sealed_work", id), JSON.stringify(work));
}

export function openWork(vault: TenantVault, { id, sealedWork }: ToolRunRow): ToolWork {
  return JSON.parse(vault.openText(placeOf("sealed_work", id), sealedWork)) as ToolWork;
}

export function sealAnswer(vault: TenantVault, id: string, answer: ToolAnswer): Buffer {
  return vault.seal(placeOf("sealed_answer", id), JSON.stringify(answer));
}

/** Null while there is none, and where nobody knows. */
export function openAnswer(vault: TenantVault, { id, sealedAnswer }: ToolRunRow): ToolAnswer | null {
  if (sealedAnswer === null) return null;
  return JSON.parse(vault.openText(placeOf("sealed_answer", id), sealedAnswer)) as ToolAnswer;
}
