// What the large model does for an agent: a draft to change and send, a summary to read. Off without a model (llm/off).
import { z } from "zod";
import { conversationId } from "../ids.ts";
import { defineRoutes } from "../route.ts";

const byId = z.object({ id: conversationId });
const marked = {
  /** Sentences with numbers or promises that nothing backs: not in the text. */
  removed: z.array(z.string()),
  /** Sentences of the text that stand in no source: to be looked at. */
  doubted: z.array(z.string()),
};

export const assistRoutes = defineRoutes({
  assistState: {
    method: "GET",
    path: "/api/assist",
    access: "conversations-read",
    summary: "Whether a model drafts and summarises for agents.",
    reply: z.object({ drafts: z.boolean(), summaries: z.boolean() }),
  },
  draftReply: {
    method: "POST",
    path: "/api/conversations/:id/draft",
    access: "conversations-reply",
    summary:
      "Drafts a reply from the shop's texts and the dialogue; nothing is sent. What has no source is left out.",
    params: byId,
    body: z.object({ wish: z.string().trim().max(500).default("") }),
    reply: z.object({
      text: z.string(),
      /** Titles of the texts it was given. */
      sources: z.array(z.string()),
      ...marked,
      model: z.string(),
    }),
  },
  summariseConversation: {
    method: "POST",
    path: "/api/conversations/:id/summary",
    access: "conversations-read",
    summary: "Summarises the latest lines for whoever takes over.",
    params: byId,
    reply: z.object({ text: z.string(), ...marked, model: z.string() }),
  },
});
