import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { fixedClock } from "../clock.ts";
import { ExternalError } from "../errors.ts";
import { isRetryableStatus, retryAfterMs } from "./external-error.ts";
import { AddressRefusedError } from "./guarded-connector.ts";
import { createGuardedFetch, type GuardedFetch, type GuardedFetchSettings } from "./guarded-fetch.ts";

const clock = fixedClock("2026-11-20T02:00:00Z");
let server: Server;
let port: number;
let seen: { url: string; method: string; headers: IncomingMessage["headers"]; body: string }[] = [];
const open: GuardedFetch[] = [];

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "http://x");
  const to = url.searchParams.get("to");
  if (url.pathname === "/redirect" && to) {
    response.writeHead(Number(url.searchParams.get("status") ?? 302), { location: to }).end("moved");
  } else if (url.pathname === "/status") {
    response.writeHead(Number(url.searchParams.get("code")), { "retry-after": "7" }).end("no");
  } else if (url.pathname === "/big") {
    const stream = Readable.from(
      (function* () {
        for (let i = 0; i < 10_000; i += 1) yield Buffer.alloc(10_000, 65);
      })(),
    );
    stream.on("error", () => undefined);
    stream.pipe(response);
  } else if (url.pathname === "/bomb") {
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(20_000_000)));
  } else if (url.pathname === "/gzip") {
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("退款"));
  } else if (url.pathname === "/slow") {
    response.writeHead(200).write("a"); // and never ends
  } else if (url.pathname === "/cut") {
    response.writeHead(200, { "content-length": "100" }).write("half");
    response.socket?.destroy();
  } else response.writeHead(200, { "content-type": "application/json" }).end('{"ok":true}');
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.from(await request.toArray())).toString();
    seen.push({ url: request.url ?? "", method: request.method ?? "", headers: request.headers, body });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  seen = [];
  await Promise.all(open.splice(0).map((fetch) => fetch.close()));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A fetch that may reach the test server as test.lan, and nothing else that is private. */
function guarded(settings: Partial<GuardedFetchSettings> = {}): GuardedFetch {
  const fetch = createGuardedFetch({
    clock,
    allow: [{ purpose: "test", host: "test.lan", port }],
    resolve: async (host) => (host === "test.lan" ? ["127.0.0.1"] : ["93.184.216.34"]),
    ...settings,
  });
  open.push(fetch);
  return fetch;
}
const at = (path: string) => `http://test.lan:${port}${path}`;
const moved = (to: string, status = 302) => at(`/redirect?status=${status}&to=${encodeURIComponent(to)}`);

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AddressRefusedError) return error.reason;
  if (error instanceof ExternalError) return `${error.details.failure}, retryable ${error.retryable}`;
  return `not refused: ${String(error)}`;
}

describe("what may be called", () => {
  test("an exception by host, port and purpose is, and only that", async () => {
    const fetch = guarded();
    const reply = await fetch("test", at("/x?y=1"), {
      method: "POST",
      body: "hello",
      headers: { "x-a": "b" },
    });
    expect(await reply.json()).toEqual({ ok: true });
    expect(seen[0]).toMatchObject({ url: "/x?y=1", method: "POST", body: "hello" });
    expect(seen[0]?.headers).toMatchObject({ host: `test.lan:${port}`, "x-a": "b" });
    expect(await refusalOf(fetch("webhook", at("/")))).toBe("private-address");
    expect(await refusalOf(fetch("test", `http://127.0.0.1:${port}/`))).toBe("private-address");
    expect(seen).toHaveLength(1);
  });

  test.each([
    ["http://127.0.0.1", "private-address"],
    ["http://2130706433", "private-address"],
    ["http://0x7f.1", "private-address"],
    ["http://0177.0.0.1", "private-address"],
    ["http://[::1]", "private-address"],
    ["http://[::ffff:7f00:1]", "private-address"],
    ["http://169.254.169.254", "private-address"],
    ["http://[fd00:ec2::254]", "private-address"],
    ["http://user:secret@93.184.216.34", "credentials-in-address"],
    ["ftp://93.184.216.34", "not-http"],
    ["file:///etc/passwd", "not-http"],
  ])("%s is refused: %s", async (start, reason) => {
    const url = start.startsWith("http") ? `${start}:${port}/latest/meta-data` : start;
    expect(await refusalOf(guarded()("test", url))).toBe(reason);
    expect(seen).toHaveLength(0);
  });

  test("a name is refused when any of its addresses is private, or when it has none", async () => {
    const both = guarded({ resolve: async () => ["93.184.216.34", "10.0.0.1"] });
    expect(await refusalOf(both("test", "http://mixed.example/"))).toBe("private-address");
    const none = guarded({ resolve: async () => [] });
    expect(await refusalOf(none("test", "http://gone.example/"))).toBe("no-address");
  });

  test("our own ports are refused at our own addresses", async () => {
    const { networkInterfaces } = await import("node:os");
    const { judgedAddresses } = await import("./guarded-connector.ts");
    const own = Object.values(networkInterfaces()).flatMap((list) => list?.map((e) => e.address) ?? []);
    expect(own.length).toBeGreaterThan(0);
    const rules = { allow: [], ownPorts: [8787] };
    for (const address of own)
      expect(
        await refusalOf(judgedAddresses("webhook", rules, async () => [address], "me.example", 8787)),
      ).toMatch(/own-port|private-address/);
    const elsewhere = judgedAddresses("webhook", rules, async () => ["93.184.216.34"], "x.example", 8787);
    expect(await elsewhere).toEqual(["93.184.216.34"]);
  });

  test("a name that changes its address after the check is not followed (rebinding)", async () => {
    let lookups = 0;
    const resolve = async () => (lookups++ === 0 ? ["203.0.114.1"] : ["127.0.0.1"]);
    const fetch = guarded({ resolve, connectTimeoutMs: 200 });
    const first = await refusalOf(fetch("test", `http://rebind.example:${port}/`, { timeoutMs: 400 }));
    expect(first).toMatch(/^(connect-failed|timed-out), retryable true$/); // it tried the judged address
    expect(lookups).toBe(1);
    expect(await refusalOf(fetch("test", `http://rebind.example:${port}/`))).toBe("private-address");
    expect(seen).toHaveLength(0);
  });

  test("a name is looked up once per connection, and kept connections are used again", async () => {
    let lookups = 0;
    let connections = 0;
    const count = () => {
      connections += 1;
    };
    server.on("connection", count);
    const resolve = async () => {
      lookups += 1;
      return ["127.0.0.1"];
    };
    const fetch = guarded({ resolve });
    for (let i = 0; i < 6; i += 1) await (await fetch("test", at("/"))).bytes();
    server.off("connection", count);
    expect(lookups).toBe(connections);
    expect(connections).toBeLessThan(6);
    expect(seen).toHaveLength(6);
  });
});

describe("redirects", () => {
  test("are judged again", async () => {
    const fetch = guarded();
    expect(await refusalOf(fetch("test", moved(`http://127.0.0.1:${port}/secret`)))).toBe("private-address");
    expect(await refusalOf(fetch("test", moved("http://169.254.169.254/")))).toBe("private-address");
    expect(await refusalOf(fetch("test", moved("file:///etc/passwd")))).toBe("not-http");
    expect(seen.every(({ url }) => url.startsWith("/redirect"))).toBe(true);
  });

  test("are followed three times and no more", async () => {
    const hops = (count: number): string => (count === 0 ? at("/end") : moved(hops(count - 1)));
    const fetch = guarded();
    expect((await fetch("test", hops(3))).url).toBe(at("/end"));
    expect(await refusalOf(fetch("test", hops(4)))).toBe("too-many-redirects");
    expect((await fetch("test", hops(1), { maxRedirects: 0 })).status).toBe(302);
  });

  test("drop secrets at another origin, and keep them at the same", async () => {
    const allow = [
      { purpose: "test", host: "test.lan", port },
      { purpose: "test", host: "other.lan", port },
    ];
    const fetch = guarded({ allow, resolve: async () => ["127.0.0.1"] });
    const headers = { authorization: "Bearer s", "x-api-key": "k", "x-shop-signature": "z", accept: "a/b" };
    await fetch("test", moved(`http://other.lan:${port}/end`), { headers });
    expect(seen[1]?.headers).toMatchObject({ accept: "a/b", host: `other.lan:${port}` });
    expect(Object.keys(seen[1]?.headers ?? {})).not.toContain("authorization");
    expect(Object.keys(seen[1]?.headers ?? {})).not.toContain("x-api-key");
    expect(Object.keys(seen[1]?.headers ?? {})).not.toContain("x-shop-signature");
    await fetch("test", moved(at("/end")), { headers });
    expect(seen[3]?.headers.authorization).toBe("Bearer s");
  });

  test.each([
    [301, "GET", ""],
    [302, "GET", ""],
    [303, "GET", ""],
    [307, "POST", "order"],
    [308, "POST", "order"],
  ])("%i after a POST becomes %s", async (status, method, body) => {
    await guarded()("test", moved(at("/end"), status), { method: "POST", body: "order" });
    expect(seen[1]).toMatchObject({ method, body });
  });
});

describe("caps and failures", () => {
  test("bytes, also after decompression", async () => {
    const fetch = guarded();
    const bytesOf = async (path: string, maxBytes?: number) =>
      (await fetch("test", at(path), maxBytes === undefined ? {} : { maxBytes })).bytes();
    expect(await refusalOf(bytesOf("/big"))).toBe("too-large, retryable false");
    expect(await refusalOf(bytesOf("/bomb"))).toBe("too-large, retryable false");
    expect(await refusalOf(bytesOf("/", 5))).toBe("too-large, retryable false");
    expect((await bytesOf("/gzip")).toString()).toBe("退款");
  });

  test("time, before and inside the body", async () => {
    const reply = await guarded()("test", at("/slow"), { timeoutMs: 150 });
    expect(await refusalOf(reply.bytes())).toBe("timed-out, retryable true");
  });

  test("a caller's own abort comes back as it is", async () => {
    const abort = new AbortController();
    const reply = await guarded()("test", at("/slow"), { signal: abort.signal });
    abort.abort(new Error("no longer wanted"));
    await expect(reply.bytes()).rejects.toThrow("no longer wanted");
  });

  test("broken and refused connections", async () => {
    const fetch = guarded();
    expect(await refusalOf(fetch("test", at("/cut")).then((reply) => reply.bytes()))).toBe(
      "broken-off, retryable true",
    );
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const free = (closed.address() as AddressInfo).port;
    await new Promise((resolve) => closed.close(resolve));
    const nobody = guarded({ allow: [{ purpose: "test", host: "test.lan", port: free }] });
    expect(await refusalOf(nobody("test", `http://test.lan:${free}/`))).toBe(
      "connect-failed, retryable true",
    );
  });

  test("statuses say once whether to try again", async () => {
    const fetch = guarded();
    const judge = async (code: number) => {
      const reply = await fetch("test", at(`/status?code=${code}`));
      return fetch.expectOk("test", reply).catch((error: unknown) => error);
    };
    expect(await judge(503)).toMatchObject({
      retryable: true,
      retryAfterMs: 7_000,
      details: { status: 503 },
    });
    expect(await judge(429)).toMatchObject({ retryable: true, retryAfterMs: 7_000 });
    expect(await judge(404)).toMatchObject({ retryable: false, system: "test" });
    expect([400, 401, 403, 404, 410, 422, 501, 505].filter(isRetryableStatus)).toEqual([]);
    expect([408, 425, 429, 500, 502, 503, 504, 529].every(isRetryableStatus)).toBe(true);
    expect(retryAfterMs("Fri, 20 Nov 2026 02:00:30 GMT", clock.nowMs())).toBe(30_000);
    expect(retryAfterMs("nonsense", clock.nowMs())).toBeUndefined();
    expect(retryAfterMs("99999999", clock.nowMs())).toBe(86_400_000);
  });
});
