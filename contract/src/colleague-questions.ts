// What the bot asks a colleague: one question of a conversation, its one-line reply, and what knowledge is made of it.
import { z } from "zod";
import { conversation } from "./conversation.ts";
import { conversationId, faqId, type Id, idOf, instant } from "./ids.ts";
import { blank } from "./knowledge.ts";
import { missingFacts } from "./turn.ts";

export type ColleagueQuestionId = Id<"colleague-question">;
export const colleagueQuestionId = idOf<"colleague-question">();

/** expired: nobody replied in time. withdrawn: a person has the conversation, or somebody did not know either. */
export const colleagueQuestionStates = ["open", "answered", "expired", "withdrawn"] as const;
export type ColleagueQuestionState = (typeof colleagueQuestionStates)[number];

/** faq: live. draft: of an FAQ, to be reviewed. blanks: filled in. none: somebody chose to make nothing of it. */
export const keptAs = ["faq", "draft", "blanks", "none"] as const;
export type KeptAs = (typeof keptAs)[number];

export const longestColleagueReply = 1_000;

export const colleagueQuestion = z.object({
  id: colleagueQuestionId,
  conversationId,
  conversationNumber: z.int(),
  contact: conversation.shape.contact,
  inboxName: z.string(),
  state: z.enum(colleagueQuestionStates),
  /** In the contact's words. */
  question: z.string(),
  missing: z.enum(missingFacts),
  /** Of the FAQ that cannot be said, still unfilled. */
  blanks: z.array(blank.pick({ key: true, label: true, labelEn: true })),
  /** The colleague who asks is among those whom the bot had in mind: present ones, else the owners. */
  isForMe: z.boolean(),
  askedAt: instant,
  dueAt: instant,
  /** Null unless answered. */
  reply: z.string().nullable(),
  repliedBy: z.string().nullable(),
  keptAs: z.enum(keptAs).nullable(),
  faqId: faqId.nullable(),
  /** The latest of the dialogue, oldest first; none once it is answered. */
  lines: z.array(z.object({ author: z.enum(["contact", "bot", "agent"]), text: z.string(), at: instant })),
});
export type ColleagueQuestion = z.infer<typeof colleagueQuestion>;

/** What becomes of the reply: a new FAQ (a draft where changes are reviewed), filled blanks, or nothing. */
export const keepReply = z.discriminatedUnion("as", [
  z.object({
    as: z.literal("faq"),
    question: z.string().trim().min(1).max(500),
    answer: z.string().trim().min(1).max(longestColleagueReply),
  }),
  z.object({ as: z.literal("blanks"), values: z.record(z.string(), z.string().trim().min(1).max(500)) }),
  z.object({ as: z.literal("none") }),
]);
export type KeepReply = z.infer<typeof keepReply>;
