// A visitor without a browser, on the widget's real socket: says what no widget of ours would.
import type { WidgetClientFrame, WidgetServerFrame } from "@yingda/contract";
import { WebSocket } from "ws";

type Hello = Extract<WidgetClientFrame, { t: "hello" }>;

export class VisitorLine {
  readonly heard: WidgetServerFrame[] = [];
  readonly #socket: WebSocket;
  #waiting: (() => void)[] = [];
  #count = 0;
  readonly #name = Math.random().toString(36).slice(2, 10);

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (bytes) => {
      this.heard.push(JSON.parse(String(bytes)) as WidgetServerFrame);
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  /** `address`: limits count by it, so each visitor has its own. */
  static async open(
    base: string,
    publicKey: string,
    address: string,
    hello: Partial<Hello> = {},
  ): Promise<VisitorLine> {
    const socket = new WebSocket(`${base.replace(/^http/, "ws")}/w/${publicKey}/ws`, {
      headers: { "x-forwarded-for": address, origin: base },
    });
    await new Promise<void>((done, fail) => socket.once("open", done).once("error", fail));
    const line = new VisitorLine(socket);
    line.send({
      t: "hello",
      v: 1,
      token: null,
      conversationId: null,
      since: 0,
      locale: "zh-CN",
      page: "",
      referrer: "",
      params: {},
      ...hello,
    });
    await line.until((frame) => frame.t === "welcome");
    return line;
  }

  get token(): string {
    const welcome = this.heard.find((frame) => frame.t === "welcome");
    return (welcome?.t === "welcome" && welcome.token) || "";
  }

  send(frame: WidgetClientFrame): void {
    this.#socket.send(JSON.stringify(frame));
  }

  /** Sends a line and waits until it is in the record; gives the conversation. */
  async put(frame: WidgetClientFrame & { clientMessageId?: string }): Promise<string> {
    this.#count += 1;
    const clientMessageId = `${this.#name}-${this.#count}`;
    this.send({ ...frame, clientMessageId } as WidgetClientFrame);
    const answer = await this.until(
      (heard) => (heard.t === "ack" || heard.t === "refused") && heard.clientMessageId === clientMessageId,
    );
    if (answer.t !== "ack") throw new Error(`refused: ${JSON.stringify(answer)}`);
    return answer.conversationId;
  }

  async until(fits: (frame: WidgetServerFrame) => boolean): Promise<WidgetServerFrame> {
    for (;;) {
      const found = this.heard.find(fits);
      if (found) return found;
      await new Promise<void>((wake) => this.#waiting.push(wake));
    }
  }

  close(): void {
    this.#socket.terminate();
  }
}
