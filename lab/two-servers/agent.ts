// An agent on the workbench's real socket: signed in over HTTP, hears events with their numbers, comes back after a lost line.
import type { RealtimeEvent, WorkbenchServerFrame } from "@yingda/contract";
import { WebSocket } from "ws";
import type { Owner } from "../shared/server.ts";

export class Agent {
  readonly events: RealtimeEvent[] = [];
  readonly numbers: number[] = [];
  cursor: number | null = null;
  resyncs = 0;
  #socket: WebSocket | undefined;
  #watchers = new Set<() => void>();
  #welcome: () => void = () => {};

  /** Connects (again), continuing after what was heard. */
  async connect(base: string, owner: Owner): Promise<void> {
    const socket = new WebSocket(`${base.replace(/^http/, "ws")}/ws`, {
      headers: { cookie: owner.cookie, origin: base },
    });
    this.#socket = socket;
    const welcomed = new Promise<void>((done, fail) => {
      this.#welcome = done;
      socket.once("error", fail);
    });
    socket.on("open", () => socket.send(JSON.stringify({ t: "hello", since: this.cursor })));
    socket.on("message", (bytes) => this.#hear(JSON.parse(String(bytes)) as WorkbenchServerFrame));
    await welcomed;
    socket.removeAllListeners("error");
    socket.on("error", () => {}); // the server is killed in this test
  }

  close(): void {
    this.#socket?.terminate();
  }

  /** The first event heard, before or from now on, that fits. */
  async until<T>(find: (event: RealtimeEvent) => T | undefined, withinMs: number): Promise<T> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      for (const event of this.events) {
        const found = find(event);
        if (found !== undefined) return found;
      }
      const leftMs = deadline - performance.now();
      if (leftMs <= 0)
        throw new Error(
          `not heard within ${withinMs} ms; heard: ${this.events.map((event) => event.kind).join(" ")}`,
        );
      await new Promise<void>((done) => {
        const timer = setTimeout(done, leftMs);
        const watcher = () => {
          clearTimeout(timer);
          this.#watchers.delete(watcher);
          done();
        };
        this.#watchers.add(watcher);
      });
    }
  }

  #hear(frame: WorkbenchServerFrame): void {
    if (frame.t === "welcome") {
      this.cursor ??= frame.seq;
      this.#welcome();
    } else if (frame.t === "resync") {
      this.resyncs += 1;
      this.cursor = frame.seq;
    } else if (frame.t === "events") {
      this.events.push(...frame.events);
      this.numbers.push(frame.from, frame.to);
      this.cursor = frame.to;
    }
    for (const watcher of this.#watchers) watcher();
  }
}
