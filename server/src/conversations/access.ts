// Who may do what with a conversation: the abilities that leave with every entity, and the one way for a person to
// reach a conversation. The rules of change themselves are model.ts; this is about persons.
import type { Ability, ConversationId, Permission, UserId } from "@yingda/contract";
import { requirePermission } from "../accounts/index.ts";
import type { Actor, Ctx } from "../platform/context.ts";
import { once } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { type ConversationRow, readConversationStatement, recordOf } from "./conversation-store.ts";
import type { ConversationFacts, ConversationRecord } from "./model.ts";

/** Whose eyes a conversation is presented for. `userId` null: an API key, which takes nothing and reads nothing. */
export interface Viewer {
  userId: UserId | null;
  permissions: ReadonlySet<Permission>;
}

const permissionOf: Record<Ability, Permission> = {
  reply: "conversations-reply",
  note: "conversations-reply",
  claim: "conversations-reply",
  transfer: "conversations-reply",
  "return-to-bot": "conversations-reply",
  resolve: "conversations-reply",
  reopen: "conversations-reply",
  snooze: "conversations-reply",
  tag: "conversations-reply",
  reveal: "contacts-read",
  erase: "contacts-erase",
};
const abilityNames = Object.keys(permissionOf) as Ability[];

/** What this viewer may do with it now, in the order of the contract. */
export function abilitiesOf(now: Pick<ConversationFacts, "status" | "handler">, viewer: Viewer): Ability[] {
  return abilityNames.filter((name) => viewer.permissions.has(permissionOf[name]) && fits(now, name, viewer));
}

function fits(
  { status, handler }: Pick<ConversationFacts, "status" | "handler">,
  ability: Ability,
  viewer: Viewer,
): boolean {
  const isOpen = status !== "resolved";
  const isMine = handler.kind === "agent" && handler.agentId === viewer.userId;
  const mayMove = isMine || viewer.permissions.has("conversations-assign");
  switch (ability) {
    case "reply":
    case "note":
    case "tag":
    case "reveal":
    case "erase":
      return true;
    case "claim":
      return isOpen && handler.kind !== "agent" && viewer.userId !== null;
    case "transfer":
      return (handler.kind === "agent" || handler.kind === "queue") && mayMove && viewer.userId !== null;
    case "return-to-bot":
      return (handler.kind === "agent" && mayMove) || handler.kind === "queue";
    case "resolve":
      return isOpen;
    case "reopen":
      return status !== "open" && viewer.userId !== null;
    case "snooze":
      return isOpen && (handler.kind === "agent" || handler.kind === "bot") && viewer.userId !== null;
    default:
      return ability satisfies never;
  }
}

/** The actor as a viewer; null for visitors, the bot and the server itself, who are no persons at a desk. */
export function viewerOf(actor: Actor): Viewer | null {
  if (actor.kind === "user") return { userId: actor.userId, permissions: actor.permissions };
  return actor.kind === "api-key" ? { userId: null, permissions: actor.permissions } : null;
}

/**
 * Loads a conversation for a person (or the server itself) who wants to do something with it. It is not locked:
 * what the rules say is asked again where it is changed.
 * @throws auth/not-allowed or auth/scope-missing without the permission, conversation/not-found,
 *   conversation/resolved or conversation/transition-refused when its state does not allow it.
 */
export async function accessConversation(
  ctx: Ctx,
  conversationId: ConversationId,
  ability?: Ability,
): Promise<ConversationRecord> {
  if (ctx.actor.kind !== "bot")
    requirePermission(ctx, ability === undefined ? "conversations-read" : permissionOf[ability]);
  const [row] = await once<ConversationRow>(ctx, readConversationStatement, [ctx.tenantId, conversationId]);
  if (!row) throw new AppError("conversation/not-found");
  const record = recordOf(row);
  const viewer = viewerOf(ctx.actor);
  if (ability === undefined || !viewer || fits(record, ability, viewer)) return record;
  throw new AppError(
    record.status === "resolved" ? "conversation/resolved" : "conversation/transition-refused",
  );
}

export { signedInCustomer } from "./contacts/signed-in-customer.ts";
