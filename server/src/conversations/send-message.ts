// A reply leaves: by an agent at the workbench, by a program with an API key, or by the server for bot and system.
// One round trip. Whether it also needs a push to a platform is in the event message-queued (isPush).
import type { Content, ContentKind, ConversationId, Message } from "@yingda/contract";
import { requirePermission } from "../accounts/index.ts";
import type { Ctx } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import { appendOnce, type NewAuthor } from "./append-message.ts";

export interface Reply {
  conversationId: ConversationId;
  /** Default: whoever asks. An API key speaks as the bot: what a program says is never passed off as a person's. */
  author?: NewAuthor;
  content: Content;
  /** A retry with the same id sends once and returns the first message. */
  clientMessageId?: string;
  /** What the author had read; refused when a colleague or the bot has answered after it. */
  seenSeq?: number;
}

// what a contact sends back or what only a platform makes is not for agents to send
const unsendable = new Set<ContentKind>(["form", "unsupported", "sticker"]);

/**
 * Records a reply. An agent's reply takes the conversation from bot, queue or nobody, and opens a resolved one.
 * @throws auth/not-allowed, conversation/not-found, conversation/newer-reply, message/empty, message/unsupported,
 *   media/not-found.
 */
export async function sendMessage(ctx: Ctx, reply: Reply): Promise<Message> {
  const isGiven = ctx.actor.kind === "user" || ctx.actor.kind === "api-key";
  if (isGiven) requirePermission(ctx, "conversations-reply");
  const author = reply.author ?? authorOf(ctx);
  checkContent(reply.content);
  if (isGiven) await checkFile(ctx, reply.content);
  const appended = await appendOnce(ctx, { ...reply, author });
  if (appended.kind === "refused") throw new AppError(appended.code);
  return appended.message;
}

function checkContent(content: Content): void {
  if (unsendable.has(content.kind))
    throw new AppError("message/unsupported", { details: { kind: content.kind } });
  if (content.kind === "text" && content.text.trim() === "") throw new AppError("message/empty");
}

/** A file that has gone, or is about to, is not sent. @throws media/not-found */
async function checkFile(ctx: Ctx, content: Content): Promise<void> {
  const id =
    "mediaId" in content ? content.mediaId : content.kind === "card" ? content.imageMediaId : undefined;
  if (id !== undefined && !(await ctx.media.find(ctx.tenantId, id))) throw new AppError("media/not-found");
}

function authorOf({ actor }: Ctx): NewAuthor {
  switch (actor.kind) {
    case "user":
      return { kind: "agent", id: actor.userId, name: actor.name };
    case "api-key":
    case "bot":
      return { kind: "bot", id: null, name: null };
    case "system":
      return { kind: "system", id: null, name: null };
    case "visitor":
      throw new AppError("auth/not-allowed"); // visitors speak through receiveMessage
    default:
      return actor satisfies never;
  }
}
