// One statement of one tenant in one flight. The messages of the wire protocol are written together:
//   Bind/Execute "set the tenant" · Parse (first time only) · Bind/Describe/Execute the statement · Sync
// Everything up to Sync is one transaction, so there is no BEGIN and no COMMIT to pay for; the settings end with it,
// and a failure answers with its own error and undoes everything. Costs a fifth more than the bare statement, where
// four awaited queries cost the double. The driver offers this to classes with a `submit` method, as pg-cursor is;
// its own pipeline mode sends a Sync after each query, which makes them separate transactions.
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
  close(message: { type: "S"; name: string }): void;
  sync(): void;
}

interface Column {
  name: string;
  parse: (text: string) => unknown;
}

export interface Flight {
  /** Already prepared on the connection; its only parameter is `setting`. */
  prelude: string;
  setting: string;
  name: string;
  text: string;
  values: unknown[];
}

/** Sends the flight and resolves to the statement's rows once the transaction has committed. */
export function fly<R>(client: pg.PoolClient, flight: Flight): Promise<R[]> {
  return new Promise((resolve, reject) => {
    const values = flight.values.map((value) => utils.prepareValue(value)); // may throw: before anything is sent
    const landed: Landed = (error, rows) => (error ? reject(error) : resolve(rows as R[]));
    client.query(new FlightQuery({ ...flight, values }, landed));
  });
}

type Landed = (error: Error | null, rows: unknown[]) => void;

/** Spoken to by pg.Client: `submit` writes, the `handle…` methods hear the answers in order. */
class FlightQuery implements pg.Submittable {
  /** The client notes under this name and text that the server has parsed the statement. */
  readonly name: string;
  readonly text: string;
  readonly #flight: Flight;
  readonly #landed: Landed;
  #isPastPrelude = false;
  #columns: Column[] = [];
  #rows: unknown[] = [];
  #failure: Error | null = null;

  constructor(flight: Flight, landed: Landed) {
    this.name = flight.name;
    this.text = flight.text;
    this.#flight = flight;
    this.#landed = landed;
  }

  submit(connection: pg.Connection): Error | null {
    const wire = connection as unknown as Wire;
    const { prelude, setting, values } = this.#flight;
    const known = wire.parsedStatements[this.name] ?? wire.submittedNamedStatements[this.name];
    if (known !== undefined && known !== this.text)
      return new Error(`the statement name ${this.name} is used for two texts`);
    const asIs = (value: unknown) => value;
    wire.stream.cork();
    try {
      wire.bind({ statement: prelude, values: [setting], valueMapper: asIs });
      wire.execute({});
      if (known === undefined) {
        wire.parse({ name: this.name, text: this.text });
        wire.submittedNamedStatements[this.name] = this.text;
      }
      wire.bind({ statement: this.name, values, valueMapper: asIs });
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
    if (!this.#isPastPrelude || this.#failure) return;
    const row: Record<string, unknown> = {};
    try {
      for (const [index, { name, parse }] of this.#columns.entries()) {
        const text = message.fields[index] ?? null;
        row[name] = text === null ? null : parse(text);
      }
      this.#rows.push(row);
    } catch (error) {
      this.#failure = error as Error;
    }
  }

  handleCommandComplete(): void {
    this.#isPastPrelude = true;
  }

  handleEmptyQuery(): void {
    this.#isPastPrelude = true;
  }

  /** Committed, unless it failed before; then the client has called handleError and not this. */
  handleReadyForQuery(): void {
    this.#landed(this.#failure, this.#rows);
  }

  handleError(error: Error): void {
    this.#landed(error, []);
  }
}
