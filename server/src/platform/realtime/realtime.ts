// Puts realtime together: the relay numbers events, the hub sends them, the bus carries what other nodes must know. Made by
// app.ts; `useProjector` and `useVisitorGateway` come before `start`.
import type { ConversationId, EphemeralEvent, TenantId, UserId } from "@yingda/contract";
import type { Clock } from "../clock.ts";
import type { Db } from "../db/transact.ts";
import { newId } from "../ids.ts";
import type { Log } from "../log.ts";
import type { Outbox } from "../outbox/types.ts";
import { createHub, type WholeHub } from "./hub.ts";
import { readHead } from "./log-store.ts";
import { createRelay, type Relay } from "./relay.ts";
import type { EphemeralVisitorFrame, NowTarget, Projector, Realtime, VisitorGateway } from "./types.ts";

export interface RealtimeOptions {
  db: Db;
  clock: Clock;
  log: Log;
  outbox: Outbox;
}

/** What crosses to other nodes of what is never stored: ids, no words and no names. */
type NowNote = { t: TenantId; typing: [string, UserId | null, 0 | 1]; who?: "contact"; visitor?: 1 };
type NumberedNote = { t: TenantId; to: number };
type ViewersNote = { n: string; t: TenantId; c: string; u: [UserId, 0 | 1][] };

export function createRealtime({ db, clock, log, outbox }: RealtimeOptions): Realtime {
  const nodeId = newId<string>();
  let projector: Projector | null = null;
  let gateway: VisitorGateway | null = null;
  let relay: Relay | null = null;
  const stops: (() => void)[] = [];
  const answering = (): Projector => {
    if (!projector) throw new Error("realtime has no projector");
    return projector;
  };
  const hub: WholeHub = createHub({ db, clock, log, outbox, nodeId, projector: lateProjector(answering) });

  async function heardNow(payload: unknown): Promise<void> {
    const { t, typing, who, visitor } = payload as NowNote;
    const [conversationId, userId, isTyping] = typing;
    const name = userId === null ? "" : await answering().nameOf(t, userId);
    if (visitor) {
      hub.toVisitors(conversationId as ConversationId, {
        t: "typing",
        who: "agent",
        name,
        isTyping: isTyping === 1,
      });
      return;
    }
    hub
      .feed(t)
      ?.now({ kind: "typing", conversationId, who: who ?? "agent", userId, name, isTyping: isTyping === 1 });
  }

  async function heardViewers(payload: unknown): Promise<void> {
    const { n, t, c, u } = payload as ViewersNote;
    const feed = hub.feed(t);
    if (!feed) return;
    const users = await Promise.all(
      u.map(async ([userId, isReplying]) => ({
        userId,
        name: await answering().nameOf(t, userId),
        isReplying: isReplying === 1,
      })),
    );
    feed.heardViewers(n, c, users);
  }

  const guarded = (heard: (payload: unknown) => Promise<void>) => (payload: unknown) => {
    heard(payload).catch((error: unknown) =>
      log.warn({ err: error }, "note from another node not understood"),
    );
  };

  function now(tenantId: TenantId, target: NowTarget, message: EphemeralEvent | EphemeralVisitorFrame): void {
    if (target.to === "visitor") {
      const frame = message as EphemeralVisitorFrame;
      hub.toVisitors(target.conversationId, frame);
      if (frame.t === "typing" && frame.who === "agent")
        outbox.publish("now", {
          t: tenantId,
          typing: [target.conversationId, null, frame.isTyping ? 1 : 0],
          visitor: 1,
        } satisfies NowNote);
      return;
    }
    const event = message as EphemeralEvent;
    hub.feed(tenantId)?.now(event, target.to === "user" ? target.userId : null);
    if (event.kind === "typing" && target.to === "workbench") {
      const typing: NowNote["typing"] = [
        event.conversationId,
        event.userId as UserId | null,
        event.isTyping ? 1 : 0,
      ];
      outbox.publish("now", {
        t: tenantId,
        typing,
        ...(event.who === "contact" ? { who: "contact" } : {}),
      } satisfies NowNote);
    }
  }

  return {
    hub,
    now,
    head: (tenantId) => readHead(db, tenantId),
    useProjector(given) {
      projector = given;
    },
    useVisitorGateway(given) {
      gateway = given;
    },
    get visitorGateway() {
      return gateway;
    },
    async start() {
      const { kinds } = answering();
      relay = createRelay({
        db,
        clock,
        log,
        outbox,
        kinds,
        numbered(tenantId, entries) {
          hub.numbered(tenantId, entries);
          outbox.publish("numbered", { t: tenantId, to: entries.at(-1)?.seq ?? 0 } satisfies NumberedNote);
        },
      });
      relay.start();
      stops.push(outbox.listen({ name: "hub", heard: hub.heard, lost: hub.lost }));
      stops.push(
        outbox.onPublished("numbered", (payload) => {
          const { t, to } = payload as NumberedNote;
          hub.feed(t)?.headMoved(to);
        }),
      );
      stops.push(outbox.onPublished("now", guarded(heardNow)));
      stops.push(outbox.onPublished("viewers", guarded(heardViewers)));
    },
    async stop() {
      for (const stop of stops) stop();
      await relay?.stop();
      hub.stop();
    },
  };
}

/** The hub is made before the rooms are: it asks for the projector when it needs it. */
function lateProjector(answering: () => Projector): Projector {
  return {
    get kinds() {
      return answering().kinds;
    },
    forWorkbench: (tenantId, principals, refs) => answering().forWorkbench(tenantId, principals, refs),
    forVisitor: (principal, conversationId, refs) => answering().forVisitor(principal, conversationId, refs),
    counts: (tenantId) => answering().counts(tenantId),
    nameOf: (tenantId, userId) => answering().nameOf(tenantId, userId),
    mayReceive: (principal, event) => answering().mayReceive(principal, event),
    onConnected: (principal, isConnected) => answering().onConnected?.(principal, isConnected),
    onAgentTyping: (principal, conversationId, isTyping) =>
      answering().onAgentTyping?.(principal, conversationId, isTyping),
  };
}
