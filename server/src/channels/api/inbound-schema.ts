// What an own program posts to /hooks/api/:inboxId : one message, one receipt, or a list of both.
import { content } from "@yingda/contract";
import { z } from "zod";

const contactId = z.string().trim().min(1).max(200);
const externalId = z.string().trim().min(1).max(200);
const at = z.iso.datetime({ offset: true });

export const inboundMedia = z.object({
  kind: z.literal("media"),
  media: z.object({
    kind: z.enum(["image", "audio", "video", "file"]),
    url: z.url({ protocol: /^https?$/ }).max(2_000),
    name: z.string().trim().min(1).max(255),
  }),
});

const inboundMessage = z.object({
  contact: z.object({ id: contactId, name: z.string().trim().max(100).optional() }),
  message: z.object({ id: externalId, content: z.unknown(), at: at.optional() }),
  context: z.record(z.string().max(50), z.string().max(200)).optional(),
  locale: z.string().max(35).optional(),
});
const inboundReceipt = z.object({
  receipt: z.object({
    messageId: z.string().min(1).max(200),
    status: z.enum(["delivered", "read", "failed"]),
    at: at.optional(),
  }),
});
const item = z.union([inboundMessage, inboundReceipt]);

export const inboundBody = z.union([item, z.object({ events: z.array(item).min(1).max(100) })]);
export type InboundItem = z.infer<typeof item>;

/** Content is parsed on its own: one that we do not know is shown to the agent as such, it does not fail the call. */
export const inboundContent = z.union([content, inboundMedia]);
