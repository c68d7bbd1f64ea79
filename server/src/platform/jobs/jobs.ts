// The job queue over pg-boss: one library queue for all names, so that a resting server asks the database once every few
// seconds and not once per name. Loaded when it starts or when the first job is sent, not before: memory at rest counts.
import type { PgBoss } from "pg-boss";
import type { Services } from "../context.ts";
import type { Db, Tx } from "../db/transact.ts";
import { AppError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { Log } from "../log.ts";
import { bossConnection, bossQueue, bossSchema, install, isInstalled } from "./boss-schema.ts";
import type { JobHandler, JobPayload, Jobs, SendOptions } from "./types.ts";

export interface JobsOptions {
  db: Db;
  log: Log;
  /** How often a resting worker looks, seconds; jobs sent here wake it at once. */
  pollSeconds?: number;
}

interface Envelope {
  job: string;
  payload: JobPayload;
}

const workers = 2;
const stopPatienceMs = 4_000;

/** What pg-boss keeps of a failure: a code and nothing a person said. */
class JobFailed extends Error {
  override readonly stack = "";
}

export function createJobs({ db, log, pollSeconds = 5 }: JobsOptions): Jobs {
  const handlers = new Map<string, JobHandler>();
  const schedules = new Map<string, { cron: string; timeZone: string }>();
  const busy = new Map<string, Promise<unknown>>();
  const connection = bossConnection(db);
  let services: Services | null = null;
  let loading: Promise<PgBoss> | null = null;
  let isWorking = false;
  let workerId: string | null = null;
  let isStopping = false;
  let starting: Promise<void> = Promise.resolve();

  /** Connected, with tables and queue; working only after `start`. */
  function loaded(): Promise<PgBoss> {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  }

  async function load(): Promise<PgBoss> {
    const { PgBoss: Boss, getConstructionPlans } = await import("pg-boss");
    const expected = Number(
      /version\(version\) VALUES \(.(\d+)/.exec(getConstructionPlans(bossSchema))?.[1] ??
        Number.MAX_SAFE_INTEGER,
    );
    if (!(await isInstalled(db, expected))) await install(db, Boss);
    const boss = new Boss({
      db: connection as never,
      schema: bossSchema,
      migrate: false,
      createSchema: false,
      useListenNotify: false,
      supervise: isWorking,
      schedule: isWorking,
      // a shop has few jobs: look after the tables seldom
      superviseIntervalSeconds: 60,
      monitorIntervalSeconds: 60,
      maintenanceIntervalSeconds: 3_600,
      queueCacheIntervalSeconds: 300,
      cronMonitorIntervalSeconds: 30,
      cronWorkerIntervalSeconds: 15,
      clockMonitorIntervalSeconds: 600,
      flowIntervalSeconds: 3_600,
      reindex: false,
      monitorVacuum: false,
    });
    boss.on("error", (error) => log.warn({ err: error }, "job queue failed"));
    await boss.start();
    return boss;
  }

  async function run(given: Services, { job, payload }: Envelope): Promise<void> {
    const handler = handlers.get(job);
    if (!handler) throw new JobFailed("no handler");
    const before = busy.get(job) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(() => handler(given, payload));
    busy.set(job, mine);
    try {
      await mine;
    } catch (error) {
      log.error({ err: error, job }, "job failed");
      throw new JobFailed(error instanceof AppError ? error.code : "internal");
    } finally {
      if (busy.get(job) === mine) busy.delete(job);
    }
  }

  async function work(boss: PgBoss, given: Services): Promise<void> {
    workerId = await boss.work<Envelope>(
      bossQueue,
      { localConcurrency: workers, batchSize: 1, pollingIntervalSeconds: pollSeconds },
      async ([job]) => {
        if (job) await run(given, job.data);
      },
    );
    const known = await boss.getSchedules(bossQueue);
    for (const { key } of known) if (!schedules.has(key)) await boss.unschedule(bossQueue, key);
    for (const [job, { cron, timeZone }] of schedules)
      await boss.schedule(
        bossQueue,
        cron,
        { job, payload: {} },
        { tz: timeZone, key: job, singletonKey: `${job} schedule` },
      );
  }

  function wake(): void {
    if (workerId === null) return;
    void loading?.then((boss) => workerId !== null && boss.notifyWorker(workerId));
  }

  return {
    async send(tx: Tx | null, name: string, payload: JobPayload, options: SendOptions = {}) {
      const boss = await loaded();
      const settings = {
        // the queue holds back a key that already waits, so a job that may wait twice gets a key of its own
        singletonKey: `${name} ${options.singletonKey ?? newId<string>()}`,
        ...(options.startAfter ? { startAfter: options.startAfter } : {}),
      };
      const envelope: Envelope = { job: name, payload };
      if (!tx) {
        await boss.send(bossQueue, envelope, settings);
        return wake();
      }
      const inside = {
        executeSql: async (text: string, values?: unknown[]) => ({ rows: await tx.rows(text, values) }),
      };
      await boss.send(bossQueue, envelope, { ...settings, db: inside as never });
      tx.afterCommit(wake);
    },
    work(name, handler) {
      if (handlers.has(name)) throw new Error(`two handlers for job ${name}`);
      handlers.set(name, handler);
    },
    schedule(name, cron, timeZone) {
      schedules.set(name, { cron, timeZone });
    },
    start(given, { works = true } = {}) {
      services = given;
      isWorking = works;
      for (const name of works ? schedules.keys() : [])
        if (!handlers.has(name)) throw new Error(`scheduled job ${name} has no handler`);
      if (works) starting = loaded().then((boss) => (isStopping ? undefined : work(boss, given)));
      return starting;
    },
    async stop() {
      isStopping = true;
      await starting.catch(() => undefined); // whoever started it was told
      if (!loading) return;
      const boss = await loading.catch(() => null);
      loading = null;
      workerId = null;
      await boss?.stop({ graceful: true, close: false, timeout: stopPatienceMs });
      await connection.close();
    },
    async state() {
      const isWorking = workerId !== null;
      if (!services || !loading) return { waiting: 0, failed: 0, isWorking };
      const counts = await db.system((tx) =>
        tx.one<{ waiting: number; failed: number }>(
          `select count(*) filter (where state < 'active') as waiting, count(*) filter (where state = 'failed') as failed
           from ${bossSchema}.job where name = $1`,
          [bossQueue],
        ),
      );
      return { ...counts, isWorking };
    },
  };
}
