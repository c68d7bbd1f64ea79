// The server's end of one workbench tab: where its cursor stands, what it looks at, whether it keeps up.
import type { WorkbenchServerFrame } from "@yingda/contract";
import type { Beating } from "./heartbeat.ts";
import type { Pipe, WorkbenchPrincipal } from "./types.ts";

/** A line with more than this unsent is too slow: it gets nothing more until it has drained, then `resync`. */
const slowBytes = 1_024 * 1_024;
const drainedBytes = 64 * 1_024;
const slowMostMs = 30_000;

export class WorkbenchLine implements Beating {
  readonly pipe: Pipe;
  readonly principal: WorkbenchPrincipal;
  isAlive = true;
  isOpen = true;
  /** The last number sent or passed over; null before hello. */
  position: number | null = null;
  /** What the client knows of its cursor. */
  sentTo = 0;
  viewing: string | null = null;
  isReplying = false;
  #slowSinceMs: number | null = null;
  /** Takes it out of the heartbeat. */
  forget: () => void = () => {};

  constructor(pipe: Pipe, principal: WorkbenchPrincipal) {
    this.pipe = pipe;
    this.principal = principal;
  }

  send(frame: WorkbenchServerFrame): void {
    this.sendText(JSON.stringify(frame));
  }

  /** False when the line is too slow and the text was left out. */
  sendText(text: string): boolean {
    if (!this.isOpen || this.#slowSinceMs !== null) return false;
    if (this.pipe.bufferedAmount > slowBytes) {
      this.#slowSinceMs = performance.now();
      return false;
    }
    this.pipe.send(text);
    return true;
  }

  /** Once a second for slow lines: true when it has drained and must resync. */
  hasRecovered(): boolean {
    if (this.#slowSinceMs === null) return false;
    if (this.pipe.bufferedAmount < drainedBytes) {
      this.#slowSinceMs = null;
      return true;
    }
    if (performance.now() - this.#slowSinceMs > slowMostMs) this.pipe.terminate();
    return false;
  }

  ping(): void {
    this.pipe.ping();
  }

  die(): void {
    this.pipe.terminate();
  }
}
