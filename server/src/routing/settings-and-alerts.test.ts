// Business hours as a setting and what follows from them; the owner's alert, sent to a real receiver.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { BusinessHours } from "@yingda/contract";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../../test/database.ts";
import { type TestShop, testShop } from "../../test/line.ts";
import { type TestServices, testServices } from "../../test/services.ts";
import { transact } from "../platform/db/index.ts";
import { createGuardedFetch } from "../platform/net/index.ts";
import {
  alertOwner,
  alertSubscriber,
  availability,
  claimConversation,
  createRoutingSweep,
  getHours,
  hasHours,
  sendAlert,
  setHours,
  tellNobody,
} from "./index.ts";

const database = await testDatabase();
let services: TestServices;
let shop: TestShop;
const heard: { path: string; body: unknown }[] = [];
let server: Server;
let answer = { status: 200, body: "{}" };
let receiver: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
    });
    request.on("end", () => {
      heard.push({ path: request.url ?? "", body: JSON.parse(text) });
      response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  receiver = `http://127.0.0.1:${port}/alerts`;
  services = await testServices(database);
  await services.fetch.close();
  services.fetch = createGuardedFetch({
    clock: services.clock,
    allow: [{ purpose: "webhook", host: "127.0.0.1", port }],
  });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(async () => {
  shop = await testShop(services, database);
  heard.length = 0;
  answer = { status: 200, body: "{}" };
});

async function withWebhook(): Promise<void> {
  const vault = await services.vault.forTenant(shop.tenantId);
  const sealed = vault.seal(
    { table: "tenant", column: "sealed_alert_webhook", row: shop.tenantId },
    receiver,
  );
  await database.asAdmin("update tenant set sealed_alert_webhook = $2 where tenant_id = $1", [
    shop.tenantId,
    sealed,
  ]);
  services.clock.advance(10_000); // settings are kept a moment
}

describe("business hours", () => {
  const nineToSix = [{ opensMinute: 540, closesMinute: 1_080 }];
  const hours: BusinessHours = {
    timeZone: "Asia/Shanghai",
    week: [nineToSix, nineToSix, nineToSix, nineToSix, nineToSix, [], []],
    holidays: [],
  };

  test("always open until somebody sets them", async () => {
    expect(await hasHours(shop.ctx)).toBe(false);
    expect((await getHours(shop.ctx)).week.flat()).toHaveLength(7);
    const lunch = { opensMinute: 900, closesMinute: 1_000 };
    const stored = await setHours(shop.ctx, {
      ...hours,
      week: hours.week.with(0, [lunch, { opensMinute: 540, closesMinute: 720 }]),
    });
    expect(stored.week[0]?.map(({ opensMinute }) => opensMinute)).toEqual([540, 900]);
    expect(await getHours(shop.ctx)).toEqual(stored);
    expect(await hasHours(shop.ctx)).toBe(true);
  });

  test("outside them a contact hears when the shop opens, even while somebody is there", async () => {
    await shop.member("李");
    await setHours(shop.ctx, hours);
    services.clock.set(new Date("2026-11-21T03:00:00Z")); // a Saturday
    expect(await availability(shop.ctx)).toEqual({
      availability: "closed",
      place: null,
      expectedWaitSeconds: null,
      opensAt: new Date("2026-11-23T01:00:00Z"),
    });
    services.clock.set(new Date("2026-11-23T01:00:00Z"));
    expect(await availability(shop.ctx)).toMatchObject({ availability: "nobody", opensAt: null });
  });

  test("nonsense is refused", async () => {
    const overlapping = [
      { opensMinute: 540, closesMinute: 720 },
      { opensMinute: 700, closesMinute: 800 },
    ];
    const wrong: BusinessHours[] = [
      { ...hours, timeZone: "Mars/Olympus" },
      { ...hours, week: hours.week.with(2, overlapping) },
      {
        ...hours,
        holidays: [
          { on: "2026-10-01", name: "国庆", blocks: [] },
          { on: "2026-10-01", name: "国庆", blocks: [] },
        ],
      },
    ];
    for (const given of wrong)
      await expect(setHours(shop.ctx, given)).rejects.toMatchObject({ code: "request/invalid" });
    const agent = await shop.member("李");
    await expect(setHours(agent.ctx, hours)).rejects.toMatchObject({ code: "auth/not-allowed" });
  });
});

describe("the owner's alert", () => {
  test("reaches the webhook, at most once in ten minutes, without a customer's words", async () => {
    await withWebhook();
    expect(await alertOwner(shop.ctx, "nobody")).toEqual([
      { way: "webhook", outcome: "accepted", detail: "" },
    ]);
    expect(await alertOwner(shop.ctx, "nobody")).toBe("too-soon");
    services.clock.advance(10 * 60_000);
    expect(await alertOwner(shop.ctx, "closed")).toHaveLength(1);
    expect(heard.map(({ path }) => path)).toEqual(["/alerts", "/alerts"]);
    expect(JSON.stringify(heard)).toContain("现在没有客服在线");
  });

  test("of two servers one rings", async () => {
    await withWebhook();
    const rung = await Promise.all([1, 2, 3].map(() => alertOwner(shop.ctx, "nobody")));
    expect(rung.filter((result) => result !== "too-soon")).toHaveLength(1);
    expect(heard).toHaveLength(1);
  });

  test("says the true error", async () => {
    await withWebhook();
    answer = { status: 500, body: "" };
    expect(await sendAlert(shop.ctx, "test")).toEqual([
      { way: "webhook", outcome: "refused", detail: "http-500" },
    ]);
    await database.asAdmin("update tenant set alert_email = 'owner@shop.example' where tenant_id = $1", [
      shop.tenantId,
    ]);
    services.clock.advance(10_000);
    expect(await sendAlert(shop.ctx, "test")).toContainEqual({
      way: "email",
      outcome: "refused",
      detail: "not-configured",
    });
  });

  test("nobody-available is said once per conversation, and the subscriber rings", async () => {
    await withWebhook();
    const conversationId = await shop.write("a", "有人吗");
    const tell = () => transact(shop.ctx, (tx) => tellNobody(shop.ctx, tx, conversationId, "nobody"));
    expect(await tell()).toBe(true);
    expect(await tell()).toBe(false);
    const [event] = await database.asAdmin<{ id: string; seq: number }>(
      "select id, seq from outbox_event where aggregate_id = $1 and kind = 'nobody-available'",
      [conversationId],
    );
    const noted = Object.assign(async () => {}, { positions: [], written() {} });
    await alertSubscriber.handle?.(
      shop.ctx,
      {
        id: event?.id ?? "",
        seq: event?.seq ?? 0,
        kind: "nobody-available",
        tenantId: shop.tenantId,
        aggregateId: conversationId,
        at: services.clock.now(),
        payload: { conversationId, why: "nobody" },
      },
      noted,
    );
    expect(heard).toHaveLength(1);
  });

  test("people were promised and everybody left: the sweep says so", async () => {
    const conversationId = await shop.waiting("a");
    services.clock.advance(2_000);
    await createRoutingSweep(services).run();
    await createRoutingSweep(services).run();
    const told = await database.asAdmin(
      "select 1 from outbox_event where aggregate_id = $1 and kind = 'nobody-available'",
      [conversationId],
    );
    expect(told).toHaveLength(1);
  });

  test("so it does where they left at closing time, once the last one has gone", async () => {
    const li = await shop.member("李", { capacity: 1 });
    await claimConversation(li.ctx, await shop.write("b", "在吗"));
    const conversationId = await shop.waiting("a");
    const closed = Array.from({ length: 7 }, () => []);
    await setHours(shop.ctx, { timeZone: "Asia/Shanghai", week: closed, holidays: [] });
    const told = () =>
      database.asAdmin("select 1 from outbox_event where aggregate_id = $1 and kind = 'nobody-available'", [
        conversationId,
      ]);
    await createRoutingSweep(services).run();
    expect(await told()).toHaveLength(0);
    services.clock.advance(200_000);
    await createRoutingSweep(services).run();
    expect(await told()).toHaveLength(1);
  });
});
