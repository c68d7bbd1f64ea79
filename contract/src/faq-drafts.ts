// Work on FAQs before it is said to anybody, and what they were before: drafts, their review, versions, figures.
import { z } from "zod";
import { faqId, instant, userId } from "./ids.ts";
import { faqDraft } from "./knowledge.ts";

export const faqDraftStates = ["draft", "review"] as const;

const who = z.object({ id: userId, name: z.string() }).nullable();

export const draftNote = z.string().trim().max(500);

/** A draft in the list. */
export const faqDraftBrief = z.object({
  faqId,
  question: z.string(),
  /** True: there is no live FAQ of it yet. */
  isNew: z.boolean(),
  /** The live FAQ was changed after the draft was begun. */
  isBehind: z.boolean(),
  state: z.enum(faqDraftStates),
  /** What the writer or the reviewer said last. */
  note: z.string(),
  revision: z.int(),
  by: who,
  updatedAt: instant,
  /** Whether who asks may publish it: has the permission, and did not write it where another must look. */
  canPublish: z.boolean(),
});
export type FaqDraftBrief = z.infer<typeof faqDraftBrief>;

export const faqDraftFull = faqDraftBrief.extend({ draft: faqDraft });
export type FaqDraftFull = z.infer<typeof faqDraftFull>;

/** One state of an FAQ: the newest is what is live. */
export const faqVersion = z.object({
  version: z.int(),
  at: instant,
  by: who,
  isLive: z.boolean(),
  body: faqDraft,
});
export type FaqVersion = z.infer<typeof faqVersion>;

/** How the shop works on its FAQs. */
export const faqPolicy = z.object({
  /** Whether the editor saves live or as a draft unless told. */
  savesAs: z.enum(["live", "draft"]),
  /** Every change is a draft that another member publishes. */
  needsReview: z.boolean(),
});
export type FaqPolicy = z.infer<typeof faqPolicy>;
export const standardFaqPolicy: FaqPolicy = { savesAs: "live", needsReview: false };

/** What became of one of several drafts that were to be published; `code` is an error code. */
export const publishReport = z.object({
  published: z.array(faqId),
  refused: z.array(z.object({ faqId, question: z.string(), code: z.string() })),
});
export type PublishReport = z.infer<typeof publishReport>;

/** How an FAQ did in some days. */
export const faqFigures = z.object({
  /** Times it was the answer. */
  asked: z.int(),
  /** Times that the contact said it helped. Who says nothing is not counted. */
  solved: z.int(),
  /** Times that a person was needed right after it. */
  handedOver: z.int(),
  /** Times that the contact said it did not help, or rated the conversation badly after it. */
  disliked: z.int(),
});
export type FaqFigures = z.infer<typeof faqFigures>;
