// All open lines of this node, workbench tabs and visitors, and the events that reach them. Knows no rooms: what an event
// looks like to whom is the projector's affair, what a visitor's frame does is the gateway's.
import type {
  ConversationId,
  TenantId,
  UserId,
  WidgetClientFrame,
  WidgetServerFrame,
  WorkbenchClientFrame,
} from "@yingda/contract";
import type { EventRef } from "../outbox/types.ts";
import { createHeartbeat } from "./heartbeat.ts";
import type { NumberedRef } from "./log-store.ts";
import type {
  AttachedLine,
  Hub,
  Pipe,
  VisitorAdmission,
  VisitorHandlers,
  WorkbenchPrincipal,
} from "./types.ts";
import { VisitorFeed } from "./visitor-feed.ts";
import { HubVisitorLine } from "./visitor-line.ts";
import { type FeedDeps, WorkbenchFeed } from "./workbench-feed.ts";
import { WorkbenchLine } from "./workbench-line.ts";

export interface WholeHub extends Hub {
  feed(tenantId: TenantId): WorkbenchFeed | undefined;
  numbered(tenantId: TenantId, entries: readonly NumberedRef[]): void;
  heard(refs: readonly EventRef[]): void;
  /** Events may have been missed: everybody's cursor is looked at again. */
  lost(): void;
  toVisitors(conversationId: ConversationId, frame: WidgetServerFrame): void;
  stop(): void;
}

const viewersRefreshSlots = 30;
/** A visitor's page that has not said who it is by then is gone. */
const helloMostMs = 20_000;

export function createHub(deps: FeedDeps): WholeHub {
  const feeds = new Map<TenantId, WorkbenchFeed>();
  const visitorFeeds = new Map<ConversationId, VisitorFeed>();
  const visitors = new Set<HubVisitorLine>();
  let isDraining = false;
  let slots = 0;
  const heartbeat = createHeartbeat(() => {
    slots += 1;
    for (const feed of feeds.values()) feed.tick(slots % viewersRefreshSlots === 0);
    if (slots % 5 === 0) dropSilent();
  });

  function dropSilent(): void {
    const beforeMs = performance.now() - helloMostMs;
    for (const line of visitors) {
      if (line.principal === null && line.openedMs < beforeMs) line.bye("token");
      else line.recover();
    }
  }

  function feedOf(tenantId: TenantId): WorkbenchFeed {
    const feed = feeds.get(tenantId) ?? new WorkbenchFeed(tenantId, deps);
    feeds.set(tenantId, feed);
    return feed;
  }

  function attachWorkbench(pipe: Pipe, principal: WorkbenchPrincipal): AttachedLine {
    const line = new WorkbenchLine(pipe, principal);
    const feed = feedOf(principal.tenantId);
    const isFirst = !hasUser(feed, principal.userId);
    feed.lines.add(line);
    line.forget = heartbeat.add(line);
    if (isFirst) deps.projector.onConnected?.(principal, true);
    return {
      received(text) {
        line.isAlive = true;
        const frame = parseFrame<WorkbenchClientFrame>(text);
        if (frame) receive(feed, line, frame);
        else pipe.close(1007, "bad frame");
      },
      alive() {
        line.isAlive = true;
      },
      closed() {
        if (!line.isOpen) return;
        line.isOpen = false;
        line.forget();
        feed.view(line, null, false);
        feed.lines.delete(line);
        if (!hasUser(feed, principal.userId)) deps.projector.onConnected?.(principal, false);
        if (feed.lines.size > 0) return;
        feed.close();
        feeds.delete(principal.tenantId);
      },
    };
  }

  function receive(feed: WorkbenchFeed, line: WorkbenchLine, frame: WorkbenchClientFrame): void {
    switch (frame.t) {
      case "hello":
        if (line.position === null)
          void feed.hello(line, Number.isSafeInteger(frame.since) ? frame.since : null);
        return;
      case "ping":
        line.send({ t: "pong" });
        return;
      case "view":
        feed.view(
          line,
          typeof frame.conversationId === "string" ? (frame.conversationId as ConversationId) : null,
          frame.isReplying === true,
        );
        return;
      case "typing": {
        const { userId, name } = line.principal;
        const { conversationId, isTyping } = frame;
        feed.now({ kind: "typing", conversationId, who: "agent", userId, name, isTyping }, null, line);
        deps.outbox.publish("now", { t: feed.tenantId, typing: [conversationId, userId, isTyping ? 1 : 0] });
        deps.projector.onAgentTyping?.(line.principal, conversationId as ConversationId, isTyping);
        return;
      }
      default:
        // a newer client's frame: not ours to understand
        frame satisfies never;
    }
  }

  function attachVisitor(pipe: Pipe, handlers: VisitorHandlers, admission: VisitorAdmission) {
    const line = new HubVisitorLine(pipe, handlers, home, admission);
    visitors.add(line);
    line.forget = heartbeat.add(line);
    return {
      line,
      received: (text: string) => receiveVisitor(line, text),
      alive() {
        line.isAlive = true;
      },
      closed: () => closeVisitor(line),
    };
  }

  function receiveVisitor(line: HubVisitorLine, text: string): void {
    line.isAlive = true;
    const frame = parseFrame<WidgetClientFrame>(text);
    if (!frame) line.pipe.close(1007, "bad frame");
    else if (frame.t === "ping") line.send({ t: "pong" });
    else if (!line.mayTalk()) line.bye("limit");
    else void handVisitorFrame(line, frame);
  }

  async function handVisitorFrame(line: HubVisitorLine, frame: WidgetClientFrame): Promise<void> {
    try {
      await line.handlers.onFrame(line, frame);
    } catch (error) {
      deps.log.error({ err: error, frame: frame.t }, "visitor frame failed");
      line.bye("server");
    }
  }

  function closeVisitor(line: HubVisitorLine): void {
    if (!line.isOpen) return;
    line.isOpen = false;
    line.forget();
    visitors.delete(line);
    leave(line);
    line.handlers.onClose?.(line);
  }

  const home = {
    follow(line: HubVisitorLine, conversationId: ConversationId, eventSeq: number) {
      if (line.conversationId === conversationId) return;
      leave(line);
      line.conversationId = conversationId;
      const known = visitorFeeds.get(conversationId);
      const feed = known ?? new VisitorFeed(line.tenantId, conversationId, eventSeq, deps);
      visitorFeeds.set(conversationId, feed);
      feed.join(line, eventSeq);
    },
  };

  function leave(line: HubVisitorLine): void {
    if (line.conversationId === null) return;
    const feed = visitorFeeds.get(line.conversationId);
    feed?.lines.delete(line);
    if (feed?.lines.size === 0) visitorFeeds.delete(line.conversationId);
    line.conversationId = null;
  }

  return {
    attachWorkbench,
    attachVisitor,
    feed: (tenantId) => feeds.get(tenantId),
    numbered: (tenantId, entries) => feeds.get(tenantId)?.numbered(entries),
    heard(refs) {
      if (visitorFeeds.size === 0) return;
      for (const ref of refs) visitorFeeds.get(ref.aggregateId as ConversationId)?.heard(ref);
    },
    lost() {
      for (const feed of feeds.values()) void feed.refresh();
      for (const feed of visitorFeeds.values()) feed.refresh();
    },
    toVisitors: (conversationId, frame) => visitorFeeds.get(conversationId)?.now(frame),
    visitorLines: (conversationId) => [...(visitorFeeds.get(conversationId)?.lines ?? [])],
    connectedUsers: (tenantId) =>
      new Set([...(feeds.get(tenantId)?.lines ?? [])].map(({ principal }) => principal.userId)),
    cut(who) {
      const chosen = "sessionId" in who ? [...feeds.values()] : [feeds.get(who.tenantId)];
      for (const feed of chosen) {
        for (const line of feed?.lines ?? []) {
          const { sessionId, userId } = line.principal;
          if ("sessionId" in who ? sessionId !== who.sessionId : userId !== who.userId) continue;
          line.send({ t: "bye", code: "auth/not-signed-in" });
          line.pipe.close(1008, "signed out");
        }
      }
    },
    async drain() {
      isDraining = true;
      for (const feed of feeds.values()) {
        for (const line of feed.lines) {
          line.send({ t: "bye", code: "server" });
          line.pipe.close(1012, "restart");
        }
      }
      for (const line of visitors) line.bye("server");
      // one turn of the loop for what was just written
      await new Promise((resolve) => setImmediate(resolve));
    },
    get isDraining() {
      return isDraining;
    },
    counts() {
      let workbench = 0;
      for (const feed of feeds.values()) workbench += feed.lines.size;
      return { workbench, visitors: visitors.size };
    },
    stop() {
      heartbeat.stop();
      for (const feed of feeds.values()) feed.close();
    },
  };
}

function hasUser(feed: WorkbenchFeed, userId: UserId): boolean {
  for (const line of feed.lines) if (line.principal.userId === userId) return true;
  return false;
}

/** A frame is an object with a word in `t`; the rest is checked by whoever reads it. */
function parseFrame<Frame>(text: string): Frame | null {
  try {
    const value: unknown = JSON.parse(text);
    const isFrame =
      typeof value === "object" && value !== null && "t" in value && typeof value.t === "string";
    return isFrame ? (value as Frame) : null;
  } catch {
    return null;
  }
}
