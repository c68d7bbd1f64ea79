// Conversations with flows in tests: line by line through decide, with the state kept as turns keeps it, the shipped flows
// and the demo's order system.

import type { FlowState, TurnDecision, TurnInput } from "@yingda/contract";
import { readFlows } from "@yingda/templates";
import type { TurnModel } from "../answer-model.ts";
import { textOfAction } from "../ask.ts";
import { decide } from "../decide.ts";
import { readFlow } from "../flows/definition/read-flow.ts";
import type { AskTool, ToolCall } from "../flows/turn/shop-flows.ts";
import { askDemoOrders } from "../tools/demo/demo-orders.ts";
import { knowledge, turn } from "./turns.ts";

const shipped = readFlows().flatMap(({ text }) => {
  const read = readFlow(text);
  return read.kind === "read" ? [read.flow] : [];
});

export class FlowTalk {
  state: FlowState | null = null;
  /** Moves between lines where a test is about silence. */
  now = new Date("2026-11-23T02:00:00Z");
  readonly calls: ToolCall[] = [];
  /** The shop's large model, where a test has one. */
  model: TurnModel | null = null;
  /** What the shop knows, where a test has products. */
  knowledge = knowledge;
  readonly #on: readonly string[];
  readonly #tools: AskTool | undefined;
  readonly #history: TurnInput["history"] = [];
  #misses = 0;

  constructor(on: readonly string[], tools?: AskTool) {
    this.#on = on;
    this.#tools = tools;
  }

  async say(line: Parameters<typeof turn>[0], changes: Partial<TurnInput> = {}): Promise<TurnDecision> {
    const flows = {
      flows: shipped.filter(({ id }) => this.#on.includes(id)),
      now: this.now,
      timeZone: "Asia/Shanghai",
      newRunId: () => "run-1",
    };
    const tools: AskTool = async (call, signal) => {
      this.calls.push(call);
      return this.#tools?.(call, signal) ?? askDemoOrders(call.tool, call.input, this.now);
    };
    const input = turn(line, {
      flowState: this.state,
      history: [...this.#history],
      turnsWithoutProgress: this.#misses,
      ...changes,
    });
    const decision = await decide(
      { knowledge: this.knowledge, flows, tools, model: this.model },
      input,
      new AbortController().signal,
    );
    const set = decision.actions.find((action) => action.kind === "set-flow-state");
    // as the database keeps it
    this.state = set?.kind === "set-flow-state" ? JSON.parse(JSON.stringify(set.state)) : null;
    this.#misses = decision.outcome === "ask-back" ? this.#misses + 1 : 0;
    this.#history.push({ author: "contact", text: typeof line === "string" ? line : "", faqSlug: null });
    this.#history.push({ author: "bot", text: textOf(decision), faqSlug: decision.faq });
    return decision;
  }

  /** Where the open run stands; null without one. */
  get step(): unknown {
    return this.state?.kind === "flow" ? this.state.run.step : null;
  }
}

/** All that the bot says in a turn. */
export function textOf({ actions }: TurnDecision): string {
  return actions
    .map(textOfAction)
    .filter((text) => text !== "")
    .join("\n");
}

/** What the person reads who takes over; null when nobody does. */
export function summaryIn({ actions }: TurnDecision): string | null {
  const handed = actions.find((action) => action.kind === "handoff" || action.kind === "hold");
  return handed === undefined || !("summary" in handed) ? null : handed.summary;
}
