// A small S3 of our own that checks every signature by its own calculation (Signature Version 4), keeps what it is
// given and answers as the real ones do.
import { createHash, createHmac, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixedClock } from "../clock.ts";
import { ExternalError } from "../errors.ts";
import { createGuardedFetch, type GuardedFetch } from "../net/index.ts";
import { S3Blobs } from "./s3-blobs.ts";
import { collect } from "./upload-source.ts";

const clock = fixedClock();
const account = { key: "AKIA", secret: "s3cret", region: "cn-north-1", bucket: "shop" };
const stored = new Map<string, Buffer>();
let server: Server;
let fetch: GuardedFetch;
let port: number;
let spoolFolder: string;
let failNext = 0;

const sha256 = (value: Uint8Array | string) => createHash("sha256").update(value).digest("hex");
const hmac = (key: Uint8Array | string, value: string) => createHmac("sha256", key).update(value).digest();

/** The signature that the request must carry, worked out from the specification. */
function expectedSignature(request: IncomingMessage, url: URL): string {
  const [, scope = "", signed = ""] =
    /Credential=[^/]+\/([^,]+), ?SignedHeaders=([^,]+)/.exec(request.headers.authorization ?? "") ?? [];
  const canonical = [
    request.method,
    url.pathname,
    [...url.searchParams]
      .map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`)
      .sort()
      .join("&"),
    ...signed.split(";").map((name) => `${name}:${String(request.headers[name]).trim()}`),
    "",
    signed,
    request.headers["x-amz-content-sha256"],
  ].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, sha256(canonical)].join("\n");
  const [day = ""] = scope.split("/");
  const key = [day, account.region, "s3", "aws4_request"].reduce<Uint8Array | string>(
    hmac,
    `AWS4${account.secret}`,
  );
  return hmac(key, toSign).toString("hex");
}

function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const url = new URL(request.url ?? "/", "http://s3");
  const given = /Signature=([0-9a-f]+)/.exec(request.headers.authorization ?? "")?.[1];
  const isSigned =
    given === expectedSignature(request, url) && request.headers["x-amz-content-sha256"] === sha256(body);
  const name = decodeURIComponent(url.pathname.slice(`/${account.bucket}/`.length));
  if (!isSigned) response.writeHead(403).end("SignatureDoesNotMatch");
  else if (failNext > 0) response.writeHead(failNext--).end("SlowDown");
  else if (request.method === "PUT") {
    stored.set(name, body);
    response.writeHead(200).end();
  } else if (request.method === "DELETE") {
    response.writeHead(stored.delete(name) ? 204 : 404).end();
  } else if (name === "") listPage(url, response);
  else if (!stored.has(name)) response.writeHead(404).end();
  else {
    const [, start, end] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? [];
    const bytes = stored.get(name) ?? Buffer.alloc(0);
    if (start === undefined) response.writeHead(200).end(bytes);
    else response.writeHead(206).end(bytes.subarray(Number(start), Number(end) + 1));
  }
}

/** Two names a page, so that the pages must be followed. */
function listPage(url: URL, response: ServerResponse): void {
  const names = [...stored.keys()].sort();
  const from = Number(url.searchParams.get("continuation-token") ?? 0);
  const entries = names
    .slice(from, from + 2)
    .map(
      (name) =>
        `<Contents><Key>${name}</Key><LastModified>2026-11-01T00:00:00.000Z</LastModified></Contents>`,
    );
  const next = from + 2 < names.length ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : "";
  response
    .writeHead(200)
    .end(`<?xml version="1.0"?><ListBucketResult>${entries.join("")}${next}</ListBucketResult>`);
}

beforeAll(async () => {
  spoolFolder = await mkdtemp(join(tmpdir(), "yingda-spool-"));
  server = createServer(async (request, response) => {
    answer(request, response, Buffer.concat(await request.toArray()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  fetch = createGuardedFetch({ clock, allow: [{ purpose: "media-store", host: "127.0.0.1", port }] });
});
afterAll(async () => {
  await fetch.close();
  server.close();
  await rm(spoolFolder, { recursive: true, force: true });
});

const blobs = (secret = account.secret) =>
  new S3Blobs({
    s3: { ...account, secret, endpoint: `http://127.0.0.1:${port}` },
    fetch,
    clock,
    spoolFolder,
  });
async function* once(bytes: Uint8Array) {
  yield bytes;
}

describe("an S3-compatible store", () => {
  test("keeps, hands out whole and by span, lists over pages and removes", async () => {
    const bytes = randomBytes(300_000);
    expect(await blobs().write("t/ab/one.full", once(bytes))).toEqual({ sizeBytes: 300_000 });
    expect(stored.get("t/ab/one.full")?.equals(bytes)).toBe(true);
    const whole = await blobs().read("t/ab/one.full");
    expect((await collect(whole ?? once(Buffer.alloc(0)))).equals(bytes)).toBe(true);
    const part = await blobs().read("t/ab/one.full", { start: 1_000, end: 2_500 });
    expect((await collect(part ?? once(Buffer.alloc(0)))).equals(bytes.subarray(1_000, 2_500))).toBe(true);
    for (const name of ["t/ab/two.full", "t/cd/three.full", "t/cd/four.thumb"])
      await blobs().write(name, once(bytes));
    const listed: string[] = [];
    for await (const name of blobs().list(clock.now())) listed.push(name);
    expect(listed.sort()).toEqual([...stored.keys()].sort());
    const young: string[] = [];
    for await (const name of blobs().list(new Date("2026-10-01"))) young.push(name);
    expect(young).toEqual([]);
    await blobs().remove("t/ab/one.full");
    await blobs().remove("t/ab/one.full");
    expect(await blobs().read("t/ab/one.full")).toBeUndefined();
    expect(await readdir(spoolFolder)).toEqual([]);
  });

  test("a wrong secret and a busy store are told apart by whether to try again", async () => {
    await expect(blobs("wrong").write("t/x", once(Buffer.from("x")))).rejects.toMatchObject({
      retryable: false,
    });
    failNext = 503;
    const busy = await blobs()
      .write("t/x", once(Buffer.from("x")))
      .catch((error: unknown) => error);
    failNext = 0;
    expect(busy).toBeInstanceOf(ExternalError);
    expect(busy).toMatchObject({ retryable: true, system: "media-store" });
    expect(await readdir(spoolFolder)).toEqual([]);
  });

  test("in the own network it needs the operator's exception", async () => {
    const strict = createGuardedFetch({ clock });
    const settings = {
      s3: { ...account, endpoint: `http://127.0.0.1:${port}` },
      fetch: strict,
      clock,
      spoolFolder,
    };
    await expect(new S3Blobs(settings).read("t/x")).rejects.toMatchObject({ reason: "private-address" });
    await strict.close();
  });
});
