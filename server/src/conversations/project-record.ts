// From the record's domain events to what the workbench hears of them: each touched conversation once, each touched
// message once, as they are now. app.ts composes the whole projector of the rooms' parts; the invariant "events
// applied = fresh fetch" is tested for every use case (live.test.ts).
import type { ConversationId, DomainEvents, EventKind, RealtimeEvent } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import type { EventRef } from "../platform/outbox/index.ts";
import type { Viewer } from "./access.ts";
import { presentConversationsFor } from "./present-conversation.ts";
import { type MessageRef, presentMessages } from "./present-messages.ts";

/** Events that name a message by seq in their payload. */
const messageKinds = ["message-received", "message-queued", "note-added", "delivery-changed"] as const;
const conversationKinds = [
  "conversation-changed",
  "conversation-queued",
  "conversation-assigned",
  "conversation-returned",
  "conversation-resolved",
  "conversation-reopened",
  "conversation-abandoned",
  "conversation-rated",
  "read-changed",
] as const;
const contactKinds = ["contact-changed", "contact-erased"] as const;

/** The kinds that `projectRecord` knows; others in its refs are passed over. */
export const recordEventKinds: readonly EventKind[] = [
  ...messageKinds,
  ...conversationKinds,
  ...contactKinds,
];

/**
 * One list per viewer, in their order. A conversation that is gone (erased) is said to be gone. For viewers who may
 * read conversations; the caller has seen to that.
 */
export async function projectRecord(
  ctx: Ctx,
  viewers: readonly Viewer[],
  refs: readonly EventRef[],
): Promise<RealtimeEvent[][]> {
  const ours = refs.filter(({ kind }) => recordEventKinds.includes(kind));
  if (ours.length === 0 || viewers.length === 0) return viewers.map(() => []);
  const ids = [...new Set(ours.map(({ aggregateId }) => aggregateId as ConversationId))];
  const [named, contacts] = await payloadsOf(ctx, ours);
  const [messages, lists] = await Promise.all([
    presentMessages(ctx, named),
    presentConversationsFor(ctx, viewers, ids),
  ]);
  const messageEvents = messages.map((message): RealtimeEvent => ({ kind: "message", message }));
  const contactEvents = contacts.map((id): RealtimeEvent => ({ kind: "stale", topic: "contact", id }));
  return lists.map((conversations) => {
    const present = new Set(conversations.map(({ id }) => id));
    const gone = ids.filter((id) => !present.has(id));
    return [
      ...messageEvents,
      ...conversations.map((conversation): RealtimeEvent => ({ kind: "conversation", conversation })),
      ...gone.map((conversationId): RealtimeEvent => ({ kind: "conversation-gone", conversationId })),
      ...contactEvents,
    ];
  });
}

/** Messages and contacts that the events name; payloads of events that another node wrote are read back. */
async function payloadsOf(ctx: Ctx, refs: readonly EventRef[]): Promise<[MessageRef[], string[]]> {
  const messages = new Map<string, MessageRef>();
  const contacts = new Set<string>();
  for (const ref of refs) {
    const isMessage = includes(messageKinds, ref.kind);
    if (!isMessage && !includes(contactKinds, ref.kind)) continue;
    const [event] = ref.event
      ? [ref.event]
      : await ctx.outbox.read(ctx.tenantId, ref.aggregateId, ref.seq - 1, 1);
    if (!event) continue;
    if (isMessage) {
      const { conversationId, seq } = event.payload as DomainEvents[(typeof messageKinds)[number]];
      messages.set(`${conversationId}:${seq}`, { conversationId, seq });
    } else contacts.add((event.payload as DomainEvents["contact-changed"]).contactId);
  }
  return [[...messages.values()], [...contacts]];
}

function includes(kinds: readonly EventKind[], kind: EventKind): boolean {
  return kinds.includes(kind);
}
