// Searching 1,000,000 encrypted messages in 100,000 conversations, and the inbox and threads beside it, over HTTP as the workbench asks.
// Query mix: 25% one character, 35% two, 25% four or more, 10% numbers, 5% without a hit.
// Usage: npm run lab -- search [--conversations 100000] [--queries 1000]
import type { InboxId, TenantId, UserId } from "@yingda/contract";
import { percentile, printResult, round, say } from "../shared/figures.ts";
import {
  newDataFolder,
  type Owner,
  removeDataFolder,
  signInOwner,
  startServer,
  webInboxKey,
} from "../shared/server.ts";
import { Visitor } from "../shared/visitor.ts";
import { fill } from "./fill.ts";
import { type QueryKind, queryAt, seeded } from "./words.ts";

function argument(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return Number((at > 0 ? process.argv[at + 1] : undefined) ?? fallback);
}

const conversations = argument("conversations", 100_000);
const queries = argument("queries", 1_000);
const messagesEach = 10;

const dataFolder = newDataFolder();
const first = await startServer({ dataFolder });
const me = await (await signInOwner(first)).call<{ user: { id: UserId }; tenant: { id: TenantId } }>(
  "GET",
  "/api/me",
);
const inboxes = await (await signInOwner(first)).call<{ id: InboxId; channel: string }[]>(
  "GET",
  "/api/inboxes",
);
const inbox = inboxes.find((one) => one.channel === "web");
if (!inbox) throw new Error("there is no web inbox");
await first.stop();

say(`filling ${conversations} conversations of ${messagesEach} messages …`);
const filledFrom = performance.now();
await fill({
  dataFolder,
  tenantId: me.tenant.id,
  inboxId: inbox.id,
  agentId: me.user.id,
  conversations,
  messagesEach,
});
say(`  took ${Math.round((performance.now() - filledFrom) / 1_000)} s`);

const server = await startServer({ dataFolder });
const owner = await signInOwner(server);
const random = seeded(7);

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

say("searching …");
const byKind = new Map<QueryKind, number[]>();
const searches: number[] = [];
for (let number = 0; number < queries + 20; number += 1) {
  const { kind, q } = queryAt(random);
  const tookMs = await timed(() => owner.call("GET", `/api/search?${new URLSearchParams({ q })}`));
  if (number < 20) continue;
  searches.push(tookMs);
  byKind.set(kind, [...(byKind.get(kind) ?? []), tookMs]);
}
for (const [kind, times] of byKind)
  say(
    `  ${kind}: p50 ${round(percentile(times, 0.5))}, p95 ${round(percentile(times, 0.95))} ms (${times.length})`,
  );

say("inbox lists and threads …");
const lists = ["open", "bot", "queue", "resolved", "attention", "mine"];
const inboxTimes: number[] = [];
const threadTimes: number[] = [];
for (let number = 0; number < 500; number += 1) {
  const list = lists[number % lists.length] ?? "open";
  let page: { conversations: { id: string }[] } = { conversations: [] };
  inboxTimes.push(
    await timed(async () => {
      page = await owner.call("GET", `/api/conversations?list=${list}&limit=50`);
    }),
  );
  const id = page.conversations[Math.floor(random() * page.conversations.length)]?.id;
  if (id)
    threadTimes.push(await timed(() => owner.call("GET", `/api/conversations/${id}/messages?limit=50`)));
}

say("how soon a new line is found …");
const lags: number[] = [];
const key = await webInboxKey(owner);
for (let number = 0; number < 20; number += 1) lags.push(await indexLag(owner, key, number));

await server.stop();
removeDataFolder(dataFolder);
printResult({
  searchP95Ms: round(percentile(searches, 0.95)),
  inboxP99Ms: round(percentile(inboxTimes.slice(12), 0.99)),
  threadP99Ms: round(percentile(threadTimes.slice(10), 0.99)),
  indexLagMs: round(percentile(lags, 0.95), 0),
  conversations,
  messages: conversations * messagesEach,
});
process.exit(0);

/** ms from the acknowledgement of a line with a word of its own to the first search that finds it. */
async function indexLag(asOwner: Owner, publicKey: string, number: number): Promise<number> {
  const word = `LAG${Math.floor(random() * 1e9)}`;
  const visitor = new Visitor(server.base, publicKey, 60_000 + number);
  await visitor.ready();
  await visitor.accepted(`我的订单号是${word}`);
  const started = performance.now();
  for (;;) {
    const { hits } = await asOwner.call<{ hits: unknown[] }>(
      "GET",
      `/api/search?${new URLSearchParams({ q: word })}`,
    );
    if (hits.length > 0) break;
    if (performance.now() - started > 30_000) throw new Error("a new line was not found within 30 s");
    await new Promise((done) => setTimeout(done, 20));
  }
  visitor.close();
  return performance.now() - started;
}
