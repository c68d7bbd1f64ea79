// A confirmed `do` step on a real database with the real brain and the demo's order system: done once, told once, whatever
// is cut off in between.
import type { ConversationId } from "@yingda/contract";
import { textOf } from "@yingda/contract";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { type TestShop, testShop } from "../../../test/line.ts";
import { startServices, type TestServices, testServices } from "../../../test/services.ts";
import { switchFlow } from "../../brain/index.ts";
import { deleteInbox, getThread, presentConversations } from "../../conversations/index.ts";
import { claimConversation, returnToBot } from "../../routing/index.ts";
import { createTurns, type Turns } from "../index.ts";
import { executeToolRun } from "./execute-tool-run.ts";

const database = await testDatabase();
let services: TestServices;
let shop: TestShop;
let turns: Turns;

beforeAll(async () => {
  services = await testServices(database);
});
beforeEach(async () => {
  shop = await testShop(services, database);
  turns = createTurns();
  await switchFlow(shop.ctx, "address-change", true, "demo");
});
afterEach(() => turns.stop());

async function linesOf(id: ConversationId, kind: "outbound" | "note" = "outbound"): Promise<string[]> {
  const { messages } = await getThread(shop.ctx, id, {});
  return messages.flatMap((message) =>
    message.author.kind === "bot" && message.kind === kind && message.content.kind !== "notice"
      ? [textOf(message.content)]
      : [],
  );
}
async function say(text: string, who = "wang"): Promise<ConversationId> {
  const id = await shop.write(who, text);
  await turns.run(shop.ctx, id);
  services.clock.advance(10_000);
  await turns.sweep(services);
  return id;
}
const address = "浙江省杭州市西湖区文三路 100 号 5 幢 302 室";
async function confirmed(): Promise<ConversationId> {
  await say("改地址");
  await say("1002");
  await say(address);
  return say("对");
}
interface Run {
  id: string;
  state: string;
  attempts: number;
  told: boolean;
}
async function runsOf(id: ConversationId): Promise<Run[]> {
  return database.asAdmin<Run>(
    `select id, state, attempts, told_at is not null as told from tool_run
     where tenant_id = $1 and conversation_id = $2 order by asked_at`,
    [shop.tenantId, id],
  );
}
async function runOf(id: ConversationId): Promise<Run> {
  const [run] = await runsOf(id);
  if (run === undefined) throw new Error("no tool was asked");
  return run;
}
async function effects(): Promise<number> {
  const [row] = await database.asAdmin<{ count: number }>(
    "select count(*)::int as count from demo_change where tenant_id = $1",
    [shop.tenantId],
  );
  return row?.count ?? -1;
}
const told = "地址已改为";
const countTold = async (id: ConversationId) =>
  (await linesOf(id)).filter((line) => line.startsWith(told)).length;
/** As the event brings it, also a second time and after a crash. */
function deliver(id: ConversationId, toolRunId: string, by = turns): Promise<void> {
  const event = { kind: "tool-run-asked", payload: { conversationId: id, toolRunId } };
  return by.toolRuns.handle?.(shop.ctx, event as never, (() => {}) as never) ?? Promise.resolve();
}

test("a yes is done once by the tool, and the customer who is silent is told", async () => {
  const id = await confirmed();
  expect((await linesOf(id)).at(-1)).toBe("好的，正在为您办理，结果马上在这里告诉您。");
  const run = await runOf(id);
  expect(run).toMatchObject({ state: "asked", told: false });
  expect(await effects()).toBe(0); // nothing before the reply was written
  await deliver(id, run.id);
  expect((await linesOf(id)).at(-1)).toBe(`地址已改为“${address}”。`);
  expect(await runOf(id)).toMatchObject({ state: "done", attempts: 1, told: true });
  expect(await effects()).toBe(1);
  const sealed = await database.asAdmin<{ all: string }>(
    `select encode(sealed_work, 'escape') || encode(sealed_answer, 'escape') || (select string_agg(encode(sealed_input, 'escape'), '')
       from demo_change where tenant_id = $1) as all from tool_run where tenant_id = $1`,
    [shop.tenantId],
  );
  expect(sealed[0]?.all).not.toContain("orderNumber");
  expect(sealed[0]?.all).not.toContain("address-change");
});

describe("exactly once", () => {
  test("the same event again changes and says nothing", async () => {
    const id = await confirmed();
    const run = await runOf(id);
    for (let times = 0; times < 3; times += 1) await deliver(id, run.id);
    expect(await effects()).toBe(1);
    expect(await countTold(id)).toBe(1);
  });

  test("two servers that hear it at the same moment", async () => {
    const id = await confirmed();
    const run = await runOf(id);
    const other = createTurns();
    await Promise.allSettled([deliver(id, run.id), deliver(id, run.id, other), deliver(id, run.id)]);
    await deliver(id, run.id, other);
    await other.stop();
    expect(await effects()).toBe(1);
    expect(await countTold(id)).toBe(1);
  });

  test("a crash after the row was claimed and before the tool was called", async () => {
    const id = await confirmed();
    const run = await runOf(id);
    await database.asAdmin("update tool_run set state = 'running', attempts = 1 where id = $1", [run.id]);
    await deliver(id, run.id, createTurns()); // a new process
    expect(await effects()).toBe(1);
    expect(await countTold(id)).toBe(1);
    expect(await runOf(id)).toMatchObject({ state: "done", attempts: 2 });
  });

  test("a crash after the tool had done it and before that was written", async () => {
    const id = await confirmed();
    const run = await runOf(id);
    await executeToolRun(shop.ctx, run.id);
    expect(await effects()).toBe(1);
    await database.asAdmin(
      "update tool_run set state = 'running', ended_at = null, sealed_answer = null where id = $1",
      [run.id],
    );
    await deliver(id, run.id, createTurns());
    expect(await effects()).toBe(1);
    expect(await countTold(id)).toBe(1);
  });

  test("a crash after the result was written and before the customer was told", async () => {
    const id = await confirmed();
    const run = await runOf(id);
    await executeToolRun(shop.ctx, run.id);
    expect(await countTold(id)).toBe(0);
    await deliver(id, run.id, createTurns());
    expect(await effects()).toBe(1);
    expect(await countTold(id)).toBe(1);
  });

  test("an event that was lost is made good by the sweep", async () => {
    const id = await confirmed();
    services.clock.advance(10 * 60_000);
    await turns.sweep(services);
    await turns.sweep(services);
    expect(await effects()).toBe(1);
    expect(await countTold(id)).toBe(1);
  });

  test("a tool that is slow is not taken for forgotten while this process waits for it", async () => {
    const id = await confirmed();
    const run = await runOf(id);
    const slow = await services.db.dedicated("owner");
    await slow.query("begin; lock table demo_change in access exclusive mode");
    const delivered = deliver(id, run.id);
    try {
      await vi.waitFor(async () => expect(await runOf(id)).toMatchObject({ state: "running" }));
      // as after two tries that were cut off, and long after the customer's yes
      await database.asAdmin("update tool_run set attempts = 3 where id = $1", [run.id]);
      services.clock.advance(10 * 60_000);
      await turns.sweep(services);
      expect(await runOf(id)).toMatchObject({ state: "running", told: false });
    } finally {
      await slow.query("commit");
      await slow.end();
      await delivered;
    }
    expect(await runOf(id)).toMatchObject({ state: "done", told: true });
    expect(await countTold(id)).toBe(1);
  });

  test("the outbox itself brings it, without anybody's help", async () => {
    const own = await testServices(database);
    const line = createTurns();
    own.outbox.subscribe(line.toolRuns);
    await startServices(own);
    shop = await testShop(own, database);
    await switchFlow(shop.ctx, "address-change", true, "demo");
    const talk = async (text: string) => {
      const id = await shop.write("li", text);
      await line.run(shop.ctx, id);
      own.clock.advance(10_000);
      await line.sweep(own);
      return id;
    };
    for (const text of ["改地址", "1002", address]) await talk(text);
    const id = await talk("对");
    await expect.poll(() => countTold(id)).toBe(1);
    expect(await effects()).toBe(1);
    await line.stop();
  });
});

describe("what goes on meanwhile", () => {
  test("a cut-off try that was the third goes to a person, who is told that nobody knows", async () => {
    const id = await confirmed();
    const run = await runOf(id);
    await database.asAdmin("update tool_run set state = 'running', attempts = 3 where id = $1", [run.id]);
    await deliver(id, run.id);
    expect(await effects()).toBe(0);
    expect(await runOf(id)).toMatchObject({ state: "unknown", told: true });
    const [conversation] = await presentConversations(shop.ctx, [id]);
    expect(conversation).toMatchObject({ handler: { kind: "queue" }, handoff: { reason: "held" } });
    expect(conversation?.handoff?.summary).toContain("没有收到结果，请核实是否办成：change");
    expect(conversation?.handoff?.summary).toContain(`地址：${address}`);
  });

  test("what the customer writes while the tool works is answered, and the outcome still comes", async () => {
    const id = await confirmed();
    const run = await runOf(id);
    await shop.write("wang", "快点");
    await deliver(id, run.id);
    const lines = await linesOf(id);
    expect(lines.slice(-2)).toEqual(["正在为您办理，请稍等。", `地址已改为“${address}”。`]);
    expect(await countTold(id)).toBe(1);
  });

  test("a person who took over reads it in a note, the customer hears nothing from the bot", async () => {
    const id = await confirmed();
    const run = await runOf(id);
    const agent = await shop.member("小李");
    await claimConversation(agent.ctx, id);
    await deliver(id, run.id);
    expect(await countTold(id)).toBe(0);
    expect(await linesOf(id, "note")).toEqual([expect.stringContaining("系统已经办成")]);
    expect(await effects()).toBe(1);
    await deliver(id, run.id);
    expect(await linesOf(id, "note")).toHaveLength(1);
    // given back, the bot does not wait for what the person has read
    await returnToBot(agent.ctx, id);
    await say("算了");
    expect((await linesOf(id)).at(-1)).not.toContain("正在为您办理");
  });

  test("who is handed over while the outcome was to be told begins anew with the bot", async () => {
    const own = await testServices(database);
    await startServices(own);
    shop = await testShop(own, database);
    await switchFlow(shop.ctx, "address-change", true, "demo");
    const agent = await shop.member("小李");
    const talk = async (text: string) => {
      const id = await shop.write("wang", text);
      await turns.run(shop.ctx, id);
      own.clock.advance(10_000);
      await turns.sweep(own);
      return id;
    };
    for (const text of ["改地址", "1002", address]) await talk(text);
    const id = await talk("对");
    const run = await runOf(id);
    await shop.write("wang", "转人工");
    await deliver(id, run.id);
    expect(await linesOf(id, "note")).toHaveLength(1);
    await claimConversation(agent.ctx, id);
    await returnToBot(agent.ctx, id);
    await talk("算了");
    expect((await linesOf(id)).at(-1)).not.toContain("正在为您办理");
  });

  test("of a chat that is no more nobody is told, once and for all", async () => {
    const id = await confirmed();
    const run = await runOf(id);
    const admin = await shop.member("管", { role: "admin" });
    await deleteInbox(admin.ctx, shop.inbox.id);
    await deliver(id, run.id);
    expect(await runOf(id)).toMatchObject({ state: "done", told: true });
  });

  test("a tool that was disconnected meanwhile has not done it, and the flow's own branch says so", async () => {
    const id = await confirmed();
    const run = await runOf(id);
    await switchFlow(shop.ctx, "address-change", true, null);
    await deliver(id, run.id);
    expect(await effects()).toBe(0);
    expect(await runOf(id)).toMatchObject({ state: "failed" });
    const [conversation] = await presentConversations(shop.ctx, [id]);
    expect(conversation?.handler.kind).toBe("queue");
    expect(conversation?.handoff?.summary).toContain("改地址没有办成，请人工处理");
    expect(conversation?.handoff?.summary).not.toContain("没有收到结果");
  });
});
