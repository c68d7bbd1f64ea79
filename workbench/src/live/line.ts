/**
 * The line to the server while somebody is signed in: fetches the snapshot, opens a pipe from its cursor, applies what
 * comes, and opens it again when it is lost. `startLine` is called by the shell; there is one line per tab.
 *
 * The cursor moves only by `events` frames, so a lost line resumes where it was; `resync` means the server no longer has
 * what we missed: the snapshot, the lists and the open thread are fetched again.
 */
import type { RealtimeEvent, WorkbenchClientFrame, WorkbenchServerFrame } from "@yingda/contract";
import { ApiError, call, routes } from "../api.ts";
import { failuresBeforeFallback, retrySocketMs, waitBeforeMs } from "./backoff.ts";
import { nowMs, setServerTime } from "./clock.ts";
import { setConnection } from "./connection-state.ts";
import { tellEvents, tellResync } from "./line-listeners.ts";
import { openPolling, openSocket, openStream, type Pipe } from "./pipes.ts";
import { keysOfTopic, queryClient, queryKeys } from "./queries.ts";
import { applyEphemeral, applyEvents, endTyping, forgetThreads, putSnapshot } from "./reduce.ts";
import { changeLive, getLive } from "./store.ts";

let current: Line | null = null;
let lastView: Extract<WorkbenchClientFrame, { t: "view" }> | null = null;

/** Says which conversation is open here and whether a reply is being written. Told again after a reconnect. */
export function tellView(conversationId: string | null, isReplying: boolean): void {
  lastView = { t: "view", conversationId, isReplying };
  current?.send(lastView);
}

export function tellTyping(conversationId: string, isTyping: boolean): void {
  current?.send({ t: "typing", conversationId, isTyping });
}

/** Opens the line and keeps it open until the returned function is called. */
export function startLine(): () => void {
  const line = new Line();
  current = line;
  line.start();
  return () => {
    line.stop();
    if (current === line) current = null;
  };
}

class Line {
  private isStopped = false;
  private pipe: Pipe | null = null;
  private cursor: number | null = null;
  private attempt = 0;
  private socketFailures = 0;
  private streamFailures = 0;
  private fellBackAtMs = 0;
  private lastHeardMs = 0;
  private heartbeatMs = 25_000;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;

  start(): void {
    window.addEventListener("online", this.wake);
    window.addEventListener("offline", this.lose);
    document.addEventListener("visibilitychange", this.look);
    void this.connect();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.retryTimer);
    clearInterval(this.beat);
    window.removeEventListener("online", this.wake);
    window.removeEventListener("offline", this.lose);
    document.removeEventListener("visibilitychange", this.look);
    this.pipe?.close();
    this.pipe = null;
  }

  send(frame: WorkbenchClientFrame): void {
    this.pipe?.send(frame);
  }

  private async connect(): Promise<void> {
    try {
      if (this.cursor === null) await this.loadSnapshot();
    } catch (error) {
      if (error instanceof ApiError && error.code === "auth/not-signed-in") return;
      this.lose();
      return;
    }
    if (!this.isStopped && this.pipe === null) this.openPipe(this.cursor ?? 0);
  }

  private async loadSnapshot(): Promise<void> {
    const snapshot = await call(routes.liveSnapshot);
    changeLive((view) => putSnapshot(view, snapshot));
    this.cursor = snapshot.seq;
  }

  private openPipe(since: number): void {
    let isGreeted = false;
    const isSocket = !this.isOnFallback();
    const events = {
      onOpen: () => this.send({ t: "hello", since }),
      onFrame: (frame: WorkbenchServerFrame) => {
        isGreeted ||= frame.t === "welcome";
        this.hear(frame);
      },
      onLost: () => {
        if (isSocket && !isGreeted) this.countSocketFailure();
        if (!isSocket && !isGreeted) this.streamFailures += 1;
        this.lose();
      },
    };
    if (isSocket) this.pipe = openSocket(events);
    else
      this.pipe =
        this.streamFailures < failuresBeforeFallback ? openStream(since, events) : openPolling(since, events);
  }

  private countSocketFailure(): void {
    if (!navigator.onLine) return;
    this.socketFailures += 1;
    if (this.socketFailures >= failuresBeforeFallback) this.fellBackAtMs = Date.now();
  }

  /** On plain HTTP for a while after sockets kept failing; then a socket gets another chance. */
  private isOnFallback(): boolean {
    return this.socketFailures >= failuresBeforeFallback && Date.now() - this.fellBackAtMs < retrySocketMs;
  }

  private hear(frame: WorkbenchServerFrame): void {
    this.lastHeardMs = Date.now();
    switch (frame.t) {
      case "welcome":
        this.greet(frame);
        return;
      case "events":
        if (this.cursor !== null && frame.to <= this.cursor) return;
        this.cursor = frame.to;
        applyNumbered(frame.events);
        return;
      case "now":
        changeLive((view) => applyEphemeral(view, frame.event, nowMs()));
        return;
      case "resync":
        this.cursor = frame.seq;
        void this.resync();
        return;
      case "pong":
        return;
      case "bye":
        void queryClient.invalidateQueries({ queryKey: queryKeys.me });
        this.lose();
        return;
      default:
        frame satisfies never;
    }
  }

  private greet(welcome: Extract<WorkbenchServerFrame, { t: "welcome" }>): void {
    this.attempt = 0;
    if (!this.isOnFallback()) this.socketFailures = 0;
    this.cursor ??= welcome.seq;
    this.heartbeatMs = welcome.heartbeatMs;
    setServerTime(welcome.serverTimeMs);
    setConnection(this.isOnFallback() ? "fallback" : "live");
    if (lastView) this.send(lastView);
    clearInterval(this.beat);
    this.beat = setInterval(this.check, Math.min(4_000, this.heartbeatMs / 2));
  }

  /** Ends stale typing, asks for a sign of life, gives a silent line up. */
  private check = (): void => {
    changeLive((view) => endTyping(view, nowMs()));
    const silentMs = Date.now() - this.lastHeardMs;
    if (silentMs > 2.5 * this.heartbeatMs) this.lose();
    else if (silentMs > this.heartbeatMs) this.send({ t: "ping" });
  };

  private async resync(): Promise<void> {
    try {
      changeLive((view) => forgetThreads(view, new Set()));
      await this.loadSnapshot();
      await queryClient.invalidateQueries();
      tellResync();
    } catch {
      this.cursor = null;
      this.lose();
    }
  }

  private lose = (): void => {
    if (this.isStopped) return;
    this.pipe?.close();
    this.pipe = null;
    clearInterval(this.beat);
    clearTimeout(this.retryTimer);
    // The first second of a lost line is not worth a banner: most come back at once.
    setConnection(this.attempt === 0 && navigator.onLine ? "connecting" : "offline");
    this.retryTimer = setTimeout(() => void this.connect(), waitBeforeMs(this.attempt, Math.random()));
    this.attempt += 1;
  };

  private wake = (): void => {
    if (this.pipe) return;
    this.attempt = 0;
    clearTimeout(this.retryTimer);
    void this.connect();
  };

  /** Phones freeze hidden tabs: a line that was silent too long is opened again as soon as the page is looked at. */
  private look = (): void => {
    if (document.visibilityState !== "visible") return;
    if (this.pipe && Date.now() - this.lastHeardMs > 2 * this.heartbeatMs) this.lose();
    this.wake();
  };
}

function applyNumbered(events: readonly RealtimeEvent[]): void {
  const before = getLive();
  changeLive((view) => applyEvents(view, events));
  for (const event of events) if (event.kind === "stale") refetchStale(event);
  tellEvents(events, before);
}

function refetchStale(event: Extract<RealtimeEvent, { kind: "stale" }>): void {
  const keys = keysOf(event);
  for (const queryKey of keys) void queryClient.invalidateQueries({ queryKey: [...queryKey] });
}

/** What is told of one contact or one conversation concerns that one alone. */
function keysOf({ topic, id }: Extract<RealtimeEvent, { kind: "stale" }>): readonly (readonly string[])[] {
  if (id !== null && topic === "contact") return [queryKeys.contact(id)];
  if (id !== null && topic === "drafts") return [queryKeys.botDrafts(id)];
  return keysOfTopic[topic];
}
