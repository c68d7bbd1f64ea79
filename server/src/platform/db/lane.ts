// A lane is one way of being somebody in the database: a pool of connections, and what each transaction sets first.
// How a role is reached differs by installation (own login, SET ROLE, or one role for all), and that difference is
// only in these settings: the code above runs the same statements everywhere.
import pg from "pg";
import type { Log } from "../log.ts";
import { isStaleStatement, isUnreachable } from "./database-error.ts";
import type { Prelude } from "./flight.ts";
import { connectPatiently } from "./patience.ts";

/** Settings of one transaction, in the order they are set; the tenant comes after them. */
export type LocalSettings = readonly (readonly [name: string, value: string])[];

export interface LanePlan {
  client: pg.ClientConfig;
  settings: LocalSettings;
}

export interface Lease {
  client: pg.PoolClient;
  /** Why the connection ended, once it has; null while it stands. */
  lost(): Error | null;
}

export interface Lane {
  /** Borrows a connection; one that broke does not go back to the pool. */
  borrow<T>(work: (lease: Lease) => Promise<T>): Promise<T>;
  stats(): { total: number; idle: number; waiting: number };
  close(): Promise<void>;
}

const connectTimeoutMs = 10_000;
const preludeNames = {
  begin: "yingda_begin",
  enter: "yingda_enter",
  enterReadOnly: "yingda_enter_read_only",
};

/** Opens a transaction that is ended by a commit. Without it, a flight is a transaction by itself. */
export const begin: Prelude = { name: preludeNames.begin, values: [] };

/** Makes the transaction that tenant's, or nobody's. Every connection of a lane has it prepared. */
export function enter(tenantId: string | null, isReadOnly: boolean): Prelude {
  return { name: isReadOnly ? preludeNames.enterReadOnly : preludeNames.enter, values: [tenantId ?? ""] };
}

export function openLane({ client: config, settings }: LanePlan, size: number, log: Log): Lane {
  const pool = new pg.Pool({
    ...config,
    max: size,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: 60_000,
    // the pool waits for this before it hands the connection out, though its types do not say so
    onConnect: ((client: pg.ClientBase) => preparePreludes(client, settings)) as (
      client: pg.ClientBase,
    ) => void,
  });
  // without a listener the end of an idle connection would end the process
  pool.on("error", (error) => {
    // while it closes, a database that stops beside it may be the one to end the last connections
    if (!pool.ending) log.warn({ err: error }, "idle database connection lost");
  });

  return {
    async borrow(work) {
      const client = await connectPatiently(() => pool.connect());
      let lost: Error | null = null;
      let isUsable = true;
      const onError = (error: Error) => {
        lost ??= error;
      };
      client.on("error", onError);
      try {
        return await work({ client, lost: () => lost });
      } catch (error) {
        // the server may have said goodbye in an answer, before the socket closed
        isUsable = !isUnreachable(error, false) && !isStaleStatement(error);
        throw error;
      } finally {
        client.removeListener("error", onError);
        client.release(lost !== null || !isUsable);
      }
    },
    stats: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: async () => {
      if (!pool.ending) await pool.end();
    },
  };
}

/** Prepares by running them once; the driver has no other way. */
async function preparePreludes(client: pg.ClientBase, settings: LocalSettings): Promise<void> {
  const calls = [
    ...settings.map(([name, value]) => setting(name, pg.escapeLiteral(value))),
    setting("app.tenant", "$1"),
  ];
  const enterText = `select ${calls.join(", ")}`;
  const readOnlyText = `${enterText}, ${setting("transaction_read_only", "'on'")}`;
  await client.query({ name: preludeNames.begin, text: "begin" });
  await client.query({ name: preludeNames.enter, text: enterText, values: [""] });
  await client.query({ name: preludeNames.enterReadOnly, text: readOnlyText, values: [""] });
  await client.query("rollback");
}

function setting(name: string, value: string): string {
  return `set_config(${pg.escapeLiteral(name)}, ${value}, true)`;
}
