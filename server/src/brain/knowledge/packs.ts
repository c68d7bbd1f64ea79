// Industry packs and their blanks: which there are, switching one on (its FAQs become the shop's own, to be edited like
// any other) or off, and filling the blanks. A pack switched off takes its FAQs away and gives the very same back.

import type { Blank, FaqId, PackSummary } from "@yingda/contract";
import {
  type IndustryPack,
  listPacks as listPackFiles,
  loadPack,
  loadSmallTalk,
  type PackBlank,
} from "@yingda/templates";
import { getTenant, requestAudit, requirePermission } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { type Tx, transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { emit } from "../../platform/outbox/index.ts";
import {
  lockPackSwitch,
  readBlankValues,
  readPackSwitches,
  writeBlankValues,
  writePackSwitch,
} from "./blank-store.ts";
import { textsOfExtras } from "./extras-texts.ts";
import {
  deletePackRows,
  type FaqRow,
  insertFaqRows,
  listFaqRows,
  type NewFaq,
  restorePackRows,
  takenSlugs,
} from "./faq-store.ts";
import { whoAndWhen } from "./faqs.ts";
import { blanksIn } from "./fill-answer.ts";
import { changeKnowledge, reloadKnowledge } from "./knowledge-cache.ts";
import { faqOfPack, faqOfSmallTalk, sampleBlanks } from "./pack-knowledge.ts";
import { extrasOf } from "./present-faq.ts";

const smallTalkPack = "small-talk";

interface PackFacts {
  on: Set<string>;
  rows: FaqRow[];
  values: ReadonlyMap<string, string>;
}

export async function listPacks(ctx: Ctx): Promise<PackSummary[]> {
  requirePermission(ctx, "knowledge-read");
  const facts = await transact(ctx, (tx) => readFacts(ctx, tx));
  return listPackFiles().map(({ slug }) => summarise(packOf(slug), facts));
}

/**
 * Switches a pack on or off; live when it returns. `fillsSamples` also fills its blanks with the samples where the shop
 * has no value yet: for the demo shop and `--pack`, never for a real one.
 * @throws AppError request/not-found for a pack that does not exist
 */
export async function switchPack(
  ctx: Ctx,
  slug: string,
  isOn: boolean,
  fillsSamples = false,
): Promise<PackSummary> {
  requirePermission(ctx, "knowledge-write");
  const pack = packOf(slug);
  const facts = await transact(ctx, async (tx) => {
    const before = await lockPackSwitch(tx, ctx.tenantId, slug);
    const at = ctx.clock.now();
    if (isOn && before?.is_on !== true) await bring(ctx, tx, pack, before?.switched_at ?? null);
    if (!isOn && before?.is_on === true) await deletePackRows(tx, ctx.tenantId, slug, at);
    if (before?.is_on !== isOn) await writePackSwitch(tx, ctx.tenantId, slug, isOn, at);
    if (isOn && fillsSamples) await fillSamples(ctx, tx, pack);
    const after = await readFacts(ctx, tx);
    await requestAudit(ctx, tx, {
      action: "pack-switched",
      subject: "pack",
      subjectId: null,
      details: { slug, isOn },
    });
    await emit(ctx, tx, ctx.tenantId, [{ kind: "knowledge-changed", payload: { how: "pack" } }]);
    return after;
  });
  await reloadKnowledge(ctx);
  return summarise(pack, facts);
}

async function bring(ctx: Ctx, tx: Tx, pack: IndustryPack, offSince: Date | null): Promise<void> {
  if (offSince !== null) await restorePackRows(tx, ctx.tenantId, pack.slug, offSince);
  const isEnglish = (await getTenant(ctx)).locale === "en";
  const taken = await takenSlugs(tx, ctx.tenantId, pack.slug);
  const takenTalk = await takenSlugs(tx, ctx.tenantId, smallTalkPack);
  const faqs: NewFaq[] = pack.faqs
    .filter(({ slug }) => !taken.has(slug))
    .map((faq) => ({
      ...newFaq(faqOfPack(faq)),
      category: isEnglish ? faq.category.en : faq.category.zh,
      tags: [...faq.tags],
      pack: pack.slug,
    }));
  const talk: NewFaq[] = loadSmallTalk()
    .filter(({ slug }) => !takenTalk.has(slug))
    .map((answer) => ({
      ...newFaq(faqOfSmallTalk(answer)),
      category: isEnglish ? "Small talk" : "寒暄",
      pack: smallTalkPack,
    }));
  await insertFaqRows(tx, ctx.tenantId, [...faqs, ...talk], whoAndWhen(ctx));
}

function newFaq({
  checkedOn: _,
  phrasings,
  negatives,
  unborrowed,
  extras: __,
  ...faq
}: ReturnType<typeof faqOfPack>): NewFaq {
  const id = newId<FaqId>();
  return {
    ...faq,
    id,
    category: "",
    tags: [],
    phrasings: [...phrasings],
    negatives: [...negatives],
    unborrowed: [...unborrowed],
    isOn: true,
    extras: {},
    pack: null,
  };
}

async function fillSamples(ctx: Ctx, tx: Tx, pack: IndustryPack): Promise<void> {
  const values = await readBlankValues(tx, ctx.tenantId);
  const missing = [...sampleBlanks(pack)].filter(([key]) => (values.get(key) ?? "") === "");
  await writeBlankValues(tx, ctx.tenantId, new Map(missing), ctx.clock.now());
}

/** Blanks of the packs that are on, then those that the shop wrote into its own answers. */
export async function listBlanks(ctx: Ctx): Promise<Blank[]> {
  requirePermission(ctx, "knowledge-read");
  return presentBlanks(await transact(ctx, (tx) => readFacts(ctx, tx)));
}

/** Fills blanks; null or nothing but spaces empties one. @throws AppError request/invalid for a name no answer uses */
export async function fillBlanks(ctx: Ctx, given: Record<string, string | null>): Promise<Blank[]> {
  requirePermission(ctx, "knowledge-write");
  const values = new Map(Object.entries(given).map(([key, value]) => [key, value?.trim() || null]));
  const facts = await transact(ctx, async (tx) => {
    const known = new Set(presentBlanks(await readFacts(ctx, tx)).map(({ key }) => key));
    const unknown = [...values.keys()].filter((key) => !known.has(key));
    if (unknown.length > 0) throw new AppError("request/invalid", { details: { fields: unknown } });
    await writeBlankValues(tx, ctx.tenantId, values, ctx.clock.now());
    const after = await readFacts(ctx, tx);
    const details = { count: values.size };
    await requestAudit(ctx, tx, { action: "blanks-filled", subject: "blank", subjectId: null, details });
    await emit(ctx, tx, ctx.tenantId, [{ kind: "knowledge-changed", payload: { how: "blanks" } }]);
    return after;
  });
  changeKnowledge(ctx, (knowledge) => knowledge.fill(facts.values));
  return presentBlanks(facts);
}

async function readFacts(ctx: Ctx, tx: Tx): Promise<PackFacts> {
  const switches = await readPackSwitches(tx, ctx.tenantId);
  return {
    on: new Set(switches.filter(({ is_on }) => is_on).map(({ slug }) => slug)),
    rows: await listFaqRows(tx, ctx.tenantId),
    values: await readBlankValues(tx, ctx.tenantId),
  };
}

function presentBlanks(facts: PackFacts): Blank[] {
  const named = [...facts.on].flatMap((slug) => packOf(slug).blanks);
  const known = new Set(named.map(({ key }) => key));
  const own = [...new Set(facts.rows.flatMap(blanksOf))]
    .filter((key) => !known.has(key))
    .map((key): PackBlank => ({ key, label: { zh: key, en: key }, sample: "", required: true }));
  return [...named, ...own].map((blank) => presentBlank(blank, facts));
}

/** Of everything that it says: a blank in a spoken wording keeps that from being said, too. */
function blanksOf(row: FaqRow): string[] {
  return blanksIn([row.answer, row.answer_en, ...textsOfExtras(extrasOf(row))].join("\n"));
}

function presentBlank({ key, label, sample, isShopName }: PackBlank, { rows, values }: PackFacts): Blank {
  const usedBy = rows.filter((row) => blanksOf(row).includes(key)).length;
  return {
    key,
    label: label.zh,
    labelEn: label.en,
    sample,
    value: values.get(key) ?? null,
    usedBy,
    isShopName: isShopName === true,
  };
}

function summarise(pack: IndustryPack, facts: PackFacts): PackSummary {
  return {
    slug: pack.slug,
    name: pack.name.zh,
    nameEn: pack.name.en,
    faqCount: pack.faqs.length,
    suggestedFaqs: pack.suggestedQuestions,
    blanks: pack.blanks.map((blank) => presentBlank(blank, facts)),
    isOn: facts.on.has(pack.slug),
  };
}

function packOf(slug: string): IndustryPack {
  const pack = loadPack(slug);
  if (pack === null) throw new AppError("request/not-found");
  return pack;
}
