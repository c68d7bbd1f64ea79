// How the bot behaves: what past questions would have led to at each setting.
import { z } from "zod";
import { boldnesses } from "../behaviour.ts";
import { conversationId, inboxId, instant, messageId } from "../ids.ts";
import { defineRoutes } from "../route.ts";

/** answer: by itself. ask-back: it would have asked. person: handed over, or the form to leave a message. */
export const foreseen = z.object({
  kind: z.enum(["answer", "ask-back", "person"]),
  /** The question it would have answered; null where none. */
  question: z.string().nullable(),
});
export type Foreseen = z.infer<typeof foreseen>;

export const pastQuestion = z.object({
  messageId,
  conversationId,
  text: z.string(),
  at: instant,
  byBoldness: z.object({ cautious: foreseen, balanced: foreseen, bold: foreseen }),
});
export type PastQuestion = z.infer<typeof pastQuestion>;

export const behaviourRoutes = defineRoutes({
  previewBot: {
    method: "POST",
    path: "/api/bot/preview",
    access: "inboxes-write",
    summary: `Replays one page of past questions at all three settings (${boldnesses.join(", ")}); ask again with \`next\`.`,
    body: z.object({
      inboxId,
      before: messageId.nullable().default(null),
      limit: z.int().min(1).max(50).default(20),
    }),
    reply: z.object({ questions: z.array(pastQuestion), next: messageId.nullable() }),
  },
});
