// What deciding a turn is given of flows: those that are switched on, the time, and a way to ask a tool. The room's cache
// builds it for a shop (../shop), tests by hand.

import type { Flow } from "../definition/flow.ts";
import type { ToolAnswer } from "../run/flow-run.ts";

export interface ShopFlows {
  /** Switched on and without problems. */
  flows: readonly Flow[];
  /** "Tomorrow" is counted from it, and so is how long a run has been silent. */
  now: Date;
  timeZone: string;
  /** Unlike every other run's. */
  newRunId(): string;
  /** Whether what a `do` step confirms can be done by a tool; else, and without this, a person does it. */
  canDo?(flow: string, tool: string): boolean;
  /** Whether a tool that acts wants to know who is asking; then `proofTools.need` says whether they have proved it. */
  needsProof?(tool: string): boolean;
  /** Inputs of a tool that the trace does not show. */
  redacted?(tool: string): readonly string[];
}

/** One question to a tool that only reads. */
export interface ToolCall {
  flow: string;
  tool: string;
  input: Record<string, unknown>;
  callId: string;
  /** Of the run: for what the shop itself says in both languages. */
  locale?: "zh" | "en";
}
/** A tool may also want to know first who is asking: a code that was sent to them, or a sign-in on the shop's site. */
export type AskedAnswer = ToolAnswer | { kind: "proof-needed"; how: "code" | "site-login" };
export type AskTool = (call: ToolCall, signal: AbortSignal) => Promise<AskedAnswer>;
/**
 * Names under which a run asks about a proof: whether a tool still needs one, for a code to be sent, whether it was the
 * right one.
 */
export const proofTools = {
  need: "identity.need",
  send: "identity.send-code",
  check: "identity.check-code",
} as const;

/** Leaves time for a second lookup and for the answer within the budget of a turn. */
export const toolBudgetMs = 4_000;

/** The tool's answer; "unavailable" when there is no tool, it throws or takes too long. Never rejects. */
export async function askInTime(
  ask: AskTool | undefined,
  call: ToolCall,
  signal: AbortSignal,
): Promise<AskedAnswer> {
  const unavailable: ToolAnswer = { kind: "failure", why: "unavailable" };
  if (ask === undefined) return unavailable;
  const ends = AbortSignal.any([signal, AbortSignal.timeout(toolBudgetMs)]);
  if (ends.aborted) return unavailable;
  const tooLate = new Promise<AskedAnswer>((resolve) => {
    ends.addEventListener("abort", () => resolve(unavailable), { once: true });
  });
  const answer = Promise.resolve()
    .then(() => ask(call, ends))
    .catch(() => unavailable);
  return Promise.race([answer, tooLate]);
}
