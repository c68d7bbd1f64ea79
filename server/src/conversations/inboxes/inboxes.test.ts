// Inboxes: what a new one starts with, changes and their races, secrets, and the way in by a public key.
import { type InboxId, inbox as inboxShape } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { newId } from "../../platform/ids.ts";
import { codeOf, openDesk } from "../testing/desk.ts";
import { findInboxByKey, getInbox } from "./inbox-cache.ts";
import {
  createInbox,
  deleteInbox,
  listInboxes,
  recordInboxHealth,
  rotateInboxSecret,
  updateInbox,
} from "./manage-inboxes.ts";

const desk = await openDesk();
const dayMs = 86_400_000;

test("a new web inbox is complete as it is, in both languages; a push inbox has a secret that nobody sees", async () => {
  const shop = await desk.shop();
  const [web, api] = await listInboxes(shop.owner);
  expect(inboxShape.parse(web)).toEqual(web);
  expect(web).toMatchObject({
    channel: "web",
    isOn: true,
    webhook: null,
    version: 1,
    bot: { isOn: true, quietWindowMs: 1_200 },
  });
  expect(web?.widget.greeting.zh).not.toBe("");
  expect(web?.widget.greeting.en).not.toBe("");
  expect(api?.webhook).toEqual({ url: "", hasSecret: true, hasNextSecret: false });
  expect(JSON.stringify(api)).not.toContain("whsec_");
  expect((await getInbox(shop.system, shop.api))?.secrets.webhook).toMatch(/^whsec_/);
});

describe("changing", () => {
  test("is seen at once, raises the version, and the slower of two is told", async () => {
    const shop = await desk.shop();
    await getInbox(shop.system, shop.web); // in memory from here on
    const after = await updateInbox(shop.owner, shop.web, {
      version: 1,
      name: "官网",
      isOn: false,
      allowedOrigins: ["https://shop.example.com/page?x=1", "http://localhost:3000"],
      reopenWindowMs: 0,
    });
    expect(after).toMatchObject({
      name: "官网",
      isOn: false,
      allowedOrigins: ["https://shop.example.com", "http://localhost:3000"],
      reopenWindowMs: 0,
      version: 2,
    });
    expect((await getInbox(shop.system, shop.web))?.name).toBe("官网");
    expect(await codeOf(updateInbox(shop.owner, shop.web, { version: 1, name: "late" }))).toBe(
      "request/conflict",
    );
  });

  test.each([
    { allowedOrigins: ["not a url"] },
    { allowedOrigins: ["javascript:alert(1)"] },
    { webhookUrl: "ftp://example.com" },
    { webhookUrl: "https://user:pass@example.com" },
  ])("%o is refused", async (wish) => {
    const shop = await desk.shop();
    expect(await codeOf(updateInbox(shop.owner, shop.api, { version: 1, ...wish }))).toBe("request/invalid");
  });

  test("is for those who may, in their own shop", async () => {
    const [shop, other] = [await desk.shop(), await desk.shop()];
    expect(await codeOf(createInbox(await shop.agent(), { channel: "web", name: "x" }))).toBe(
      "auth/not-allowed",
    );
    expect(await codeOf(updateInbox(other.owner, shop.web, { version: 1, name: "x" }))).toBe(
      "inbox/not-found",
    );
    expect(await codeOf(deleteInbox(other.owner, shop.web))).toBe("inbox/not-found");
    expect(await codeOf(rotateInboxSecret(other.owner, shop.web))).toBe("inbox/not-found");
    expect(await getInbox(other.system, shop.web)).toBeNull();
  });
});

test("a rotated secret is told once; the one before stays valid for a day", async () => {
  const shop = await desk.shop();
  const before = (await getInbox(shop.system, shop.api))?.secrets.webhook;
  const { secret } = await rotateInboxSecret(shop.owner, shop.api);
  const after = await getInbox(shop.system, shop.api);
  expect(after?.secrets).toMatchObject({ webhook: secret, previous: before });
  expect(after?.webhook?.hasNextSecret).toBe(true);
  desk.clock.advance(dayMs + 1);
  expect((await getInbox(shop.system, shop.api))?.webhook?.hasNextSecret).toBe(false);
  expect(before).not.toBe(secret);
});

describe("the way in by a public key", () => {
  test("leads to tenant and inbox, also when switched off; not for made-up or deleted keys", async () => {
    const shop = await desk.shop();
    const [web] = await listInboxes(shop.owner);
    const key = web?.publicKey ?? "";
    expect(await findInboxByKey(desk.services, key)).toMatchObject({
      tenantId: shop.tenantId,
      inbox: { id: shop.web },
    });
    await updateInbox(shop.owner, shop.web, { version: 1, isOn: false });
    expect(await findInboxByKey(desk.services, key)).toMatchObject({ inbox: { isOn: false } });
    for (const guess of [
      "",
      "x",
      "../../etc",
      "a".repeat(65),
      "🙂🙂🙂🙂🙂🙂🙂🙂",
      `${key}x`,
      newId<string>(),
    ])
      expect(await findInboxByKey(desk.services, guess)).toBeNull();
    await deleteInbox(shop.owner, shop.web);
    expect(await findInboxByKey(desk.services, key)).toBeNull();
    expect((await listInboxes(shop.owner)).map(({ id }) => id)).toEqual([shop.api]);
  });
});

test("health is told when it changes, and only then", async () => {
  const shop = await desk.shop();
  const told = async () =>
    (
      await desk.database.asAdmin(
        "select 1 from outbox_event where tenant_id = $1 and kind = 'inbox-changed'",
        [shop.tenantId],
      )
    ).length;
  const start = await told();
  await recordInboxHealth(shop.system, shop.api, { state: "down", code: "unreachable" });
  await recordInboxHealth(shop.system, shop.api, { state: "down", code: "unreachable" });
  expect(await told()).toBe(start + 1);
  expect((await getInbox(shop.system, shop.api))?.health).toMatchObject({
    state: "down",
    code: "unreachable",
  });
  await recordInboxHealth(shop.system, newId<InboxId>(), { state: "ok", code: null });
  expect(await told()).toBe(start + 1);
});
