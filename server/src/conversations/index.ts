// The door of the record: conversations, messages, contacts, inboxes, and how they are presented and searched.
export { accessConversation, signedInCustomer, type Viewer, viewerOf } from "./access.ts";
export { type Appended, appendMessage, appendOnce, type NewMessage } from "./append-message.ts";
export { type Applied, applyTransition, type TransitionOptions } from "./apply-transition.ts";
export { createCannedReply } from "./canned-replies.ts";
export { conversationsOfAgent } from "./conversations-of-agent.ts";
export { type HistoricContact, type History, importHistory } from "./import-history.ts";
export { findInboxByKey, getInbox, type InboxRecord, type InboxSecrets } from "./inboxes/inbox-cache.ts";
export {
  createInbox,
  deleteInbox,
  listInboxes,
  recordInboxHealth,
  rotateInboxSecret,
  updateInbox,
} from "./inboxes/manage-inboxes.ts";
export { countNow, hasAnswered, listConversations, listCounts } from "./list-counts.ts";
export { loadOutbound, type OutboundRecord } from "./load-outbound.ts";
export { loadTurnMaterial, noteAnswered, readTurnMaterial, type TurnMaterial } from "./load-turn-material.ts";
export { lockConversation } from "./lock-conversation.ts";
export { markRead, recordContactRead } from "./mark-read.ts";
export type { ConversationEvent, ConversationRecord, Refusal } from "./model.ts";
export { findPast, hasBotSpoken, type PastConversation, pastQuestions, readPast } from "./past-lines.ts";
export { presentConversations, presentConversationsFor } from "./present-conversation.ts";
export {
  findVisitorConversation,
  presentForVisitor,
  presentMessagesForVisitor,
  type VisitorThread,
} from "./present-for-visitor.ts";
export { getThread, type MessageRef, presentMessages } from "./present-messages.ts";
export { projectRecord, recordEventKinds } from "./project-record.ts";
export { type InboundMessage, type Received, receiveMessage } from "./receive-message.ts";
export { type Delivery, recordDelivery } from "./record-delivery.ts";
export { recordRating } from "./record-rating.ts";
export { countSolved, findQuiet, servedConversations } from "./resolution/read-resolution.ts";
export { conversationRoutes } from "./routes.ts";
export { recordSealedColumns, recordSearches } from "./sealed-columns.ts";
export { type Reply, sendMessage } from "./send-message.ts";
export { startConversations } from "./start.ts";
