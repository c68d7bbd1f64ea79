// A steady load through the api channel. A line that was not acknowledged is sent again with the same id until it is, as a careful
// program would: that is where doubles would come from.
import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const lines = readFileSync(join(import.meta.dirname, "../data/unseen-apparel.tsv"), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => line.split("\t")[0] ?? "");

export class ApiLoad {
  readonly acknowledged = new Set<string>();
  readonly #url: string;
  readonly #secret: string;
  readonly #perSecond: number;
  #isRunning = false;
  #count = 0;
  #open = new Set<Promise<void>>();
  #run: Promise<void> | undefined;

  constructor(base: string, inbox: { id: string; secret: string }, perSecond: number) {
    this.#url = `${base}/hooks/api/${inbox.id}`;
    this.#secret = inbox.secret;
    this.#perSecond = perSecond;
  }

  start(): void {
    this.#isRunning = true;
    this.#run = this.#loop();
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    await this.#run;
    await Promise.all(this.#open);
  }

  async #loop(): Promise<void> {
    let due = performance.now();
    while (this.#isRunning) {
      due += 1_000 / this.#perSecond;
      const wait = due - performance.now();
      if (wait > 0) await new Promise((done) => setTimeout(done, wait));
      else if (wait < -1_000) due = performance.now(); // the server was down: go on at the same pace, not in a burst
      if (this.#open.size > 400) continue;
      const sent = this.#sendUntilAcknowledged().finally(() => this.#open.delete(sent));
      this.#open.add(sent);
    }
  }

  async #sendUntilAcknowledged(): Promise<void> {
    this.#count += 1;
    const id = `line-${this.#count}-${randomUUID()}`;
    const body = JSON.stringify({
      contact: { id: `contact-${id}` },
      message: { id, content: { kind: "text", text: lines[this.#count % lines.length] } },
    });
    for (;;) {
      if (await this.#send(id, body)) {
        this.acknowledged.add(id);
        return;
      }
      await new Promise((done) => setTimeout(done, 100 + Math.random() * 300));
    }
  }

  async #send(id: string, body: string): Promise<boolean> {
    const timestamp = Math.floor(Date.now() / 1_000);
    const signature = createHmac("sha256", this.#secret).update(`${timestamp}.${body}`).digest("hex");
    try {
      const reply = await fetch(this.#url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "yingda-timestamp": String(timestamp),
          "yingda-signature": `v1=${signature}`,
          "yingda-id": id,
        },
        body,
        signal: AbortSignal.timeout(10_000),
      });
      await reply.arrayBuffer();
      if (reply.status >= 400 && reply.status < 500 && reply.status !== 429)
        throw new Error(`refused with ${reply.status}`);
      return reply.ok;
    } catch (error) {
      if (error instanceof Error && error.message.startsWith("refused")) throw error;
      return false; // down, restarting, or cut off in the middle: the outcome is unknown, so it is sent again
    }
  }
}
