// Flows as the workbench sees them: which there are, which are on, the YAML, its draft, what is wrong with it, its
// scripted dialogues, its versions, and trying a draft out.
import { z } from "zod";
import { idOf, instant } from "./ids.ts";

const bothLanguages = z.object({ zh: z.string(), en: z.string() });

/** What one shop may keep. */
export const flowBounds = { flows: 60, yamlCharacters: 300_000, versions: 50 } as const;

const yamlText = z.string().max(flowBounds.yamlCharacters);

/** A place to repair: the step or slot, and its line in the YAML counted from 1; null where neither is known. */
export const flowProblem = z.object({
  kind: z.string(),
  step: z.string().nullable(),
  slot: z.string().nullable(),
  line: z.int().nullable(),
  text: bothLanguages,
});
export type FlowProblemShown = z.infer<typeof flowProblem>;

/** `warnings` hold nothing back: the flow can be published with them. */
export const flowChecked = z.object({ problems: z.array(flowProblem), warnings: z.array(flowProblem) });

export const flowSummary = z.object({
  /** "order-status". */
  id: z.string(),
  name: bothLanguages,
  isOn: z.boolean(),
  /** The tenant's own text; else the one that ships. */
  isOwn: z.boolean(),
  /** One of those that ship, whoever wrote the text that counts now. */
  isShipped: z.boolean(),
  /** Something is written that is not published. */
  hasDraft: z.boolean(),
  /** False for a new flow that nobody has published. */
  isPublished: z.boolean(),
  /** Raised by every change; 0 while nothing was ever changed. */
  version: z.int(),
  /** Which system its lookups ask; null: none, and a person looks it up. */
  tools: z.enum(["demo"]).nullable(),
  /** Of the published text; of the draft while nothing is published. */
  problemCount: z.int(),
});
export type FlowSummary = z.infer<typeof flowSummary>;

export const flowDetail = flowSummary.extend({
  /** What customers get; null while nothing is published. */
  yaml: z.string().nullable(),
  draft: z.string().nullable(),
  /** Scripted dialogues as YAML; "" where there are none. */
  dialogues: z.string(),
  /** Of the draft where there is one; in the order of the steps. */
  problems: z.array(flowProblem),
});
export type FlowDetail = z.infer<typeof flowDetail>;

/** A new flow: blank, a copy of another, or a text that was exported. The server gives it an id of its own. */
export const newFlow = z.union([
  z.object({ name: z.object({ zh: z.string().trim().max(60), en: z.string().trim().max(60) }) }),
  z.object({ copyOf: z.string().max(40) }),
  z.object({ yaml: yamlText }),
]);

export const flowDraft = z.object({
  /** Null throws the draft away. */
  yaml: yamlText.nullable(),
  /** Left out: as they are. */
  dialogues: yamlText.optional(),
  version: z.int(),
});
export type FlowDraft = z.infer<typeof flowDraft>;

export const flowVersion = z.object({
  number: z.int(),
  publishedAt: instant,
  publishedBy: idOf<"user">().nullable(),
  /** What counts for customers now. */
  isCurrent: z.boolean(),
});
export type FlowVersion = z.infer<typeof flowVersion>;

/** A tool as flows name it, for the editor's lists. Fields that end in ? may be left out. */
export const flowToolShown = z.object({
  name: z.string(),
  effect: z.enum(["read", "change"]),
  about: bothLanguages,
  input: z.array(z.string()),
  /** What a blank of its result may name, without the ?. */
  output: z.array(z.string()),
});
export type FlowToolShown = z.infer<typeof flowToolShown>;

/** One line of a dialogue: what was written, whether it came out so, and what came instead. */
export const dialogueLineResult = z.object({
  /** Counted from 1 within the dialogue. */
  at: z.int(),
  who: z.enum(["customer", "bot", "tool", "event", "hands-over", "ticket", "ends"]),
  expected: z.string(),
  actual: z.string().nullable(),
  isOk: z.boolean(),
});
export const dialogueResult = z.object({
  name: z.string(),
  isOk: z.boolean(),
  lines: z.array(dialogueLineResult),
  /** Something the script does not foresee, after its last line. */
  unexpected: z.string().nullable(),
});
export type DialogueResult = z.infer<typeof dialogueResult>;

/** `problem`: the dialogues themselves cannot be read. */
export const dialogueReport = z.object({
  results: z.array(dialogueResult),
  problem: z.string().nullable(),
});
export type DialogueReport = z.infer<typeof dialogueReport>;

const fails = z.enum(["not-found", "refused", "unavailable", "not-done"]);

/** What happens next in a trial. A first line begins it. */
export const flowTrialEvent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("said"), text: z.string().max(2_000) }),
  /** The tool that is open answers: as given, or with made-up values where `fields` is absent. */
  z.object({
    kind: z.literal("tool"),
    fields: z.record(z.string(), z.unknown()).optional(),
    fails: fails.optional(),
  }),
  z.object({ kind: z.literal("time-passes") }),
  z.object({ kind: z.literal("asked-something-else") }),
  z.object({ kind: z.literal("asked-for-human") }),
]);
export type FlowTrialEvent = z.infer<typeof flowTrialEvent>;

export const flowTrialAsked = z.object({
  yaml: yamlText,
  /** What the last answer gave; null begins anew. */
  run: z.record(z.string(), z.unknown()).nullable(),
  event: flowTrialEvent,
  locale: z.enum(["zh", "en"]),
  /** Tools answer by themselves with made-up values; else the trial stops at each. */
  isToolAuto: z.boolean(),
});

const choice = z.object({ value: z.string(), label: z.string() });
export const flowTrialLine = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("said"), text: z.string(), choices: z.array(choice) }),
  z.object({
    kind: z.literal("tool"),
    tool: z.string(),
    effect: z.enum(["read", "change"]),
    input: z.record(z.string(), z.unknown()),
    /** Both absent: it waits for an answer. */
    answer: z.record(z.string(), z.unknown()).optional(),
    fails: fails.optional(),
  }),
  z.object({
    kind: z.literal("hand-over"),
    reason: z.string(),
    summary: z.string(),
    queue: z.string().nullable(),
  }),
  z.object({ kind: z.literal("ticket"), summary: z.string() }),
  z.object({ kind: z.literal("timer"), seconds: z.int() }),
  z.object({ kind: z.literal("ended"), outcome: z.string() }),
]);
export type FlowTrialLine = z.infer<typeof flowTrialLine>;

export const flowTrialReply = z.object({
  /** Give it back with the next event; null once the run has ended. */
  run: z.record(z.string(), z.unknown()).nullable(),
  step: z.string().nullable(),
  /** Steps taken so far, in order. */
  path: z.array(z.string()),
  slots: z.array(z.object({ id: z.string(), label: z.string(), value: z.string() })),
  lines: z.array(flowTrialLine),
  trace: z.array(
    z.object({
      step: z.string(),
      code: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
});
export type FlowTrialReply = z.infer<typeof flowTrialReply>;
