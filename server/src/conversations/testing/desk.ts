// What the tests of the record start from: a database of their own, a shop, its inboxes, an agent at work, and a
// visitor who can say something. Time stands still until a test moves it.
import {
  type Channel,
  type Content,
  type InboxId,
  type Permission,
  type Role,
  rolePermissions,
  type TenantId,
  type UserId,
} from "@yingda/contract";
import { type TestDatabase, testDatabase } from "../../../test/database.ts";
import { testServices } from "../../../test/services.ts";
import type { FixedClock } from "../../platform/clock.ts";
import { type Actor, type Ctx, makeCtx, type Services } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { createInbox } from "../inboxes/manage-inboxes.ts";
import { type InboundMessage, receiveMessage } from "../receive-message.ts";

export interface Desk {
  database: TestDatabase;
  services: Services;
  clock: FixedClock;
  shop(): Promise<Shop>;
}

export interface Shop {
  tenantId: TenantId;
  web: InboxId;
  api: InboxId;
  /** Ctx of the server itself in this shop. */
  system: Ctx;
  owner: Ctx;
  /** A new member of the team, signed in. */
  agent(role?: Role): Promise<Ctx & { userId: UserId }>;
  apiKey(...permissions: Permission[]): Ctx;
  /** What a visitor's line looks like to the record; a fresh visitor unless named. */
  line(text: string | Content, change?: Partial<InboundMessage>): InboundMessage;
  say(visitor: string, text: string, change?: Partial<InboundMessage>): ReturnType<typeof receiveMessage>;
}

/** Call at the top of a test file. */
export async function openDesk(): Promise<Desk> {
  const database = await testDatabase();
  const services = await testServices(database);
  return { database, services, clock: services.clock, shop: () => openShop(database, services) };
}

async function openShop(database: TestDatabase, services: Services): Promise<Shop> {
  const { tenantId } = await database.tenant();
  const ctxOf = (actor: Actor) => makeCtx(services, { tenantId, actor });
  const addMember = async (role: Role) => {
    const userId = newId<UserId>();
    const name = `Agent ${userId.slice(-4)}`;
    await insertUser(database, tenantId, userId, role);
    const permissions = new Set(rolePermissions[role]);
    return { ...ctxOf({ kind: "user", userId, role, permissions, name }), userId };
  };
  const owner = await addMember("owner");
  const inboxOf = async (channel: Channel) =>
    (await createInbox(owner, { channel, name: `Test ${channel}` })).id;
  const system = ctxOf({ kind: "system", name: "test" });
  const web = await inboxOf("web");
  const shop: Shop = {
    tenantId,
    web,
    api: await inboxOf("api"),
    system,
    owner,
    agent: (role = "agent") => addMember(role),
    apiKey: (...permissions) =>
      ctxOf({ kind: "api-key", apiKeyId: newId(), permissions: new Set(permissions) }),
    line: (text, change = {}) => ({
      inboxId: web,
      externalContactId: newId<string>(),
      content: typeof text === "string" ? { kind: "text", text } : text,
      at: services.clock.now(),
      isBotOn: true,
      reopenWindowMs: 86_400_000,
      ...change,
    }),
    say: (visitor, text, change = {}) =>
      receiveMessage(system, shop.line(text, { externalContactId: visitor, ...change })),
  };
  return shop;
}

async function insertUser(
  database: TestDatabase,
  tenantId: TenantId,
  userId: UserId,
  role: Role,
): Promise<void> {
  await database.asAdmin(
    "insert into app_user (tenant_id, id, sealed_name, role, created_at) values ($1, $2, $3, $4, now())",
    [tenantId, userId, Buffer.from("not opened here"), role],
  );
}

/** The outcome of receiveMessage when it must have been recorded. */
export async function recorded(received: ReturnType<typeof receiveMessage>) {
  const result = await received;
  if (result.kind !== "recorded") throw new Error(`expected a recorded line, got ${result.kind}`);
  return result;
}

/** The code of the refusal a promise rejects with; "no refusal" when it resolves. */
export function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "no refusal",
    (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : String(error)),
  );
}
