// Fills a tenant with the demo shop: a believable clothing shop in which every page has something to show. Called by the
// wizard's and the settings' button, and at the first start with YINGDA_DEMO=1. `removeDemo` takes it all away again.
import type { Inbox, UserId, WidgetSettings } from "@yingda/contract";
import {
  addUser,
  createTenant,
  getTenant,
  hasOwner,
  listTenantIds,
  requestAudit,
  updateTenant,
} from "../accounts/index.ts";
import { changeUser } from "../accounts/user-store.ts";
import {
  demoShop,
  listBlanks,
  listFaqs,
  listFlows,
  listPacks,
  type PackMaterial,
  packMaterial,
  switchFlow,
  switchPack,
} from "../brain/index.ts";
import { bringCannedReplies } from "../conversations/canned-replies.ts";
import { importHistory } from "../conversations/import-history.ts";
import { listInboxes, updateInbox } from "../conversations/index.ts";
import { type Ctx, makeCtx, type Services } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { isChat, isUnnamed, prepareTenant, unnamed } from "../roles/prepare-tenant.ts";
import { putWaiting } from "../routing/enqueue.ts";
import { defaultQueue } from "../routing/index.ts";
import { demoHistory } from "./demo-history.ts";
import { changeReceipt, putReceipt, readReceipt } from "./demo-receipt.ts";
import { removeDemo } from "./remove-demo.ts";

/** A seeding that has not come to its end in this time was cut off. */
const patienceMs = 60_000;
/** The demo's order system can answer what they look up. */
const demoFlows = ["order-status", "parcel-tracking", "leave-contact"];

/**
 * Safe to repeat: a tenant that has the demo keeps the one it has, and one that was cut off half-way is begun anew.
 * @throws AppError request/conflict while another one is at it
 */
export async function seedDemo(asker: Ctx): Promise<"seeded" | "already"> {
  const ctx: Ctx = { ...asker, actor: { kind: "system", name: "demo" } };
  const [{ hasDemo }, before] = await Promise.all([getTenant(ctx), readReceipt(ctx)]);
  if (before && hasDemo) return "already";
  if (before && ctx.clock.nowMs() - before.seededAt.getTime() < patienceMs)
    throw new AppError("request/conflict");
  if (before) await removeDemo(ctx);
  await prepareTenant(ctx);
  await fill(ctx);
  await transact(ctx, (tx) =>
    requestAudit(asker, tx, { action: "demo-started", subject: "tenant", subjectId: ctx.tenantId }),
  );
  return "seeded";
}

/** For the first start: a tenant with the demo in it, before there is an owner. Does nothing once somebody owns the installation. */
export async function seedDemoAtStart(services: Services): Promise<"seeded" | "already" | "owned"> {
  if (await hasOwner(services)) return "owned";
  const [existing] = await listTenantIds(services);
  const tenantId = existing ?? (await createTenant(services, { name: unnamed("zh-CN"), locale: "zh-CN" }));
  return seedDemo(makeCtx(services, { tenantId, actor: { kind: "system", name: "demo" } }));
}

async function fill(ctx: Ctx): Promise<void> {
  const shop = demoShop();
  const material = packMaterial(shop.pack);
  if (!material) throw new Error(`the demo shop's pack ${shop.pack} does not exist`);
  const [tenant, packs, blanks, inbox, flows] = await Promise.all([
    getTenant(ctx),
    listPacks(ctx),
    listBlanks(ctx),
    webInbox(ctx),
    listFlows(ctx),
  ]);
  const pack = packs.find(({ slug }) => slug === shop.pack);
  const name = isUnnamed(tenant.name)
    ? { before: tenant.name, after: tenant.locale === "en" ? shop.name.en : shop.name.zh }
    : null;
  const filled = new Set(blanks.filter(({ value }) => value !== null).map(({ key }) => key));
  const widget = { before: inbox.widget, after: widgetOf(inbox.widget, material, shop.name) };
  const receipt = {
    pack: shop.pack,
    packWasOn: pack?.isOn ?? false,
    blanks: Object.fromEntries(
      (pack?.blanks ?? []).filter(({ key }) => !filled.has(key)).map(({ key, sample }) => [key, sample]),
    ),
    flows: flows.filter(({ id, isOn }) => demoFlows.includes(id) && !isOn).map(({ id }) => id),
    name,
    widget: { ...widget, inboxId: inbox.id },
    conversationIds: [],
  };
  if (!(await putReceipt(ctx, receipt))) throw new AppError("request/conflict");
  await switchPack(ctx, shop.pack, true, true);
  for (const id of receipt.flows) await switchFlow(ctx, id, true, "demo");
  await updateInbox(ctx, inbox.id, { version: inbox.version, widget: widget.after });
  const language = tenant.locale === "en" ? "en" : "zh";
  await bringCannedReplies(
    ctx,
    material.quickReplies.map(({ title, shortcut, text }) => ({
      title: title[language],
      shortcut,
      text: text[language],
    })),
    true,
  );
  await bringConversations(ctx, shop, {
    inbox,
    agents: await bringAgents(ctx, shop),
    closesMinute: material.hours.closesMinute,
  });
  await updateTenant(ctx, { hasDemo: true, ...(name ? { name: name.after } : {}) });
}

async function webInbox(ctx: Ctx): Promise<Inbox> {
  const inbox = (await listInboxes(ctx)).find(isChat);
  if (!inbox) throw new Error("a prepared tenant has a web inbox");
  return inbox;
}

function widgetOf(
  before: WidgetSettings,
  material: PackMaterial,
  name: { zh: string; en: string },
): WidgetSettings {
  const { greeting, greetingClosed, suggestions, suggestionsEn } = material;
  const closed = greetingClosed && { when: { isOpen: false }, text: greetingClosed, suggestions: [] };
  return {
    ...before,
    title: name,
    greeting: greeting ?? before.greeting,
    suggestions,
    suggestionsEn,
    rules: closed ? [...before.rules, closed] : before.rules,
  };
}

/** They can be seen and handed conversations, but nobody can sign in as one until the owner gives them a link. */
async function bringAgents(
  ctx: Ctx,
  shop: ReturnType<typeof demoShop>,
): Promise<Map<string, { id: UserId; name: string }>> {
  const agents = new Map<string, { id: UserId; name: string }>();
  for (const { key, name, role, capacity } of shop.agents) {
    const { id } = await addUser(
      ctx,
      { account: null, password: null, name, role, isDemo: true },
      (tx, userId) => changeUser(tx, ctx.tenantId, userId, { capacity }),
    );
    agents.set(key, { id, name });
  }
  return agents;
}

async function bringConversations(
  ctx: Ctx,
  shop: ReturnType<typeof demoShop>,
  {
    inbox,
    agents,
    closesMinute,
  }: { inbox: Inbox; agents: Map<string, { id: UserId; name: string }>; closesMinute: number },
): Promise<void> {
  const { faqs } = await listFaqs(ctx, {});
  const titles = new Map(faqs.map(({ slug, question }) => [slug, question]));
  const queueId = await transact(ctx, (tx) => defaultQueue(ctx, tx));
  const history = demoHistory(shop, {
    inboxId: inbox.id,
    queueId,
    agents,
    titles,
    botName: inbox.bot.name.zh,
    now: ctx.clock.now(),
    timeZone: (await getTenant(ctx)).timeZone,
    closesMinute,
  });
  await importHistory(ctx, history, async (tx, imported) => {
    await changeReceipt(ctx, tx, { conversationIds: imported.map(({ conversationId }) => conversationId) });
    for (const { conversationId, facts } of imported) {
      if (facts.handler.kind !== "queue" || !facts.handoff) continue;
      const { reason, at } = facts.handoff;
      const then: Ctx = { ...ctx, clock: { now: () => at, nowMs: () => at.getTime() } };
      await putWaiting(then, tx, { conversationId, queueId: facts.handler.queueId, reason, declinedBy: [] });
    }
  });
}
