// The job library's own schema: made and brought up to date as the owner role, used as the system role, and open to use cases
// only as far as adding a job in their own transaction needs. Called by jobs.ts at its start.
import type pg from "pg";
import type { PgBoss } from "pg-boss";
import type { Db } from "../db/transact.ts";

export const bossSchema = "yingda_jobs";
export const bossQueue = "work";

interface Executor {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** The library sends several statements at once, with transactions of its own, so it gets a connection of its own. */
export interface BossConnection extends Executor {
  close(): Promise<void>;
}

/** As the system role; opened at the first statement and again after it was lost. One statement at a time. */
export function bossConnection(db: Db): BossConnection {
  let opening: Promise<pg.Client> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function open(): Promise<pg.Client> {
    const client = await db.dedicated("system");
    const lost = () => {
      opening = null;
    };
    client.on("error", lost);
    client.on("end", lost);
    return client;
  }

  function opened(): Promise<pg.Client> {
    opening ??= open().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  }

  return {
    executeSql(text, values) {
      const answer = last.then(async () => run(await opened(), text, values));
      last = answer.catch(() => undefined);
      return answer;
    },
    async close() {
      await last;
      const client = await opening?.catch(() => null);
      opening = null;
      await client?.end();
    },
  };
}

/** Several statements give several results: the last one counts, as the library has it. */
async function run(client: pg.Client, text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
  const result: { rows: unknown[] } | { rows: unknown[] }[] = await client.query(text, values);
  return Array.isArray(result) ? (result.at(-1) ?? { rows: [] }) : result;
}

const queueSettings = {
  // a key waits once: see jobs.ts
  policy: "short",
  retryLimit: 4,
  retryDelay: 10,
  retryBackoff: true,
  retryDelayMax: 600,
  // a job of a process that died is given to another after this; live ones report by themselves
  heartbeatSeconds: 60,
  expireInSeconds: 6 * 3_600,
  deleteAfterSeconds: 7 * 86_400,
};

/** True when the tables are there and as new as the library. */
export async function isInstalled(db: Db, expected: number): Promise<boolean> {
  return db.system(async (tx) => {
    const { table } = await tx.one<{ table: string | null }>("select to_regclass($1)::text as table", [
      `${bossSchema}.version`,
    ]);
    if (table === null) return false;
    const row = await tx.maybe<{ version: number }>(`select version from ${bossSchema}.version`);
    return row !== undefined && row.version >= expected;
  });
}

/** Installs or upgrades; safe when several nodes do it at once (the library takes an advisory lock). */
export async function install(db: Db, Boss: typeof PgBoss): Promise<void> {
  const client = await db.dedicated("owner");
  const executor: Executor = { executeSql: (text, values) => run(client, text, values) };
  try {
    const boss = new Boss({
      db: executor as never,
      schema: bossSchema,
      supervise: false,
      schedule: false,
      migrate: true,
    });
    boss.on("error", () => {});
    await boss.start();
    await boss.createQueue(bossQueue, queueSettings);
    await boss.stop({ graceful: false, close: false });
    await client.query(`do $$ begin
      if yingda_has_roles() then
        grant usage on schema ${bossSchema} to yingda_app, yingda_system;
        grant select, insert, update, delete on all tables in schema ${bossSchema} to yingda_system;
        grant execute on all functions in schema ${bossSchema} to yingda_system;
        grant insert, select (id) on ${bossSchema}.job, ${bossSchema}.job_common to yingda_app;
        grant select on ${bossSchema}.queue to yingda_app;
      end if;
    end $$`);
  } finally {
    await client.end();
  }
}
