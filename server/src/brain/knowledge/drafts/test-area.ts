// The test area: what the bot would know once every draft were live. Made from the live FAQs with the drafts laid over
// them when somebody tries it, kept for some minutes, and brought up to date FAQ by FAQ; everything that is no FAQ
// (tables, documents …) is the live knowledge's own. Only "try it" asks here, never a contact.
//
// An embedding model has no say in it: drafts change with every key, and their vectors would have to be bought anew.

import { type FaqDraft, noExtras, type TenantId } from "@yingda/contract";
import { loadSmallTalk } from "@yingda/templates";
import type { Ctx } from "../../../platform/context.ts";
import { type Db, transact } from "../../../platform/db/index.ts";
import { readBlankValues } from "../blank-store.ts";
import { type FaqRow, listFaqRows } from "../faq-store.ts";
import { completeDraft } from "../faqs.ts";
import type { Knowledge, KnownFaq, ShopKnowledge } from "../knowledge.ts";
import { knowledgeFor } from "../knowledge-cache.ts";
import { faqOfSmallTalk } from "../pack-knowledge.ts";
import { extrasOf, knownFaq } from "../present-faq.ts";
import { type DraftRow, listDraftRows } from "./draft-store.ts";

interface Area {
  knowledge: ShopKnowledge;
  /** What it was made of, by slug, as JSON. */
  known: Map<string, string>;
  forget: NodeJS.Timeout | undefined;
}

/** At some 16 MB each. */
const mostAreas = 3;
const lifeMs = 600_000;
const areas = new WeakMap<Db, Map<TenantId, Area>>();
/** What is asked of the test area; the rest is asked of the live knowledge. */
const ofFaqs: ReadonlySet<PropertyKey> = new Set([
  "retrieve",
  "answer",
  "isExpired",
  "question",
  "smallTalk",
  "size",
  "withVectors",
] satisfies (keyof Knowledge)[]);

/** The live knowledge itself where there are no drafts. */
export async function testAreaFor(ctx: Ctx): Promise<Knowledge> {
  const live = await knowledgeFor(ctx);
  const { drafts, rows, blanks } = await transact(ctx, async (tx) => ({
    drafts: await listDraftRows(tx, ctx.tenantId),
    rows: await listFaqRows(tx, ctx.tenantId),
    blanks: await readBlankValues(tx, ctx.tenantId),
  }));
  if (drafts.length === 0) {
    forgetArea(ctx.db, ctx.tenantId);
    return live;
  }
  const wanted = faqsOf(rows, drafts);
  const known = areas.get(ctx.db)?.get(ctx.tenantId);
  const area = known ?? (await makeArea(live));
  keep(ctx, area);
  bringUpToDate(area, wanted);
  area.knowledge.fill(blanks);
  return laidOver(live, area.knowledge);
}

/** Live FAQs that are on, drafts in their places, and the small talk that the shop has not worded itself. */
function faqsOf(rows: readonly FaqRow[], drafts: readonly DraftRow[]): KnownFaq[] {
  const drafted = new Map(drafts.map((draft) => [draft.faq_id, draft]));
  const live = rows.filter((row) => row.is_on && !drafted.has(row.id)).map(knownFaq);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const tried = drafts
    .filter(({ body }) => body.isOn)
    .map(({ faq_id, body }) => knownDraft(body, byId.get(faq_id), `own.${faq_id.slice(-12)}`));
  const own = new Set([...live, ...tried].map(({ slug }) => slug));
  const talk = loadSmallTalk()
    .filter(({ slug }) => !own.has(slug))
    .map(faqOfSmallTalk);
  return [...live, ...tried, ...talk];
}

function knownDraft(draft: FaqDraft, live: FaqRow | undefined, slug: string): KnownFaq {
  const complete = completeDraft(draft, live?.slug ?? slug);
  return {
    slug: complete.slug,
    question: complete.question,
    questionEn: complete.questionEn,
    answer: complete.answer,
    answerEn: complete.answerEn,
    phrasings: complete.phrasings,
    negatives: complete.negatives,
    unborrowed: complete.unborrowed ?? live?.unborrowed ?? [],
    checkedOn: live?.checked_on ?? null,
    extras: { ...(live === undefined ? noExtras : extrasOf(live)), ...defined(complete.extras) },
  };
}

function defined<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
}

async function makeArea(live: ShopKnowledge): Promise<Area> {
  const knowledge = await live.copyFaqs(() => new Promise((resume) => setImmediate(resume)));
  const known = new Map(knowledge.faqs.map((faq) => [faq.slug, JSON.stringify(faq)]));
  return { knowledge, known, forget: undefined };
}

function bringUpToDate({ knowledge, known }: Area, wanted: readonly KnownFaq[]): void {
  const slugs = new Set(wanted.map(({ slug }) => slug));
  for (const slug of [...known.keys()])
    if (!slugs.has(slug)) {
      knowledge.remove(slug);
      known.delete(slug);
    }
  for (const faq of wanted) {
    const json = JSON.stringify(faq);
    if (known.get(faq.slug) === json) continue;
    knowledge.set(faq);
    known.set(faq.slug, json);
  }
}

/** The last used stands last; memory is given back a while after the last trial. */
function keep(ctx: Ctx, area: Area): void {
  const { db, tenantId } = ctx;
  const known = areas.get(db) ?? new Map<TenantId, Area>();
  areas.set(db, known);
  clearTimeout(area.forget);
  area.forget = setTimeout(() => forgetArea(db, tenantId), lifeMs).unref();
  known.delete(tenantId);
  known.set(tenantId, area);
  const [oldest] = known.size > mostAreas ? known.keys() : [];
  if (oldest !== undefined) forgetArea(db, oldest);
}

function forgetArea(db: Db, tenantId: TenantId): void {
  const known = areas.get(db);
  clearTimeout(known?.get(tenantId)?.forget);
  known?.delete(tenantId);
}

function laidOver(live: ShopKnowledge, tried: ShopKnowledge): Knowledge {
  return new Proxy(live, {
    get(_, key) {
      if (key === "withVectors") return undefined;
      const from = ofFaqs.has(key) ? tried : live;
      const value: unknown = Reflect.get(from, key, from);
      return typeof value === "function" ? value.bind(from) : value;
    },
  });
}
