// Gaps: what the bot could not answer, and what to do about it; how each FAQ does.
import { z } from "zod";
import { faqFigures } from "../faq-drafts.ts";
import { gap, gapId, gapStates, gapSuggestion } from "../gaps.ts";
import { faqId } from "../ids.ts";
import { defineRoutes } from "../route.ts";

const byId = z.object({ id: gapId });

export const gapRoutes = defineRoutes({
  listGaps: {
    method: "GET",
    path: "/api/gaps",
    access: "knowledge-read",
    summary: "Groups of unanswered questions, the biggest first; needs conversations-read, too.",
    query: z.object({ state: z.enum(gapStates).default("open") }),
    reply: z.object({ gaps: z.array(gap), collectedAt: z.iso.datetime().nullable() }),
  },
  collectGaps: {
    method: "POST",
    path: "/api/gaps/collect",
    access: "knowledge-write",
    summary: "Looks for new ones now instead of tonight.",
    reply: z.object({ found: z.int() }),
  },
  suggestFromGap: {
    method: "GET",
    path: "/api/gaps/:id/suggestion",
    access: "knowledge-write",
    summary: "An FAQ to be made of it, and the FAQ it may belong to.",
    params: byId,
    reply: gapSuggestion,
  },
  decideGap: {
    method: "POST",
    path: "/api/gaps/:id/decide",
    access: "knowledge-write",
    apiKey: true,
    summary: "Ignores it (for good, also when it comes again), takes that back, or notes the FAQ made of it.",
    params: byId,
    body: z.discriminatedUnion("state", [
      z.object({ state: z.literal("open") }),
      z.object({ state: z.literal("ignored") }),
      z.object({ state: z.literal("made"), faqId }),
    ]),
    reply: gap,
  },
  mergeGap: {
    method: "POST",
    path: "/api/gaps/:id/merge",
    access: "knowledge-write",
    apiKey: true,
    summary: "Its questions become phrasings of an FAQ: live, or in a draft where changes are reviewed.",
    params: byId,
    body: z.object({ faqId }),
    reply: z.object({ gap, added: z.int(), isDraft: z.boolean() }),
  },
  getFaqFigures: {
    method: "GET",
    path: "/api/faq-figures",
    access: "knowledge-read",
    apiKey: true,
    summary: "How each FAQ did in so many days, by its slug.",
    query: z.object({ days: z.coerce.number().int().min(1).max(90).default(30) }),
    reply: z.record(z.string(), faqFigures),
  },
});
