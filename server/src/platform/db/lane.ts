// A lane is one way of being somebody in the database: a pool of connections, and what each transaction sets first.
// How a role is reached differs by installation (own login, SET ROLE, or one role for all), and that difference is
// only in these settings: the code above runs the same statements everywhere.
import pg from "pg";
import { elapsedMs } from "../clock.ts";
import type { Log } from "../log.ts";
import { isStaleStatement, isUnreachable, unreachable } from "./database-error.ts";

/** Settings of one transaction, in the order they are set; the tenant comes after them. */
export type LocalSettings = readonly (readonly [name: string, value: string])[];

export interface LanePlan {
  client: pg.ClientConfig;
  settings: LocalSettings;
}

export interface LaneOptions {
  size: number;
  log: Log;
  /** Prepared on every new connection, before anybody uses it. */
  prepare?: { name: string; text: string }[];
}

export interface Lease {
  client: pg.PoolClient;
  /** Why the connection ended, once it has; null while it stands. */
  lost(): Error | null;
}

export interface Lane {
  settings: LocalSettings;
  /** Borrows a connection; one that broke does not go back to the pool. */
  borrow<T>(work: (lease: Lease) => Promise<T>): Promise<T>;
  stats(): { total: number; idle: number; waiting: number };
  close(): Promise<void>;
}

const connectTimeoutMs = 10_000;
const patienceMs = 8000; // a crashed database is back within a second or two; a request waits for it rather than fail
const retryEveryMs = 50;

export function openLane({ client: config, settings }: LanePlan, options: LaneOptions): Lane {
  const { size, log, prepare = [] } = options;
  const pool = new pg.Pool({
    ...config,
    max: size,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: 60_000,
    // the pool waits for this before it hands the connection out
    onConnect: (async (client: pg.ClientBase) => {
      for (const { name, text } of prepare) await client.query({ name, text, values: [""] });
    }) as (client: pg.ClientBase) => void,
  });
  // without a listener the end of an idle connection would end the process
  pool.on("error", (error) => log.warn({ err: error }, "idle database connection lost"));

  /** Nothing was sent yet, so trying again is safe. */
  async function connect(): Promise<pg.PoolClient> {
    const started = elapsedMs();
    for (;;) {
      try {
        return await pool.connect();
      } catch (error) {
        // an error without a code is the pool's own time-out
        const isPassing = isUnreachable(error, !(error instanceof Error && "code" in error));
        if (!isPassing) throw error;
        if (elapsedMs() - started >= patienceMs) throw unreachable(error);
        await new Promise((resolve) => setTimeout(resolve, retryEveryMs));
      }
    }
  }

  return {
    settings,
    async borrow(work) {
      const client = await connect();
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
    close: () => pool.end(),
  };
}
