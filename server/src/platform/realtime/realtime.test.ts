import type {
  ConversationId,
  InboxId,
  NewEvent,
  RealtimeEvent,
  TenantId,
  UserId,
  WidgetServerFrame,
  WorkbenchServerFrame,
} from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import {
  emptyProjector,
  startServices,
  type TestServices,
  type TestServicesOptions,
  testCtx,
  testServices,
} from "../../../test/services.ts";
import { newId } from "../ids.ts";
import { type EventRef, emit } from "../outbox/index.ts";
import type { Pipe, Projector, VisitorHandlers, WorkbenchPrincipal } from "./types.ts";

const database = await testDatabase();
const shared = await testDatabase();

/** What a browser would see, and a way to wait for it. */
class TestPipe<Frame> implements Pipe {
  readonly frames: Frame[] = [];
  #buffered = 0;
  #looked: () => void = () => {};
  closed: { code: number; reason: string } | null = null;
  #waiting: { check: (frames: Frame[]) => boolean; resolve: () => void }[] = [];

  send(text: string): void {
    this.frames.push(JSON.parse(text) as Frame);
    for (const { check, resolve } of this.#waiting) if (check(this.frames)) resolve();
  }
  close(code: number, reason: string): void {
    this.closed = { code, reason };
  }
  terminate(): void {
    this.closed = { code: 1006, reason: "" };
  }
  ping(): void {}

  get bufferedAmount(): number {
    this.#looked();
    return this.#buffered;
  }
  /** Unsent bytes grow to `bytes`; resolves when the sender has seen it. */
  clog(bytes: number): Promise<void> {
    this.#buffered = bytes;
    return new Promise((resolve) => {
      this.#looked = resolve;
    });
  }
  drain(): void {
    this.#buffered = 0;
  }

  until(check: (frames: Frame[]) => boolean): Promise<void> {
    if (check(this.frames)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`did not come: ${JSON.stringify(this.frames)}`)), 8_000).unref();
      this.#waiting.push({ check, resolve });
    });
  }
}

const stale = ({ aggregateId, seq }: EventRef): RealtimeEvent => ({
  kind: "stale",
  topic: "contact",
  id: `${aggregateId} ${seq}`,
});

/** Shows each event as its position, so that order and completeness can be seen. */
const positions: Projector = {
  ...emptyProjector,
  kinds: ["conversation-changed", "message-received"],
  forWorkbench: async (_tenantId, principals, refs) => principals.map(() => refs.map(stale)),
  forVisitor: async (_principal, _conversationId, refs) =>
    refs.map(
      ({ seq }): WidgetServerFrame => ({
        t: "state",
        eventSeq: seq,
        state: {
          conversationId: null,
          handler: "bot",
          agentName: null,
          queue: null,
          isOpen: true,
          opensAt: null,
          canRate: false,
          rated: null,
          readSeq: seq,
        },
      }),
    ),
  counts: async () => ({ queue: 1, attention: 0, bot: 0, byAgent: {} }),
  nameOf: async (_tenantId, userId) => `name of ${userId}`,
};

async function started(options: TestServicesOptions = {}, projector = positions): Promise<TestServices> {
  const services = await testServices(options.isShared ? shared : database, options);
  await startServices(services, projector);
  return services;
}

function principal(tenantId: TenantId, name = "owner"): WorkbenchPrincipal {
  return {
    kind: "user",
    tenantId,
    userId: newId<UserId>(),
    role: "owner",
    permissions: new Set(),
    name,
    sessionId: newId<string>(),
  };
}

function workbench(services: TestServices, who: WorkbenchPrincipal, since: number | null = null) {
  const pipe = new TestPipe<WorkbenchServerFrame>();
  const line = services.realtime.hub.attachWorkbench(pipe, who);
  line.received(JSON.stringify({ t: "hello", since }));
  return { pipe, line };
}

function write(services: TestServices, tenantId: TenantId, aggregateId: string, count = 1): Promise<void> {
  const ctx = testCtx(services, tenantId);
  const event: NewEvent = {
    kind: "conversation-changed",
    payload: { conversationId: aggregateId as ConversationId, version: 1, changed: [] },
  };
  return services.db.transact(tenantId, async (tx) => {
    await emit(
      ctx,
      tx,
      aggregateId,
      Array.from({ length: count }, () => event),
    );
  });
}

function idsOf(frames: readonly WorkbenchServerFrame[]): string[] {
  return frames
    .flatMap((frame) => (frame.t === "events" ? frame.events : []))
    .map((event) => (event.kind === "stale" ? (event.id ?? "") : ""));
}

describe("workbench lines", () => {
  test("an event is heard once, in order, by every line of the tenant and no other tenant's", async () => {
    const services = await started();
    const [{ tenantId }, other] = [await database.tenant(), await database.tenant()];
    const lines = [workbench(services, principal(tenantId)), workbench(services, principal(tenantId))];
    const stranger = workbench(services, principal(other.tenantId));
    await Promise.all([...lines, stranger].map(({ pipe }) => pipe.until((frames) => frames.length > 0)));
    const a = newId<string>();
    await write(services, tenantId, a, 3);
    const startMs = performance.now();
    await write(services, tenantId, a, 2);
    for (const { pipe } of lines) {
      await pipe.until((frames) => idsOf(frames).length === 5);
      expect(idsOf(pipe.frames)).toEqual([1, 2, 3, 4, 5].map((seq) => `${a} ${seq}`));
    }
    expect(performance.now() - startMs).toBeLessThan(500);
    expect(idsOf(stranger.pipe.frames)).toEqual([]);
    const counted = lines[0]?.pipe;
    await counted?.until((frames) =>
      frames.some((frame) => frame.t === "now" && frame.event.kind === "counts"),
    );
  });

  test("a line that comes back hears exactly what it missed, and `from` continues what it knew", async () => {
    const services = await started();
    const { tenantId } = await database.tenant();
    const who = principal(tenantId);
    const first = workbench(services, who);
    await first.pipe.until((frames) => frames.length > 0);
    const a = newId<string>();
    await write(services, tenantId, a, 2);
    await first.pipe.until((frames) => idsOf(frames).length === 2);
    const events = first.pipe.frames.filter((frame) => frame.t === "events");
    const since = events.at(-1)?.to ?? 0;
    first.line.closed();
    await write(services, tenantId, a, 3);
    await services.outbox.settled();
    const again = workbench(services, who, since);
    await again.pipe.until((frames) => idsOf(frames).length === 3);
    expect(idsOf(again.pipe.frames)).toEqual([3, 4, 5].map((seq) => `${a} ${seq}`));
    expect(again.pipe.frames.find((frame) => frame.t === "events")).toMatchObject({ from: since });
    expect(again.pipe.frames.some((frame) => frame.t === "resync")).toBe(false);
  });

  test("a cursor that was never given, or is no longer kept, is told to start over", async () => {
    const services = await started();
    const { tenantId } = await database.tenant();
    const a = newId<string>();
    const keeper = workbench(services, principal(tenantId));
    await keeper.pipe.until((frames) => frames.length > 0);
    await write(services, tenantId, a, 4);
    await keeper.pipe.until((frames) => idsOf(frames).length === 4);
    const fromTheFuture = workbench(services, principal(tenantId), 10 ** 9);
    await fromTheFuture.pipe.until((frames) => frames.some((frame) => frame.t === "resync"));
    await database.asAdmin("delete from realtime_log where tenant_id = $1 and event_seq < 4", [tenantId]);
    keeper.line.closed();
    fromTheFuture.line.closed();
    const tooOld = workbench(services, principal(tenantId), 1);
    await tooOld.pipe.until((frames) => frames.some((frame) => frame.t === "resync"));
    expect(idsOf(tooOld.pipe.frames)).toEqual([]);
  });

  test("a slow line gets nothing until it has drained, then starts over", async () => {
    const services = await started();
    const { tenantId } = await database.tenant();
    const { pipe } = workbench(services, principal(tenantId));
    await pipe.until((frames) => frames.length > 0);
    const seen = pipe.clog(2 ** 21);
    const a = newId<string>();
    await write(services, tenantId, a, 2);
    await seen;
    await write(services, tenantId, a, 1);
    await services.outbox.settled();
    expect(idsOf(pipe.frames)).toEqual([]);
    pipe.drain();
    await pipe.until((frames) => frames.some((frame) => frame.t === "resync"));
    await write(services, tenantId, a, 1);
    await pipe.until((frames) => idsOf(frames).includes(`${a} 4`));
  });

  test("typing, viewers and the end of a session reach the right lines", async () => {
    const services = await started();
    const { tenantId } = await database.tenant();
    const [li, wang] = [principal(tenantId, "小李"), principal(tenantId, "小王")];
    const [a, b] = [workbench(services, li), workbench(services, wang)];
    await Promise.all([a, b].map(({ pipe }) => pipe.until((frames) => frames.length > 0)));
    const conversationId = newId<ConversationId>();
    a.line.received(JSON.stringify({ t: "view", conversationId, isReplying: true }));
    a.line.received(JSON.stringify({ t: "typing", conversationId, isTyping: true }));
    await b.pipe.until((frames) => frames.filter((frame) => frame.t === "now").length >= 2);
    const heard = b.pipe.frames.flatMap((frame) => (frame.t === "now" ? [frame.event] : []));
    expect(heard).toEqual([
      { kind: "viewers", conversationId, users: [{ id: li.userId, name: "小李", isReplying: true }] },
      { kind: "typing", conversationId, who: "agent", userId: li.userId, name: "小李", isTyping: true },
    ]);
    expect(a.pipe.frames.some((frame) => frame.t === "now" && frame.event.kind === "typing")).toBe(false);
    a.line.closed();
    await b.pipe.until((frames) =>
      frames.some(
        (frame) => frame.t === "now" && frame.event.kind === "viewers" && frame.event.users.length === 0,
      ),
    );
    services.realtime.hub.cut({ sessionId: wang.sessionId });
    expect(b.pipe.frames.at(-1)).toEqual({ t: "bye", code: "auth/not-signed-in" });
    expect(b.pipe.closed?.code).toBe(1008);
  });
});

describe("order", () => {
  test("16 delayed writers: order of numbers is order of visibility for both cursors", async () => {
    const services = await started({ config: { poolSize: 20 } });
    const { tenantId } = await database.tenant();
    const tab = workbench(services, principal(tenantId));
    await tab.pipe.until((frames) => frames.length > 0);
    const ids = Array.from({ length: 4 }, () => newId<ConversationId>());
    const visitors = ids.map((conversationId) => visitor(services, tenantId, conversationId));
    let isWriting = true;
    const seen: number[] = [];
    const watch = (async () => {
      while (isWriting) {
        const rows = await database.asAdmin<{ seq: string }>(
          "select seq from realtime_log where tenant_id = $1 and seq > $2 order by seq",
          [tenantId, seen.at(-1) ?? 0],
        );
        seen.push(...rows.map(({ seq }) => Number(seq)));
      }
    })();
    const event = (conversationId: ConversationId): NewEvent => ({
      kind: "conversation-changed",
      payload: { conversationId, version: 1, changed: [] },
    });
    await Promise.all(
      Array.from({ length: 16 }, async (_, writer) => {
        const conversationId = ids[writer % ids.length] ?? newId<ConversationId>();
        for (let round = 0; round < 6; round += 1) {
          await services.db.transact(tenantId, async (tx) => {
            await tx.run("select pg_sleep($1)", [((writer * 7 + round * 3) % 9) / 1_000]);
            await emit(testCtx(services, tenantId), tx, conversationId, [event(conversationId)]);
            await tx.run("select pg_sleep($1)", [((writer * 5 + round) % 9) / 1_000]);
          });
        }
      }),
    );
    await services.outbox.settled();
    await tab.pipe.until((frames) => new Set(idsOf(frames)).size === 16 * 6);
    isWriting = false;
    await watch;
    const all = await database.asAdmin<{ seq: string }>(
      "select seq from realtime_log where tenant_id = $1 order by seq",
      [tenantId],
    );
    // whoever read while it was written saw exactly the final line of numbers: nothing appeared below what was seen
    expect(seen).toEqual(all.slice(0, seen.length).map(({ seq }) => Number(seq)));
    expect(idsOf(tab.pipe.frames)).toHaveLength(16 * 6);
    for (const [index, { pipe }] of visitors.entries()) {
      const expected = Array.from({ length: 4 * 6 }, (_, at) => at + 1);
      await pipe.until((frames) => frames.length >= expected.length);
      expect([index, pipe.frames.map((frame) => (frame.t === "state" ? frame.eventSeq : 0))]).toEqual([
        index,
        expected,
      ]);
      const mine = idsOf(tab.pipe.frames).filter((id) => id.startsWith(ids[index] ?? "-"));
      expect(mine).toEqual(expected.map((seq) => `${ids[index]} ${seq}`));
    }
  }, 30_000);
});

const quiet: VisitorHandlers = { onFrame: () => {} };

function visitor(
  services: TestServices,
  tenantId: TenantId,
  conversationId: ConversationId,
  eventSeq = 0,
  handlers = quiet,
) {
  const pipe = new TestPipe<WidgetServerFrame>();
  const inboxId = newId<InboxId>();
  const attached = services.realtime.hub.attachVisitor(pipe, handlers, { tenantId, inboxId, state: null });
  attached.line.principal = {
    kind: "visitor",
    tenantId,
    inboxId,
    visitorId: newId<string>(),
    locale: "zh-CN",
  };
  attached.line.follow(conversationId, eventSeq);
  return { pipe, ...attached };
}

describe("visitor lines", () => {
  test("hear their own conversation from where they stand, each tab what it has not seen", async () => {
    const services = await started();
    const { tenantId } = await database.tenant();
    const conversationId = newId<ConversationId>();
    await write(services, tenantId, conversationId, 3);
    const first = visitor(services, tenantId, conversationId, 1);
    await first.pipe.until((frames) => frames.length === 2);
    await write(services, tenantId, newId<string>(), 1);
    const second = visitor(services, tenantId, conversationId, 0);
    await second.pipe.until((frames) => frames.length === 3);
    await write(services, tenantId, conversationId, 1);
    const seqs = (pipe: TestPipe<WidgetServerFrame>) =>
      pipe.frames.map((frame) => (frame.t === "state" ? frame.eventSeq : 0));
    await first.pipe.until((frames) => frames.length === 3);
    await second.pipe.until((frames) => frames.length === 4);
    expect(seqs(first.pipe)).toEqual([2, 3, 4]);
    expect(seqs(second.pipe)).toEqual([1, 2, 3, 4]);
    first.closed();
    services.realtime.now(
      tenantId,
      { to: "visitor", conversationId },
      { t: "typing", who: "bot", name: null, isTyping: true },
    );
    await second.pipe.until((frames) => frames.at(-1)?.t === "typing");
    expect(seqs(first.pipe)).toEqual([2, 3, 4]);
  });

  test("too many frames end the line, malformed ones, too, and ping is answered", async () => {
    const services = await started();
    const { tenantId } = await database.tenant();
    const heard: string[] = [];
    const handlers: VisitorHandlers = { onFrame: (_line, frame) => void heard.push(frame.t) };
    const chatty = visitor(services, tenantId, newId<ConversationId>(), 0, handlers);
    chatty.received('{"t":"ping"}');
    expect(chatty.pipe.frames).toEqual([{ t: "pong" }]);
    for (let count = 0; count < 100; count += 1) chatty.received('{"t":"typing","isTyping":true}');
    expect(heard).toHaveLength(60);
    expect(chatty.pipe.frames.at(-1)).toEqual({ t: "bye", code: "limit" });
    const broken = visitor(services, tenantId, newId<ConversationId>());
    for (const text of ["{", "null", "[]", '{"t":1}']) broken.received(text);
    expect(broken.pipe.closed?.code).toBe(1007);
  });

  test("a frame whose handling fails ends that line only", async () => {
    const services = await started();
    const { tenantId } = await database.tenant();
    const failing: VisitorHandlers = {
      onFrame: async () => {
        throw new Error("broken");
      },
    };
    const { pipe, received } = visitor(services, tenantId, newId<ConversationId>(), 0, failing);
    received('{"t":"human","clientMessageId":"x"}');
    await pipe.until((frames) => frames.some((frame) => frame.t === "bye"));
    expect(pipe.frames.at(-1)).toEqual({ t: "bye", code: "server" });
  });
});

describe("two nodes", () => {
  test("numbers given on one reach the lines of the other, and so do typing and viewers", async () => {
    const options: TestServicesOptions = { isShared: true, leaseTtlMs: 1_500, tickMs: 200 };
    const a = await started(options);
    const b = await started(options);
    const { tenantId } = await shared.tenant();
    const alone = () =>
      a.outbox.state().nodes >= 2 &&
      b.outbox.state().nodes >= 2 &&
      a.outbox.isLeader() !== b.outbox.isLeader();
    while (!alone()) await new Promise((resolve) => setTimeout(resolve, 20));
    const [onA, onB] = [workbench(a, principal(tenantId, "甲")), workbench(b, principal(tenantId, "乙"))];
    await Promise.all([onA, onB].map(({ pipe }) => pipe.until((frames) => frames.length > 0)));
    const conversationId = newId<ConversationId>();
    const visitors = [visitor(a, tenantId, conversationId), visitor(b, tenantId, conversationId)];
    await write(a, tenantId, conversationId, 1);
    await write(b, tenantId, conversationId, 1);
    for (const { pipe } of [onA, onB]) await pipe.until((frames) => new Set(idsOf(frames)).size === 2);
    for (const { pipe } of visitors) await pipe.until((frames) => frames.length === 2);
    onA.line.received(JSON.stringify({ t: "typing", conversationId, isTyping: true }));
    onA.line.received(JSON.stringify({ t: "view", conversationId, isReplying: false }));
    await onB.pipe.until(
      (frames) => frames.filter((frame) => frame.t === "now" && frame.event.kind !== "counts").length >= 2,
    );
    const heard = onB.pipe.frames.flatMap((frame) => (frame.t === "now" ? [frame.event] : []));
    expect(heard.find(({ kind }) => kind === "typing")).toMatchObject({
      conversationId,
      isTyping: true,
      name: expect.stringContaining("name of"),
    });
    expect(heard.find(({ kind }) => kind === "viewers")).toMatchObject({
      conversationId,
      users: [{ name: expect.stringContaining("name of") }],
    });
  }, 30_000);
});
