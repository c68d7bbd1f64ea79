// Plays a scripted dialogue against a flow and tells every line that came out differently. The editor's test runner and
// our own regression tests use it; scripts are kept as YAML beside the flow.
//
// Lines in order: what the customer says, what a tool answers (the flow must have just called it with that input), and
// what the bot is expected to say (part of the text is enough; other texts may come between).

import { z } from "zod";
import type { Flow } from "../definition/flow.ts";
import { advance, startFlow } from "./advance.ts";
import type { Advanced, FlowAction, FlowDeps, FlowEvent } from "./flow-run.ts";

const line = z.union([
  z.strictObject({ customer: z.string(), photos: z.array(z.string()).optional() }),
  z.strictObject({ bot: z.string() }),
  z.strictObject({
    tool: z.string(),
    input: z.record(z.string(), z.unknown()).optional(),
    answer: z.record(z.string(), z.unknown()).optional(),
    fails: z.enum(["not-found", "refused", "unavailable"]).optional(),
  }),
  z.strictObject({ event: z.enum(["asked-for-human", "asked-something-else", "time-passes"]) }),
  z.strictObject({ handsOver: z.string() }),
  z.strictObject({ ticket: z.string() }),
  z.strictObject({ ends: z.enum(["done", "not-done", "cancelled", "timed-out", "handed-over"]) }),
]);

export const flowDialogue = z.strictObject({
  name: z.string(),
  locale: z.enum(["zh", "en"]),
  /** When it takes place, RFC 3339: "tomorrow" is counted from it. */
  at: z.iso.datetime({ offset: true }).optional(),
  lines: z.array(line).min(2).max(80),
});
export const flowDialogues = z.strictObject({ flow: z.string(), dialogues: z.array(flowDialogue).min(1) });
export type FlowDialogue = z.infer<typeof flowDialogue>;
export type Line = z.infer<typeof line>;

interface Play {
  state: Advanced["state"];
  hasBegun: boolean;
  /** Actions that no line has accounted for. */
  open: FlowAction[];
}

/** A line that came out differently: what was looked for, and what came instead. */
interface Miss {
  expected: string;
  got: string;
}

export interface PlayedLine {
  line: Line;
  miss: Miss | null;
}
export interface Played {
  lines: PlayedLine[];
  /** A tool that the script does not foresee, after its last line. */
  unexpected: string | null;
}

/** Out: one sentence per line that came out differently, with its number; empty when all went as written. */
export function playDialogue(flow: Flow, dialogue: FlowDialogue, deps: FlowDeps): string[] {
  const { lines, unexpected } = playLines(flow, dialogue, deps);
  const problems = lines.flatMap(({ miss }, at) =>
    miss === null ? [] : [`${dialogue.name}, line ${at + 1}: expected ${miss.expected}, got ${miss.got}`],
  );
  return unexpected === null ? problems : [...problems, `${dialogue.name}: ${unexpected} was not expected`];
}

/** Every line in its order, with how it came out. A line after a miss is still played. */
export function playLines(flow: Flow, dialogue: FlowDialogue, deps: FlowDeps): Played {
  const play: Play = { state: null, hasBegun: false, open: [] };
  const lines = dialogue.lines.map((line) => ({ line, miss: playLine(flow, dialogue, line, play, deps) }));
  const unanswered = play.open.find(({ kind }) => kind === "ask-tool" || kind === "do-tool");
  return { lines, unexpected: unanswered === undefined ? null : describe([unanswered]) };
}

function playLine(flow: Flow, dialogue: FlowDialogue, each: Line, play: Play, deps: FlowDeps): Miss | null {
  if ("customer" in each) return hearCustomer(flow, dialogue, each, play, deps);
  if ("event" in each) return send(flow, play, eventOf(each.event, play), deps);
  if ("tool" in each) return answerTool(flow, each, play, deps);
  const isIt = (action: FlowAction): boolean => {
    if ("bot" in each) return "text" in action && action.text.includes(each.bot);
    if ("handsOver" in each) return action.kind === "hand-over" && action.reason === each.handsOver;
    if ("ticket" in each) return action.kind === "request-ticket" && action.summary.includes(each.ticket);
    return action.kind === "ended" && "ends" in each && action.outcome === each.ends;
  };
  const at = play.open.findIndex(isIt);
  if (at < 0) return { expected: wordsOfLine(each), got: describe(play.open) };
  // a hand-over speaks and hands over: "bot" looks at it and leaves it to "handsOver"
  play.open = play.open.slice("bot" in each && play.open[at]?.kind === "hand-over" ? at : at + 1);
  return null;
}

/** A line of a script as one reads it. */
export function wordsOfLine(line: Line): string {
  if ("customer" in line) return line.customer;
  if ("bot" in line) return `“${line.bot}”`;
  if ("event" in line) return line.event;
  if ("handsOver" in line) return `hand-over ${line.handsOver}`;
  if ("ticket" in line) return `ticket “${line.ticket}”`;
  if ("ends" in line) return `end ${line.ends}`;
  return [
    line.tool,
    ...Object.entries(line.input ?? {}).map(([name, value]) => `${name}=${asText(value)}`),
  ].join(" ");
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function hearCustomer(
  flow: Flow,
  { locale }: FlowDialogue,
  { customer: text, photos = [] }: { customer: string; photos?: string[] | undefined },
  play: Play,
  deps: FlowDeps,
): Miss | null {
  if (play.hasBegun) return send(flow, play, { kind: "said", text, photos }, deps);
  play.hasBegun = true;
  const { state, actions } = startFlow(flow, { runId: "dialogue", locale, text, photos }, deps);
  play.state = state;
  play.open = actions;
  return null;
}

function send(flow: Flow, play: Play, event: FlowEvent, deps: FlowDeps): Miss | null {
  if (play.state === null) return { expected: event.kind, got: "end" };
  const { state, actions } = advance(flow, play.state, event, deps);
  play.state = state;
  play.open = actions;
  return null;
}

function eventOf(
  event: "asked-for-human" | "asked-something-else" | "time-passes",
  { state }: Play,
): FlowEvent {
  return event === "time-passes" ? { kind: "timer", timerId: state?.timer ?? 0 } : { kind: event };
}

function answerTool(
  flow: Flow,
  { tool, input = {}, answer, fails }: Extract<Line, { tool: string }>,
  play: Play,
  deps: FlowDeps,
): Miss | null {
  const call = play.open.find((action) => action.kind === "ask-tool" || action.kind === "do-tool");
  if (call === undefined || call.tool !== tool) return { expected: tool, got: describe(play.open) };
  for (const [name, value] of Object.entries(input)) {
    if (JSON.stringify(call.input[name]) !== JSON.stringify(value))
      return { expected: `${tool} ${name}=${asText(value)}`, got: `${name}=${asText(call.input[name])}` };
  }
  const outcome =
    fails === undefined
      ? { kind: "result" as const, fields: answer ?? {} }
      : { kind: "failure" as const, why: fails };
  return send(flow, play, { kind: "tool-answered", callId: call.callId, answer: outcome }, deps);
}

function describe(actions: FlowAction[]): string {
  const told = actions
    .filter(({ kind }) => kind !== "set-timer")
    .map((action) => {
      if (action.kind === "say") return `“${action.text}”`;
      if (action.kind === "ask-tool" || action.kind === "do-tool")
        return wordsOfLine({ tool: action.tool, input: action.input });
      if (action.kind === "hand-over") return `hand-over ${action.reason} “${action.text}”`;
      return action.kind === "ended" ? `end ${action.outcome}` : action.kind;
    });
  return told.join(", ") || "–";
}
