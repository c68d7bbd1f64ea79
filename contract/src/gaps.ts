// What customers asked and got no good answer to, grouped by meaning.
import { z } from "zod";
import { channel } from "./channel.ts";
import { conversationId, faqId, type Id, idOf, instant } from "./ids.ts";

export type GapId = Id<"gap">;
export const gapId = idOf<"gap">();

/** Why a question counts: nothing fitted; asked back and nothing picked; a person after an answer; said not to have helped; rated badly. */
export const gapReasons = ["unanswered", "asked-back", "handed-over", "not-solved", "rated"] as const;
export type GapReason = (typeof gapReasons)[number];

/** "made" and "merged": an FAQ was made of it, or it went into one. */
export const gapStates = ["open", "ignored", "made", "merged"] as const;
export type GapState = (typeof gapStates)[number];

export const gap = z.object({
  id: gapId,
  /** One of the questions, as the customer wrote it. */
  label: z.string(),
  count: z.int(),
  reasons: z.partialRecord(z.enum(gapReasons), z.int()),
  channels: z.array(z.object({ channel, count: z.int() })),
  /** Up to five, different ones, the newest first. */
  samples: z.array(z.object({ text: z.string(), conversationId, at: instant })),
  /** Questions of the last seven days, and of the seven before. */
  trend: z.object({ now: z.int(), before: z.int() }),
  lastSeenAt: instant,
  state: z.enum(gapStates),
  faqId: faqId.nullable(),
});
export type Gap = z.infer<typeof gap>;

/** What an FAQ of the gap could say; nothing in it was made up. */
export const gapSuggestion = z.object({
  question: z.string(),
  phrasings: z.array(z.string()),
  /** What a colleague replied to one of the questions, word for word; "" where nobody did. */
  answer: z.string(),
  answeredBy: z.string().nullable(),
  conversationId: conversationId.nullable(),
  /** The live FAQ that is nearest, if one is near. */
  nearest: z.object({ faqId, question: z.string(), confidence: z.number() }).nullable(),
});
export type GapSuggestion = z.infer<typeof gapSuggestion>;
