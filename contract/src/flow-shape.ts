// What a flow is: authored steps that fill slots and use tools. One zod schema, used for YAML files, the editor's canvas
// (its types; the workbench parses nothing) and the stored copy. It is lenient where the checker (check-flow.ts) can name the step: an absent branch, text in one
// language only, a `do` without a confirmation are read here and refused there.
//
// Steps and slots are lists, not maps: stored JSON keeps no order of keys. The first step is where a run begins.

import { z } from "zod";

export const flowSlotTypes = [
  "text",
  "number",
  "money",
  "date",
  "order-number",
  "parcel-number",
  "phone",
  "e-mail",
  "choice",
  "yes-no",
  "address",
  "photo",
] as const;
export type FlowSlotType = (typeof flowSlotTypes)[number];

const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/u, "small letters, digits and hyphens, a letter first");
const sentence = z.string().trim().max(1_000).default("");
const wordList = z.array(z.string().trim().min(1).max(60)).max(40).default([]);

/** A text in both languages; "" is missing, which the checker reports. */
const both = z.strictObject({ zh: sentence, en: sentence });
/** What the bot says; `spoken` replaces it on the phone. {{blanks}} name a slot, or a result and its field. */
const flowWords = z.strictObject({ zh: sentence, en: sentence, spoken: both.optional() });
const bothLists = z.strictObject({ zh: wordList, en: wordList });

const flowChoice = z.strictObject({
  value: z.string().trim().min(1).max(60),
  label: both,
  /** Other words for it. */
  phrases: bothLists.optional(),
});

export const flowSlot = z.strictObject({
  id,
  type: z.enum(flowSlotTypes),
  /** What it is called when it is read back or changed: 订单号, order number. */
  label: both,
  /** Other words by which customers name it: "the other order". */
  names: bothLists.optional(),
  question: flowWords,
  /** Said after an answer that was not understood or not valid. */
  again: flowWords,
  /** How often it may be asked in one run before a person takes over. */
  tries: z.int().min(1).max(5).default(3),
  /** May be left out ("没有", "skip"). */
  isOptional: z.boolean().default(false),
  /** Never taken from a sentence that answers something else. */
  onlyWhenAsked: z.boolean().default(false),
  /** Least and most: a number, an amount in whole units of money, or the length of a text in characters. */
  least: z.number().optional(),
  most: z.number().optional(),
  /** For dates. */
  when: z.enum(["today-or-later", "today-or-earlier"]).optional(),
  /** For numbers: units that make a number in any sentence this slot's (位, people). */
  units: wordList,
  /** For texts: the detail that is looked for first; a name loses its "my name is". */
  reads: z.enum(["size", "fault-code", "product", "name"]).optional(),
  choices: z.array(flowChoice).max(20).default([]),
  /** For choices that a lookup brings: result and field, "free.times". */
  choicesFrom: z.string().max(80).optional(),
});

const next = id.optional();
/** Where the editor draws a step; without it the editor finds a place. */
const at = z.strictObject({ x: z.int(), y: z.int() }).optional();
const common = { id, note: z.string().max(500).optional(), at };
const input = z.record(z.string().max(60), z.string().max(1_000)).default({});
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(asWord);

/** A condition's case; all the tests that it names must hold. */
const flowCase = z.strictObject({
  is: z.union([scalar.transform((one) => [one]), z.array(scalar).max(20)]).optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  isFilled: z.boolean().optional(),
  next,
});

const flowStep = z.discriminatedUnion("kind", [
  z.strictObject({ ...common, kind: z.literal("say"), words: flowWords, next }),
  z.strictObject({
    ...common,
    kind: z.literal("ask"),
    slot: id,
    /** Instead of the slot's question. */
    words: flowWords.optional(),
    /** Asks although the slot is filled, and forgets what was in it. */
    isAnew: z.boolean().default(false),
    next,
    /** After the last try; without it a person takes over. */
    gaveUp: next,
  }),
  z.strictObject({
    ...common,
    kind: z.literal("choose"),
    words: flowWords,
    again: flowWords,
    tries: z.int().min(1).max(5).default(3),
    options: z.array(flowChoice.extend({ next })).min(1).max(10),
    gaveUp: next,
  }),
  z.strictObject({
    ...common,
    kind: z.literal("condition"),
    /** A slot, or a result and its field. */
    value: z.string().max(80),
    cases: z.array(flowCase).min(1).max(20),
    else: next,
  }),
  z.strictObject({
    ...common,
    kind: z.literal("lookup"),
    tool: z.string().max(80),
    input,
    saveAs: id,
    next,
    /** Without it, `failed`. */
    notFound: next,
    failed: next,
  }),
  z.strictObject({
    ...common,
    kind: z.literal("do"),
    tool: z.string().max(80),
    input,
    saveAs: id.optional(),
    confirm: flowWords.optional(),
    next,
    /** The customer said no. */
    declined: next,
    /** The tool refused; without it, `failed`. */
    refused: next,
    failed: next,
  }),
  z.strictObject({ ...common, kind: z.literal("set"), slot: id, value: z.string().max(1_000), next }),
  z.strictObject({
    ...common,
    kind: z.literal("wait"),
    seconds: z.int().min(1).max(86_400),
    next,
    /** The customer wrote meanwhile; without it they are asked for a moment's patience. */
    said: next,
  }),
  z.strictObject({
    ...common,
    kind: z.literal("hand-over"),
    words: flowWords,
    queue: z.string().max(80).optional(),
    skills: wordList,
    summary: both,
  }),
  z.strictObject({
    ...common,
    kind: z.literal("ask-for-ticket"),
    summary: both,
    words: flowWords.optional(),
    next,
  }),
  z.strictObject({
    ...common,
    kind: z.literal("end"),
    words: flowWords.optional(),
    outcome: z.enum(["done", "not-done"]).default("done"),
  }),
]);

export const flowShape = z.strictObject({
  id,
  version: z.int().min(1),
  name: both,
  /** Intents are corpus slugs ("order.tracking"); a phrase starts the flow wherever it stands in a message. */
  starts: z.strictObject({ intents: wordList, phrases: bothLists }),
  /** How long the customer may be silent before one reminder, and again before the run ends. */
  idleSeconds: z.int().min(30).max(86_400).default(600),
  slots: z.array(flowSlot).max(40).default([]),
  steps: z.array(flowStep).min(1).max(120),
});

export type FlowText = z.infer<typeof both>;
export type FlowWords = z.infer<typeof flowWords>;
export type FlowChoice = z.infer<typeof flowChoice>;
export type FlowSlot = z.infer<typeof flowSlot>;
export type FlowCase = z.infer<typeof flowCase>;
export type FlowStep = z.infer<typeof flowStep>;
export type FlowStepOf<K extends FlowStep["kind"]> = Extract<FlowStep, { kind: K }>;
export type Flow = z.infer<typeof flowShape>;

/** true and false are compared as the words of a yes-no slot. */
function asWord(value: string | number | boolean): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}
