// The editor's trial: one event against a text that need not be published, by the same engine that customers meet. Keeps
// nothing: the state goes back and forth with the browser, and is read like any state. Tools are never called: their
// answers are the tester's, or made up.

import type { DialogueReport, FlowTrialLine, FlowTrialReply, flowTrialAsked } from "@yingda/contract";
import { getTenant, requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { AppError } from "../../../platform/errors.ts";
import { newId } from "../../../platform/ids.ts";
import { askDemoOrders } from "../../tools/demo/demo-orders.ts";
import { shopFlowTools } from "../../tools/shop/flow-tools.ts";
import { readFlow } from "../definition/read-flow.ts";
import { type FlowTools, toolNamed } from "../definition/tools.ts";
import { advance, startFlow } from "../run/advance.ts";
import {
  type Advanced,
  type FlowAction,
  type FlowDeps,
  type FlowEvent,
  type FlowRun,
  readRun,
  type ToolAnswer,
  type ToolFailure,
} from "../run/flow-run.ts";
import { madeUpAnswer } from "../run/made-up-answer.ts";
import { playDialogues } from "../run/play-dialogues.ts";
import { flowText } from "./flow-texts.ts";
import { refuseProblems } from "./flows.ts";

type Asked = (typeof flowTrialAsked)["_output"];
/** A flow that asks more in one turn goes round in circles. */
const mostCalls = 10;

/** @throws AppError flow/has-problems; request/invalid for a run that has ended or is none */
export async function tryFlow(ctx: Ctx, asked: Asked): Promise<FlowTrialReply> {
  requirePermission(ctx, "knowledge-read");
  const { timeZone } = await getTenant(ctx);
  const tools = await shopFlowTools(ctx);
  const read = readFlow(asked.yaml);
  if (read.kind === "refused") {
    refuseProblems({ id: "", yaml: asked.yaml, isOwn: true, flow: null, problems: read.problems });
    throw new AppError("request/invalid");
  }
  const { flow } = read;
  const deps: FlowDeps = { now: ctx.clock.now(), timeZone };
  const lines: FlowTrialLine[] = [];
  const trace: FlowTrialReply["trace"] = [];
  const take = ({ state, actions, trace: seen }: Advanced): Advanced => {
    lines.push(...actions.flatMap(lineOf));
    trace.push(...seen);
    return { state, actions, trace: seen };
  };
  let now: Advanced;
  if (asked.run === null) {
    if (asked.event.kind !== "said") throw new AppError("request/invalid");
    const begun = { runId: newId<string>(), locale: asked.locale, text: asked.event.text };
    now = take(startFlow(flow, begun, deps));
  } else {
    const run = readRun(asked.run);
    const event = run && eventOf(asked, run, deps);
    if (run === null || event === null) throw new AppError("request/invalid");
    if (event.kind === "tool-answered")
      lines.push(
        answeredLine(
          flow.steps.find(({ id }) => id === run.step),
          event.answer,
        ),
      );
    now = take(advance(flow, run, event, deps));
  }
  for (let calls = 0; asked.isToolAuto && calls < mostCalls && now.state !== null; calls += 1) {
    const call = now.actions.find(isCall);
    if (call === undefined) break;
    const answer = standInAnswer(tools, call, deps.now ?? ctx.clock.now());
    const open = lines.findLast((line) => line.kind === "tool");
    if (open?.kind === "tool") Object.assign(open, shownAnswer(answer));
    now = take(advance(flow, now.state, { kind: "tool-answered", callId: call.callId, answer }, deps));
  }
  const { state } = now;
  return {
    run: state === null ? null : { ...state },
    step: state?.step ?? trace.at(-1)?.step ?? null,
    path: state?.path ?? [],
    slots: flow.slots.flatMap(({ id, label }) => {
      const value = state === null ? undefined : state.slots[id];
      return value === undefined
        ? []
        : [{ id, label: label[asked.locale], value: value.value === null ? "–" : value.shown[asked.locale] }];
    }),
    lines,
    trace,
  };
}

/** Plays scripted dialogues against a text. @throws AppError flow/has-problems for a text that is no flow at all */
export async function runFlowDialogues(
  ctx: Ctx,
  { yaml, dialogues }: { yaml: string; dialogues: string },
): Promise<DialogueReport> {
  requirePermission(ctx, "knowledge-read");
  const { timeZone } = await getTenant(ctx);
  const text = flowText("", yaml, true);
  if (text.flow === null) refuseProblems(text);
  return text.flow === null
    ? { results: [], problem: null }
    : playDialogues(text.flow, dialogues, { now: ctx.clock.now(), timeZone });
}

type Call = Extract<FlowAction, { kind: "ask-tool" | "do-tool" }>;

function isCall(action: FlowAction): action is Call {
  return action.kind === "ask-tool" || action.kind === "do-tool";
}

function eventOf({ event, locale }: Asked, run: FlowRun, deps: FlowDeps): FlowEvent | null {
  switch (event.kind) {
    case "said":
      return { kind: "said", text: event.text, locale };
    case "time-passes":
      return { kind: "timer", timerId: run.timer };
    case "asked-something-else":
    case "asked-for-human":
      return { kind: event.kind };
    case "tool": {
      if (run.waitingFor.kind !== "tool") return null;
      const { callId } = run.waitingFor;
      if (event.fails !== undefined)
        return { kind: "tool-answered", callId, answer: { kind: "failure", why: event.fails } };
      return { kind: "tool-answered", callId, answer: { kind: "result", fields: event.fields ?? {} } };
    }
    default:
      return event satisfies never;
  }
}

/** The demo's own orders where it has them, else made-up values. */
function standInAnswer(tools: FlowTools, { tool: name, input }: Call, now: Date): ToolAnswer {
  const demo = askDemoOrders(name, input, now);
  if (demo.kind === "result") return demo;
  const tool = toolNamed(tools, name);
  return tool === null
    ? { kind: "failure", why: "unavailable" }
    : { kind: "result", fields: madeUpAnswer(tool, input, now) };
}

function shownAnswer(answer: ToolAnswer): { answer: Record<string, unknown> } | { fails: ToolFailure } {
  return answer.kind === "result" ? { answer: answer.fields } : { fails: answer.why };
}

function answeredLine(step: { kind: string; tool?: string } | undefined, answer: ToolAnswer): FlowTrialLine {
  const tool = step !== undefined && "tool" in step ? (step.tool ?? "") : "";
  const effect = step?.kind === "do" ? "change" : "read";
  return { kind: "tool", tool, effect, input: {}, ...shownAnswer(answer) };
}

function lineOf(action: FlowAction): FlowTrialLine[] {
  switch (action.kind) {
    case "say":
      return [{ kind: "said", text: action.text, choices: action.choices }];
    case "ask-tool":
    case "do-tool":
      return [
        {
          kind: "tool",
          tool: action.tool,
          effect: action.kind === "do-tool" ? "change" : "read",
          input: action.input,
        },
      ];
    case "hand-over":
      return [
        { kind: "said", text: action.text, choices: [] },
        { kind: "hand-over", reason: action.reason, summary: action.summary, queue: action.queue },
      ];
    case "request-ticket":
      return [{ kind: "ticket", summary: action.summary }];
    case "set-timer":
      return [{ kind: "timer", seconds: action.seconds }];
    case "ended":
      return [{ kind: "ended", outcome: action.outcome }];
    default:
      return action satisfies never;
  }
}
