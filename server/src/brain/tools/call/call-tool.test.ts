// How sure it is what a call has done, where its sign-in or its second try fails; and that a secret, a token and a key go where
// they belong. Against a real HTTP server that answers what a test says.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type ToolDraft, toolDraft } from "@yingda/contract";
import { afterAll, beforeEach, expect, test } from "vitest";
import { testDatabase } from "../../../../test/database.ts";
import { testServices } from "../../../../test/services.ts";
import { makeCtx } from "../../../platform/context.ts";
import { listMcpTools } from "../mcp/mcp-client.ts";
import { changeAddress, systemDraft } from "../testing/drafts.ts";
import { callTool } from "./call-tool.ts";

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => unknown;
let answer: Answer = () => undefined;
let seen: { path: string; headers: IncomingMessage["headers"]; body: string }[] = [];
const server = createServer(async (request, response) => {
  const body = Buffer.concat((await request.toArray()) as Buffer[]).toString("utf8");
  seen.push({ path: request.url ?? "", headers: request.headers, body });
  answer(request, response, body);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;
const url = `http://127.0.0.1:${port}`;

const database = await testDatabase();
const services = await testServices(database, {
  config: { allowPrivate: [{ purpose: "tool", host: "127.0.0.1", port }] },
});
const { tenantId } = await database.tenant();
const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "test" } });

afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen = [];
});

const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
const token = (response: ServerResponse, name = "token-1") =>
  json(response, 200, { access_token: name, expires_in: 3_600 });
let version = 0;
function opened() {
  version += 1;
  const { secrets, ...draft } = systemDraft(url);
  return { ...draft, id: null, version, secrets };
}
const act = (tool: ToolDraft, connection = opened(), signal = AbortSignal.timeout(5_000)) =>
  callTool(ctx, { tool, connection, input: { orderNumber: "1002", address: "a" }, key: "run:1" }, signal);
const keyless = { ...changeAddress, idempotency: null };

test("a sign-in that breaks off has done nothing: it is tried again, and no colleague has to check", async () => {
  answer = ({ url: path }, response) => (path === "/token" ? response.destroy() : json(response, 200, {}));
  expect(await act(keyless)).toMatchObject({
    state: "failed",
    answer: { kind: "failure", why: "not-done" },
  });
  expect(seen.map(({ path }) => path)).toEqual(["/token", "/token"]);
});

test("a call that is given up takes no other's sign-in with it", async () => {
  const asked = Promise.withResolvers<ServerResponse>();
  answer = ({ url: path }, response) =>
    path === "/token" ? asked.resolve(response) : json(response, 200, { number: "R1" });
  const connection = opened();
  const givingUp = new AbortController();
  const first = act(keyless, connection, givingUp.signal);
  const held = await asked.promise;
  const second = act(keyless, connection);
  givingUp.abort();
  expect(await first).toMatchObject({ state: "failed", answer: { kind: "failure", why: "not-done" } });
  token(held);
  expect((await second).state).toBe("done");
});

test.each([
  ["in work already", 409, {}],
  ["gone", 404, {}],
  ["no", 200, { success: false }],
])("after a first try that may have done it, %s is no refusal", async (_, status, body) => {
  const statuses = [500, status];
  answer = ({ url: path }, response) =>
    path === "/token" ? token(response) : json(response, statuses.shift() ?? 200, body);
  expect(await act(changeAddress)).toMatchObject({ state: "unknown", answer: null });
});

test("a page to go on to, after a change, may mean that it was done", async () => {
  answer = ({ url: path }, response) =>
    path === "/token" ? token(response) : response.writeHead(303, { location: "/done" }).end();
  expect(await act(keyless)).toMatchObject({ state: "unknown", answer: null });
});

test.each<[string, Partial<ReturnType<typeof opened>>]>([
  ["a name", { headers: { "X Key": "1" } }],
  [
    "a secret",
    { auth: { kind: "key", sentAs: { in: "header", name: "X-Key", prefix: "" } }, secrets: { key: "密钥" } },
  ],
])("with %s that no header can have, nothing is sent, and it is said so", async (_, change) => {
  answer = (__, response) => json(response, 200, { number: "R1" });
  const result = await act(keyless, { ...opened(), auth: { kind: "none" }, ...change });
  expect(result).toMatchObject({
    state: "failed",
    answer: { kind: "failure", why: "not-done" },
    error: { code: "tool/input-missing", detail: expect.stringMatching(/^x[ -]key$/iu) },
  });
  expect(seen).toEqual([]);
});

test.each([
  [{ errcode: 40_058, errmsg: "库存不足" }, "failed"],
  [{ errcode: "1", errmsg: "库存不足" }, "failed"],
  [{ success: false, message: "库存不足" }, "failed"],
  [{ ok: false, error: "库存不足" }, "failed"],
  [{ errcode: 0, errmsg: "ok" }, "done"],
  [{ success: true, number: "R1" }, "done"],
  [{ errcode: null, ok: "no" }, "done"],
  [{ errcode: "OK" }, "done"],
])("a change that is answered %j is %s, whatever the status says", async (body, state) => {
  answer = (_, response) => json(response, 200, body);
  const result = await act(keyless, { ...opened(), auth: { kind: "none" } });
  expect(result.state).toBe(state);
  if (state === "failed")
    expect(result).toMatchObject({
      answer: { kind: "failure", why: "refused" },
      error: { code: "tool/refused", detail: expect.stringContaining("库存不足") },
    });
});

/** A server of MCP with one tool; `calls`: how its calls go. */
function mcp(calls: Answer): Answer {
  return (request, response, body) => {
    const { id, method, params } = JSON.parse(body || "{}");
    if (request.url === "/token") token(response);
    else if (method === "initialize")
      json(response, 200, {
        jsonrpc: "2.0",
        id,
        result: {
          protocolVersion: params.protocolVersion,
          capabilities: { tools: {} },
          serverInfo: { name: "x", version: "1" },
        },
      });
    else if (id === undefined) response.writeHead(202).end();
    else if (method === "tools/list") json(response, 200, { jsonrpc: "2.0", id, result: { tools: [] } });
    else calls(request, response, body);
  };
}
const book = (idempotency: ToolDraft["idempotency"]) =>
  toolDraft.parse({
    name: "bookings.make",
    title: "t",
    effect: "change",
    call: { kind: "mcp", tool: "book" },
    parameters: [{ name: "day", in: "body", isRequired: false, input: "day", value: "2026-11-25" }],
    idempotency,
  });
const plainMcp = () => ({ ...opened(), kind: "mcp" as const, auth: { kind: "none" as const } });

test.each([
  ["header", { "idempotency-key": "run:1" }, {}],
  ["body", {}, { "Idempotency-Key": "run:1" }],
] as const)("a call of MCP that is repeated carries its key in the %s", async (where, headers, given) => {
  answer = mcp((_, response) => response.destroy());
  await act(book({ in: where, name: "Idempotency-Key" }), plainMcp());
  const calls = seen.filter(({ body }) => body.includes("tools/call"));
  expect(calls).toHaveLength(2);
  for (const call of calls) {
    expect(call.headers).toMatchObject(headers);
    expect(JSON.parse(call.body).params.arguments).toEqual({ day: "2026-11-25", ...given });
  }
});

test("a server of MCP that is down before it is told anything has done nothing", async () => {
  answer = (_, response) => json(response, 500, {});
  expect(await act(book(null), plainMcp())).toMatchObject({
    state: "failed",
    answer: { kind: "failure", why: "not-done" },
  });
  answer = mcp((_, response) => response.destroy());
  expect(await act(book(null), plainMcp())).toMatchObject({ state: "unknown", answer: null });
});

test("the token of one system is not sent to the next that is looked at", async () => {
  let tokens = 0;
  const serving = mcp(() => undefined);
  answer = (request, response, body) => {
    if (request.url?.endsWith("/token") !== true) return serving(request, response, body);
    tokens += 1;
    return token(response, `token-of${request.url}`);
  };
  const look = (path: string) => {
    const { secrets, ...draft } = systemDraft(url);
    const auth = { ...draft.auth, tokenUrl: `${url}${path}/token` } as typeof draft.auth;
    const connection = { ...draft, kind: "mcp" as const, auth, id: null, version: 0, secrets };
    return listMcpTools(ctx, connection, AbortSignal.timeout(5_000));
  };
  await look("/a");
  await look("/b");
  const { headers } = seen.findLast(({ body }) => body.includes("tools/list")) ?? {};
  expect(headers?.authorization).toBe("Bearer token-of/b/token");
  expect(tokens).toBe(2);
});
