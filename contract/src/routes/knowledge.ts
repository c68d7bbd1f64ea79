// FAQs, blanks, packs, try it.
import { z } from "zod";
import { channel } from "../channel.ts";
import { faqId, instant } from "../ids.ts";
import { askReply, blank, faq, faqDraft, importReport, mostUnborrowed, packSummary } from "../knowledge.ts";
import { faqHealth, faqMark } from "../knowledge-health.ts";
import { defineRoutes } from "../route.ts";
import { handoffAvailabilities } from "../turn.ts";

const byId = z.object({ id: faqId });
const refusable = z.array(z.string().min(1).max(500)).max(mostUnborrowed).default([]);
export const knowledgeRoutes = defineRoutes({
  listFaqs: {
    method: "GET",
    path: "/api/faqs",
    access: "knowledge-read",
    apiKey: true,
    summary: "All FAQs, filtered.",
    query: z.object({ q: z.string().max(200).optional(), category: z.string().max(60).optional() }),
    reply: z.object({ faqs: z.array(faq), categories: z.array(z.string()) }),
  },
  getFaq: {
    method: "GET",
    path: "/api/faqs/:id",
    access: "knowledge-read",
    apiKey: true,
    summary: "One FAQ.",
    params: byId,
    reply: faq,
  },
  createFaq: {
    method: "POST",
    path: "/api/faqs",
    access: "knowledge-write",
    apiKey: true,
    summary: "Adds one; live at once.",
    body: faqDraft,
    reply: faq,
  },
  updateFaq: {
    method: "PUT",
    path: "/api/faqs/:id",
    access: "knowledge-write",
    apiKey: true,
    summary: "Changes one (faq/version-moved if someone else did).",
    params: byId,
    body: faqDraft.extend({ version: z.int() }),
    reply: faq,
  },
  deleteFaq: {
    method: "DELETE",
    path: "/api/faqs/:id",
    access: "knowledge-write",
    apiKey: true,
    summary: "Removes one; can be restored for 30 days.",
    params: byId,
  },
  restoreFaq: {
    method: "POST",
    path: "/api/faqs/:id/restore",
    access: "knowledge-write",
    summary: "The undo of delete.",
    params: byId,
    reply: faq,
  },
  listFaqHealth: {
    method: "GET",
    path: "/api/faqs/health",
    access: "knowledge-read",
    apiKey: true,
    summary: "What is wrong with each FAQ that is on, by its id.",
    reply: z.record(z.string(), faqMark),
  },
  getFaqHealth: {
    method: "GET",
    path: "/api/faqs/:id/health",
    access: "knowledge-read",
    apiKey: true,
    summary: "One FAQ's problems, and which phrasings it borrows.",
    params: byId,
    reply: faqHealth,
  },
  changeBorrowed: {
    method: "PATCH",
    path: "/api/faqs/:id/borrowed",
    access: "knowledge-write",
    apiKey: true,
    summary: "Refuses borrowed intents (by slug) or phrasings (by text), or takes them back; live at once.",
    params: byId,
    body: z.object({ refuse: refusable, takeBack: refusable }),
    reply: faqHealth,
  },
  importFaqs: {
    method: "POST",
    path: "/api/faqs/import",
    access: "knowledge-write",
    summary: "multipart/form-data, one xlsx or csv; `dryRun=1` only reports.",
    query: z.object({ dryRun: z.stringbool().default(false) }),
    reply: importReport,
  },
  exportFaqs: {
    method: "GET",
    path: "/api/faqs/export",
    access: "knowledge-read",
    summary: "All FAQs as xlsx or csv.",
    query: z.object({ format: z.enum(["xlsx", "csv"]).default("xlsx") }),
    file: "application/octet-stream",
  },
  tryIt: {
    method: "POST",
    path: "/api/ask",
    access: "knowledge-read",
    apiKey: true,
    summary: "What the bot would say, with the trace; nothing is recorded.",
    body: z.object({
      text: z.string().trim().min(1).max(4_000),
      history: z.array(z.string().max(4_000)).max(12).default([]),
      conversation: z.string().max(100).optional(),
      availability: z.enum(handoffAvailabilities).default("open"),
      locale: z.enum(["zh-CN", "en"]).optional(),
      /** "test": what would be said once every draft is live. */
      area: z.enum(["live", "test"]).default("live"),
      channel: channel.default("web"),
      contactTags: z.array(z.string().trim().min(1).max(50)).max(20).default([]),
      isSpoken: z.boolean().default(false),
      /** As if it were asked then. */
      at: instant.optional(),
    }),
    reply: askReply,
  },
  listBlanks: {
    method: "GET",
    path: "/api/blanks",
    access: "knowledge-read",
    summary: "The pack's blanks and their values.",
    reply: z.array(blank),
  },
  fillBlanks: {
    method: "PUT",
    path: "/api/blanks",
    access: "knowledge-write",
    summary: "Fills blanks (null empties).",
    body: z.object({ values: z.record(z.string().max(100), z.string().max(500).nullable()) }),
    reply: z.array(blank),
  },
  listPacks: {
    method: "GET",
    path: "/api/packs",
    access: "knowledge-read",
    summary: "Industry packs.",
    reply: z.array(packSummary),
  },
  switchPack: {
    method: "PUT",
    path: "/api/packs/:slug",
    access: "knowledge-write",
    summary: "Switches a pack on or off.",
    params: z.object({ slug: z.string().max(60) }),
    body: z.object({ isOn: z.boolean() }),
    reply: packSummary,
  },
});
