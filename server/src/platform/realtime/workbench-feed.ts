// Everything the workbench lines of one tenant hear on this node: numbered events from the relay, projected for each user
// who is connected and sent in order; what is never stored; who looks where; counts. Exists while lines do.
import type {
  ConversationId,
  EphemeralEvent,
  ListCounts,
  RealtimeEvent,
  TenantId,
  UserId,
} from "@yingda/contract";
import type { Clock } from "../clock.ts";
import type { Db } from "../db/transact.ts";
import type { Log } from "../log.ts";
import type { Outbox } from "../outbox/types.ts";
import { heartbeatMs } from "./heartbeat.ts";
import { type NumberedRef, readHead, readLog, readOldest } from "./log-store.ts";
import type { Projector, WorkbenchPrincipal } from "./types.ts";
import { Viewers } from "./viewers.ts";
import type { WorkbenchLine } from "./workbench-line.ts";

export interface FeedDeps {
  db: Db;
  clock: Clock;
  log: Log;
  outbox: Outbox;
  nodeId: string;
  projector: Projector;
}

/** Numbers kept in memory for lines that are a little behind. */
const recentMost = 1_000;
const readAtOnce = 500;
/** A line further behind than this fetches anew instead of being told everything. */
const replayMost = 2_000;
/** Between two rounds under load, so that several events of one conversation become one look at it. */
const restMs = 15;
const countsEveryMs = 1_000;

export class WorkbenchFeed {
  readonly lines = new Set<WorkbenchLine>();
  readonly viewers = new Viewers();
  readonly tenantId: TenantId;
  readonly #deps: FeedDeps;
  #head = 0;
  /** Complete for numbers after `#recentFrom`. */
  #recent: NumberedRef[] = [];
  #recentFrom = 0;
  #ready: Promise<void> | null = null;
  #isPumping = false;
  #countsTimer: NodeJS.Timeout | null = null;
  #countsSentMs = 0;
  #lastCounts = "";
  #jsonOf = new WeakMap<object, string>();

  constructor(tenantId: TenantId, deps: FeedDeps) {
    this.tenantId = tenantId;
    this.#deps = deps;
  }

  /** The relay of this node gave these numbers, in order. */
  numbered(entries: readonly NumberedRef[]): void {
    const last = entries.at(-1);
    if (!last) return;
    this.#head = Math.max(this.#head, last.seq);
    this.#recent.push(...entries);
    if (this.#recent.length > recentMost) {
      const dropped = this.#recent.splice(0, this.#recent.length - recentMost);
      this.#recentFrom = dropped.at(-1)?.seq ?? this.#recentFrom;
    }
    void this.#pump();
  }

  /** The leader on another node gave numbers up to this one: they are read. */
  headMoved(seq: number): void {
    if (seq <= this.#head) return;
    this.#head = seq;
    this.#recent = [];
    this.#recentFrom = seq;
    void this.#pump();
  }

  /** Something may have been missed: looks where the head is. */
  async refresh(): Promise<void> {
    this.#ready = this.#readHead();
    await this.#ready.catch(() => undefined);
    void this.#pump();
  }

  async hello(line: WorkbenchLine, since: number | null): Promise<void> {
    try {
      this.#ready ??= this.#readHead();
      await this.#ready;
    } catch (error) {
      this.#ready = null;
      this.#deps.log.warn({ err: error }, "realtime head not read");
      line.pipe.close(1013, "try again");
      return;
    }
    if (!line.isOpen) return;
    const head = this.#head;
    line.send({ t: "welcome", seq: head, serverTimeMs: this.#deps.clock.nowMs(), heartbeatMs });
    const canReplay = since === null || (await this.#canReplay(since, head));
    line.position = canReplay ? (since ?? head) : head;
    line.sentTo = line.position;
    if (!canReplay) line.send({ t: "resync", seq: head });
    for (const { conversationId } of this.viewers.local())
      line.send({ t: "now", event: this.viewers.eventOf(conversationId) });
    void this.#pump();
  }

  async #readHead(): Promise<void> {
    const head = await readHead(this.#deps.db, this.tenantId);
    if (head <= this.#head) return;
    this.#head = head;
    this.#recent = [];
    this.#recentFrom = head;
  }

  /** False when numbers after `since` are no longer kept, were never given, or are too many. */
  async #canReplay(since: number, head: number): Promise<boolean> {
    if (since === head) return true;
    if (since > head) return false;
    if (since >= this.#recentFrom) return true;
    const { db } = this.#deps;
    const oldest = await readOldest(db, this.tenantId);
    if (oldest === null || since < oldest - 1) return false;
    return (await readLog(db, this.tenantId, since, replayMost + 1)).length <= replayMost;
  }

  async #pump(): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      for (let group = this.#nextGroup(); group; group = this.#nextGroup()) {
        await this.#round(group.from, group.lines);
        if (this.#nextGroup()) await new Promise((resolve) => setTimeout(resolve, restMs));
      }
    } finally {
      this.#isPumping = false;
    }
  }

  /** The lines that are furthest behind, all at one position. */
  #nextGroup(): { from: number; lines: WorkbenchLine[] } | null {
    let from = this.#head;
    for (const line of this.lines) if (line.position !== null && line.position < from) from = line.position;
    if (from >= this.#head) return null;
    return { from, lines: [...this.lines].filter((line) => line.position === from) };
  }

  async #round(from: number, lines: WorkbenchLine[]): Promise<void> {
    const { db, projector, log } = this.#deps;
    let to = this.#head;
    try {
      const inMemory = from >= this.#recentFrom;
      const entries = inMemory
        ? this.#recent.filter(({ seq }) => seq > from)
        : await readLog(db, this.tenantId, from, readAtOnce);
      if (!inMemory && entries.length === readAtOnce) to = entries.at(-1)?.seq ?? to;
      const principals = distinctUsers(lines);
      const refs = entries.map(({ ref }) => ref);
      const lists = refs.length > 0 ? await projector.forWorkbench(this.tenantId, principals, refs) : [];
      const eventsOf = new Map(principals.map((principal, index) => [principal.userId, lists[index] ?? []]));
      for (const line of lines) this.#deliver(line, to, eventsOf.get(line.principal.userId) ?? []);
      if (refs.length > 0) this.#planCounts();
    } catch (error) {
      log.error({ err: error, tenantId: this.tenantId }, "realtime events not projected");
      for (const line of lines) this.#resync(line);
    }
  }

  #deliver(line: WorkbenchLine, to: number, events: readonly RealtimeEvent[]): void {
    if (line.position === null || line.position >= to) return;
    line.position = to;
    if (events.length === 0) return;
    const list = events.map((event) => this.#json(event)).join(",");
    if (line.sendText(`{"t":"events","from":${line.sentTo},"to":${to},"events":[${list}]}`)) line.sentTo = to;
  }

  /** The same entity goes to several users: it is written once. */
  #json(event: RealtimeEvent): string {
    const text = this.#jsonOf.get(event) ?? JSON.stringify(event);
    this.#jsonOf.set(event, text);
    return text;
  }

  #resync(line: WorkbenchLine): void {
    if (line.position === null) return;
    line.position = this.#head;
    line.sentTo = this.#head;
    line.send({ t: "resync", seq: this.#head });
  }

  /** Sends to every line that may receive it; `except` is the line it came from. */
  now(event: EphemeralEvent, to: UserId | null = null, except: WorkbenchLine | null = null): void {
    let text: string | null = null;
    for (const line of this.lines) {
      if (line === except || line.position === null || (to !== null && line.principal.userId !== to))
        continue;
      if (!this.#deps.projector.mayReceive(line.principal, event)) continue;
      text ??= JSON.stringify({ t: "now", event });
      line.sendText(text);
    }
  }

  view(line: WorkbenchLine, conversationId: ConversationId | null, isReplying: boolean): void {
    const { userId, name } = line.principal;
    const changed = this.viewers.move(
      line.viewing,
      conversationId,
      { userId, name, isReplying },
      this.#deps.clock.nowMs(),
    );
    line.viewing = conversationId;
    line.isReplying = isReplying;
    for (const id of changed) this.#tellViewers(id);
  }

  #tellViewers(conversationId: string): void {
    this.now(this.viewers.eventOf(conversationId));
    for (const { users } of this.viewers.local(conversationId)) this.#publishViewers(conversationId, users);
  }

  #publishViewers(conversationId: string, users: { userId: UserId; isReplying: boolean }[]): void {
    const ids = users.map(({ userId, isReplying }) => [userId, isReplying ? 1 : 0]);
    this.#deps.outbox.publish("viewers", {
      n: this.#deps.nodeId,
      t: this.tenantId,
      c: conversationId,
      u: ids,
    });
  }

  heardViewers(
    nodeId: string,
    conversationId: string,
    users: { userId: UserId; name: string; isReplying: boolean }[],
  ): void {
    this.viewers.hear(nodeId, conversationId, users, this.#deps.clock.nowMs());
    this.now(this.viewers.eventOf(conversationId));
  }

  #planCounts(): void {
    if (this.#countsTimer) return;
    const waitMs = Math.max(0, this.#countsSentMs + countsEveryMs - performance.now());
    this.#countsTimer = setTimeout(() => void this.#sendCounts(), waitMs);
    this.#countsTimer.unref();
  }

  async #sendCounts(): Promise<void> {
    this.#countsSentMs = performance.now();
    let counts: ListCounts;
    try {
      counts = await this.#deps.projector.counts(this.tenantId);
    } catch (error) {
      this.#deps.log.warn({ err: error }, "counts not read");
      return;
    } finally {
      this.#countsTimer = null;
    }
    const text = JSON.stringify(counts);
    if (text === this.#lastCounts) return;
    this.#lastCounts = text;
    this.now({ kind: "counts", counts });
  }

  /** Once a second. `isRefresh`: other nodes are told again who looks where. */
  tick(isRefresh: boolean): void {
    for (const line of this.lines) if (line.hasRecovered()) this.#resync(line);
    if (this.viewers.isEmpty) return;
    for (const conversationId of this.viewers.expire(this.#deps.clock.nowMs()))
      this.#tellViewers(conversationId);
    if (isRefresh)
      for (const { conversationId, users } of this.viewers.local())
        this.#publishViewers(conversationId, users);
  }

  close(): void {
    if (this.#countsTimer) clearTimeout(this.#countsTimer);
  }
}

function distinctUsers(lines: readonly WorkbenchLine[]): WorkbenchPrincipal[] {
  return [...new Map(lines.map(({ principal }) => [principal.userId, principal])).values()];
}
