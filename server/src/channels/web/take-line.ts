// A visitor's line enters the record: what they typed, a button, a wish for a person, a left message. Called by the socket
// and by the HTTP fallback; the answer comes by the conversation's own line of events.
import { type Content, type ConversationId, maxTextLength } from "@yingda/contract";
import { receiveMessage } from "../../conversations/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { contentOfMedia } from "../take-in-media.ts";
import type { VisitorLimiter } from "./doors.ts";
import { type LineFrame, visitorContent } from "./frames.ts";
import { adoptStored, currentInbox, type Session, storeVisitor } from "./session.ts";
import { isOwnUpload } from "./visitor-store.ts";

export type Taken = {
  messageId: string;
  seq: number;
  conversationId: ConversationId;
  duplicate: boolean;
  /** The visitor's cursor after this line; null for a duplicate. */
  eventSeq: number | null;
};

export type VisitorLimits = {
  chats: { name: string; count: number; perSeconds: number };
  messages: { name: string; count: number; perSeconds: number };
};
/** Per network address; many visitors may share one, few people type a line a second. */
export const publicLimits: VisitorLimits = {
  chats: { name: "visitor-chats", count: 20, perSeconds: 60 },
  messages: { name: "visitor-messages", count: 60, perSeconds: 60 },
};

const humanLabels = { "zh-CN": "转人工", en: "Talk to a person" } as const;

/** @throws AppError: what is refused is said by its code; request/rate-limited carries retryAfterMs. */
export async function takeLine(
  ctx: Ctx,
  session: Session,
  frame: LineFrame,
  limiter: VisitorLimiter,
  limits: VisitorLimits,
): Promise<Taken> {
  checkLimit(limiter, limits.messages, session.address);
  const inbox = await currentInbox(ctx, session);
  const content = await contentOf(ctx, session, frame);
  if (session.visitor?.token && !session.visitor.token.isStored) {
    checkLimit(limiter, limits.chats, session.address);
    await storeVisitor(ctx, session);
  }
  const { visitor } = session;
  if (!visitor) throw new AppError("auth/token-invalid");
  const received = await receiveMessage(ctx, {
    inboxId: session.inboxId,
    externalContactId: visitor.key,
    ...nameOf(visitor.name, frame),
    isVerified: visitor.isVerified,
    content,
    clientMessageId: frame.clientMessageId,
    at: ctx.clock.now(),
    ...(session.context ? { context: session.context } : {}),
    locale: session.locale,
    isBotOn: inbox.bot.isOn,
    reopenWindowMs: inbox.reopenWindowMs,
    origin: frame.t === "leave" ? "left-message" : "contact",
  });
  session.context = null;
  session.conversationId = received.conversationId;
  const { messageId, seq, conversationId } = received;
  return received.kind === "recorded"
    ? { messageId, seq, conversationId, duplicate: false, eventSeq: received.eventSeq }
    : { messageId, seq, conversationId, duplicate: true, eventSeq: null };
}

/** Proved by the shop, else as they signed the message they left. */
function nameOf(proved: string | null, frame: LineFrame): { contactName?: string } {
  const name = proved ?? (frame.t === "leave" ? frame.fields.name?.trim() : undefined);
  return name ? { contactName: name } : {};
}

function checkLimit(limiter: VisitorLimiter, limit: VisitorLimits["chats"], address: string): void {
  const retryAfterMs = limiter.take(limit, address);
  if (retryAfterMs !== null) throw new AppError("request/rate-limited", { details: { retryAfterMs } });
}

async function contentOf(ctx: Ctx, session: Session, frame: LineFrame): Promise<Content> {
  switch (frame.t) {
    case "say":
      return saidContent(ctx, session, frame.content);
    case "choose":
      // a suggestion is the contact's own words; other buttons keep what they mean beside their label
      return frame.choice.action === "say"
        ? { kind: "text", text: frame.choice.label }
        : { kind: "choices", text: frame.choice.label, choices: [frame.choice] };
    case "human": {
      const label = humanLabels[session.locale];
      return { kind: "choices", text: label, choices: [{ id: "human", label, action: "human" }] };
    }
    case "leave": {
      const fields = Object.fromEntries(
        Object.entries(frame.fields).filter(([, value]) => value.trim() !== ""),
      );
      if (Object.keys(fields).length === 0) throw new AppError("message/empty");
      return { kind: "form", purpose: "leave-message", fields };
    }
    default:
      return frame satisfies never;
  }
}

async function saidContent(ctx: Ctx, session: Session, given: unknown): Promise<Content> {
  const parsed = visitorContent.safeParse(given);
  if (!parsed.success) throw new AppError(refusalOf(given));
  const content = parsed.data;
  if (content.kind === "text") {
    if (content.text.trim() === "") throw new AppError("message/empty");
    return { kind: "text", text: content.text }; // citations are the bot's
  }
  if (!("mediaId" in content)) return content;
  await adoptStored(ctx, session); // the upload made the row
  const key = session.visitor?.key ?? "";
  const isOwn = await transact(ctx, (tx) => isOwnUpload(tx, content.mediaId, session.inboxId, key));
  const media = isOwn ? await ctx.media.find(ctx.tenantId, content.mediaId) : undefined;
  if (!media) throw new AppError("media/not-found");
  return contentOfMedia(media); // name, type and size as we know them, not as the client says
}

function refusalOf(given: unknown): "message/too-long" | "message/empty" | "message/unsupported" {
  const text = typeof given === "object" && given !== null && "text" in given ? given.text : undefined;
  if (typeof text !== "string") return "message/unsupported";
  if (text.length === 0) return "message/empty";
  return text.length > maxTextLength ? "message/too-long" : "message/unsupported";
}
