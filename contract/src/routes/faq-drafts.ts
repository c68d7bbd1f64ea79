// FAQs before and after they are live: drafts, review, publishing, versions; and whether an answer is still right.
import { z } from "zod";
import {
  draftNote,
  faqDraftBrief,
  faqDraftFull,
  faqPolicy,
  faqVersion,
  publishReport,
} from "../faq-drafts.ts";
import { faqId } from "../ids.ts";
import { faq, faqDraft } from "../knowledge.ts";
import { defineRoutes } from "../route.ts";

const byId = z.object({ id: faqId });
const some = z.array(faqId).min(1).max(500);

export const faqDraftRoutes = defineRoutes({
  listFaqDrafts: {
    method: "GET",
    path: "/api/faq-drafts",
    access: "knowledge-read",
    apiKey: true,
    summary: "All drafts, the newest first.",
    reply: z.array(faqDraftBrief),
  },
  createFaqDraft: {
    method: "POST",
    path: "/api/faq-drafts",
    access: "knowledge-write",
    apiKey: true,
    summary: "A draft of an FAQ that is not there yet.",
    body: faqDraft,
    reply: faqDraftFull,
  },
  getFaqDraft: {
    method: "GET",
    path: "/api/faq-drafts/:id",
    access: "knowledge-read",
    apiKey: true,
    summary: "The draft of an FAQ, by the FAQ's id.",
    params: byId,
    reply: faqDraftFull,
  },
  saveFaqDraft: {
    method: "PUT",
    path: "/api/faq-drafts/:id",
    access: "knowledge-write",
    apiKey: true,
    summary: "Writes the draft beside a live FAQ, or changes a draft (revision 0 for a first one).",
    params: byId,
    body: faqDraft.extend({
      revision: z.int().min(0),
      /** Of the live FAQ that the draft was begun on; 0 for one that is not there yet. */
      baseVersion: z.int().min(0),
    }),
    reply: faqDraftFull,
  },
  discardFaqDraft: {
    method: "DELETE",
    path: "/api/faq-drafts/:id",
    access: "knowledge-write",
    apiKey: true,
    summary: "Throws a draft away; the live FAQ stays as it is.",
    params: byId,
  },
  sendFaqDraft: {
    method: "POST",
    path: "/api/faq-drafts/:id/state",
    access: "knowledge-write",
    summary: "Hands a draft to review, or gives it back with a note.",
    params: byId,
    body: z.object({ state: faqDraftBrief.shape.state, note: draftNote.default("") }),
    reply: faqDraftFull,
  },
  publishFaqDrafts: {
    method: "POST",
    path: "/api/faq-drafts/publish",
    access: "knowledge-publish",
    apiKey: true,
    summary: "Makes drafts live, each on its own: one that is refused does not keep the others.",
    body: z.object({ ids: some }),
    reply: publishReport,
  },
  listFaqVersions: {
    method: "GET",
    path: "/api/faqs/:id/versions",
    access: "knowledge-read",
    apiKey: true,
    summary: "What the FAQ said before, the newest first, at most 50.",
    params: byId,
    reply: z.array(faqVersion),
  },
  rollBackFaq: {
    method: "POST",
    path: "/api/faqs/:id/roll-back",
    access: "knowledge-publish",
    apiKey: true,
    summary: "Makes an earlier version the newest (faq/version-moved if someone changed it meanwhile).",
    params: byId,
    body: z.object({ to: z.int(), version: z.int() }),
    reply: faq,
  },
  confirmFaq: {
    method: "POST",
    path: "/api/faqs/:id/confirm",
    access: "knowledge-write",
    apiKey: true,
    summary:
      "Still right: checked today. An expiry date in the past or near is moved on by as many days as are told.",
    params: byId,
    body: z.object({ extendDays: z.int().min(1).max(3_650).nullable().default(null) }),
    reply: faq,
  },
  getFaqPolicy: {
    method: "GET",
    path: "/api/faq-policy",
    access: "knowledge-read",
    summary: "How the shop publishes its FAQs.",
    reply: faqPolicy,
  },
  changeFaqPolicy: {
    method: "PUT",
    path: "/api/faq-policy",
    access: "settings-write",
    summary: "Sets how the shop publishes its FAQs.",
    body: faqPolicy,
    reply: faqPolicy,
  },
});
