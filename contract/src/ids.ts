// Branded ids: every id is a UUIDv7 made by platform/ids.ts before the insert, never a secret.
// The brand only exists for the compiler, so that a ContactId cannot be passed where a UserId is meant.
import { z } from "zod";

declare const brand: unique symbol;
export type Id<Name extends string> = string & { readonly [brand]: Name };

export type TenantId = Id<"tenant">;
export type UserId = Id<"user">;
export type ApiKeyId = Id<"api-key">;
export type ContactId = Id<"contact">;
export type IdentityId = Id<"identity">;
export type InboxId = Id<"inbox">;
export type ConversationId = Id<"conversation">;
export type MessageId = Id<"message">;
export type MediaId = Id<"media">;
export type QueueId = Id<"queue">;
export type FaqId = Id<"faq">;
export type EventId = Id<"event">;

/** A zod schema that parses a UUID string into the branded id. */
export function idOf<Name extends string>() {
  return z.uuid().transform((value) => value as Id<Name>);
}

export const tenantId = idOf<"tenant">();
export const userId = idOf<"user">();
export const apiKeyId = idOf<"api-key">();
export const contactId = idOf<"contact">();
export const identityId = idOf<"identity">();
export const inboxId = idOf<"inbox">();
export const conversationId = idOf<"conversation">();
export const messageId = idOf<"message">();
export const mediaId = idOf<"media">();
export const queueId = idOf<"queue">();
export const faqId = idOf<"faq">();
export const eventId = idOf<"event">();

/** RFC 3339 UTC on the wire; a Date inside the server. */
export const instant = z.iso.datetime({ offset: true });
