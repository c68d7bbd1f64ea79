// Rehearsal: past conversations of a shop, put to its bot as it is now or with all drafts, beside what was wanted; the ones that
// guard publishing; and what changed between two runs.
import { z } from "zod";
import { channel } from "./channel.ts";
import { conversationId, idOf, instant } from "./ids.ts";

export const rehearsalCaseId = idOf<"rehearsal-case">();
export type RehearsalCaseId = z.infer<typeof rehearsalCaseId>;
export const rehearsalRunId = idOf<"rehearsal-run">();
export type RehearsalRunId = z.infer<typeof rehearsalRunId>;

export const rehearsalBounds = { cases: 2_000, turns: 40, characters: 1_000, pasted: 1_000_000 } as const;

/** What a customer's line leads to. "refused": the bot says that it did not understand. */
export const expectations = ["answered", "asked-back", "handed-over", "small-talk", "refused"] as const;
export type Expectation = (typeof expectations)[number];

/** One or several outcomes; `faq` is a slug, for an answer. */
export const expected = z.object({
  outcome: z.union([z.enum(expectations), z.array(z.enum(expectations)).min(1).max(5)]),
  faq: z.string().max(200).optional(),
});
export type Expected = z.infer<typeof expected>;

export const rehearsalTurn = z.object({
  customer: z.string().trim().min(1).max(rehearsalBounds.characters),
  expect: expected.nullable().default(null),
});
export type RehearsalTurn = z.infer<typeof rehearsalTurn>;

export const rehearsalCase = z.object({
  id: rehearsalCaseId,
  turns: z.array(rehearsalTurn),
  /** Publishing is refused while it fails, unless confirmed. */
  isGate: z.boolean(),
  /** The conversation it was made from, in whose words nobody is named; null: pasted. It goes when the conversation does. */
  conversationId: conversationId.nullable().default(null),
  createdAt: instant,
});
export type RehearsalCase = z.infer<typeof rehearsalCase>;

/** `line` is that of the pasted text, counted from 1. */
export const pasteProblem = z.object({
  line: z.int(),
  code: z.enum(["too-long", "too-many-lines", "not-json"]),
});
export const pasteReply = z.object({
  conversations: z.int(),
  lines: z.int(),
  problems: z.array(pasteProblem),
  /** The first ones, to look at. */
  sample: z.array(z.array(z.string())),
});
export type PasteReply = z.infer<typeof pasteReply>;

/** How a past conversation came out: a person took over, the contact was not content, it ended solved. */
export const pastOutcomes = ["all", "handed-over", "disliked", "resolved"] as const;
export type PastOutcome = (typeof pastOutcomes)[number];
export const recordBounds = { conversations: 500, sample: 5 } as const;

/** Which conversations of the record are taken. `from` and `to` (not in it) are about their beginning. */
export const recordChoice = z.object({
  from: instant,
  to: instant,
  channel: channel.nullable().default(null),
  tag: z.string().trim().max(50).nullable().default(null),
  outcome: z.enum(pastOutcomes).default("all"),
  most: z.int().min(1).max(recordBounds.conversations).default(100),
  /** "even": spread over the whole span. */
  pick: z.enum(["newest", "even"]).default("newest"),
});
export type RecordChoice = z.infer<typeof recordChoice>;

/** Of what names a person, how often each kind was replaced by something of the same form. */
export const maskedKinds = ["phone", "email", "order", "address", "paper", "account", "name"] as const;
export const maskedCounts = z.partialRecord(z.enum(maskedKinds), z.int());
export type MaskedCounts = z.infer<typeof maskedCounts>;

export const recordPreview = z.object({
  /** Conversations that fit and in which somebody wrote to the shop. */
  found: z.int(),
  /** Of those, how many were taken before. */
  known: z.int(),
  /** How many would be read now: the bounds and the room that is left count. */
  taken: z.int(),
  /** The first of those, as they would stand among the chats. */
  sample: z.array(
    z.object({
      conversationId,
      number: z.int(),
      at: instant,
      turns: z.array(rehearsalTurn),
      masked: maskedCounts,
    }),
  ),
});
export type RecordPreview = z.infer<typeof recordPreview>;

export const recordImport = z.object({
  state: z.enum(["running", "done", "failed"]),
  done: z.int(),
  total: z.int(),
  /** Chats made; the others had been taken before, or nothing of theirs can be put to a bot. */
  added: z.int(),
  masked: maskedCounts,
  at: instant,
});
export type RecordImport = z.infer<typeof recordImport>;

export const rehearsalSums = z.object({
  cases: z.int(),
  lines: z.int(),
  /** Cases that ended with every line answered, with a question back, with a person. */
  solved: z.int(),
  askedBack: z.int(),
  handedOver: z.int(),
  /** Of lines with an expectation: how many there are, how many were met, how many answers were wrong. */
  checked: z.int(),
  asExpected: z.int(),
  wrong: z.int(),
  /** What large models cost in this run, in yuan. */
  yuan: z.number(),
});
export type RehearsalSums = z.infer<typeof rehearsalSums>;

export const rehearsalLine = z.object({
  customer: z.string(),
  got: z.enum(expectations),
  faq: z.string().nullable(),
  text: z.string(),
  /** Null where nothing was expected. */
  isExpected: z.boolean().nullable(),
  isWrong: z.boolean(),
  /** What a large model thinks of a line that was not as wanted: would the owner accept it? In no figure. */
  opinion: z.object({ accepts: z.boolean(), reason: z.string(), model: z.string() }).optional(),
});
export type RehearsalLine = z.infer<typeof rehearsalLine>;
export const rehearsalResult = z.object({ caseId: rehearsalCaseId, lines: z.array(rehearsalLine) });
export type RehearsalResult = z.infer<typeof rehearsalResult>;

export const rehearsalArea = z.enum(["live", "test"]);
export const rehearsalRun = z.object({
  id: rehearsalRunId,
  area: rehearsalArea,
  state: z.enum(["waiting", "running", "done", "cancelled", "failed"]),
  done: z.int(),
  total: z.int(),
  sums: rehearsalSums.nullable(),
  createdAt: instant,
});
export type RehearsalRun = z.infer<typeof rehearsalRun>;
export const rehearsalRunFull = rehearsalRun.extend({ results: z.array(rehearsalResult) });
export type RehearsalRunFull = z.infer<typeof rehearsalRunFull>;

/** A line that came out otherwise in another run. */
export const rehearsalChange = z.object({
  caseId: rehearsalCaseId,
  at: z.int(),
  before: rehearsalLine,
  after: rehearsalLine,
});
export type RehearsalChange = z.infer<typeof rehearsalChange>;

export const gateReply = z.object({
  cases: z.int(),
  failing: z.array(rehearsalResult),
});
export type GateReply = z.infer<typeof gateReply>;
