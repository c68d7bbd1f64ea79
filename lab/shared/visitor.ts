// One visitor on the widget's real socket, written from the published protocol (contract/src/widget.ts). Each has an address of
// its own (X-Forwarded-For), so the public limits apply as they would to real people.
import type { Content, WidgetClientFrame, WidgetServerFrame } from "@yingda/contract";
import { WebSocket } from "ws";

export interface SaidTimes {
  /** ms from the given start to the acknowledgement: the line is durable. */
  acceptedMs: number;
  /** ms from the given start to the first answer of the bot. */
  answeredMs: number;
  /** The bot waited whether the contact goes on: it said so by "typing", which it does only then. */
  isHeld: boolean;
  answer: Content | null;
}

export function addressOf(index: number): string {
  return `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
}

interface Waiting {
  startedMs: number;
  acceptedMs: number;
  ownSeq: number;
  isHeld: boolean;
  done(times: SaidTimes): void;
  fail(error: Error): void;
}

export class Visitor {
  readonly #socket: WebSocket;
  readonly #onWelcome: Promise<void>;
  #welcome: () => void = () => {};
  #waiting = new Map<string, Waiting>();
  #sentCount = 0;
  #onAccepted: () => void = () => {};
  readonly #name: string;

  constructor(base: string, key: string, index: number) {
    this.#name = `v${index}-${Math.random().toString(36).slice(2, 8)}`;
    this.#socket = new WebSocket(`${base.replace(/^http/, "ws")}/w/${key}/ws`, {
      headers: { "x-forwarded-for": addressOf(index), origin: base },
      perMessageDeflate: false,
      skipUTF8Validation: true,
    });
    this.#onWelcome = new Promise((resolve, reject) => {
      this.#welcome = resolve;
      this.#socket.once("error", reject);
      this.#socket.once("close", () => reject(new Error("closed before the welcome")));
    });
    this.#socket.on("open", () =>
      this.#send({
        t: "hello",
        v: 1,
        token: null,
        conversationId: null,
        since: 0,
        locale: "zh-CN",
        page: `${base}/lab`,
        referrer: "",
        params: {},
      }),
    );
    this.#socket.on("message", (bytes) => this.#hear(JSON.parse(String(bytes)) as WidgetServerFrame));
    this.#socket.on("close", () => {
      for (const waiting of this.#waiting.values()) waiting.fail(new Error("the line was lost"));
      this.#waiting.clear();
    });
  }

  ready(): Promise<void> {
    return this.#onWelcome;
  }

  close(): void {
    this.#socket.terminate();
  }

  /** Says a line and waits for the bot's answer. `startedMs`: when it was due (performance.now()), now unless told. */
  say(text: string, startedMs = performance.now()): Promise<SaidTimes> {
    this.#sentCount += 1;
    const clientMessageId = `${this.#name}-${this.#sentCount}`;
    return new Promise((done, fail) => {
      this.#waiting.set(clientMessageId, {
        startedMs,
        acceptedMs: Number.NaN,
        ownSeq: Number.POSITIVE_INFINITY,
        isHeld: false,
        done,
        fail,
      });
      this.#send({ t: "say", clientMessageId, content: { kind: "text", text } });
    });
  }

  /** Says a line and waits only until it is durable. */
  accepted(text: string): Promise<void> {
    return new Promise((done, fail) => {
      this.#onAccepted = done;
      this.say(text).catch(fail);
    });
  }

  #send(frame: WidgetClientFrame): void {
    this.#socket.send(JSON.stringify(frame));
  }

  #hear(frame: WidgetServerFrame): void {
    const now = performance.now();
    if (frame.t === "welcome") this.#welcome();
    else if (frame.t === "ack") {
      const waiting = this.#waiting.get(frame.clientMessageId);
      if (waiting) {
        waiting.acceptedMs = now - waiting.startedMs;
        waiting.ownSeq = frame.seq;
        this.#onAccepted();
      }
    } else if (frame.t === "typing" && frame.who === "bot" && frame.isTyping) {
      for (const waiting of this.#waiting.values()) waiting.isHeld = true;
    } else if (frame.t === "message" && frame.message.from === "bot") {
      for (const [id, waiting] of this.#waiting) {
        if (frame.message.seq < waiting.ownSeq) continue;
        this.#waiting.delete(id);
        const { content } = frame.message;
        waiting.done({
          acceptedMs: waiting.acceptedMs,
          answeredMs: now - waiting.startedMs,
          isHeld: waiting.isHeld,
          answer: content.kind === "notice" ? null : content,
        });
      }
    } else if (frame.t === "refused") {
      const waiting = frame.clientMessageId ? this.#waiting.get(frame.clientMessageId) : undefined;
      waiting?.fail(new Error(`refused: ${frame.code}`));
      if (frame.clientMessageId) this.#waiting.delete(frame.clientMessageId);
    }
  }
}
