// The person being served, as the workbench sees them. Phone and e-mail are masked until revealed (revealing is audited).
import { z } from "zod";
import { channel } from "./channel.ts";
import { contactId, conversationId, identityId, inboxId, instant } from "./ids.ts";

export const contact = z.object({
  id: contactId,
  name: z.string(),
  isNamed: z.boolean(),
  phoneMasked: z.string().nullable(),
  emailMasked: z.string().nullable(),
  notes: z.string(),
  language: z.string().nullable(),
  tags: z.array(z.string()),
  isBlocked: z.boolean(),
  identities: z.array(
    z.object({ id: identityId, inboxId, channel, inboxName: z.string(), isVerified: z.boolean() }),
  ),
  /** Unverified facts that came with the link or page: product, table, device, source, page … */
  context: z.record(z.string(), z.string()),
  conversations: z.array(
    z.object({
      id: conversationId,
      number: z.int(),
      status: z.string(),
      createdAt: instant,
      preview: z.string(),
    }),
  ),
  firstSeenAt: instant,
  lastSeenAt: instant,
  version: z.int(),
});
export type Contact = z.infer<typeof contact>;

export const contactUpdate = z.object({
  name: z.string().trim().max(100).optional(),
  phone: z.string().trim().max(40).nullable().optional(),
  email: z.email().max(200).nullable().optional(),
  notes: z.string().max(5_000).optional(),
  tags: z.array(z.string().trim().min(1).max(40)).max(30).optional(),
  isBlocked: z.boolean().optional(),
  version: z.int(),
});
export type ContactUpdate = z.infer<typeof contactUpdate>;
