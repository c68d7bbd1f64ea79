/**
 * PostgreSQL's COPY over a pg client, both ways, with back-pressure: all the driver leaves to us.
 *
 * Text format: it is the same for every version we know, carries every type, and NULL, tabs and bytes are the
 * server's business. Used by the backup only, on connections of its own (`db.dedicated`).
 */
import type pg from "pg";

/** What pg calls on a query that speaks COPY, beyond its published types. */
type CopyConnection = pg.Connection & {
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
};

const pauseAtBytes = 4_000_000;

/** Rows of `copy (…) to stdout` as they come, several rows a buffer. Read it to its end, or the connection stays busy. */
export async function* copyOut(client: pg.Client, text: string): AsyncGenerator<Buffer> {
  const query = new CopyOutQuery(text);
  client.query(query);
  for (let chunks = await query.next(); chunks !== undefined; chunks = await query.next())
    yield Buffer.concat(chunks);
}

/** Sends a stream to `copy … from stdin`; resolves to the number of rows stored. Throws the server's own error. */
export function copyIn(client: pg.Client, text: string, source: AsyncIterable<Uint8Array>): Promise<number> {
  const query = new CopyInQuery(text, source);
  client.query(query);
  return query.finished;
}

class CopyOutQuery implements pg.Submittable {
  readonly #text: string;
  #chunks: Buffer[] = [];
  #waitingBytes = 0;
  #connection: pg.Connection | undefined;
  #isDone = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  submit = (connection: pg.Connection): void => {
    this.#connection = connection;
    connection.query(this.#text);
  };

  /** What has arrived since the last call, undefined after the end. */
  async next(): Promise<Buffer[] | undefined> {
    while (this.#chunks.length === 0 && !this.#isDone && this.#failure === undefined)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#chunks.length === 0) return undefined;
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#waitingBytes = 0;
    this.#connection?.stream.resume();
    return chunks;
  }

  handleCopyData(message: { chunk: Buffer }): void {
    this.#chunks.push(Buffer.from(message.chunk)); // the driver reuses its buffer
    this.#waitingBytes += message.chunk.length;
    if (this.#waitingBytes > pauseAtBytes) this.#connection?.stream.pause();
    this.#wake?.();
  }

  handleReadyForQuery(): void {
    this.#isDone = true;
    this.#wake?.();
  }

  handleError(error: Error): void {
    this.#failure = error;
    this.#wake?.();
  }

  handleRowDescription(): void {}
  handleCommandComplete(): void {}
}

class CopyInQuery implements pg.Submittable {
  readonly finished: Promise<number>;
  readonly #text: string;
  readonly #source: AsyncIterable<Uint8Array>;
  #resolve: (rows: number) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  #rows = 0;
  #isOver = false;
  #sourceFailure: unknown;

  constructor(text: string, source: AsyncIterable<Uint8Array>) {
    this.#text = text;
    this.#source = source;
    this.finished = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit = (connection: pg.Connection): void => connection.query(this.#text);

  handleCopyInResponse(connection: pg.Connection): void {
    void this.#pump(connection as CopyConnection);
  }

  handleCommandComplete(message: { text: string }): void {
    this.#rows = Number(/^COPY (\d+)/.exec(message.text)?.[1] ?? 0);
  }

  handleReadyForQuery(): void {
    this.#isOver = true;
    this.#resolve(this.#rows);
  }

  handleError(error: Error): void {
    this.#isOver = true;
    this.#reject(this.#sourceFailure ?? error);
  }

  handleRowDescription(): void {}

  /** Ends by endCopyFrom or sendCopyFail; either way the server's answer settles `finished`. */
  async #pump(connection: CopyConnection): Promise<void> {
    try {
      for await (const chunk of this.#source) {
        if (this.#isOver) return; // the server has refused a row already
        connection.sendCopyFromChunk(chunk);
        if (connection.stream.writableNeedDrain) await drained(connection.stream);
      }
      if (!this.#isOver) connection.endCopyFrom();
    } catch (error) {
      this.#sourceFailure = error;
      if (!this.#isOver) connection.sendCopyFail("the source broke off");
    }
  }
}

/** When the stream takes more, or will never again. */
function drained(stream: pg.Connection["stream"]): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off("drain", done);
      stream.off("close", done);
      resolve();
    };
    stream.once("drain", done);
    stream.once("close", done);
  });
}
