// The state of one run of a flow, what can happen to it, and what it wants done. The state is a plain JSON value: turns
// keeps it between calls, and `readRun` reads it back. Shared by every file of this folder.

import type { FindOptions } from "@yingda/language";
import { z } from "zod";

const money = z.strictObject({ amountMinor: z.int(), currency: z.string().max(10) });
/** Words in both languages: what is spoken for a value. */
const shown = z.strictObject({ zh: z.string(), en: z.string() });
export const slotValue = z.strictObject({
  /** For tools; null where the customer left an optional slot out. */
  value: z.union([z.string(), z.number(), money, z.null()]),
  shown,
});
const listed = z.strictObject({ value: z.string().max(100), label: z.string().max(200) });
const field = z.union([z.string().max(4_000), z.number(), z.boolean(), money, z.array(listed).max(20)]);
/** What a tool may answer; a field that is none of this is left out. */
export const resultFields = z.record(z.string(), field);

export const flowRun = z.strictObject({
  flow: z.string(),
  version: z.int(),
  /** Given by the caller, unique per run; the first part of every idempotency key. */
  runId: z.string().min(1).max(100),
  locale: z.enum(["zh", "en"]),
  step: z.string(),
  waitingFor: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("answer") }),
    z.strictObject({ kind: z.literal("confirmation") }),
    z.strictObject({ kind: z.literal("tool"), callId: z.string() }),
    z.strictObject({ kind: z.literal("time") }),
    /** A tool waits until the customer has proved who they are (turn/prove-identity.ts). */
    z.strictObject({
      kind: z.literal("proof"),
      callId: z.string(),
      tool: z.string(),
      input: z.record(z.string(), z.unknown()),
      /** It changes something, and the customer has said yes. */
      isDeed: z.boolean().default(false),
      ask: z.enum(["address", "code"]),
      misses: z.int(),
    }),
  ]),
  slots: z.record(z.string(), slotValue),
  results: z.record(z.string(), resultFields),
  /** Steps taken, oldest first. */
  path: z.array(z.string()),
  /** How often a slot, or a step that asks, was asked. */
  asked: z.record(z.string(), z.int()),
  /** Calls and tickets per step: the last part of the idempotency key. */
  calls: z.record(z.string(), z.int()),
  /** Steps that have changed the world, in order. */
  done: z.array(z.string()),
  /** Steps whose tool did not answer: perhaps done, perhaps not. */
  uncertain: z.array(z.string()),
  /** The timer that counts; an older one is ignored. */
  timer: z.int(),
  isReminded: z.boolean(),
  isInterrupted: z.boolean(),
  events: z.int(),
  /** The customer's latest words: choices that a lookup brings are looked for in them. */
  said: z.string(),
});

export type Locale = "zh" | "en";
export type SlotValue = z.infer<typeof slotValue>;
export type ResultFields = z.infer<typeof resultFields>;
export type ResultValue = ResultFields[string];
export type FlowRun = z.infer<typeof flowRun>;

export type FlowEvent =
  /** `photos` are media ids. `locale` follows the customer when they change languages. */
  | { kind: "said"; text: string; photos?: string[]; locale?: Locale }
  | { kind: "tool-answered"; callId: string; answer: ToolAnswer }
  | { kind: "timer"; timerId: number }
  | { kind: "asked-for-human" }
  /** The caller has just answered another question of the customer. */
  | { kind: "asked-something-else" };

export type ToolAnswer =
  | { kind: "result"; fields: Record<string, unknown> }
  /** "unavailable": perhaps done, perhaps not; "not-done": it surely was not, and not because the tool refused it. */
  | { kind: "failure"; why: ToolFailure };
export type ToolFailure = "not-found" | "refused" | "unavailable" | "not-done";

export type HandOverReason =
  | "asked-for-human"
  | "step"
  | "gave-up"
  | "flow-changed"
  | "unfilled-blank"
  | "too-late-to-change"
  | "too-long"
  | "broken-flow";
export type Ending = "done" | "not-done" | "cancelled" | "timed-out" | "handed-over";

export interface Offer {
  value: string;
  label: string;
}

export type FlowAction =
  /** `spoken` is for the phone, with the choices and their keys in words. */
  | { kind: "say"; text: string; spoken: string; choices: Offer[] }
  | { kind: "ask-tool"; tool: string; input: Record<string, unknown>; callId: string }
  /** Only ever after the customer's yes. `callId` is the idempotency key. */
  | { kind: "do-tool"; tool: string; input: Record<string, unknown>; callId: string }
  | { kind: "set-timer"; timerId: number; seconds: number }
  | {
      kind: "hand-over";
      reason: HandOverReason;
      queue: string | null;
      skills: string[];
      summary: string;
      text: string;
    }
  /** `key` makes the ticket one, however often the action is carried out. */
  | { kind: "request-ticket"; key: string; summary: string; fields: Record<string, unknown> }
  | { kind: "ended"; outcome: Ending };

/** A code with values; the sentence lives in the client's language files. */
export interface FlowTrace {
  step: string;
  code: string;
  values: Record<string, string | number>;
}

export interface Advanced {
  /** Null once the run has ended. */
  state: FlowRun | null;
  actions: FlowAction[];
  trace: FlowTrace[];
}

/** The clock, the zone, and the shop's products and fault codes, for reading what was said. */
export type FlowDeps = FindOptions;

/** A stored state, or null when it is none (an older shape, damage): the caller then hands over. */
export function readRun(value: unknown): FlowRun | null {
  return flowRun.safeParse(value).data ?? null;
}
