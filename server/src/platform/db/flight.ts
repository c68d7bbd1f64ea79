// A statement together with what must come before it, in one flight. The messages of the wire protocol are written at
// once and answered at once:
//   Bind/Execute of each prelude (begin, set the tenant) · Parse (first time only) · Bind/Describe/Execute · Sync
// Without a `begin` everything up to Sync is one transaction by itself: that is `once`, where the settings end with the
// flight and there is no COMMIT to pay for. It costs a third more than the bare read and nothing on a write, where four
// awaited queries cost three times a read. The driver offers this to classes with a `submit` method, as pg-cursor is;
// its own pipeline mode ends each query with a Sync, which would make them separate transactions.
import type pg from "pg";
import utils from "pg/lib/utils.js";
import { parserOf } from "./postgres-types.ts";

/** The part of the driver's connection that is used here; its published types leave half of it out. */
interface Wire {
  stream: { cork(): void; uncork(): void };
  parsedStatements: Record<string, string>;
  submittedNamedStatements: Record<string, string>;
  parse(message: { name: string; text: string }): void;
  bind(message: { statement: string; values: unknown[]; valueMapper: (value: unknown) => unknown }): void;
  describe(message: { type: "P"; name: string }): void;
  execute(message: Record<string, never>): void;
  sync(): void;
}

/** A statement the connection has already prepared. Its rows are not read. */
export interface Prelude {
  name: string;
  values: string[];
}

export interface Flight {
  preludes: readonly Prelude[];
  /** Prepared under this name for the life of the connection; undefined prepares it for this flight only. */
  name: string | undefined;
  /** One statement; the protocol takes no more. */
  text: string;
  values: unknown[];
}

export interface Landing<R> {
  rows: R[];
  /** Rows touched or returned; 0 for statements that have no such number. */
  rowCount: number;
}

/** Sends the flight; resolves when the server has done all of it. */
export function fly<R>(client: pg.PoolClient, flight: Flight): Promise<Landing<R>> {
  return new Promise((resolve, reject) => {
    const values = flight.values.map((value) => utils.prepareValue(value)); // may throw: before anything is sent
    client.query(
      new FlightQuery({ ...flight, values }, (error, landing) =>
        error ? reject(error) : resolve(landing as Landing<R>),
      ),
    );
  });
}

interface Column {
  name: string;
  parse: (text: string) => unknown;
}

const asIs = (value: unknown) => value;

/** Spoken to by pg.Client: `submit` writes, the `handle…` methods hear the answers in order. */
class FlightQuery implements pg.Submittable {
  /** Under these the client notes that the server has parsed the statement. */
  readonly name: string | undefined;
  readonly text: string;
  readonly #flight: Flight;
  readonly #landed: (error: Error | null, landing: Landing<unknown>) => void;
  readonly #landing: Landing<unknown> = { rows: [], rowCount: 0 };
  #preludesLeft: number;
  #columns: Column[] = [];
  #failure: Error | null = null;

  constructor(flight: Flight, landed: (error: Error | null, landing: Landing<unknown>) => void) {
    this.name = flight.name;
    this.text = flight.text;
    this.#flight = flight;
    this.#landed = landed;
    this.#preludesLeft = flight.preludes.length;
  }

  submit(connection: pg.Connection): Error | null {
    const wire = connection as unknown as Wire;
    const { name, text } = this;
    const known = name && (wire.parsedStatements[name] ?? wire.submittedNamedStatements[name]);
    if (known && known !== text) return new Error(`the statement name ${name} is used for two texts`);
    wire.stream.cork();
    try {
      for (const prelude of this.#flight.preludes) {
        wire.bind({ statement: prelude.name, values: prelude.values, valueMapper: asIs });
        wire.execute({});
      }
      if (!known) wire.parse({ name: name ?? "", text });
      if (!known && name) wire.submittedNamedStatements[name] = text;
      wire.bind({ statement: name ?? "", values: this.#flight.values, valueMapper: asIs });
      wire.describe({ type: "P", name: "" });
      wire.execute({});
      wire.sync();
    } finally {
      wire.stream.uncork();
    }
    return null;
  }

  handleRowDescription(message: { fields: { name: string; dataTypeID: number }[] }): void {
    this.#columns = message.fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID) }));
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    if (this.#preludesLeft > 0 || this.#failure) return;
    const row: Record<string, unknown> = {};
    try {
      for (const [index, { name, parse }] of this.#columns.entries()) {
        const text = message.fields[index] ?? null;
        row[name] = text === null ? null : parse(text);
      }
      this.#landing.rows.push(row);
    } catch (error) {
      this.#failure = error as Error;
    }
  }

  handleCommandComplete(message: { text: string }): void {
    if (this.#preludesLeft > 0) this.#preludesLeft -= 1;
    else this.#landing.rowCount = Number(/(\d+)$/.exec(message.text)?.[1] ?? 0); // "INSERT 0 2", "SELECT 5", "SET"
  }

  handleEmptyQuery(): void {
    this.#preludesLeft = 0;
  }

  /** All of it is done, unless it failed before; then the client has called handleError and not this. */
  handleReadyForQuery(): void {
    this.#landed(this.#failure, this.#landing);
  }

  handleError(error: Error): void {
    this.#landed(error, this.#landing);
  }
}
