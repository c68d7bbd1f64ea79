// Goes on with a flow once a tool has done (or not done) what the customer confirmed: what to tell them, and what comes
// next. Called by turns after the tool was called; the customer may have been silent since. As decide.ts: values in, a
// value out, no writes.

import type { Action, FlowState, TurnDecision, TurnInput } from "@yingda/contract";
import type { DecideDeps } from "./decide.ts";
import { flowTools, toolNamed } from "./flows/definition/tools.ts";
import { advance } from "./flows/run/advance.ts";
import { type FlowRun, readRun, type ToolAnswer } from "./flows/run/flow-run.ts";
import { depsOf } from "./flows/turn/open-run.ts";
import { type AskedAnswer, askInTime, type ShopFlows, type ToolCall } from "./flows/turn/shop-flows.ts";
import { afterTool, type FlowWork } from "./flows/turn/take-turn.ts";
import { words as flowWords } from "./flows/turn/words.ts";
import { withholdWords } from "./heed-words.ts";
import { wordsFor } from "./manner/persona.ts";
import { type Because, Tracer, type Turn, type Verdict } from "./turn.ts";
import { listen } from "./understanding/understand.ts";
import { awayBecause } from "./words.ts";

export interface ToolDone {
  /** The run of the flow as it was when the tool was asked. */
  state: FlowState;
  tool: string;
  key: string;
  /** Null: nobody knows whether it was done. */
  answer: ToolAnswer | null;
}

/**
 * In:  the conversation as a turn without lines, and what the tool said.
 * Out: what to say and to remember; a person wherever the flow cannot go on or nobody knows.
 * @throws the signal's reason when aborted while a lookup runs.
 */
export async function decideAfterTool(
  { knowledge, flows = null, tools, elapsedMs = () => 0 }: DecideDeps,
  input: TurnInput,
  done: ToolDone,
  signal: AbortSignal,
): Promise<TurnDecision> {
  const tracer = new Tracer(elapsedMs);
  const run = done.state.kind === "flow" ? readRun(done.state.run) : null;
  const locale = run?.locale === "en" ? "en" : "zh-CN";
  const heard = { ...listen(input), language: locale, locale } as const;
  const say = wordsFor(locale, input.behaviour?.persona);
  const turn: Turn = { input, heard, knowledge, candidates: [], say, flows };
  const work = verdictAfter(turn, run, done, tracer);
  let step = work.next();
  while (step.done !== true) step = work.next(await askInTime(tools, step.value, signal));
  const verdict = withholdWords(turn, step.value, tracer);
  tracer.note("decide", done.tool, verdict.outcome, verdict.because);
  return {
    outcome: verdict.outcome,
    isSendable: true,
    faq: null,
    confidence: 1,
    actions: verdict.actions,
    understanding: {
      language: heard.language,
      sentiment: "neutral",
      urgency: "normal",
      wantsHuman: false,
      candidates: [],
    },
    trace: tracer.entries,
  };
}

function* verdictAfter(
  turn: Turn,
  run: FlowRun | null,
  { tool, key, answer }: ToolDone,
  tracer: Tracer,
): Generator<ToolCall, Verdict, AskedAnswer> {
  const { flows } = turn;
  const flow = run && flows?.flows.find(({ id }) => id === run.flow);
  const say = flowWords[run?.locale ?? "zh"];
  if (answer === null) {
    const isAway = awayBecause(turn.input.handoffAvailability) !== null;
    const summary = flow && run && flows ? summaryOf(flow, run, flows) : tool;
    const text = isAway ? say.unknownAway : say.unknown;
    return toColleague(text, summary, { code: "flow-unknown", values: { tool } });
  }
  if (flow && run && flow.version === run.version) {
    const work: FlowWork = afterTool(turn, { flow, run }, { callId: key, answer }, tracer);
    const verdict = yield* work;
    if (verdict !== null) return verdict;
  }
  const text = say.outcome[answer.kind === "result" ? "done" : "failed"];
  return toColleague(text, summaryWithout(run, tool, answer), { code: "flow-gone", values: { tool } });
}

function summaryOf(flow: ShopFlows["flows"][number], run: FlowRun, flows: ShopFlows): string {
  const { actions } = advance(flow, run, { kind: "asked-for-human" }, depsOf(flows));
  return actions.find((action) => action.kind === "hand-over")?.summary ?? flow.name[run.locale];
}

/** The flow is gone, and with it the names of its slots; their values are not. */
function summaryWithout(run: FlowRun | null, tool: string, answer: ToolAnswer): string {
  const locale = run?.locale ?? "zh";
  const about = toolNamed(flowTools, tool)?.about[locale] ?? tool;
  const slots = Object.values(run?.slots ?? {}).map(({ shown }) => shown[locale]);
  const came = answer.kind === "result" ? JSON.stringify(answer.fields) : answer.why;
  return [about, ...slots, came]
    .filter((line) => line !== "")
    .join("\n")
    .slice(0, 1_000);
}

function toColleague(text: string, summary: string, because: Because): Verdict {
  const actions: Action[] = [
    { kind: "hold", reason: "held", summary, text, faq: null },
    { kind: "set-flow-state", state: null },
  ];
  return { outcome: "held", isSendable: true, faq: null, confidence: 1, actions, because };
}
