// What is wrong with an FAQ and what it borrows, as the workbench shows it.
import { z } from "zod";
import { faqId } from "./ids.ts";

/** The worst first. Open blanks are told by the FAQ itself (`unfilledBlanks`), too. */
export const faqProblemKinds = [
  "empty",
  "expired",
  "shared-phrasing",
  "contradiction",
  "duplicate",
  "expires-soon",
  "open-blank",
  "few-phrasings",
  "repeated-phrasing",
] as const;
export type FaqProblemKind = (typeof faqProblemKinds)[number];

/** The other FAQ of a collision. */
const otherFaq = z.object({ id: faqId, slug: z.string(), question: z.string() });
/** The two texts, this FAQ's first. */
const pair = z.tuple([z.string(), z.string()]);

export const faqProblem = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("empty"), part: z.enum(["question", "answer"]) }),
  /** Not said any more since that day. */
  z.object({ kind: z.literal("expired"), on: z.iso.date() }),
  /** `days` from today on; said until then. */
  z.object({ kind: z.literal("expires-soon"), on: z.iso.date(), days: z.int() }),
  /** Word for word the same in two FAQs: neither can win. */
  z.object({ kind: z.literal("shared-phrasing"), other: otherFaq, phrasing: z.string() }),
  /** Nearly the same question, another answer; `values` is what each answer says. */
  z.object({
    kind: z.literal("contradiction"),
    other: otherFaq,
    pair,
    differsIn: z.enum(["number", "negation", "yes-no"]),
    values: pair,
  }),
  z.object({ kind: z.literal("duplicate"), other: otherFaq, pair }),
  z.object({ kind: z.literal("open-blank"), blanks: z.array(z.string()) }),
  /** Nothing borrowed and hardly any phrasing of its own. */
  z.object({ kind: z.literal("few-phrasings"), count: z.int(), wanted: z.int() }),
  /** Twice the same but for its spelling: counts once. No harm, so it is not counted in lists. */
  z.object({ kind: z.literal("repeated-phrasing"), phrasing: z.string() }),
]);
export type FaqProblem = z.infer<typeof faqProblem>;

export const borrowedIntent = z.object({
  slug: z.string(),
  /** How surely the FAQ means the intent, 0-1; null for a refused one, which is not compared any more. */
  strength: z.number().nullable(),
  /** The intent's standard question. */
  zh: z.string(),
  en: z.string(),
  phrasings: z.array(z.object({ text: z.string(), isRefused: z.boolean() })),
  isRefused: z.boolean(),
});
export type BorrowedIntent = z.infer<typeof borrowedIntent>;

export const faqHealth = z.object({
  /** False: switched off or small talk, so that nothing is compared with it and nothing borrowed. */
  isMatched: z.boolean(),
  problems: z.array(faqProblem),
  borrowed: z.array(borrowedIntent),
  /** Whether it borrows at least one phrasing now. */
  isKnownToCorpus: z.boolean(),
});
export type FaqHealth = z.infer<typeof faqHealth>;

export const faqMark = z.object({
  /** Kinds of its problems, the worst first; empty when all is well. */
  kinds: z.array(z.enum(faqProblemKinds)),
  count: z.int(),
  /** Phrasings it borrows. */
  borrowed: z.int(),
});
export type FaqMark = z.infer<typeof faqMark>;
