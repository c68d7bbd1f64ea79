// The visitors of one conversation on this node (usually one page, sometimes two tabs): events of the conversation's own
// cursor, projected once and sent in order. No relay is in between: the outbox's positions are the cursor.
import type { ConversationId, TenantId, WidgetServerFrame } from "@yingda/contract";
import type { Log } from "../log.ts";
import { refOf } from "../outbox/index.ts";
import type { EventRef, Outbox } from "../outbox/types.ts";
import type { Projector } from "./types.ts";
import type { HubVisitorLine } from "./visitor-line.ts";

export interface VisitorFeedDeps {
  log: Log;
  outbox: Outbox;
  projector: Projector;
}

const readMost = 500;

export class VisitorFeed {
  readonly lines = new Set<HubVisitorLine>();
  readonly tenantId: TenantId;
  readonly conversationId: ConversationId;
  readonly #deps: VisitorFeedDeps;
  /** Every event up to this one was projected. */
  #cursor: number;
  #pending: EventRef[] = [];
  #mustRead = false;
  #isPumping = false;

  constructor(tenantId: TenantId, conversationId: ConversationId, cursor: number, deps: VisitorFeedDeps) {
    this.tenantId = tenantId;
    this.conversationId = conversationId;
    this.#cursor = cursor;
    this.#deps = deps;
  }

  /** A line that stands at `eventSeq`. Reads only when something may have happened since. */
  join(line: HubVisitorLine, eventSeq: number): void {
    line.cursor = eventSeq;
    const isFirst = this.lines.size === 0;
    this.lines.add(line);
    const heardSeq = this.#deps.outbox.heardSeq(this.conversationId);
    if (isFirst) this.#cursor = Math.max(this.#cursor, eventSeq);
    if (!isFirst && eventSeq < this.#cursor) void this.#catchUp(line);
    else if (heardSeq === undefined || heardSeq > this.#cursor) this.refresh();
  }

  heard(ref: EventRef): void {
    if (ref.seq <= this.#cursor) return;
    this.#pending.push(ref);
    void this.#pump();
  }

  /** Something may have been missed. */
  refresh(): void {
    this.#mustRead = true;
    void this.#pump();
  }

  async #pump(): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      while (this.#pending.length > 0 || this.#mustRead) {
        const refs = await this.#take();
        const last = refs.at(-1)?.seq;
        if (last === undefined) continue;
        const frames = await this.#project(refs);
        this.#cursor = Math.max(this.#cursor, last);
        for (const line of this.lines) this.#deliver(line, frames, last);
      }
    } catch (error) {
      this.#deps.log.error(
        { err: error, conversationId: this.conversationId },
        "visitor events not projected",
      );
      for (const line of this.lines) line.send({ t: "resync" });
    } finally {
      this.#isPumping = false;
    }
  }

  /** The next events without a gap: from memory when they are there, else from the database. */
  async #take(): Promise<EventRef[]> {
    const pending = this.#pending.filter(({ seq }) => seq > this.#cursor).sort((a, b) => a.seq - b.seq);
    this.#pending = [];
    if (!this.#mustRead) {
      const run = contiguous(pending, this.#cursor);
      if (run.length === pending.length) return run;
    }
    this.#mustRead = false;
    const events = await this.#deps.outbox.read(this.tenantId, this.conversationId, this.#cursor, readMost);
    if (events.length === readMost) this.#mustRead = true;
    const hinted = new Map(pending.map((ref) => [ref.seq, ref]));
    return events.map((event) => hinted.get(event.seq) ?? refOf(event));
  }

  async #project(refs: readonly EventRef[]): Promise<WidgetServerFrame[]> {
    const [line] = this.lines;
    if (!line?.principal) return [];
    return this.#deps.projector.forVisitor(line.principal, this.conversationId, refs);
  }

  #deliver(line: HubVisitorLine, frames: readonly WidgetServerFrame[], to: number): void {
    for (const frame of frames) {
      if (!("eventSeq" in frame) || frame.eventSeq > line.cursor) line.send(frame);
    }
    line.cursor = Math.max(line.cursor, to);
  }

  /** A second tab that is behind the first. */
  async #catchUp(line: HubVisitorLine): Promise<void> {
    try {
      const events = await this.#deps.outbox.read(this.tenantId, this.conversationId, line.cursor, readMost);
      if (events.length === readMost) return line.send({ t: "resync" });
      this.#deliver(line, await this.#project(events.map(refOf)), events.at(-1)?.seq ?? line.cursor);
    } catch (error) {
      this.#deps.log.error(
        { err: error, conversationId: this.conversationId },
        "visitor events not projected",
      );
      line.send({ t: "resync" });
    }
  }

  now(frame: WidgetServerFrame): void {
    const text = JSON.stringify(frame);
    for (const line of this.lines) line.sendText(text);
  }
}

function contiguous(refs: readonly EventRef[], after: number): EventRef[] {
  const run: EventRef[] = [];
  let next = after + 1;
  for (const ref of refs) {
    if (ref.seq < next) continue;
    if (ref.seq > next || !ref.event) break;
    run.push(ref);
    next += 1;
  }
  return run;
}
