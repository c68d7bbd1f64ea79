// The bot on trial: what it would have said where people serve, what they sent instead, and figures side by side. What each
// word counts is told to owners in docs/bot.md.
import { z } from "zod";
import { pilotModes } from "./behaviour.ts";
import { content } from "./content.ts";
import { handoffReasons } from "./conversation.ts";
import { conversationId, type Id, idOf, inboxId, instant } from "./ids.ts";

export type BotDraftId = Id<"bot-draft">;
export const botDraftId = idOf<"bot-draft">();

/** What the bot would have done with the contact's lines: answered, asked back, or given them to a person. */
export const draftRoutes = ["answer", "ask-back", "person"] as const;
export type DraftRoute = (typeof draftRoutes)[number];

/**
 * What came of it. unchanged, edited, own: the person sent it as it was, changed, or wrote something else. ignored: the
 * conversation ended without an answer to it. replaced: the contact went on at once, and a newer draft covers both.
 */
export const draftResults = ["open", "unchanged", "edited", "own", "ignored", "replaced"] as const;
export type DraftResult = (typeof draftResults)[number];

/** A colleague's verdict: the answer is wrong; or it should have gone to a person, or need not have. */
export const draftMarks = ["answer", "route"] as const;
export type DraftMark = (typeof draftMarks)[number];

export const botDraft = z.object({
  id: botDraftId,
  conversationId,
  route: z.enum(draftRoutes),
  /** The contact's lines that it is about. */
  asked: z.string(),
  /** As they would be sent by a person: without buttons and sources. Empty for "person". */
  contents: z.array(content),
  /** Where it comes from, to be read: the FAQ's question, a document, a table. */
  source: z.string().nullable(),
  /** Why it would have gone to a person; null for other routes. */
  reason: z.enum(handoffReasons).nullable(),
  confidence: z.number(),
  result: z.enum(draftResults),
  mark: z.enum(draftMarks).nullable(),
  isDismissed: z.boolean(),
  at: instant,
});
export type BotDraft = z.infer<typeof botDraft>;

/** bot: it decided. drafts: people answered and saw what it would have said. people: people alone. */
export const pilotSides = ["bot", "drafts", "people"] as const;
export type PilotSide = (typeof pilotSides)[number];

export const sideFigures = z.object({
  conversations: z.int(),
  /** Of them, without spam and duplicates. */
  ended: z.int(),
  /** Median seconds from the first line to the first answer by whoever serves; null without one. */
  firstReplySeconds: z.number().nullable(),
  /** Ended as solved, and the contact did not come back to it. */
  solved: z.int(),
  /** Of the solved, those that no person was needed for. */
  solvedByBot: z.int(),
  handedOver: z.int(),
  /** The contact said that an answer did not help, or rated 1 or 2. */
  disliked: z.int(),
  rated: z.int(),
  ratingMean: z.number().nullable(),
  reopened: z.int(),
});
export type SideFigures = z.infer<typeof sideFigures>;

export const draftFigures = z.object({
  /** By what the bot would have done; replaced ones are not counted anywhere. */
  made: z.object({ answer: z.int(), "ask-back": z.int(), person: z.int() }),
  open: z.int(),
  unchanged: z.int(),
  edited: z.int(),
  own: z.int(),
  ignored: z.int(),
  /** Marked so by a colleague. */
  wrongAnswers: z.int(),
  wrongRoutes: z.int(),
  /** unchanged + edited + own + wrong answers, of texts that the person could see. */
  judged: z.int(),
  /** unchanged ÷ judged; null when nothing was judged. */
  unchangedShare: z.number().nullable(),
  /** Drafts of all routes that a person has dealt with. */
  routed: z.int(),
});
export type DraftFigures = z.infer<typeof draftFigures>;

/** A draft that a person changed much, with both texts. */
export const changedDraft = z.object({
  draftId: botDraftId,
  conversationId,
  asked: z.string(),
  draft: z.string(),
  sent: z.string(),
  /** The FAQ it came from, by slug. */
  faq: z.string().nullable(),
  source: z.string().nullable(),
  isWrong: z.boolean(),
  at: instant,
});
export type ChangedDraft = z.infer<typeof changedDraft>;

/** What to do next. widen: `to` is the next step. mend: look at the changed drafts first. wait: there is too little to say. */
export const pilotNext = z.object({
  kind: z.enum(["widen", "mend", "wait", "done"]),
  to: z.object({ mode: z.enum(pilotModes), percent: z.int() }).nullable(),
  because: z.enum(["drafts", "answers", "begin", "everybody", "wrong-answers", "wrong-routes", "disliked"]),
  /** How many were looked at, how many are enough, and the share in per cent that decided. */
  count: z.int(),
  enough: z.int(),
  percent: z.int().nullable(),
});
export type PilotNext = z.infer<typeof pilotNext>;

export const pilotReport = z.object({
  from: instant,
  to: instant,
  /** Null: all inboxes. */
  inboxId: inboxId.nullable(),
  sides: z.object({ bot: sideFigures, drafts: sideFigures, people: sideFigures }),
  drafts: draftFigures,
  changed: z.array(changedDraft),
  /** Of one inbox only. */
  next: pilotNext.nullable(),
  /** There were more conversations than are looked at: only the newest are counted. */
  isPartial: z.boolean(),
});
export type PilotReport = z.infer<typeof pilotReport>;

/** From what number on a share says something, and which shares let the trial go on. */
export const pilotBounds = {
  drafts: 50,
  conversations: 30,
  unchanged: 0.7,
  wrong: 0.1,
  solved: 0.5,
  disliked: 0.1,
} as const;
