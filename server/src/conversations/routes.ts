// HTTP of the record: lists, threads, replies, contacts, search, quick replies, inboxes, files. Parse, use case, present.

import { type Conversation, type ConversationId, maxTextLength, routes } from "@yingda/contract";
import { requirePermission } from "../accounts/index.ts";
import type { Ctx, Services } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import { type HttpApp, register } from "../platform/http/index.ts";
import { defaultMaxMediaBytes, signMediaUrl } from "../platform/media/index.ts";
import { accessConversation } from "./access.ts";
import { addNote } from "./add-note.ts";
import {
  createCannedReply,
  deleteCannedReply,
  listCannedReplies,
  updateCannedReply,
} from "./canned-replies.ts";
import { eraseContact } from "./contacts/erase-contact.ts";
import { exportContact } from "./contacts/export-contact.ts";
import { getContact, revealContact } from "./contacts/get-contact.ts";
import { updateContact } from "./contacts/update-contact.ts";
import { listConversations } from "./list-conversations.ts";
import { markRead } from "./mark-read.ts";
import { presentConversations } from "./present-conversation.ts";
import { getThread } from "./present-messages.ts";
import { reopenConversation } from "./reopen-conversation.ts";
import { getResolution } from "./resolution/read-resolution.ts";
import { resolveConversation } from "./resolve-conversation.ts";
import { retryMessage } from "./retry-message.ts";
import { searchRecord } from "./search/search-record.ts";
import { sendMessage } from "./send-message.ts";
import { listTags, setTags } from "./set-tags.ts";
import { snoozeConversation } from "./snooze-conversation.ts";

export function conversationRoutes(app: HttpApp, _services: Services): void {
  threadRoutes(app);
  stateRoutes(app);
  contactRoutes(app);
  cannedRoutes(app);
  mediaRoutes(app);
}

function threadRoutes(app: HttpApp): void {
  register(app, routes.listConversations, (ctx, { query }) => listConversations(ctx, query));
  register(app, routes.getConversation, async (ctx, { params }) => {
    await accessConversation(ctx, params.id);
    return presentOne(ctx, params.id);
  });
  register(app, routes.getResolution, (ctx, { query }) => getResolution(ctx, query.days));
  register(app, routes.getThread, (ctx, { params, query }) => getThread(ctx, params.id, query));
  register(app, routes.search, (ctx, { query }) => searchRecord(ctx, query.q, query.limit));
  register(app, routes.listTags, (ctx) => listTags(ctx));
  register(app, routes.retryMessage, (ctx, { params }) => retryMessage(ctx, params.id));
  // a text that is too long has a status and code of its own, which the schema could only call invalid
  void app.register((texts: HttpApp, _options, done) => {
    texts.addHook("preHandler", async (request) => refuseLongText(request.body));
    register(texts, routes.sendMessage, (ctx, { params, body }) =>
      sendMessage(ctx, {
        conversationId: params.id,
        content: body.content,
        clientMessageId: body.clientMessageId,
        ...(body.seenSeq === undefined ? {} : { seenSeq: body.seenSeq }),
      }),
    );
    register(texts, routes.addNote, (ctx, { params, body }) =>
      addNote(ctx, { conversationId: params.id, ...body }),
    );
    done();
  });
}

/** @throws message/too-long (413); everything else about a body is the schema's business. */
function refuseLongText(body: unknown): void {
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null;
  if (!isRecord(body)) return;
  const texts = [body.text, isRecord(body.content) ? body.content.text : undefined];
  if (texts.some((text) => typeof text === "string" && text.length > maxTextLength))
    throw new AppError("message/too-long", { details: { maxLength: maxTextLength } });
}

function stateRoutes(app: HttpApp): void {
  register(app, routes.markRead, (ctx, { params, body }) => markRead(ctx, params.id, body.seq));
  register(app, routes.resolve, async (ctx, { params, body }) => {
    await resolveConversation(ctx, params.id, body.disposition);
    return presentOne(ctx, params.id);
  });
  register(app, routes.reopen, async (ctx, { params }) => {
    await reopenConversation(ctx, params.id);
    return presentOne(ctx, params.id);
  });
  register(app, routes.snooze, async (ctx, { params, body }) => {
    await snoozeConversation(ctx, params.id, new Date(body.until));
    return presentOne(ctx, params.id);
  });
  register(app, routes.setTags, async (ctx, { params, body }) => {
    await setTags(ctx, params.id, body.tags);
    return presentOne(ctx, params.id);
  });
}

function contactRoutes(app: HttpApp): void {
  register(app, routes.getContact, (ctx, { params }) => getContact(ctx, params.id));
  register(app, routes.updateContact, (ctx, { params, body }) => updateContact(ctx, params.id, body));
  register(app, routes.revealContact, (ctx, { params }) => revealContact(ctx, params.id));
  register(app, routes.exportContact, async (ctx, { params }) => ({
    body: await exportContact(ctx, params.id),
    name: `contact-${params.id}.json`,
  }));
  register(app, routes.eraseContact, (ctx, { params }) => eraseContact(ctx, params.id));
}

function cannedRoutes(app: HttpApp): void {
  register(app, routes.listCannedReplies, (ctx) => listCannedReplies(ctx));
  register(app, routes.createCannedReply, (ctx, { body }) => createCannedReply(ctx, body));
  register(app, routes.updateCannedReply, (ctx, { params, body }) => updateCannedReply(ctx, params.id, body));
  register(app, routes.deleteCannedReply, (ctx, { params }) => deleteCannedReply(ctx, params.id));
}

function mediaRoutes(app: HttpApp): void {
  register(
    app,
    routes.uploadMedia,
    async (ctx, { request }) => {
      const file = await request.file();
      if (!file) throw new AppError("media/empty");
      const stored = await ctx.media.put(ctx.tenantId, {
        source: file.file,
        name: file.filename,
        inboxId: null,
        isLoose: true,
      });
      const { id: mediaId, name, type, sizeBytes, kind, width, height } = stored;
      const size = width === null || height === null ? {} : { width, height };
      return { mediaId, name, type, sizeBytes, kind, ...size };
    },
    { isMultipart: true, maxFileBytes: defaultMaxMediaBytes },
  );
  register(app, routes.mediaLink, async (ctx, { params, query }) => {
    requirePermission(ctx, "conversations-read");
    if (!(await ctx.media.find(ctx.tenantId, params.id))) throw new AppError("media/not-found");
    const target = { tenantId: ctx.tenantId, mediaId: params.id, variant: query.size };
    return { url: signMediaUrl(await ctx.vault.forSystem(), target, ctx.clock.nowMs()) };
  });
}

async function presentOne(ctx: Ctx, id: ConversationId): Promise<Conversation> {
  const [conversation] = await presentConversations(ctx, [id]);
  if (!conversation) throw new AppError("conversation/not-found"); // erased in between
  return conversation;
}
