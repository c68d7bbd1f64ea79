// What the realtime hub is told by the rooms: which events the workbench sees, how they look to whom, who may receive what.
// Conversations project the record, channels the visitor's view; the rest is a few lines of routing and "this page is stale".
import type {
  EphemeralEvent,
  EventKind,
  Permission,
  RealtimeEvent,
  TenantId,
  UserId,
} from "@yingda/contract";
import { listMembersBrief } from "../accounts/index.ts";
import { projectForVisitor, type RoutingForVisitors, tellAgentTyping } from "../channels/index.ts";
import { listCounts, projectRecord, recordEventKinds } from "../conversations/index.ts";
import { type Ctx, makeCtx, type Services } from "../platform/context.ts";
import type { EventRef, HeardEvent } from "../platform/outbox/index.ts";
import type { Projector, WorkbenchPrincipal } from "../platform/realtime/index.ts";
import type { AgentConnections } from "../routing/index.ts";

type Stale = Extract<RealtimeEvent, { kind: "stale" }>;

const besideTheRecord = [
  "offer-made",
  "offer-ended",
  "colleague-question-changed",
  "presence-changed",
  "hours-changed",
  "queues-changed",
  "faq-changed",
  "faq-draft-changed",
  "table-changed",
  "tools-changed",
  "product-changed",
  "help-changed",
  "policy-changed",
  "incident-changed",
  "question-risen",
  "words-changed",
  "flow-changed",
  "document-changed",
  "knowledge-changed",
  "member-changed",
  "tenant-changed",
  "inbox-changed",
  "draft-changed",
] as const satisfies EventKind[];

/** What a page needs to be allowed to show the topic. */
const topicPermission: Partial<Record<Stale["topic"], Permission>> = {
  faqs: "knowledge-read",
  tables: "knowledge-read",
  tools: "settings-read",
  products: "knowledge-read",
  help: "knowledge-read",
  policies: "knowledge-read",
  incidents: "knowledge-read",
  words: "knowledge-read",
  flows: "knowledge-read",
  documents: "knowledge-read",
  blanks: "knowledge-read",
  members: "members-read",
  inboxes: "inboxes-read",
  audit: "audit-read",
  contact: "contacts-read",
  drafts: "conversations-reply",
};

export interface ProjectorOptions {
  services: Services;
  routing: RoutingForVisitors;
  agents: AgentConnections;
}

export function createProjector({ services, routing, agents }: ProjectorOptions): Projector {
  const contextOf = (tenantId: TenantId) =>
    makeCtx(services, { tenantId, actor: { kind: "system", name: "realtime" } });
  return {
    kinds: [...new Set([...recordEventKinds, ...besideTheRecord])],
    async forWorkbench(tenantId, principals, refs) {
      const ctx = contextOf(tenantId);
      const [own, lists] = await Promise.all([
        projectBeside(ctx, refs),
        projectRecord(ctx, principals, refs),
      ]);
      return lists.map((list, index) => {
        const principal = principals[index];
        const seen = principal ? own.filter((event) => mayReceive(principal, event)) : [];
        return [...list, ...seen];
      });
    },
    forVisitor: (principal, conversationId, refs) =>
      projectForVisitor(services, routing, principal, conversationId, refs),
    counts: (tenantId) => listCounts(contextOf(tenantId)),
    nameOf: (tenantId, userId) => nameOf(contextOf(tenantId), userId),
    mayReceive,
    onConnected: (principal, isConnected) => void agents.changed(principal, isConnected),
    onAgentTyping: (principal, conversationId, isTyping) =>
      tellAgentTyping(services, principal, conversationId, isTyping),
  };
}

/** Every line belongs to somebody who may read conversations; topics of other pages ask for their own permission. */
function mayReceive(principal: WorkbenchPrincipal, event: RealtimeEvent | EphemeralEvent): boolean {
  if (event.kind !== "stale") return true;
  const needed = topicPermission[event.topic];
  return needed === undefined || principal.permissions.has(needed);
}

/** In the order of the events; an event of which only the place is known is read. */
async function projectBeside(ctx: Ctx, refs: readonly EventRef[]): Promise<RealtimeEvent[]> {
  const ours = refs.filter(({ kind }) => (besideTheRecord as readonly EventKind[]).includes(kind));
  const lists = await Promise.all(
    ours.map(async ({ event, aggregateId, seq }) => {
      const [heard] = event ? [event] : await ctx.outbox.read(ctx.tenantId, aggregateId, seq - 1, 1);
      return heard ? eventsOf(heard) : [];
    }),
  );
  return lists.flat();
}

function eventsOf(event: HeardEvent): RealtimeEvent[] {
  switch (event.kind) {
    case "offer-made": {
      const { conversationId, agentId, expiresAt, skillMiss = null } = event.payload;
      const offeredAt = new Date(event.at).toISOString();
      return [{ kind: "offer", offer: { conversationId, agentId, offeredAt, expiresAt, skillMiss } }];
    }
    case "offer-ended":
      return [{ ...event.payload, kind: "offer-ended" }];
    case "presence-changed":
      return [{ ...event.payload, kind: "presence" }, stale("members")];
    case "colleague-question-changed":
      return [stale("colleague-questions", event.payload.questionId)];
    case "queues-changed":
      return [stale("queues")];
    case "hours-changed":
      return [stale("hours")];
    case "faq-changed":
      return [stale("faqs", event.payload.faqId)];
    case "faq-draft-changed":
      return [stale("faqs", event.payload.faqId)];
    case "tools-changed":
      return [stale("tools")];
    case "table-changed":
      return [stale("tables", event.payload.tableId)];
    case "product-changed":
      return [stale("products", event.payload.productId)];
    case "help-changed":
      return [stale("help")];
    case "incident-changed":
      return [stale("incidents", event.payload.incidentId)];
    case "question-risen":
      return [stale("incidents")];
    case "words-changed":
      return [stale("words")];
    case "policy-changed":
      return [stale("policies", event.payload.policyId)];
    case "flow-changed":
      return [stale("flows")];
    case "document-changed":
      return [stale("documents", event.payload.documentId)];
    case "knowledge-changed":
      return [stale("faqs"), stale("blanks")];
    case "member-changed":
      return [stale("members", event.payload.userId)];
    case "tenant-changed":
      return [stale("tenant")];
    case "draft-changed":
      return [stale("drafts", event.payload.conversationId)];
    case "inbox-changed":
      return [stale("inboxes", event.payload.inboxId)];
    default:
      return [];
  }
}

function stale(topic: Stale["topic"], id: string | null = null): Stale {
  return { kind: "stale", topic, id };
}

async function nameOf(ctx: Ctx, userId: UserId): Promise<string> {
  const members = await listMembersBrief(ctx);
  return members.find(({ id }) => id === userId)?.name ?? "";
}
