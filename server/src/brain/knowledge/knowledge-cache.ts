// Each tenant's knowledge, trained once and kept in memory: a turn costs no database and no training. A change of one
// FAQ is taken in at once; after an import or a pack the old knowledge answers until the new one is trained.
//
// Called by turns (knowledgeFor), by the use cases of this folder after their commit, and by app.ts (the listener, for
// changes made on other nodes). Kept per database handle and tenant: two tenants never share anything.

import type { EventKind, TenantId } from "@yingda/contract";
import { loadSmallTalk } from "@yingda/templates";
import { embedderFor, forgetEmbedder } from "../../inference/index.ts";
import { type Ctx, makeCtx, type Services } from "../../platform/context.ts";
import { type Db, transact } from "../../platform/db/index.ts";
import type { EventRef, Listener } from "../../platform/outbox/index.ts";
import { loadDocuments } from "../documents/shop/load-documents.ts";
import { readBlankValues } from "./blank-store.ts";
import { listFaqRows } from "./faq-store.ts";
import { loadIncidents } from "./incidents/load-incidents.ts";
import type { ShopKnowledge } from "./knowledge.ts";
import { faqOfSmallTalk } from "./pack-knowledge.ts";
import { loadPolicies } from "./policies/load-policies.ts";
import { knownFaq } from "./present-faq.ts";
import { loadProducts } from "./products/load-products.ts";
import { loadTables } from "./tables/load-tables.ts";
import { trainKnowledge } from "./train-knowledge.ts";
import { loadWords } from "./words/load-words.ts";

type Change = (knowledge: ShopKnowledge) => void;

interface Entry {
  current: ShopKnowledge | null;
  loading: Promise<ShopKnowledge> | null;
  /** Changes since the loading began: its rows may be older than they. */
  missed: Change[];
  isOutdated: boolean;
  /** Counts the changes taken in. */
  changes: number;
}

/** What hangs on the knowledge beside the FAQs, by the event that tells of a change: read by itself, without training. */
const parts = {
  "table-changed": async (ctx: Ctx): Promise<Change> => {
    const tables = await loadTables(ctx);
    return (knowledge) => knowledge.useTables(tables);
  },
  "incident-changed": async (ctx: Ctx): Promise<Change> => {
    const incidents = await loadIncidents(ctx);
    return (knowledge) => knowledge.useIncidents(incidents);
  },
  "product-changed": async (ctx: Ctx): Promise<Change> => {
    const products = await loadProducts(ctx);
    return (knowledge) => knowledge.useProducts(products);
  },
  "policy-changed": async (ctx: Ctx): Promise<Change> => {
    const policies = await loadPolicies(ctx);
    return (knowledge) => knowledge.usePolicies(policies);
  },
  "words-changed": async (ctx: Ctx): Promise<Change> => {
    const words = await loadWords(ctx);
    return (knowledge) => {
      knowledge.words = words;
    };
  },
  "document-changed": async (ctx: Ctx): Promise<Change> => {
    const before = caches.get(ctx.db)?.get(ctx.tenantId)?.current?.passages.documents ?? [];
    const documents = await loadDocuments(ctx, before);
    const products = await loadProducts(ctx); // a document may be a product's manual
    return (knowledge) => {
      knowledge.useDocuments(documents);
      knowledge.useProducts(products);
    };
  },
} satisfies Partial<Record<EventKind, (ctx: Ctx) => Promise<Change>>>;
type PartKind = keyof typeof parts;
const partKinds = Object.keys(parts) as PartKind[];

/** At some 16 MB each; the longest unused goes first. */
const mostTenants = 60;
const caches = new WeakMap<Db, Map<TenantId, Entry>>();

function entryOf(ctx: Pick<Ctx, "db" | "tenantId">): Entry {
  let cache = caches.get(ctx.db);
  if (cache === undefined) {
    cache = new Map();
    caches.set(ctx.db, cache);
  }
  const known = cache.get(ctx.tenantId);
  const entry = known ?? { current: null, loading: null, missed: [], isOutdated: false, changes: 0 };
  cache.delete(ctx.tenantId);
  cache.set(ctx.tenantId, entry); // the last used stands last
  const [oldest] = cache.keys();
  if (cache.size > mostTenants && oldest !== undefined) cache.delete(oldest);
  return entry;
}

/** The tenant's knowledge; the first call trains it (up to some seconds, see train-knowledge.ts), later ones return at once. */
export async function knowledgeFor(ctx: Ctx): Promise<ShopKnowledge> {
  const entry = entryOf(ctx);
  return entry.current ?? entry.loading ?? load(ctx, entry);
}

/**
 * Trains the knowledge of these tenants one after the other until `isOver`, so that nobody's first question waits for it.
 * Never throws.
 */
export async function warmKnowledge(
  services: Services,
  tenantIds: readonly TenantId[],
  isOver: () => boolean,
): Promise<void> {
  for (const tenantId of tenantIds) {
    if (isOver()) return;
    const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "knowledge" } });
    await knowledgeFor(ctx).catch((error: unknown) => {
      if (!isOver()) services.log.warn({ err: error, tenantId }, "knowledge not made ready");
    });
  }
}

/** Takes a small change in; call it after the commit. Nothing happens for a tenant nobody asked about yet. */
export function changeKnowledge(ctx: Pick<Ctx, "db" | "tenantId">, change: Change): void {
  const entry = caches.get(ctx.db)?.get(ctx.tenantId);
  if (entry === undefined) return;
  entry.changes += 1;
  if (entry.loading !== null) entry.missed.push(change);
  if (entry.current !== null) change(entry.current);
}

/** Trains anew from the rows and resolves when the new knowledge answers. The old one answers meanwhile. */
export async function reloadKnowledge(ctx: Ctx): Promise<void> {
  const entry = entryOf(ctx);
  if (entry.loading !== null) {
    entry.isOutdated = true;
    await entry.loading;
    return;
  }
  await load(ctx, entry);
}

function load(ctx: Ctx, entry: Entry): Promise<ShopKnowledge> {
  const loading = loadUntilCurrent(ctx, entry).finally(() => {
    entry.loading = null;
    entry.missed = [];
  });
  entry.loading = loading;
  return loading;
}

/** An FAQ takes a fifth of a second to take in: more of them than these are sooner trained with the rest. */
const mostMissed = 8;
/** Somebody who changes something every moment is not waited for. */
const mostBegunAnew = 3;

async function loadUntilCurrent(ctx: Ctx, entry: Entry): Promise<ShopKnowledge> {
  for (let begunAnew = 0; ; ) {
    entry.isOutdated = false;
    entry.missed = [];
    const knowledge = await train(ctx, entry.current);
    if (entry.missed.length > mostMissed && begunAnew < mostBegunAnew) {
      begunAnew += 1;
      continue;
    }
    for (let change = entry.missed.shift(); change !== undefined; change = entry.missed.shift()) {
      change(knowledge);
      await new Promise((resume) => setImmediate(resume)); // others are served in between
    }
    entry.current = knowledge;
    if (!entry.isOutdated) return knowledge;
  }
}

async function train(ctx: Ctx, old: ShopKnowledge | null): Promise<ShopKnowledge> {
  const knowledge = await trainFaqs(ctx, old);
  for (const kind of partKinds) (await parts[kind](ctx))(knowledge);
  return knowledge;
}

/** Reads a part anew and leaves everything else as it is; once more when something changed here meanwhile. */
export async function reloadPart(ctx: Ctx, kind: PartKind): Promise<void> {
  const entry = entryOf(ctx);
  for (;;) {
    const before = entry.changes;
    const take = await parts[kind](ctx);
    if (entry.changes !== before) continue;
    changeKnowledge(ctx, take);
    return;
  }
}

async function trainFaqs(ctx: Ctx, old: ShopKnowledge | null): Promise<ShopKnowledge> {
  const embedder = await embedderFor(ctx);
  const { rows, blanks } = await transact(ctx, async (tx) => ({
    rows: await listFaqRows(tx, ctx.tenantId),
    blanks: await readBlankValues(tx, ctx.tenantId),
  }));
  const faqs = rows.filter((row) => row.is_on).map(knownFaq);
  const own = new Set(faqs.map(({ slug }) => slug));
  const smallTalk = loadSmallTalk()
    .filter(({ slug }) => !own.has(slug))
    .map(faqOfSmallTalk);
  if (embedder === null) return trainKnowledge(ctx.log, [...faqs, ...smallTalk], blanks, { old });
  const matcher = { keepsJudgements: true };
  const knowledge = await trainKnowledge(ctx.log, [...faqs, ...smallTalk], blanks, { old, matcher });
  void knowledge.useEmbedder(embedder, ctx.log); // it answers at once, and better when the vectors have come
  return knowledge;
}

const changedModel = "embedding-changed";

/**
 * Hears what other nodes changed. What this node changed itself was taken in already, but for the embedding model, which
 * another room chooses.
 */
export function knowledgeListener(services: Services): Listener {
  const reload = (tenantId: TenantId, work = reloadKnowledge) => {
    if (caches.get(services.db)?.has(tenantId) !== true) return;
    const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "knowledge" } });
    work(ctx).catch((error: unknown) => {
      services.log.error({ err: error, tenantId }, "knowledge not reloaded");
      caches.get(services.db)?.delete(tenantId); // old answers are no answers: the next question reads it anew
    });
  };
  return {
    name: "knowledge",
    kinds: ["faq-changed", "knowledge-changed", "embedding-changed", ...partKinds],
    heard(refs: readonly EventRef[]) {
      const elsewhere = refs.filter(({ kind, event }) => kind === changedModel || event?.isOwn !== true);
      const models = refs.filter(({ kind }) => kind === changedModel).map(({ tenantId }) => tenantId);
      for (const tenantId of new Set(models)) void forgetEmbedder({ db: services.db, tenantId });
      const isPart = (kind: EventKind): kind is PartKind => kind in parts;
      const rest = new Set(elsewhere.filter(({ kind }) => !isPart(kind)).map((ref) => ref.tenantId));
      for (const tenantId of rest) reload(tenantId);
      for (const part of partKinds) {
        const changed = elsewhere.filter(({ kind, tenantId }) => kind === part && !rest.has(tenantId));
        for (const tenantId of new Set(changed.map((ref) => ref.tenantId)))
          reload(tenantId, (ctx) => reloadPart(ctx, part));
      }
    },
    lost() {
      for (const tenantId of [...(caches.get(services.db)?.keys() ?? [])]) reload(tenantId);
    },
  };
}
