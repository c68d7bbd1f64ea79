// What a flow has asked for, read by a model where the engine cannot: "the slip says 10 01 I think". The model only points at
// the customer's own words: what it gives must stand in them, and the flow's own reading must accept it; then the flow goes on as
// if just that had been written. Step of decide.ts, before the flow's own.

import { z } from "zod";
import { type PromptAsk, readShape } from "../../inference/index.ts";
import type { Draft } from "../flows/run/draft.ts";
import { hear } from "../flows/run/read-slot.ts";
import { openSlot, takesMessage } from "../flows/run/start.ts";
import { readAsked } from "../flows/run/understand.ts";
import { depsOf, type OpenRun, openRun } from "../flows/turn/open-run.ts";
import { type FlowWork, takeTurn } from "../flows/turn/take-turn.ts";
import type { Tracer, Turn, Verdict } from "../turn.ts";
import type { Asked } from "../understanding/understand.ts";
import { intentOf } from "./intent.ts";
import type { ModelCall, ModelReply } from "./model-call.ts";
import { stepDownCode } from "./step-down.ts";

type Yielded<Work> = Work extends Generator<infer Out, unknown, unknown> ? Out : never;
type Given<Work> = Work extends Generator<unknown, unknown, infer In> ? In : never;
export type ExtractWork = Generator<
  Yielded<FlowWork> | ModelCall,
  Verdict | null,
  Given<FlowWork> & ModelReply
>;

const extractBudgetMs = 4_000;
/** A longer line tells a story; the slot is asked for again. */
const longestLine = 500;
/** Two neighbours of one number or word. */
const goesOn = /^(?:\d\d|[a-z][a-z])$/u;

const found = z.object({ value: z.string().nullable() });

export function* readByModel(turn: Turn, asked: Asked, tracer: Tracer): ExtractWork {
  const open = openRun(turn);
  if (open === null || turn.flows === null || !isUnread(turn, open, asked)) return null;
  const slot = openSlot(open.flow, open.run);
  if (slot === undefined) return null;
  const reply: ModelReply = yield {
    kind: "model",
    ask: extractAsk(turn, slot),
    budgetMs: extractBudgetMs,
    intent: intentOf(turn),
  };
  if (reply.kind === "failure") {
    const values = { code: reply.code, ms: reply.tookMs };
    tracer.note("extract", slot.id, "step-down", { code: stepDownCode(reply.code), values });
    return null;
  }
  const value = valueIn(turn.heard.text, reply.text);
  if (value === null || !isReadable(turn, open, value)) {
    tracer.note("extract", slot.id, "refused", {
      code: "model-extracted-nothing",
      values: { slot: slot.id },
    });
    return null;
  }
  tracer.note("extract", slot.id, "filled", {
    code: "model-extracted",
    values: { slot: slot.id, model: reply.model, ms: reply.tookMs },
  });
  return yield* takeTurn({ ...turn, heard: { ...turn.heard, text: value } }, asked, tracer);
}

/** The engine sees no answer in it, and nothing else that it could answer. */
function isUnread({ heard, input, flows }: Turn, { flow, run }: OpenRun, asked: Asked): boolean {
  if (flows === null || heard.text === "" || heard.text.length > longestLine) return false;
  const best = asked.best.matches[0]?.confidence ?? 0;
  if (heard.smallTalk !== null || heard.wish.wants || best >= input.thresholds.answer) return false;
  return takesMessage(flow, run, { text: heard.text }, depsOf(flows)) === "no";
}

type Slot = NonNullable<ReturnType<typeof openSlot>>;

function extractAsk({ heard, flows }: Turn, { label, question, type }: Slot): PromptAsk {
  const language = heard.locale === "en" ? "en" : "zh";
  const wanted = `${label[language]} (${type}). ${question[language]}`;
  const today = (flows?.now ?? new Date(0)).toISOString().slice(0, 10);
  return {
    prompt: "extract",
    language,
    inputs: { words: { today }, data: { text: heard.text } },
    shape: found.extend({
      value: z
        .string()
        .nullable()
        .describe(
          `${wanted} Copied letter by letter from the text, without anything else; null if it is not there.`,
        ),
    }),
  };
}

/**
 * What the model found, if it does stand in the customer's words and is no piece of a longer number or Latin word; spaces and marks
 * between its letters do not count.
 */
function valueIn(said: string, reply: string): string | null {
  const read = readShape(found, reply);
  const value = read.kind === "fits" ? (read.value.value?.trim() ?? "") : "";
  return standsIn(fold(said), squeeze(value)) ? value : null;
}

function standsIn(said: string, bare: string): boolean {
  const places = [...said.matchAll(/[^\s\p{P}]/gu)];
  const letters = places.map(([letter]) => letter);
  const wanted = [...bare];
  if (wanted.length === 0) return false;
  return places.some(({ index: start }, at) => {
    if (wanted.some((letter, step) => letters[at + step] !== letter)) return false;
    const last = places[at + wanted.length - 1];
    const end = (last?.index ?? start) + (last?.[0].length ?? 0);
    return (
      !goesOn.test(said.slice(Math.max(0, start - 1), start + 1)) &&
      !goesOn.test(said.slice(end - 1, end + 1))
    );
  });
}

function isReadable({ flows }: Turn, { flow, run }: OpenRun, value: string): boolean {
  if (flows === null) return false;
  const slot = openSlot(flow, run);
  const deps = depsOf(flows);
  const draft: Draft = { flow, run: structuredClone(run), deps, actions: [], trace: [], isOver: false };
  return slot !== undefined && readAsked(draft, slot, hear(value, [], deps)) !== null;
}

function squeeze(text: string): string {
  return fold(text).replace(/[\s\p{P}]+/gu, "");
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
