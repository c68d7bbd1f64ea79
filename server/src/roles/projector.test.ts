// What the workbench hears beside the record: "events applied = fresh fetch" for everything that routing does, and for every
// change of a page's contents the word that it is stale, told to those who may see that page.
import {
  applyEvent,
  type ConversationId,
  emptyLiveState,
  type LiveState,
  type NewEvent,
  type RealtimeEvent,
  type Role,
  rolePermissions,
  type TenantId,
  type UserId,
} from "@yingda/contract";
import { beforeAll, describe, expect, test } from "vitest";
import { testApp } from "../../test/app.ts";
import { testDatabase } from "../../test/database.ts";
import { type TestMember, type TestShop, testShop } from "../../test/line.ts";
import { routingForVisitors } from "../../test/line-app.ts";
import { type TestServices, testServices } from "../../test/services.ts";
import { listTenantIds } from "../accounts/index.ts";
import { makeCtx, type Services } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { type EventRef, emit } from "../platform/outbox/index.ts";
import type { WorkbenchPrincipal } from "../platform/realtime/index.ts";
import {
  acceptOffer,
  agentSeen,
  assignNext,
  claimConversation,
  createAgentConnections,
  createRoutingSweep,
  declineOffer,
  leaveQueue,
  listPresencesAndOffers,
  returnToBot,
  setPresence,
  transferConversation,
} from "../routing/index.ts";
import { createProjector } from "./projector.ts";

const database = await testDatabase();

function principal(tenantId: TenantId, role: Role): WorkbenchPrincipal {
  return {
    kind: "user",
    tenantId,
    userId: newId<UserId>(),
    role,
    permissions: new Set(rolePermissions[role]),
    name: role,
    sessionId: newId<string>(),
  };
}

function projectorOf(services: Services) {
  return createProjector({ services, routing: routingForVisitors, agents: createAgentConnections(services) });
}

/** What is heard of a shop's events while something is done: with the events, and as places only. */
async function hearing(
  services: Services,
  tenantId: TenantId,
  act: () => Promise<unknown>,
): Promise<EventRef[][]> {
  const refs: EventRef[] = [];
  const stop = services.outbox.listen({
    name: "screen",
    heard: (told) => refs.push(...told.filter((ref) => ref.tenantId === tenantId)),
  });
  await act();
  await new Promise((resolve) => setImmediate(resolve)); // listeners hear in the next turn of the event loop
  stop();
  return [refs, refs.map(({ event: _, ...place }) => place)];
}

describe("events applied = fresh fetch", () => {
  let services: TestServices;
  beforeAll(async () => {
    services = await testServices(database);
  });

  interface Scene {
    shop: TestShop;
    li: TestMember;
    wang: TestMember;
    conversationId: ConversationId;
  }
  type Act = (scene: Scene) => Promise<unknown>;
  const offer: Act = ({ shop }) => assignNext(shop.ctx);
  const accept: Act = ({ li, conversationId }) => acceptOffer(li.ctx, conversationId);
  const claim: Act = ({ li, conversationId }) => claimConversation(li.ctx, conversationId);
  const sweep: Act = () => createRoutingSweep(services).run();
  const hand: Act = ({ li, wang, conversationId }) =>
    transferConversation(li.ctx, conversationId, { agentId: wang.userId }, "请您接手");
  const gone: Act = async () => services.clock.advance(4 * 60_000);

  const cases: [string, Act[], Act][] = [
    ["offered", [], offer],
    ["accepted", [offer], accept],
    [
      "declined, and offered to the next",
      [offer],
      ({ li, conversationId }) => declineOffer(li.ctx, conversationId),
    ],
    ["out of time", [offer, async () => services.clock.advance(60_000)], sweep],
    [
      "claimed while it is offered to somebody else",
      [offer],
      ({ wang, conversationId }) => claimConversation(wang.ctx, conversationId),
    ],
    [
      "the contact leaves while it is offered",
      [offer],
      ({ shop, conversationId }) => leaveQueue(shop.ctx, conversationId),
    ],
    [
      "given back to the bot while it is offered",
      [offer],
      ({ li, conversationId }) => returnToBot(li.ctx, conversationId),
    ],
    ["handed to a colleague", [claim], hand],
    [
      "the colleague takes it",
      [claim, hand],
      ({ wang, conversationId }) => acceptOffer(wang.ctx, conversationId),
    ],
    [
      "the colleague declines",
      [claim, hand],
      ({ wang, conversationId }) => declineOffer(wang.ctx, conversationId),
    ],
    ["busy", [], ({ li }) => setPresence(li.ctx, "busy")],
    ["away while an offer stands", [offer], ({ li }) => setPresence(li.ctx, "away")],
    ["a new agent comes", [], ({ shop }) => shop.member("新同事")],
    ["a line is gone for good", [gone], sweep],
    ["and is back", [gone, sweep], ({ shop, li }) => agentSeen(shop.ctx, li.userId)],
  ];

  test.each(cases)("%s", async (_name, before, act) => {
    const shop = await testShop(services, database);
    const li = await shop.member("李");
    services.clock.advance(1_000);
    const wang = await shop.member("王");
    const scene = { shop, li, wang, conversationId: await shop.waiting("客") };
    for (const step of before) await step(scene);
    const shown = await fetchState(shop);
    const viewer = principal(shop.tenantId, "agent");
    const told = await hearing(services, shop.tenantId, () => act(scene));
    for (const refs of told) {
      const [events = []] = await projectorOf(services).forWorkbench(shop.tenantId, [viewer], refs);
      expect(events.length).toBeGreaterThan(0);
      const { presences, offers } = events.reduce(applyEvent, shown);
      expect(plain({ presences, offers })).toEqual(plain(await fetchState(shop)));
    }
  });

  async function fetchState(shop: TestShop): Promise<LiveState> {
    const { presences, offers } = await listPresencesAndOffers(shop.ctx);
    return {
      ...emptyLiveState,
      presences: new Map(Object.entries(presences)),
      offers: new Map(offers.map((one) => [one.conversationId, one])),
    };
  }

  function plain({ presences, offers }: Pick<LiveState, "presences" | "offers">) {
    return { presences: Object.fromEntries(presences), offers: Object.fromEntries(offers) };
  }
});

describe("stale pages", () => {
  test("every change of a page's contents is told, to those who may see the page", async () => {
    const app = await testApp(await testDatabase());
    const { cookie } = await app.owner();
    const { services } = app;
    const ask = async <T>(
      method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
      path: string,
      body?: unknown,
    ) => {
      const reply = await app.inject(method, path, { cookie, ...(body === undefined ? {} : { body }) });
      expect(reply.statusCode, `${method} ${path} ${reply.body}`).toBeLessThan(300);
      return (reply.body === "" ? null : reply.json()) as T;
    };
    type Versioned = { id: string; version: number };
    const [web] = await ask<Versioned[]>("GET", "/api/inboxes");
    const hours = await ask<object>("GET", "/api/hours");
    const { user } = await ask<{ user: { id: string } }>("GET", "/api/me");
    const [pack] = await ask<{ slug: string }[]>("GET", "/api/packs");
    const draft = { question: "几点关门？", answer: "晚上九点。", phrasings: [], isOn: true };
    let faq: Versioned = { id: "", version: 0 };
    const acts: [topic: string, act: () => Promise<unknown>][] = [
      [
        "faqs",
        async () => {
          faq = await ask<Versioned>("POST", "/api/faqs", draft);
        },
      ],
      ["faqs", () => ask("PUT", `/api/faqs/${faq.id}`, { ...draft, answer: "十点。", version: faq.version })],
      ["faqs", () => ask("DELETE", `/api/faqs/${faq.id}`)],
      ["faqs", () => ask("POST", `/api/faqs/${faq.id}/restore`)],
      ["faqs", () => ask("PUT", `/api/packs/${pack?.slug}`, { isOn: true })],
      ["blanks", () => ask("PUT", "/api/blanks", { values: { 店铺名: "小岛" } })],
      ["inboxes", () => ask("PATCH", `/api/inboxes/${web?.id}`, { name: "门店", version: web?.version })],
      ["inboxes", () => ask("POST", "/api/inboxes", { channel: "api", name: "对接" })],
      ["hours", () => ask("PUT", "/api/hours", hours)],
      ["members", () => ask("PATCH", `/api/members/${user.id}`, { capacity: 3 })],
      ["members", () => ask("PATCH", "/api/me", { name: "老板" })],
      ["members", () => ask("PUT", "/api/me/presence", { presence: "busy" })],
      ["tenant", () => ask("PATCH", "/api/tenant", { name: "小岛服饰" })],
      ["incidents", () => emitted({ kind: "question-risen", payload: { faq: "own.delay" } })],
    ];
    const [tenant] = await listTenantIds(services);
    if (!tenant) throw new Error("the owner's tenant is there");
    const ctx = makeCtx(services, { tenantId: tenant, actor: { kind: "system", name: "test" } });
    const emitted = (event: NewEvent) => transact(ctx, (tx) => emit(ctx, tx, tenant, [event]));
    const projector = projectorOf(services);
    const roles = ["owner", "viewer"] as const;
    const heard: Record<string, string[]> = { owner: [], viewer: [] };
    for (const [topic, act] of acts) {
      for (const refs of await hearing(services, tenant, act)) {
        const lists = await projector.forWorkbench(
          tenant,
          roles.map((role) => principal(tenant, role)),
          refs,
        );
        const topics = lists.map((events) => events.flatMap(staleTopic));
        expect(topics[0], topic).toContain(topic);
        for (const [index, role] of roles.entries()) heard[role]?.push(...(topics[index] ?? []));
      }
    }
    const unseen = new Set(heard.owner?.filter((topic) => !heard.viewer?.includes(topic)));
    for (const topic of unseen) expect(rolePermissions.viewer).not.toContain(`${topic}-read`);
    expect([...unseen]).not.toEqual([]);
  });

  function staleTopic(event: RealtimeEvent): string[] {
    return event.kind === "stale" ? [event.topic] : [];
  }
});
