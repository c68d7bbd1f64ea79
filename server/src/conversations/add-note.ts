// A private note: seen by colleagues, never by the contact. It changes nothing about the conversation.
import type { ConversationId, Message } from "@yingda/contract";
import { requirePermission } from "../accounts/index.ts";
import type { Ctx } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import { appendOnce, type NewAuthor } from "./append-message.ts";

/** @throws auth/not-allowed, conversation/not-found, message/empty. */
export async function addNote(
  ctx: Ctx,
  note: { conversationId: ConversationId; clientMessageId: string; text: string },
): Promise<Message> {
  requirePermission(ctx, "conversations-reply");
  if (note.text.trim() === "") throw new AppError("message/empty");
  const appended = await appendOnce(ctx, {
    conversationId: note.conversationId,
    clientMessageId: note.clientMessageId,
    author: authorOf(ctx),
    content: { kind: "text", text: note.text },
    kind: "note",
  });
  if (appended.kind === "refused") throw new AppError(appended.code);
  return appended.message;
}

function authorOf({ actor }: Ctx): NewAuthor {
  if (actor.kind === "user") return { kind: "agent", id: actor.userId, name: actor.name };
  return { kind: "system", id: null, name: null };
}
