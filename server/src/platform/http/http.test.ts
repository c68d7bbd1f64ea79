import { describe, expect, test } from "vitest";
import { testApp } from "../../../test/app.ts";
import { testDatabase } from "../../../test/database.ts";

const app = await testApp(await testDatabase());
const { cookie, account, password } = await app.owner();

const codeOf = (reply: { json(): unknown }) => (reply.json() as { error: { code: string } }).error.code;

async function apiKey(scopes: string[]): Promise<string> {
  const reply = await app.inject("POST", "/api/api-keys", { cookie, body: { name: "key", scopes } });
  return (reply.json() as { key: string }).key;
}

describe("who may call", () => {
  test("nobody without a session, a wrong one or a wrong key", async () => {
    for (const options of [{}, { cookie: "yingda=wrong" }]) {
      const reply = await app.inject("GET", "/api/me", options);
      expect([reply.statusCode, codeOf(reply)]).toEqual([401, "auth/not-signed-in"]);
    }
    expect(codeOf(await app.inject("GET", "/api/faqs", { key: "wrong" }))).toBe("auth/token-invalid");
  });

  test("a state change needs our own origin: a foreign page, a hidden one and none at all are refused", async () => {
    const change = (origin: string | null) =>
      app.inject("PATCH", "/api/tenant", { cookie, origin, body: { name: "新店名" } });
    for (const origin of ["https://evil.example", "null", "http://localhost:81", "https://localhost", null]) {
      const reply = await change(origin);
      expect([origin, reply.statusCode, codeOf(reply)]).toEqual([origin, 403, "request/origin-refused"]);
    }
    expect((await change("http://localhost")).statusCode).toBe(200);
    // reading is not a change; signing in from a foreign page would plant a session
    expect(
      (await app.inject("GET", "/api/me", { cookie, headers: { origin: "https://evil.example" } }))
        .statusCode,
    ).toBe(200);
    const signIn = await app.inject("POST", "/api/session", {
      origin: "https://evil.example",
      body: { account, password },
    });
    expect(codeOf(signIn)).toBe("request/origin-refused");
  });

  test("a name that somebody pointed at this machine is no origin of ours", async () => {
    const reply = await app.inject("PATCH", "/api/tenant", {
      cookie,
      origin: "http://rebound.example",
      headers: { host: "rebound.example" },
      body: { name: "x" },
    });
    expect(codeOf(reply)).toBe("request/origin-refused");
  });

  test("an API key does what its scopes say, where keys are allowed, without an origin", async () => {
    const key = await apiKey(["knowledge-write"]);
    const draft = { question: "几点开门？", answer: "早上九点。" };
    expect((await app.inject("POST", "/api/faqs", { key, origin: null, body: draft })).statusCode).toBe(200);
    expect(codeOf(await app.inject("GET", "/api/conversations", { key }))).toBe("auth/scope-missing");
    expect(codeOf(await app.inject("GET", "/api/audit", { key }))).toBe("auth/not-allowed");
  });
});

describe("what comes in", () => {
  test("is refused with the fields that are wrong", async () => {
    const reply = await app.inject("POST", "/api/faqs", { cookie, body: { question: "", answer: 3 } });
    expect(reply.statusCode).toBe(400);
    expect(reply.json()).toMatchObject({
      error: {
        code: "request/invalid",
        details: {
          fields: [
            { path: "body.question", code: "too_small" },
            { path: "body.answer", code: "invalid_type" },
          ],
        },
        requestId: reply.headers["x-request-id"],
      },
    });
  });

  test("is JSON, whole and not too long", async () => {
    const send = (payload: string, type: string) =>
      app.http.inject({
        method: "POST",
        url: "/api/session",
        payload,
        headers: { "content-type": type, host: "localhost" },
      });
    expect(codeOf(await send("account=x", "application/x-www-form-urlencoded"))).toBe("request/not-json");
    expect((await send("{}", "text/plain")).statusCode).toBe(415);
    expect(codeOf(await send("{", "application/json"))).toBe("request/invalid");
    expect(codeOf(await send('{"__proto__":{"x":1}}', "application/json"))).toBe("request/invalid");
    const long = await send(
      JSON.stringify({ account: "x".repeat(65 * 1_024), password: "y" }),
      "application/json",
    );
    expect([long.statusCode, codeOf(long)]).toEqual([413, "request/too-large"]);
  });

  test("is limited per address", async () => {
    const wrong = () =>
      app.http.inject({
        method: "POST",
        url: "/api/invitations/read",
        remoteAddress: "203.0.113.9",
        payload: { token: "x" },
        headers: { host: "localhost", "content-type": "application/json" },
      });
    let reply = await wrong();
    for (let tries = 0; tries < 25 && reply.statusCode !== 429; tries += 1) reply = await wrong();
    expect([reply.statusCode, codeOf(reply)]).toEqual([429, "request/rate-limited"]);
    expect(Number(reply.headers["retry-after"])).toBeGreaterThan(0);
  });
});

describe("what goes out", () => {
  test("carries the strict headers, a page a nonce of its own, an API reply no cache", async () => {
    const api = await app.inject("GET", "/api/me", { cookie });
    expect(api.headers).toMatchObject({
      "content-security-policy": expect.stringContaining("default-src 'none'"),
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(api.headers["strict-transport-security"]).toBeUndefined();
    const page = () => app.inject("GET", "/inbox/anything", { headers: { accept: "text/html" } });
    const [first, second] = [await page(), await page()];
    const nonceOf = (reply: typeof first) =>
      /'nonce-([^']+)'/.exec(String(reply.headers["content-security-policy"]))?.[1];
    if (first.statusCode === 503) return; // the pages are not built in this checkout
    expect(first.body).toContain(`<script nonce="${nonceOf(first)}"`);
    expect(nonceOf(first)).not.toBe(nonceOf(second));
    expect(String(first.headers["content-security-policy"])).toContain("frame-ancestors 'none'");
  });

  test("an address that is nothing is JSON with its code, also below pages and files", async () => {
    for (const path of ["/api/nothing", "/w/nothing", "/assets/nothing.js", "/nothing.map", "/media/x/y/z"]) {
      const reply = await app.inject("GET", path, { headers: { accept: "text/html" } });
      expect([path, reply.statusCode]).toEqual([path, 404]);
      expect(codeOf(reply)).toMatch(/not-found$/);
    }
  });

  test("a sign-in over https gets the bound cookie, over http the plain one", async () => {
    const proxied = await testApp(await testDatabase(), {
      config: { trustProxy: 1, publicUrl: "https://kf.example.com" },
    });
    const made = await proxied.owner();
    const signIn = (headers: Record<string, string>, origin: string) =>
      proxied.inject("POST", "/api/session", {
        origin,
        headers,
        body: { account: made.account, password: made.password },
      });
    const secure = await signIn(
      { "x-forwarded-proto": "https", "x-forwarded-host": "kf.example.com" },
      "https://kf.example.com",
    );
    expect(String(secure.headers["set-cookie"])).toMatch(
      /^__Host-yingda=.*Path=\/;.*HttpOnly; Secure; SameSite=Lax$/,
    );
    const plain = await signIn({}, "http://localhost");
    expect(String(plain.headers["set-cookie"])).toMatch(/^yingda=.*HttpOnly; SameSite=Lax$/);
  });
});

describe("monitoring", () => {
  test("health is open, figures are for this machine or a key", async () => {
    const health = await app.inject("GET", "/health");
    expect(health.json()).toMatchObject({ status: "ok", ready: true });
    const far = (headers: Record<string, string> = {}) =>
      app.http.inject({ method: "GET", url: "/metrics", remoteAddress: "203.0.113.7", headers });
    expect((await far()).statusCode).toBe(401);
    expect((await far({ authorization: `Bearer ${await apiKey(["knowledge-read"])}` })).statusCode).toBe(401);
    expect((await far({ authorization: `Bearer ${await apiKey(["health-read"])}` })).statusCode).toBe(200);
    const near = await app.inject("GET", "/metrics");
    expect(near.body).toMatch(/yingda_outbox_waiting \d/);
    expect(near.body).toMatch(/yingda_http_requests_total\{method="GET",status="2xx"\} \d+/);
  });

  test("the OpenAPI document is served", async () => {
    const reply = await app.inject("GET", "/api/openapi.json");
    expect(reply.json()).toMatchObject({ openapi: "3.1.0", info: { version: "test" } });
  });
});
