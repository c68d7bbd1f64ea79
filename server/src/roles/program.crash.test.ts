// The program from the outside: first start, clean stop, kill, everything that keeps it from starting, and the command line
// beside it and without it.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import {
  type Installation,
  newInstallation,
  runYingda,
  setupToken,
  startProgram,
} from "../../test/program.ts";
import { version } from "./version.ts";

const owner = { account: "owner@shop.example", password: "a shop needs a key 7" };

async function post(base: string, path: string, body: object): Promise<Response> {
  return fetch(`${base}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: base },
    body: JSON.stringify(body),
  });
}

const signIn = async (base: string, password: string) =>
  (await post(base, "/api/session", { ...owner, password })).status;

async function withAdmin(at: Installation, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const data = at.env.YINGDA_DATA ?? "";
  const { passwords } = JSON.parse(readFileSync(join(data, "database.json"), "utf8")) as {
    passwords: { postgres: string };
  };
  const client = new pg.Client({
    host: join(data, "run"),
    user: "postgres",
    password: passwords.postgres,
    database: "yingda",
  });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

test("a first start shows the link, a stop is clean and quick, what was made is there again, also after a kill", async () => {
  const at = await newInstallation();
  const first = await startProgram(at);
  const token = await setupToken(first);
  expect(first.output()).toContain("应答已启动 Yingda is running: ");
  const made = await post(at.base, "/api/setup/owner", { token, ...owner, locale: "zh-CN" });
  expect(made.status).toBe(200);
  expect((await post(at.base, "/api/setup/owner", { token, ...owner, locale: "zh-CN" })).status).toBe(409);

  // beside the running server
  expect(JSON.parse((await runYingda(at, "status", "--json")).said)).toMatchObject({
    isRunning: true,
    version,
  });
  expect(JSON.parse((await runYingda(at, "audit", "verify", "--json")).said)).toMatchObject({ ok: true });
  const asked = JSON.parse((await runYingda(at, "ask", "你好", "--json")).said) as Record<string, unknown>;
  expect(Object.keys(asked).sort()).toEqual([
    "candidates",
    "confidence",
    "contents",
    "faq",
    "outcome",
    "text",
    "tookMs",
    "trace",
  ]);
  expect(await runYingda(at, "migrate")).toMatchObject({
    code: 1,
    output: expect.stringContaining("Stop the server first"),
  });
  const backup = JSON.parse((await runYingda(at, "backup", "--json")).said) as { path: string };

  const startMs = performance.now();
  first.child.kill("SIGTERM");
  expect(await first.ended).toBe(0);
  expect(performance.now() - startMs).toBeLessThan(5_000);

  // without a server
  expect((await runYingda(at, "status")).output).toContain("not running");
  const reset = JSON.parse((await runYingda(at, "reset-owner", "--json")).said) as {
    account: string;
    password: string;
  };
  expect(reset.account).toBe(owner.account);

  const second = await startProgram(at);
  expect(await signIn(at.base, owner.password)).toBe(401);
  expect(await signIn(at.base, reset.password)).toBe(200);
  second.child.kill("SIGKILL");
  expect(await second.ended).toBeNull();

  const third = await startProgram(at);
  expect(await signIn(at.base, reset.password)).toBe(200);
  third.child.kill("SIGTERM");
  expect(await third.ended).toBe(0);

  // on a new machine, with the key file that was kept
  const other = await newInstallation();
  copyKey(at, other);
  const restored = await runYingda(other, "restore", backup.path);
  expect(restored).toMatchObject({ code: 0, output: expect.stringContaining("Restored: ") });
  const moved = await startProgram(other);
  expect(await signIn(other.base, owner.password)).toBe(200);
  moved.child.kill("SIGTERM");
  await moved.ended;
}, 120_000);

function copyKey(from: Installation, to: Installation): void {
  const path = to.env.YINGDA_KEY_FILE ?? "";
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(from.env.YINGDA_KEY_FILE ?? "", path);
}

test("whatever keeps it from starting is one clear sentence in both languages and exit code 1", async () => {
  const at = await newInstallation();
  const bad = await startProgram({ ...at, env: { ...at.env, YINGDA_PORT: "http" } });
  expect([await bad.ended, bad.output()]).toEqual([
    1,
    expect.stringMatching(/配置[\s\S]*YINGDA_PORT[\s\S]*configuration/),
  ]);
  const unknown = await startProgram(at, ["--bogus"]);
  expect([await unknown.ended, unknown.output()]).toEqual([1, expect.stringContaining("--bogus")]);

  const other = createServer().listen(at.port, "127.0.0.1");
  const blocked = await startProgram({ ...at, base: "http://127.0.0.1:1" });
  other.close();
  expect([await blocked.ended, blocked.output()]).toEqual([
    1,
    expect.stringMatching(/已被其他程序占用[\s\S]*is in use by another program/),
  ]);

  const good = await startProgram(at);
  const again = await startProgram({ ...at, base: "http://127.0.0.1:1" });
  expect([await again.ended, again.output()]).toEqual([
    1,
    expect.stringMatching(/正被进程 \d+ 使用[\s\S]*is in use by process \d+/),
  ]);
  await withAdmin(at, (client) =>
    client.query(
      "insert into schema_migration (number, name, checksum, applied_at, took_ms) values (9999, '9999-later.sql', 'x', now(), 1)",
    ),
  );
  good.child.kill("SIGTERM");
  await good.ended;
  const newer = await startProgram(at);
  expect([await newer.ended, newer.output()]).toEqual([
    1,
    expect.stringMatching(/9999-later\.sql[\s\S]*newer version/),
  ]);

  const key = at.env.YINGDA_KEY_FILE ?? "";
  const text = readFileSync(key, "utf8");
  const stranger = await newInstallation();
  const theirs = await startProgram(stranger);
  theirs.child.kill("SIGTERM");
  await theirs.ended;
  writeFileSync(stranger.env.YINGDA_KEY_FILE ?? "", text, { mode: 0o600 });
  const wrong = await startProgram(stranger);
  expect([await wrong.ended, wrong.output()]).toEqual([1, expect.stringMatching(/密钥[\s\S]*key/)]);
}, 120_000);
