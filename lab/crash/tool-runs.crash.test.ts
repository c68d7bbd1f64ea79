// The server is killed between the steps of what a customer has confirmed: as soon as the yes is acknowledged, or after the
// shop's system has done it and before the server heard so. After the next start it stands done exactly once and is told, or,
// where the system does not know a repeated request, a person is asked to check; it is never done twice.
import { createHmac, randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { changeAddress, findOrder, systemDraft } from "../../server/src/brain/tools/testing/drafts.ts";
import { ShopSystem } from "../../server/test/shop-system.ts";
import {
  type LabServer,
  newDataFolder,
  type Owner,
  removeDataFolder,
  signInOwner,
  startServer,
} from "../shared/server.ts";

const address = "杭州市西湖区文三路1号";
const longestWaitMs = 90_000;
let system: ShopSystem;
let dataFolder: string;
let server: LabServer;
let owner: Owner;
let inbox: { id: string; secret: string };

beforeEach(async () => {
  system = await ShopSystem.start();
  dataFolder = newDataFolder();
  server = await start();
  owner = await signInOwner(server);
  inbox = await owner
    .call<{ id: string }>("POST", "/api/inboxes", { channel: "api", name: "crash" })
    .then(async ({ id }) => ({
      id,
      ...(await owner.call<{ secret: string }>("POST", `/api/inboxes/${id}/secret`)),
    }));
});
afterEach(async () => {
  await server.stop();
  await system.stop();
  removeDataFolder(dataFolder);
});

const start = (port?: number) =>
  startServer({
    dataFolder,
    env: { YINGDA_ALLOW_PRIVATE: `tool=127.0.0.1:${system.port}` },
    ...(port === undefined ? {} : { port }),
  });

async function killAndRestart(): Promise<void> {
  const { port } = server;
  await server.kill();
  server = await start(port);
  owner = await signInOwner(server);
}

/** `hasKey`: the system knows a repeated request by its key. */
async function connect(hasKey: boolean): Promise<void> {
  const change = { ...changeAddress, timeoutMs: 20_000 };
  const tools = [{ ...findOrder, timeoutMs: 4_000 }, hasKey ? change : { ...change, idempotency: null }];
  await owner.call("POST", "/api/tool-connections", { connection: systemDraft(system.url), tools });
  await owner.call("PUT", "/api/flows/address-change", { isOn: true });
}

async function write(text: string): Promise<void> {
  const body = JSON.stringify({
    contact: { id: "wang" },
    message: { id: randomUUID(), content: { kind: "text", text } },
  });
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac("sha256", inbox.secret).update(`${timestamp}.${body}`).digest("hex");
  const reply = await fetch(`${server.base}/hooks/api/${inbox.id}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "yingda-timestamp": timestamp,
      "yingda-signature": `v1=${signature}`,
      "yingda-id": randomUUID(),
    },
    body,
  });
  expect(reply.status).toBe(202);
}

interface Listed {
  conversations: { id: string; handoff: { summary: string } | null }[];
}

/** What the bot has said so far, line by line. */
async function said(): Promise<string> {
  const lists = await Promise.all(
    ["bot", "queue"].map((list) => owner.call<Listed>("GET", `/api/conversations?list=${list}`)),
  );
  const [conversation] = lists.flatMap(({ conversations }) => conversations);
  if (conversation === undefined) return "";
  const { messages } = await owner.call<{
    messages: { author: { kind: string }; content: { text?: string } }[];
  }>("GET", `/api/conversations/${conversation.id}/messages`);
  return messages
    .flatMap(({ author, content }) => (author.kind === "bot" ? [content.text ?? ""] : []))
    .join("\n");
}

const until = (words: string) =>
  expect.poll(said, { timeout: longestWaitMs, interval: 100 }).toContain(words);
const times = (text: string, words: string) => text.split(words).length - 1;

async function confirm(): Promise<void> {
  for (const [line, answer] of [
    ["改地址", "请告诉我订单号"],
    ["1002", "请发新的完整地址"],
    [address, "请确认：订单 1002"],
  ] as const) {
    await write(line);
    await until(answer);
  }
  await write("是");
}

test("done by the system and not yet heard of: after the kill the same key is sent, and it stands once", async () => {
  await connect(true);
  system.moods = ["well", "silent-after"];
  await confirm();
  await expect.poll(() => system.returns.length, { timeout: longestWaitMs, interval: 20 }).toBe(1);
  await killAndRestart();
  await until("地址已改为");
  expect(times(await said(), "地址已改为")).toBe(1);
  expect(system.returns).toHaveLength(1);
  const keys = system.seen.flatMap(({ path, headers }) =>
    path === "/returns" ? [headers["idempotency-key"]] : [],
  );
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
}, 240_000);

test("done by a system that knows no repeated request: it is not asked again, and a person is told to check", async () => {
  await connect(false);
  system.moods = ["well", "silent-after"];
  await confirm();
  await expect.poll(() => system.returns.length, { timeout: longestWaitMs, interval: 20 }).toBe(1);
  await killAndRestart();
  const waiting = async () => {
    const { conversations } = await owner.call<Listed>("GET", "/api/conversations?list=queue");
    return conversations[0]?.handoff?.summary ?? "";
  };
  await expect.poll(waiting, { timeout: longestWaitMs, interval: 100 }).toContain("请核实是否办成");
  expect(await said()).not.toContain("地址已改为");
  expect(system.seen.filter(({ path }) => path === "/returns")).toHaveLength(1);
}, 240_000);

test("killed as soon as the yes is acknowledged, three times over: it stands once and is told once", async () => {
  await connect(true);
  await confirm();
  for (let round = 0; round < 3; round += 1) await killAndRestart();
  await until("地址已改为");
  expect(times(await said(), "地址已改为")).toBe(1);
  expect(system.returns).toHaveLength(1);
}, 240_000);
