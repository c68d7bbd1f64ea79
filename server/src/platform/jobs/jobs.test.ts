import { expect, test } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { testServices } from "../../../test/services.ts";
import { createJobs } from "./jobs.ts";
import type { JobPayload } from "./types.ts";

const database = await testDatabase();
const services = await testServices(database);
const { db, log } = services;

/** Resolves with the payloads once there are `count` of them. */
function gather(count: number) {
  const payloads: JobPayload[] = [];
  let resolve: (all: JobPayload[]) => void = () => {};
  const all = new Promise<JobPayload[]>((done) => {
    resolve = done;
  });
  const handler = async (_services: unknown, payload: JobPayload) => {
    payloads.push(payload);
    if (payloads.length === count) resolve(payloads);
  };
  return { all, handler, payloads };
}

test("a job is seen with its transaction's commit, never after a rollback, and done at once on this node", async () => {
  const jobs = createJobs({ db, log, pollSeconds: 30 });
  const { all, handler } = gather(2);
  jobs.work("greet", handler);
  await jobs.start(services);
  const { tenantId } = await database.tenant();
  const rolledBack = db.transact(tenantId, async (tx) => {
    await jobs.send(tx, "greet", { n: 0 });
    throw new Error("no");
  });
  await expect(rolledBack).rejects.toThrow("no");
  await db.transact(tenantId, (tx) => jobs.send(tx, "greet", { n: 1 }));
  await jobs.send(null, "greet", { n: 2 });
  expect(await all).toEqual(expect.arrayContaining([{ n: 1 }, { n: 2 }]));
  expect((await jobs.state()).waiting).toBe(0);
  await jobs.stop();
}, 20_000);

test("a key waits once; a delayed job waits for its time", async () => {
  const jobs = createJobs({ db, log });
  await jobs.start(services, { works: false });
  for (let n = 0; n < 3; n += 1) await jobs.send(null, "tidy", { n }, { singletonKey: "shop" });
  await jobs.send(
    null,
    "tidy",
    { n: 9 },
    { singletonKey: "other", startAfter: new Date(Date.now() + 3_600_000) },
  );
  expect((await jobs.state()).waiting).toBe(2);
  await jobs.stop();

  const workers = createJobs({ db, log, pollSeconds: 1 });
  const { all, handler, payloads } = gather(1);
  workers.work("tidy", handler);
  await workers.start(services);
  expect(await all).toEqual([{ n: 0 }]);
  await workers.stop();
  expect(payloads).toHaveLength(1);
}, 20_000);

test("what a failing job leaves behind is a code, not its words", async () => {
  const jobs = createJobs({ db, log, pollSeconds: 1 });
  let failed = () => {};
  const tried = new Promise<void>((resolve) => {
    failed = resolve;
  });
  jobs.work("leak", async () => {
    failed();
    throw new Error("the customer's name is 张三");
  });
  await jobs.start(services);
  await jobs.send(null, "leak", {});
  await tried;
  await jobs.stop();
  const rows = await database.asAdmin<{ output: unknown; state: string }>(
    "select state::text, output from yingda_jobs.job where data->>'job' = 'leak'",
  );
  expect(rows[0]?.state).toBe("retry");
  expect(JSON.stringify(rows)).not.toContain("张三");
  expect(JSON.stringify(rows)).toContain("internal");
}, 20_000);

test("schedules follow the program: new ones are kept, old ones go", async () => {
  const stored = () =>
    database.asAdmin<{ key: string; cron: string; timezone: string }>(
      "select key, cron, timezone from yingda_jobs.schedule order by key",
    );
  const before = createJobs({ db, log });
  before.work("old", async () => {});
  before.schedule("old", "0 1 * * *", "UTC");
  await before.start(services);
  await before.stop();
  const after = createJobs({ db, log });
  after.work("new", async () => {});
  after.schedule("new", "30 2 * * *", "Asia/Shanghai");
  await after.start(services);
  await after.stop();
  expect(await stored()).toEqual([{ key: "new", cron: "30 2 * * *", timezone: "Asia/Shanghai" }]);
}, 20_000);
