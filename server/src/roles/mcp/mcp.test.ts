// Our MCP server and our MCP client on real HTTP: the SDK's own client asks the bot and reads data by its key's scopes, and a
// shop's MCP server (here: our own, of another shop) becomes tools of a flow.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { connectionDraft, type Permission } from "@yingda/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testApp } from "../../../test/app.ts";
import { testDatabase } from "../../../test/database.ts";

const database = await testDatabase();
const exits: { purpose: string; host: string; port: number }[] = [];
const app = await testApp(database, { config: { allowPrivate: exits } });
let address = "";
let cookie = "";
const clients: Client[] = [];

beforeAll(async () => {
  address = await app.listen();
  exits.push({ purpose: "tool", host: "127.0.0.1", port: Number(new URL(address).port) });
  ({ cookie } = await app.owner());
  const faq = { question: "怎么退货", answer: "七天内可以退货。", phrasings: ["退货怎么弄"] };
  expect((await app.inject("POST", "/api/faqs", { cookie, body: faq })).statusCode).toBe(200);
});
afterAll(async () => {
  for (const client of clients) await client.close();
});

async function keyWith(scopes: Permission[]): Promise<string> {
  const made = await app.inject("POST", "/api/api-keys", { cookie, body: { name: "mcp", scopes } });
  return made.json().key as string;
}
async function connect(key: string): Promise<Client> {
  const transport = new StreamableHTTPClientTransport(new URL(`${address}/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${key}` } },
  });
  const client = new Client({ name: "another's agent", version: "1.0.0" });
  await client.connect(transport as never);
  clients.push(client);
  return client;
}

test("another's agent asks the bot and searches what the shop knows; nothing is recorded", async () => {
  const client = await connect(await keyWith(["knowledge-read"]));
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(["ask_bot", "search_knowledge"]);
  const asked = await client.callTool({ name: "ask_bot", arguments: { question: "怎么退货" } });
  expect(asked.structuredContent).toMatchObject({ outcome: "answer", text: "七天内可以退货。" });
  const found = await client.callTool({ name: "search_knowledge", arguments: { query: "退货" } });
  expect(found.structuredContent).toMatchObject({ results: [{ answer: "七天内可以退货。" }] });
  const [{ count } = { count: -1 }] = await database.asAdmin<{ count: number }>(
    "select count(*)::int as count from conversation",
  );
  expect(count).toBe(0);
});

test("a key sees and calls only what its scopes allow", async () => {
  const client = await connect(await keyWith(["conversations-read"]));
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual([
    "list_conversations",
    "get_conversation",
  ]);
  const refused = await client.callTool({ name: "ask_bot", arguments: { question: "怎么退货" } });
  expect(refused.isError).toBe(true);
  expect((await client.callTool({ name: "list_conversations", arguments: {} })).structuredContent).toEqual({
    conversations: [],
  });
  const missing = { id: "0193e3b4-0000-7000-8000-000000000000" };
  expect(await client.callTool({ name: "get_conversation", arguments: missing })).toMatchObject({
    isError: true,
    content: [{ text: "conversation/not-found" }],
  });
  expect((await client.callTool({ name: "list_conversations", arguments: { limit: 9_999 } })).isError).toBe(
    true,
  );
});

test("without a key nobody comes in, with a session neither", async () => {
  const body = { jsonrpc: "2.0", id: 1, method: "tools/list" };
  expect((await app.inject("POST", "/mcp", { body })).statusCode).toBe(401);
  expect((await app.inject("POST", "/mcp", { body, cookie })).statusCode).toBe(401);
  expect((await app.inject("POST", "/mcp", { body, key: "yd_wrong" })).statusCode).toBe(401);
  expect((await app.inject("GET", "/mcp")).statusCode).toBe(405);
});

test("an MCP server of a shop is described, connected, and called as a tool", async () => {
  const key = await keyWith(["knowledge-read"]);
  const connection = connectionDraft.parse({
    name: "别家的知识",
    kind: "mcp",
    baseUrl: `${address}/mcp`,
    auth: { kind: "key", sentAs: { in: "header", name: "Authorization", prefix: "Bearer " } },
    secrets: { key },
  });
  const described = await app.inject("POST", "/api/tools/describe-mcp", { cookie, body: connection });
  expect(described.statusCode).toBe(200);
  const { tools } = described.json();
  expect(tools).toMatchObject([
    { title: "问店铺的机器人 · Ask the shop's bot", effect: "read", call: { kind: "mcp", tool: "ask_bot" } },
    { effect: "read", call: { kind: "mcp", tool: "search_knowledge" } },
  ]);
  expect(tools[0].parameters[0]).toMatchObject({ name: "question", isRequired: true, input: "question" });
  const added = await app.inject("POST", "/api/tool-connections", { cookie, body: { connection, tools } });
  expect(added.statusCode).toBe(200);
  const [ask] = added.json().tools;
  const tried = await app.inject("POST", `/api/tools/${ask.id}/test`, {
    cookie,
    body: { input: { question: "怎么退货" }, isLive: true },
  });
  expect(tried.json().reply).toMatchObject({
    state: "done",
    fields: { text: "七天内可以退货。" },
    error: null,
  });
  expect(JSON.stringify(tried.json())).not.toContain(key);
});

interface Broken {
  secrets?: { key: string };
  path?: string;
  baseUrl?: string;
}
test.each<[string, Broken, string]>([
  ["a wrong key", { secrets: { key: "yd_wrong" } }, "tool/sign-in-refused"],
  ["a page instead", { path: "/" }, "tool/"],
  ["a private address", { baseUrl: "http://10.0.0.1/mcp" }, "tool/address-refused"],
])("%s is told in the owner's words", async (_what, { secrets, path, baseUrl }, code) => {
  const connection = connectionDraft.parse({
    name: "坏",
    kind: "mcp",
    baseUrl: baseUrl ?? `${address}${path ?? "/mcp"}`,
    auth: { kind: "key", sentAs: { in: "header", name: "Authorization", prefix: "Bearer " } },
    secrets: secrets ?? { key: "none" },
  });
  const described = await app.inject("POST", "/api/tools/describe-mcp", { cookie, body: connection });
  expect(described.json().error.code).toContain(code);
});
