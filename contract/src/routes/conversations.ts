// The inbox: lists, threads, replies, contacts, search, quick replies.
import { z } from "zod";
import { contact, contactUpdate } from "../contact.ts";
import { content } from "../content.ts";
import { conversation, conversationLists, dispositions } from "../conversation.ts";
import { contactId, conversationId, inboxId, instant, mediaId, messageId, queueId, userId } from "../ids.ts";
import { traceEntry } from "../knowledge.ts";
import { message } from "../message.ts";
import { defineRoutes } from "../route.ts";
import { listCounts, offer } from "../routing.ts";

const byId = z.object({ id: conversationId });
export const cannedReply = z.object({ id: z.string(), title: z.string(), shortcut: z.string(), text: z.string(), isShared: z.boolean(), usedCount: z.int() });
export type CannedReply = z.infer<typeof cannedReply>;
const cannedReplyDraft = z.object({ title: z.string().trim().min(1).max(60), shortcut: z.string().trim().max(30).default(""), text: z.string().trim().min(1).max(4_000), isShared: z.boolean().default(true) });
export const searchHit = z.object({ conversation, message: message.nullable(), snippet: z.string() });

export const conversationRoutes = defineRoutes({
  listConversations: {
    method: "GET", path: "/api/conversations", access: "conversations-read", apiKey: true, summary: "One inbox tab, newest activity first (queue and attention: longest waiting first).",
    query: z.object({ list: z.enum(conversationLists).default("open"), inboxId: inboxId.optional(), contactId: contactId.optional(), tag: z.string().max(40).optional(), after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
    reply: z.object({ conversations: z.array(conversation), next: z.string().nullable() }),
  },
  /** Fetched with the cursor it is true at, so that events after `seq` continue it. */
  liveSnapshot: { method: "GET", path: "/api/live", access: "conversations-read", summary: "Counts, presences, offers and the realtime cursor.", reply: z.object({ seq: z.int(), counts: listCounts, presences: z.record(z.string(), z.enum(["available", "busy", "away"])), offers: z.array(offer) }) },
  getConversation: { method: "GET", path: "/api/conversations/:id", access: "conversations-read", apiKey: true, summary: "One conversation.", params: byId, reply: conversation },
  getThread: {
    method: "GET", path: "/api/conversations/:id/messages", access: "conversations-read", apiKey: true, summary: "A page of messages, oldest first; `before` pages back.", params: byId,
    query: z.object({ before: z.coerce.number().int().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }), reply: z.object({ messages: z.array(message), hasMore: z.boolean() }),
  },
  sendMessage: {
    method: "POST", path: "/api/conversations/:id/messages", access: "conversations-reply", apiKey: true, summary: "Sends a reply; a retry with the same clientMessageId sends once. `seenSeq`: refused with conversation/newer-reply if a colleague or the bot answered after it.", params: byId,
    body: z.object({ clientMessageId: z.string().min(8).max(64), content, seenSeq: z.int().optional() }), reply: message,
  },
  addNote: { method: "POST", path: "/api/conversations/:id/notes", access: "conversations-reply", apiKey: true, summary: "Adds a private note.", params: byId, body: z.object({ clientMessageId: z.string().min(8).max(64), text: z.string().trim().min(1).max(4_000) }), reply: message },
  retryMessage: { method: "POST", path: "/api/messages/:id/retry", access: "conversations-reply", summary: "Sends a failed message again.", params: z.object({ id: messageId }), reply: message },
  getTrace: { method: "GET", path: "/api/messages/:id/trace", access: "conversations-read", summary: "Why the bot said this.", params: z.object({ id: messageId }), reply: z.object({ outcome: z.string(), faq: z.string().nullable(), confidence: z.number(), trace: z.array(traceEntry), tookMs: z.number(), at: instant }) },
  markRead: { method: "PUT", path: "/api/conversations/:id/read", access: "conversations-read", summary: "Marks read up to a message (0: unread).", params: byId, body: z.object({ seq: z.int().min(0) }) },
  claim: { method: "POST", path: "/api/conversations/:id/claim", access: "conversations-reply", summary: "Takes it from bot or queue; the loser of a race is told conversation/already-assigned.", params: byId, body: z.object({ version: z.int().optional() }), reply: conversation },
  transfer: { method: "POST", path: "/api/conversations/:id/transfer", access: "conversations-reply", summary: "To a colleague or a queue, with a note.", params: byId, body: z.object({ to: z.union([z.object({ agentId: userId }), z.object({ queueId })]), note: z.string().max(1_000).default("") }), reply: conversation },
  returnToBot: { method: "POST", path: "/api/conversations/:id/return", access: "conversations-reply", summary: "Gives it back to the bot.", params: byId, reply: conversation },
  resolve: { method: "POST", path: "/api/conversations/:id/resolve", access: "conversations-reply", apiKey: true, summary: "Ends it.", params: byId, body: z.object({ disposition: z.enum(dispositions).default("solved") }), reply: conversation },
  reopen: { method: "POST", path: "/api/conversations/:id/reopen", access: "conversations-reply", summary: "Opens it again (also the undo of resolve).", params: byId, reply: conversation },
  snooze: { method: "POST", path: "/api/conversations/:id/snooze", access: "conversations-reply", summary: "Sleeps till a time or the contact writes.", params: byId, body: z.object({ until: instant }), reply: conversation },
  setTags: { method: "PUT", path: "/api/conversations/:id/tags", access: "conversations-reply", apiKey: true, summary: "Replaces the tags.", params: byId, body: z.object({ tags: z.array(z.string().trim().min(1).max(40)).max(20) }), reply: conversation },
  listTags: { method: "GET", path: "/api/tags", access: "conversations-read", summary: "Tags in use.", reply: z.array(z.object({ name: z.string(), count: z.int() })) },
  search: {
    method: "GET", path: "/api/search", access: "conversations-read", summary: "Messages and contacts that contain the words; newest first.",
    query: z.object({ q: z.string().trim().min(1).max(100), limit: z.coerce.number().int().min(1).max(50).default(20) }), reply: z.object({ hits: z.array(searchHit), contacts: z.array(z.object({ id: contactId, name: z.string() })), isPartial: z.boolean(), tookMs: z.number() }),
  },
  getContact: { method: "GET", path: "/api/contacts/:id", access: "contacts-read", apiKey: true, summary: "One contact with past conversations.", params: z.object({ id: contactId }), reply: contact },
  updateContact: { method: "PATCH", path: "/api/contacts/:id", access: "contacts-write", apiKey: true, summary: "Name, phone, e-mail, notes, tags, block.", params: z.object({ id: contactId }), body: contactUpdate, reply: contact },
  revealContact: { method: "POST", path: "/api/contacts/:id/reveal", access: "contacts-read", summary: "Phone and e-mail in clear; audited.", params: z.object({ id: contactId }), reply: z.object({ phone: z.string().nullable(), email: z.string().nullable() }) },
  exportContact: { method: "GET", path: "/api/contacts/:id/export", access: "contacts-erase", summary: "Everything held about one contact, as JSON.", params: z.object({ id: contactId }), file: "application/json" },
  eraseContact: { method: "DELETE", path: "/api/contacts/:id", access: "contacts-erase", summary: "Erases one contact and their messages for good.", params: z.object({ id: contactId }) },
  listCannedReplies: { method: "GET", path: "/api/canned-replies", access: "conversations-read", summary: "Quick replies, shared and own.", reply: z.array(cannedReply) },
  createCannedReply: { method: "POST", path: "/api/canned-replies", access: "conversations-reply", summary: "Adds one.", body: cannedReplyDraft, reply: cannedReply },
  updateCannedReply: { method: "PUT", path: "/api/canned-replies/:id", access: "conversations-reply", summary: "Changes one.", params: z.object({ id: z.uuid() }), body: cannedReplyDraft, reply: cannedReply },
  deleteCannedReply: { method: "DELETE", path: "/api/canned-replies/:id", access: "conversations-reply", summary: "Removes one.", params: z.object({ id: z.uuid() }) },
  acceptOffer: { method: "POST", path: "/api/conversations/:id/offer/accept", access: "conversations-reply", summary: "Takes what routing offered.", params: byId, reply: conversation },
  declineOffer: { method: "POST", path: "/api/conversations/:id/offer/decline", access: "conversations-reply", summary: "Lets it go to the next.", params: byId },
  uploadMedia: { method: "POST", path: "/api/media", access: "conversations-reply", summary: "multipart/form-data, one file; returns what a content refers to.", reply: z.object({ mediaId, name: z.string(), type: z.string(), sizeBytes: z.int(), kind: z.enum(["image", "audio", "video", "file"]), width: z.int().optional(), height: z.int().optional() }) },
  mediaLink: { method: "GET", path: "/api/media/:id/link", access: "conversations-read", summary: "A link signed for five minutes.", params: z.object({ id: mediaId }), query: z.object({ size: z.enum(["full", "thumb"]).default("full") }), reply: z.object({ url: z.string() }) },
});
