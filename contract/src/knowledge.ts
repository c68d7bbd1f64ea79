// FAQs, blanks and packs as the workbench and the CLI see them.
import { z } from "zod";
import { content } from "./content.ts";
import { faqExtras, faqExtrasChange } from "./faq-extras.ts";
import { faqId, instant } from "./ids.ts";
import { outcomes } from "./turn.ts";

export const slug = z
  .string()
  .regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/)
  .max(100);
/** Three intents of 72 phrasings each, and room for those of other days. */
export const mostUnborrowed = 400;
export const maxPhrasings = 200;
const question = z.string().trim().min(1).max(500);

export const faq = z.object({
  id: faqId,
  slug,
  question: z.string(),
  answer: z.string(),
  questionEn: z.string(),
  answerEn: z.string(),
  category: z.string(),
  tags: z.array(z.string()),
  phrasings: z.array(z.string()),
  negatives: z.array(z.string()),
  /** What it may not borrow: corpus intents by slug, single phrasings by text. */
  unborrowed: z.array(z.string()),
  isOn: z.boolean(),
  extras: faqExtras,
  /** Named blanks of the answer that are not filled; such an answer is held, never spoken. */
  unfilledBlanks: z.array(z.string()),
  pack: z.string().nullable(),
  askedCount: z.int(),
  checkedOn: z.iso.date().nullable(),
  version: z.int(),
  updatedAt: instant,
});
export type Faq = z.infer<typeof faq>;

export const faqDraft = z.object({
  slug: slug.optional(),
  question,
  answer: z.string().trim().min(1).max(4_000),
  questionEn: z.string().trim().max(500).default(""),
  answerEn: z.string().trim().max(4_000).default(""),
  category: z.string().trim().max(60).default(""),
  tags: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
  phrasings: z.array(question).max(maxPhrasings).default([]),
  negatives: z.array(question).max(100).default([]),
  /** Left out: stays as it is. */
  unborrowed: z.array(question).max(mostUnborrowed).optional(),
  isOn: z.boolean().default(true),
  /** Left out, whole or in parts: stays as it is. */
  extras: faqExtrasChange.optional(),
});
export type FaqDraft = z.infer<typeof faqDraft>;

export const blank = z.object({
  key: z.string(),
  label: z.string(),
  labelEn: z.string(),
  sample: z.string(),
  value: z.string().nullable(),
  usedBy: z.int(),
  /** The shop's own name: set-up fills it from there. */
  isShopName: z.boolean(),
});
export type Blank = z.infer<typeof blank>;

export const packSummary = z.object({
  slug: z.string(),
  name: z.string(),
  nameEn: z.string(),
  faqCount: z.int(),
  /** Slugs of the FAQs offered under the greeting: what a new shop should be able to answer first. */
  suggestedFaqs: z.array(z.string()),
  blanks: z.array(blank),
  isOn: z.boolean(),
});
export type PackSummary = z.infer<typeof packSummary>;

export const importReport = z.object({
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  errors: z.array(
    z.object({ row: z.int(), column: z.string().nullable(), code: z.string(), value: z.string() }),
  ),
});
export type ImportReport = z.infer<typeof importReport>;

export const candidate = z.object({
  faq: z.string(),
  question: z.string(),
  confidence: z.number(),
  why: z
    .object({
      /** The most similar phrasing. */
      phrasing: z.string(),
      /** The corpus intent it was borrowed from; null for one of the shop's own. */
      borrowedFrom: z.string().nullable(),
      /** Pairs of characters and words that message and phrasing share, heaviest first. */
      shared: z.array(z.string()),
      isExact: z.boolean(),
    })
    .optional(),
});
export const traceEntry = z.object({
  step: z.string(),
  saw: z.string(),
  decided: z.string(),
  because: z.object({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) }),
  tookMs: z.number(),
});
export const askReply = z.object({
  outcome: z.enum(outcomes),
  text: z.string(),
  /** What the contact would see, bubble by bubble, where there is more than text. */
  contents: z.array(content),
  faq: z.string().nullable(),
  confidence: z.number(),
  candidates: z.array(candidate),
  tookMs: z.number(),
  trace: z.array(traceEntry),
});
