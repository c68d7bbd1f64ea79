// The supervisor of the bundled database: first start, neighbours, orphans, users, paths. Killing it under load is in
// recovery.test.ts.
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { expect, inject, test } from "vitest";
import { killChild, startChild } from "../../../test/child-process.ts";
import { fleetingSettings } from "../../../test/global-setup.ts";
import { embeddedOptions, scratchFolder, startScratch } from "../../../test/scratch.ts";
import { StartupError } from "../errors.ts";
import { silentLog } from "../log.ts";
import { type EmbeddedPostgres, startEmbedded } from "./embedded.ts";
import { isAlive } from "./postmaster.ts";

const isRoot = process.getuid?.() === 0;
// made once: initdb is most of the time these tests take
const options = { ...embeddedOptions(scratchFolder("embedded")), settings: fleetingSettings };
const databaseFolder = join(options.dataFolder, "postgres");

async function ask<R extends pg.QueryResultRow>(embedded: EmbeddedPostgres, text: string): Promise<R[]> {
  const client = new pg.Client(embedded.clientConfig("yingda_owner"));
  await client.connect();
  const found = await client.query<R>(text);
  await client.end();
  return found.rows;
}

async function refusal(starting: Promise<EmbeddedPostgres>): Promise<StartupError> {
  const outcome = await starting.then(
    (embedded) => embedded.stop(),
    (error: unknown) => error,
  );
  if (outcome instanceof StartupError) return outcome;
  throw new Error("it should have refused to start", { cause: outcome });
}

test("the first start makes a database, the next finds it", async () => {
  const first = await startScratch(options);
  await ask(first, "create table kept (a int)");
  const [about] = await ask<Record<string, string>>(
    first,
    `select current_setting('server_version') as version, current_setting('data_checksums') as checksums,
      current_setting('listen_addresses') as listens, current_setting('shared_buffers') as buffers`,
  );
  expect(about).toMatchObject({ checksums: "on", listens: "", buffers: "96MB" });
  expect(about?.version).toMatch(new RegExp(`^${inject("postgres").version}\\.`));
  expect(statSync(join(options.dataFolder, "database.json")).mode & 0o777).toBe(0o600);
  expect(statSync(databaseFolder).mode & 0o777).toBe(0o700);
  const pid = first.pid() ?? 0;
  await first.stop();
  expect(isAlive(pid)).toBe(false);

  const second = await startScratch(options);
  expect(second.wasAdopted).toBe(false);
  expect(await ask(second, "select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
  await second.stop();
});

test("the passwords are needed", async () => {
  const embedded = await startScratch(options);
  for (const role of ["postgres", "yingda_app"] as const) {
    const stranger = new pg.Client({ ...embedded.clientConfig(role), password: "guessed" });
    await expect(stranger.connect()).rejects.toMatchObject({ code: "28P01" });
  }
  await embedded.stop();
});

test("a second server on the folder is told who holds it", async () => {
  const embedded = await startScratch(options);
  const here = await refusal(startEmbedded({ ...options, log: silentLog }));
  expect(here.code).toBe("data-folder-locked");
  expect(here.en).toContain(String(process.pid));
  const elsewhere = JSON.parse(await startChild("embedded", options).ready);
  expect(elsewhere.code).toBe("data-folder-locked");
  expect(elsewhere.en).toContain(String(process.pid));
  expect(await ask(embedded, "select 1 as fine")).toEqual([{ fine: 1 }]);
  await embedded.stop();
});

test("a database left behind by a killed server is taken over; with other settings it is replaced", async () => {
  const child = startChild("embedded", options);
  const { pid } = JSON.parse(await child.ready);
  await killChild(child);
  expect(isAlive(pid)).toBe(true);

  const adopting = await startScratch(options);
  expect([adopting.wasAdopted, adopting.pid()]).toEqual([true, pid]);
  expect(await ask(adopting, "select 1 as fine")).toEqual([{ fine: 1 }]);
  await adopting.stop();
  expect(isAlive(pid)).toBe(false);

  const another = startChild("embedded", options);
  const left = JSON.parse(await another.ready);
  await killChild(another);
  const changed = { ...options, settings: { ...fleetingSettings, work_mem: "5MB" } };
  const replacing = await startScratch(changed);
  expect(replacing.wasAdopted).toBe(false);
  expect(isAlive(left.pid)).toBe(false);
  expect(await ask(replacing, "show work_mem")).toEqual([{ work_mem: "5MB" }]);
  await replacing.stop();
});

test("an adopted database that dies is started again", async () => {
  const child = startChild("embedded", options);
  const { pid } = JSON.parse(await child.ready);
  await killChild(child);
  let restarted: () => void = () => undefined;
  const restart = new Promise<void>((resolve) => {
    restarted = resolve;
  });
  const adopting = await startScratch({ ...options, onRestart: restarted });
  expect(adopting.wasAdopted).toBe(true);
  process.kill(pid, "SIGKILL");
  await restart;
  expect(adopting.pid()).not.toBe(pid);
  expect(await ask(adopting, "select 1 as fine")).toEqual([{ fine: 1 }]);
  await adopting.stop();
});

test("a program that leaves without a farewell takes its database along", async () => {
  const child = startChild("leaves", options);
  const { pid } = JSON.parse(await child.ready);
  await child.exited;
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test("a process id in postmaster.pid that belongs to a stranger does no harm", async () => {
  const text = `${process.pid}\n${databaseFolder}\n1\n5432\n${options.dataFolder}/run\n\n0 0\nready   \n`;
  writeFileSync(join(databaseFolder, "postmaster.pid"), text);
  const embedded = await startScratch(options);
  expect(embedded.wasAdopted).toBe(false);
  expect(embedded.pid()).not.toBe(process.pid);
  await embedded.stop();
});

test("lost passwords are made anew, also while an orphan is running", async () => {
  const child = startChild("embedded", options);
  await child.ready;
  await killChild(child);
  rmSync(join(options.dataFolder, "database.json"));
  const embedded = await startScratch(options);
  expect(await ask(embedded, "select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
  await embedded.stop();
});

test("a folder of another version is refused and left alone", async () => {
  const file = join(databaseFolder, "PG_VERSION");
  const before = readFileSync(file, "utf8");
  writeFileSync(file, "12\n");
  const error = await refusal(startEmbedded({ ...options, log: silentLog }));
  expect(error.code).toBe("database-version-differs");
  expect(error.en).toContain("PostgreSQL 12");
  expect(error.zh).toContain("PostgreSQL 12");
  writeFileSync(file, before);
});

test("a machine without binaries is told what to do", async () => {
  const error = await refusal(startEmbedded({ ...options, packages: "@no-such-scope", log: silentLog }));
  expect(error.code).toBe("database-binaries-missing");
  expect(error.en).toContain("DATABASE_URL");
});

test("settings PostgreSQL does not take are reported with its words", async () => {
  const settings = { ...fleetingSettings, shared_buffers: "lots" };
  const error = await refusal(startEmbedded({ ...options, settings, log: silentLog }));
  expect(error.code).toBe("database-start-failed");
  expect(error.en).toContain("shared_buffers");
});

test("a deep folder gets its socket elsewhere, and it goes away", async () => {
  const deep = join(scratchFolder("deep"), "a".repeat(60), "b".repeat(60));
  const embedded = await startScratch({ ...embeddedOptions(deep), settings: fleetingSettings });
  const folder = embedded.clientConfig("postgres").host ?? "";
  expect(folder.startsWith(deep)).toBe(false);
  expect(statSync(folder).mode & 0o077).toBe(0);
  expect(await ask(embedded, "select 1 as fine")).toEqual([{ fine: 1 }]);
  await embedded.stop();
  expect(existsSync(folder)).toBe(false);
});

test("without unix sockets it listens on loopback, and a taken port is refused", async () => {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, "127.0.0.1", resolve));
  const address = blocker.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const loopback = { ...options, transport: "loopback" as const };
  const error = await refusal(startEmbedded({ ...loopback, port, log: silentLog }));
  expect(error.code).toBe("database-port-in-use");
  expect(error.en).toContain(String(port));
  blocker.close();
  const embedded = await startScratch(loopback);
  expect(embedded.clientConfig("postgres").host).toBe("127.0.0.1");
  expect(await ask(embedded, "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
  await embedded.stop();
});

test("the database never runs as root, and says which folder is closed to it", async () => {
  const embedded = await startScratch(options);
  const status = readFileSync(`/proc/${embedded.pid()}/status`, "utf8");
  const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
  expect(uid).not.toBe(0);
  expect(uid).toBe(statSync(databaseFolder).uid);
  await embedded.stop();
  if (!isRoot) {
    expect(uid).toBe(process.getuid?.());
    return;
  }
  const closed = join(tmpdir(), `yingda-test-closed-${process.pid}`);
  mkdirSync(closed, { mode: 0o700 });
  const inside = { ...embeddedOptions(join(closed, "data")), log: silentLog };
  const error = await refusal(startEmbedded(inside));
  expect(error.code).toBe("data-folder-unusable");
  expect(error.en).toContain(closed);
  rmSync(closed, { recursive: true });
});

/** Whether a user without rights can get to the sources; not in a checkout under root's own folder. */
function isOpenToAll(path: string): boolean {
  const isOpen = (statSync(path).mode & 0o001) !== 0;
  return isOpen && (dirname(path) === path || isOpenToAll(dirname(path)));
}

test.runIf(isRoot && isOpenToAll(import.meta.dirname))(
  "a server without root runs it as itself",
  async () => {
    const folder = scratchFolder("unprivileged");
    const dataFolder = join(folder, "data");
    const nobody = { uid: 65_534, gid: 65_534 };
    mkdirSync(dataFolder);
    chownSync(dataFolder, nobody.uid, nobody.gid);
    const input = { ...embeddedOptions(dataFolder), settings: fleetingSettings };
    const child = startChild("embedded", input, { ...nobody, cwd: folder });
    const { pid, uid } = JSON.parse(await child.ready);
    expect(uid).toBe(nobody.uid);
    expect(statSync(`/proc/${pid}`).uid).toBe(nobody.uid);
    expect(statSync(join(dataFolder, "database.json"))).toMatchObject({ uid: nobody.uid });
    await killChild(child);
    // the same folder, then started by root: the database keeps the user it belongs to
    const embedded = await startScratch(input);
    expect(embedded.wasAdopted).toBe(true);
    expect(await ask(embedded, "select 1 as fine")).toEqual([{ fine: 1 }]);
    await embedded.stop();
  },
);
