// The pilot: the bot's drafts at the desk, and how it goes.
import { z } from "zod";
import { conversationId, inboxId } from "../ids.ts";
import { botDraft, botDraftId, draftMarks, pilotReport } from "../pilot.ts";
import { defineRoutes } from "../route.ts";

const period = { inboxId: inboxId.optional(), days: z.coerce.number().int().min(1).max(90).default(30) };

export const pilotRoutes = defineRoutes({
  listBotDrafts: {
    method: "GET",
    path: "/api/conversations/:id/drafts",
    access: "conversations-reply",
    summary: "What the bot in its pilot would have said and nobody has answered yet, oldest first.",
    params: z.object({ id: conversationId }),
    reply: z.array(botDraft),
  },
  judgeBotDraft: {
    method: "PATCH",
    path: "/api/drafts/:id",
    access: "conversations-reply",
    summary: "Puts it away, or says what is wrong with it; null and false take that back.",
    params: z.object({ id: botDraftId }),
    body: z.object({ isDismissed: z.boolean().optional(), mark: z.enum(draftMarks).nullable().optional() }),
    reply: botDraft,
  },
  getPilot: {
    method: "GET",
    path: "/api/pilot",
    access: "conversations-read",
    apiKey: true,
    summary: "Figures of the trial side by side, drafts that were changed much, and what to do next.",
    query: z.object(period),
    reply: pilotReport,
  },
  exportPilot: {
    method: "GET",
    path: "/api/pilot/export",
    access: "conversations-read",
    summary: "The same figures as csv.",
    query: z.object(period),
    file: "text/csv",
  },
});
