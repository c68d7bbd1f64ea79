// The server's end of one visitor's chat. Ten thousand of them are idle at once, so a line is one small object with no timer
// and no closure of its own; what its gateway remembers is in `state`.
import type { ConversationId, InboxId, TenantId, WidgetServerFrame } from "@yingda/contract";
import type { Beating } from "./heartbeat.ts";
import type { Pipe, VisitorHandlers, VisitorLine, VisitorPrincipal } from "./types.ts";

/** What the line needs of its hub. */
export interface LineHome {
  follow(line: HubVisitorLine, conversationId: ConversationId, eventSeq: number): void;
}

const slowBytes = 256 * 1_024;
const drainedBytes = 16 * 1_024;
/** Frames a page may send: bursts while typing are few. */
const framesMost = 60;
const framesWindowMs = 10_000;

export class HubVisitorLine implements VisitorLine, Beating {
  readonly tenantId: TenantId;
  readonly inboxId: InboxId;
  readonly pipe: Pipe;
  readonly handlers: VisitorHandlers;
  readonly #home: LineHome;
  principal: VisitorPrincipal | null = null;
  conversationId: ConversationId | null = null;
  state: unknown;
  isOpen = true;
  isAlive = true;
  /** Everything up to this event was sent. */
  cursor = 0;
  isSlow = false;
  openedMs: number;
  forget: () => void = noop;
  #windowMs = 0;
  #frames = 0;

  constructor(
    pipe: Pipe,
    handlers: VisitorHandlers,
    home: LineHome,
    about: { tenantId: TenantId; inboxId: InboxId; state: unknown },
  ) {
    this.pipe = pipe;
    this.handlers = handlers;
    this.#home = home;
    this.tenantId = about.tenantId;
    this.inboxId = about.inboxId;
    this.state = about.state;
    this.openedMs = performance.now();
  }

  send(frame: WidgetServerFrame): void {
    this.sendText(JSON.stringify(frame));
  }

  sendText(text: string): void {
    if (!this.isOpen || this.isSlow) return;
    if (this.pipe.bufferedAmount > slowBytes) this.isSlow = true;
    else this.pipe.send(text);
  }

  follow(conversationId: ConversationId, eventSeq: number): void {
    if (this.isOpen) this.#home.follow(this, conversationId, eventSeq);
  }

  bye(code: Extract<WidgetServerFrame, { t: "bye" }>["code"]): void {
    if (!this.isOpen) return;
    this.pipe.send(JSON.stringify({ t: "bye", code }));
    this.pipe.close(code === "server" ? 1012 : 1008, code);
  }

  /** Counts a frame; false when there were too many. */
  mayTalk(): boolean {
    const nowMs = performance.now();
    if (nowMs - this.#windowMs > framesWindowMs) {
      this.#windowMs = nowMs;
      this.#frames = 0;
    }
    this.#frames += 1;
    return this.#frames <= framesMost;
  }

  /** A slow line that has drained starts over: the page says hello again from where it is. */
  recover(): void {
    if (!this.isSlow || this.pipe.bufferedAmount > drainedBytes) return;
    this.isSlow = false;
    this.send({ t: "resync" });
  }

  ping(): void {
    this.recover();
    this.pipe.ping();
  }

  die(): void {
    this.pipe.terminate();
  }
}

function noop(): void {}
