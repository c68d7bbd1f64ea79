// The line to the server: a WebSocket with back-off and heartbeat, and where a network blocks sockets, plain HTTP from the same log.
// It carries frames and knows nothing of their meaning but hello, welcome and pong.
import type { WidgetClientFrame, WidgetServerFrame } from "@yingda/contract";

export interface LineOptions {
  /** /w/<public key> */
  base: string;
  hello(): Extract<WidgetClientFrame, { t: "hello" }>;
  onFrame(frame: WidgetServerFrame): void;
  onDown(): void;
}

const heartbeatMs = 25_000;
const answerMs = 10_000;
const longestWaitMs = 15_000;
const socketTries = 3;

export class Line {
  readonly #options: LineOptions;
  #socket: WebSocket | undefined;
  #isWelcome = false;
  #tries = 0;
  #hadSocket = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  #lastHeard = 0;
  #isEnded = false;
  #polling: { abort(): void; post(frame: WidgetClientFrame): void } | undefined;

  constructor(options: LineOptions) {
    this.#options = options;
    addEventListener("online", () => this.connect());
    addEventListener("offline", () => this.#socket?.close()); // said at once, not when the socket finds out
    addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#checkAlive());
  }

  /** Whether a frame sent now is on its way; otherwise the caller keeps it until the next welcome. */
  get isUp(): boolean {
    return this.#isWelcome;
  }

  connect(): void {
    if (this.#isEnded || this.#socket || this.#polling) return;
    clearTimeout(this.#retry);
    if (!this.#hadSocket && this.#tries >= socketTries) {
      void this.#poll();
      return;
    }
    const url = `${location.origin.replace(/^http/, "ws")}${this.#options.base}/ws`;
    const socket = new WebSocket(url);
    this.#socket = socket;
    const impatience = setTimeout(() => socket.close(), answerMs);
    socket.onopen = () => {
      clearTimeout(impatience);
      this.#hadSocket = true;
      this.#lastHeard = performance.now();
      socket.send(JSON.stringify(this.#options.hello()));
    };
    socket.onmessage = (event) => this.#hear(JSON.parse(String(event.data)) as WidgetServerFrame);
    socket.onclose = () => {
      clearTimeout(impatience);
      this.#drop(socket);
    };
    this.#beat ??= setInterval(() => this.#checkAlive(), heartbeatMs);
  }

  /** False when the line is down. */
  send(frame: WidgetClientFrame): boolean {
    if (!this.#isWelcome) return false;
    if (this.#polling) this.#polling.post(frame);
    else this.#socket?.send(JSON.stringify(frame));
    return true;
  }

  /** Says hello again, for instance after another tab opened the conversation. */
  again(): void {
    this.#isWelcome = false;
    if (this.#polling) this.#polling.abort();
    else if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.close();
    else this.connect();
  }

  #hear(frame: WidgetServerFrame): void {
    this.#lastHeard = performance.now();
    if (frame.t === "welcome") {
      this.#isWelcome = true;
      this.#tries = 0;
    }
    if (frame.t === "bye" && frame.code !== "server" && frame.code !== "limit") this.#isEnded = true;
    this.#options.onFrame(frame);
    if (frame.t === "resync") this.again();
  }

  #checkAlive(): void {
    const socket = this.#socket;
    if (!socket) {
      this.connect();
      return;
    }
    if (socket.readyState !== WebSocket.OPEN) return;
    if (performance.now() - this.#lastHeard > heartbeatMs + answerMs) socket.close();
    else socket.send('{"t":"ping"}');
  }

  #drop(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    this.#isWelcome = false;
    this.#tries += 1;
    this.#options.onDown();
    if (this.#isEnded) return;
    const waitMs = Math.min(longestWaitMs, 400 * 2 ** Math.min(this.#tries, 8)) * (0.5 + Math.random());
    this.#retry = setTimeout(() => this.connect(), this.#tries === 1 ? 200 : waitMs);
  }

  /** Plain HTTP instead of a socket, until it breaks; then sockets get another chance. */
  async #poll(): Promise<void> {
    const aborter = new AbortController();
    const { base, hello } = this.#options;
    const options = {
      base,
      hello,
      hear: (frame: WidgetServerFrame) => this.#hear(frame),
      signal: aborter.signal,
    };
    this.#polling = { abort: () => aborter.abort(), post: () => {} };
    try {
      const { pollUntilDown, postFrame } = await import("./poll.ts");
      this.#polling.post = (frame) => void postFrame(options, frame).catch(() => aborter.abort());
      await pollUntilDown(options);
    } catch {
      // aborted or the network is gone: both end in a new try
    }
    this.#polling = undefined;
    this.#isWelcome = false;
    this.#options.onDown();
    this.#tries = socketTries - 1;
    if (!this.#isEnded) this.#retry = setTimeout(() => this.connect(), 3_000);
  }
}
