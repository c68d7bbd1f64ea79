// What a visitor is shown besides messages: the state of their conversation, the welcome after a hello, and the frames that
// events become. The hub asks for the latter through app.ts.
import type {
  ConversationId,
  DomainEvents,
  EventKind,
  VisitorState,
  WidgetServerFrame,
} from "@yingda/contract";
import {
  presentForVisitor,
  presentMessagesForVisitor,
  type VisitorThread,
} from "../../conversations/index.ts";
import { type Ctx, makeCtx, type Services } from "../../platform/context.ts";
import type { EventRef } from "../../platform/outbox/index.ts";
import type { VisitorPrincipal } from "../../platform/realtime/index.ts";
import type { RoutingForVisitors } from "./doors.ts";

type Welcome = Extract<WidgetServerFrame, { t: "welcome" }>;
const welcomeMessages = 50;

export async function stateOf(
  ctx: Ctx,
  routing: RoutingForVisitors,
  thread: VisitorThread | null,
): Promise<VisitorState> {
  const { availability, opensAt } = await routing.availability(ctx);
  const conversation = thread?.conversation ?? null;
  const isQueued = conversation?.status === "open" && conversation.handler.kind === "queue";
  return {
    conversationId: conversation?.id ?? null,
    handler: conversation?.handler.kind ?? "bot",
    agentName: thread?.agentName ?? null,
    queue: isQueued ? await routing.visitorQueueState(ctx, conversation.id) : null,
    isOpen: availability !== "closed",
    opensAt: opensAt?.toISOString() ?? null,
    canRate: thread?.canRate ?? false,
    rated: thread?.rated ?? null,
    readSeq: Math.max(thread?.readSeq ?? 0, conversation?.lastAnswerSeq ?? 0),
  };
}

/**
 * The answer to a hello. A client that knows its conversation up to `since` gets no messages here: what came after is sent
 * from the line of events, each exactly once. Anybody else gets the last 50. `seq` is the cursor to follow from.
 */
export async function welcomeOf(
  ctx: Ctx,
  routing: RoutingForVisitors,
  visit: {
    conversationId: ConversationId | null;
    known: { conversationId: string | null; since: number };
    token: string | null;
  },
): Promise<Welcome> {
  const { conversationId, known, token } = visit;
  const continues = conversationId !== null && known.conversationId === conversationId && known.since > 0;
  const thread =
    conversationId &&
    (await presentForVisitor(ctx, conversationId, { limit: continues ? 1 : welcomeMessages }));
  const isBehind = continues && thread !== null && known.since <= (thread?.eventSeq ?? 0);
  return {
    t: "welcome",
    token,
    conversationId: thread ? conversationId : null,
    seq: isBehind ? known.since : (thread?.eventSeq ?? 0),
    messages: isBehind ? [] : (thread?.messages ?? []),
    state: await stateOf(ctx, routing, thread || null),
    hasMore: thread?.hasMore ?? false,
    serverTimeMs: ctx.clock.nowMs(),
  };
}

/** Events with a message that the visitor may see (or see changed). */
const messageKinds = ["message-received", "message-queued", "delivery-changed"] as const;
/** Events after which the state shown above the chat is another one. */
const stateKinds = new Set<EventKind>([
  "conversation-queued",
  "conversation-assigned",
  "conversation-returned",
  "conversation-resolved",
  "conversation-reopened",
  "conversation-abandoned",
  "conversation-rated",
  "conversation-changed",
  "read-changed",
]);

/** The frames of one conversation's events, oldest first: messages as they are now, the state at most once and last. */
export async function projectForVisitor(
  services: Services,
  routing: RoutingForVisitors,
  principal: Pick<VisitorPrincipal, "tenantId" | "inboxId" | "visitorId">,
  conversationId: ConversationId,
  refs: readonly EventRef[],
): Promise<WidgetServerFrame[]> {
  const { tenantId, inboxId, visitorId } = principal;
  const ctx = makeCtx(services, { tenantId, actor: { kind: "visitor", visitorId, inboxId } });
  const named = await seqsOf(services, refs.filter(isMessageRef));
  const messages =
    named.size > 0 ? await presentMessagesForVisitor(ctx, conversationId, [...new Set(named.values())]) : [];
  const frames = [...named].flatMap(([eventSeq, seq]): WidgetServerFrame[] => {
    const message = messages.find((candidate) => candidate.seq === seq);
    return message ? [{ t: "message", eventSeq, message }] : [];
  });
  const lastState = refs.filter(({ kind }) => stateKinds.has(kind)).at(-1);
  if (lastState) {
    const thread = await presentForVisitor(ctx, conversationId, { limit: welcomeMessages });
    if (thread)
      frames.push({ t: "state", eventSeq: lastState.seq, state: await stateOf(ctx, routing, thread) });
  }
  return frames.toSorted((a, b) => cursorOf(a) - cursorOf(b));
}

type MessageKind = (typeof messageKinds)[number];

function isMessageRef(ref: EventRef): boolean {
  return (messageKinds as readonly string[]).includes(ref.kind);
}

/** Event seq → message seq; events that another node wrote are read back. */
async function seqsOf(services: Services, refs: readonly EventRef[]): Promise<Map<number, number>> {
  const seqs = new Map<number, number>();
  const unread: EventRef[] = [];
  for (const ref of refs) {
    if (ref.event) seqs.set(ref.seq, (ref.event.payload as DomainEvents[MessageKind]).seq);
    else unread.push(ref);
  }
  const [first] = unread;
  if (!first) return seqs;
  const from = Math.min(...unread.map(({ seq }) => seq));
  const to = Math.max(...unread.map(({ seq }) => seq));
  const events = await services.outbox.read(first.tenantId, first.aggregateId, from - 1, to - from + 1);
  const wanted = new Set(unread.map(({ seq }) => seq));
  for (const event of events)
    if (wanted.has(event.seq)) seqs.set(event.seq, (event.payload as DomainEvents[MessageKind]).seq);
  return new Map([...seqs].toSorted(([a], [b]) => a - b));
}

function cursorOf(frame: WidgetServerFrame): number {
  return "eventSeq" in frame ? frame.eventSeq : 0;
}
