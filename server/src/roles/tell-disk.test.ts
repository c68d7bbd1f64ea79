// A disk that fills up: writes are refused, and the owner who gave an address hears of it although nothing can be written.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../test/database.ts";
import { testShop } from "../../test/line.ts";
import { type TestServices, testServices } from "../../test/services.ts";
import { updateTenant } from "../accounts/index.ts";
import { guardDisk } from "../platform/db/index.ts";
import { createGuardedFetch } from "../platform/net/index.ts";
import { tellDiskFull } from "./tell-disk.ts";

const database = await testDatabase();
const heard: string[] = [];
const receiver = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => {
    body += chunk.toString("utf8");
  });
  request.on("end", () => {
    heard.push((JSON.parse(body) as { text: string }).text);
    response.end("{}");
  });
});
let services: TestServices;
let port: number;

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  port = (receiver.address() as AddressInfo).port;
  services = await testServices(database);
  await services.fetch.close();
  services.fetch = createGuardedFetch({
    clock: services.clock,
    allow: [{ purpose: "webhook", host: "127.0.0.1", port }],
  });
});
afterAll(async () => {
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

test("each owner is told once, those without an address are passed over", async () => {
  const [told, silent] = [await testShop(services, database), await testShop(services, database)];
  const owner = await told.member("店主", { role: "owner" });
  await updateTenant(owner.ctx, { name: "小岛服饰" });
  await database.asAdmin("update tenant set sealed_alert_webhook = $2 where tenant_id = $1", [
    told.tenantId,
    (await services.vault.forTenant(told.tenantId)).seal(
      { table: "tenant", column: "sealed_alert_webhook", row: told.tenantId },
      `http://127.0.0.1:${port}/alerts`,
    ),
  ]);
  services.clock.advance(10_000); // settings are kept a moment
  let freeBytes = 5_000_000_000;
  let telling: Promise<void> | null = null;
  const guard = await guardDisk(services.db, {
    path: "/",
    log: services.log,
    probe: async () => ({ freeBytes, totalBytes: 10_000_000_000 }),
    onChange: ({ isLow }) => {
      if (isLow) telling = tellDiskFull(services);
    },
  });
  freeBytes = 100_000_000;
  await guard.look();
  await guard.look();
  await expect(silent.write("客", "在吗")).rejects.toMatchObject({ code: "platform/disk-full" });
  await telling;
  expect(heard).toEqual([expect.stringContaining("【应答 · 小岛服饰】服务器磁盘快满了")]);
  freeBytes = 5_000_000_000;
  await guard.look();
  await silent.write("客", "在吗");
  expect(heard).toHaveLength(1);
  guard.close();
});
