import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { countRows } from "./backup-frames.ts";
import { copyIn, copyOut } from "./copy.ts";

const { db } = await testDatabase();

async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test("a slow reader of a large table loses nothing, and no more than a few megabytes wait for it", async () => {
  const client = await db.dedicated("system");
  let rows = 0;
  let largest = 0;
  // 60 MB of text; the reader dawdles so long that all of it could have arrived
  for await (const bytes of copyOut(
    client,
    "copy (select n, repeat('x', 600) from generate_series(1, 100000) n) to stdout",
  )) {
    rows += countRows(bytes);
    largest = Math.max(largest, bytes.length);
    for (let turn = 0; turn < 300; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(rows).toBe(100_000);
  expect(largest).toBeGreaterThan(1_000_000);
  expect(largest).toBeLessThan(5_000_000);
  expect((await client.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  await client.end();
});

test("rows go in as they came out, cut anywhere", async () => {
  const client = await db.dedicated("system");
  await client.query("create temporary table here (n int, t text)");
  const out: Buffer[] = [];
  const text = "copy (select n, md5(n::text) || E'\\t\\n\\\\' from generate_series(1, 5000) n) to stdout";
  for await (const bytes of copyOut(client, text)) out.push(bytes);
  expect(await copyIn(client, "copy here from stdin", pieces(Buffer.concat(out), 777))).toBe(5_000);
  const { rows } = await client.query<{ ok: boolean }>(
    "select bool_and(t = md5(n::text) || E'\\t\\n\\\\') as ok from here",
  );
  expect(rows[0]?.ok).toBe(true);
  await client.end();
});

test("errors of either side come back and leave the connection usable", async () => {
  const client = await db.dedicated("system");
  await client.query("create temporary table here (n int)");
  await expect(
    copyIn(client, "copy here from stdin", pieces(Buffer.from("1\nword\n2\n"), 3)),
  ).rejects.toMatchObject({
    code: "22P02",
  });
  const endless = async function* () {
    while (true) yield Buffer.concat([randomBytes(30_000).fill(65), Buffer.from("\n")]);
  };
  await expect(copyIn(client, "copy here from stdin", endless())).rejects.toMatchObject({ code: "22P02" });
  const breaking = async function* () {
    yield Buffer.from("1\n");
    throw new Error("the file broke off");
  };
  await expect(copyIn(client, "copy here from stdin", breaking())).rejects.toThrow("the file broke off");
  const failing = copyOut(client, "copy (select 1 / (3 - n) from generate_series(1, 5) n) to stdout");
  await expect(
    (async () => {
      for await (const _ of failing) void _;
    })(),
  ).rejects.toMatchObject({ code: "22012" });
  await expect(copyIn(client, "copy nowhere from stdin", pieces(Buffer.alloc(5), 1))).rejects.toMatchObject({
    code: "42P01",
  });
  expect((await client.query("select count(*)::int as n from here")).rows).toEqual([{ n: 0 }]);
  await client.end();
});
