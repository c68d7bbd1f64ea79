// The run that a conversation is in, as turns has kept it: read back, given up after too long a silence, summed up for the
// person who takes over, and called to mind after another question.

import type { Action, FlowState } from "@yingda/contract";
import type { Tracer, Turn, Verdict } from "../../turn.ts";
import type { Flow } from "../definition/flow.ts";
import { advance } from "../run/advance.ts";
import { type FlowAction, type FlowDeps, type FlowRun, readRun } from "../run/flow-run.ts";
import type { ShopFlows } from "./shop-flows.ts";
import { actionsOf } from "./to-actions.ts";

const longestField = 500;

export interface OpenRun {
  flow: Flow;
  run: FlowRun;
  silentMs: number;
}

export function depsOf({ now, timeZone }: ShopFlows): FlowDeps {
  return { now, timeZone };
}

/**
 * The open run; null without one, or when it is over: the flow was switched off, its state cannot be read, or the customer
 * was silent for twice the flow's idle time (where the bot may not write first, no timer has reminded in between).
 */
export function openRun({ input, flows }: Turn): OpenRun | null {
  const { flowState } = input;
  if (flows === null || flowState?.kind !== "flow") return null;
  const run = readRun(flowState.run);
  const flow = flows.flows.find(({ id }) => id === flowState.flow);
  if (run === null || flow === undefined || run.flow !== flow.id) return null;
  const silentMs = flows.now.getTime() - new Date(flowState.at).getTime();
  const longestMs = Math.max(2 * flow.idleSeconds, waitedSeconds(flow, run) + flow.idleSeconds) * 1_000;
  return silentMs > longestMs ? null : { flow, run, silentMs };
}

/** What the run has to wait for before it goes on by itself; 0 when it waits for the customer. */
export function waitedSeconds({ steps }: Flow, run: FlowRun): number {
  const step = steps.find(({ id }) => id === run.step);
  return run.waitingFor.kind === "time" && step?.kind === "wait" ? step.seconds : 0;
}

/**
 * What the next turn must know. `actions` are those that led here: the timer they set, or the one that went on running,
 * says when the run goes on by itself; without them it waits for somebody.
 */
export function keepRun(
  run: FlowRun | null,
  { now }: ShopFlows,
  actions: readonly FlowAction[] = [],
  before: FlowState | null = null,
): Action {
  if (run === null) return { kind: "set-flow-state", state: null };
  const timer = actions.findLast((action) => action.kind === "set-timer");
  const isRunning = before?.kind === "flow" && before.run.timer === run.timer;
  const dueAt =
    timer?.timerId === run.timer
      ? new Date(now.getTime() + timer.seconds * 1_000).toISOString()
      : isRunning
        ? before.dueAt
        : null;
  const state: FlowState = { kind: "flow", flow: run.flow, run: { ...run }, at: now.toISOString(), dueAt };
  return { kind: "set-flow-state", state };
}

/**
 * After another step has decided although a run is open: an answer is followed by the run's open question, and whoever
 * takes over reads how far it came. Any other verdict ends the run.
 */
export function besideRun(turn: Turn, verdict: Verdict, tracer: Tracer): Verdict {
  const { flowState } = turn.input;
  const isKept = verdict.actions.some(({ kind }) => kind === "set-flow-state");
  if (flowState?.kind !== "flow" || isKept) return verdict;
  const open = openRun(turn);
  const values = { flow: flowState.flow };
  if (open === null || turn.flows === null) {
    tracer.note("flow", flowState.flow, "over", { code: "flow-over", values });
    return verdict;
  }
  const { flow, run } = open;
  const deps = depsOf(turn.flows);
  if (verdict.outcome === "answer" || verdict.outcome === "small-talk") {
    tracer.note("flow", run.step, "waits", { code: "flow-interrupted", values });
    const { state, actions } = advance(flow, run, { kind: "asked-something-else" }, deps);
    return {
      ...verdict,
      actions: [...verdict.actions, ...actionsOf(actions), keepRun(state, turn.flows, actions, flowState)],
    };
  }
  tracer.note("flow", run.step, "left", { code: "flow-left", values });
  const { actions } = advance(flow, run, { kind: "asked-for-human" }, deps);
  const handOver = actions.find((action) => action.kind === "hand-over");
  if (handOver === undefined) return verdict;
  const added = verdict.actions.map((action) => {
    if (action.kind === "handoff" || action.kind === "hold")
      return { ...action, summary: `${action.summary}\n${handOver.summary}` };
    return action.kind === "offer-leave-message" ? { ...action, fields: formFields(flow, run) } : action;
  });
  // the form comes back as an ordinary line: what was gathered is kept for whoever reads it
  const kept: Action[] = added.some(({ kind }) => kind === "offer-leave-message")
    ? [{ kind: "set-flow-state", state: { kind: "gathered", summary: handOver.summary } }]
    : [];
  return { ...verdict, actions: [...added, ...kept] };
}

/** What the form to leave a message can already be filled with. */
function formFields({ slots }: Flow, run: FlowRun): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { id, type, reads } of slots) {
    const text = run.slots[id]?.value == null ? "" : (run.slots[id]?.shown[run.locale] ?? "");
    const field =
      type === "phone"
        ? "phone"
        : type === "e-mail"
          ? "email"
          : type !== "text"
            ? null
            : reads === "name"
              ? "name"
              : "text";
    if (field !== null && text !== "") fields[field] ??= text.slice(0, longestField);
  }
  return fields;
}
