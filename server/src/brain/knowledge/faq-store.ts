// SQL for the shop's FAQs. Texts are the shop's own words and stand in clear; nothing of a contact is here.

import type { FaqDraft, FaqExtras, FaqExtrasChange, FaqId, TenantId, UserId } from "@yingda/contract";
import type { Tx } from "../../platform/db/index.ts";

export interface FaqRow {
  id: FaqId;
  slug: string;
  question: string;
  answer: string;
  question_en: string;
  answer_en: string;
  category: string;
  tags: string[];
  phrasings: string[];
  negatives: string[];
  /** Corpus intents by slug and phrasings by text that it may not borrow. */
  unborrowed: string[];
  is_on: boolean;
  /** Fields that are missing are the standard ones: read with extrasOf. */
  extras: Partial<FaqExtras>;
  pack: string | null;
  asked_count: number;
  /** "YYYY-MM-DD": when somebody last confirmed that the answer is true. */
  checked_on: string | null;
  version: number;
  updated_at: Date;
  deleted_at: Date | null;
}

/** A draft with every field decided; `unborrowed` null leaves that list as it is, fields missing in `extras` those. */
export type CompleteDraft = Omit<Required<FaqDraft>, "slug" | "unborrowed" | "extras"> & {
  slug: string;
  unborrowed: string[] | null;
  extras: FaqExtrasChange;
};
export type NewFaq = CompleteDraft & { id: FaqId; pack: string | null };

const columns = `id, slug, question, answer, question_en, answer_en, category, tags, phrasings, negatives,
  unborrowed, is_on, extras, pack, asked_count::int as asked_count, to_char(checked_on, 'YYYY-MM-DD') as checked_on, version, updated_at, deleted_at`;

/** All living FAQs, those switched off too, in the order they were made. */
export function listFaqRows(tx: Tx, tenantId: TenantId): Promise<FaqRow[]> {
  return tx.rows<FaqRow>(
    `select ${columns} from faq where tenant_id = $1 and deleted_at is null order by id`,
    [tenantId],
  );
}

/** One FAQ, deleted or not. */
export function findFaqRow(tx: Tx, tenantId: TenantId, id: FaqId): Promise<FaqRow | undefined> {
  return tx.maybe<FaqRow>(`select ${columns} from faq where tenant_id = $1 and id = $2`, [tenantId, id]);
}

/** Fails with PostgreSQL's 23505 when a living FAQ has the slug. */
export function findMatter(
  tx: Tx,
  tenantId: TenantId,
  slug: string,
): Promise<{ category: string; tags: string[] } | undefined> {
  return tx.maybe(
    `select category, tags from faq where tenant_id = $1 and slug = $2 and deleted_at is null`,
    [tenantId, slug],
  );
}

export function insertFaqRow(
  tx: Tx,
  tenantId: TenantId,
  faq: NewFaq,
  by: { userId: UserId | null; at: Date },
): Promise<FaqRow> {
  return tx.one<FaqRow>(
    `insert into faq (tenant_id, id, slug, question, answer, question_en, answer_en, category, tags, phrasings, negatives,
       is_on, unborrowed, extras, pack, updated_at, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, coalesce($13::text[], '{}'), $14::jsonb, $15, $16, $17)
     returning ${columns}`,
    [tenantId, faq.id, ...texts(faq), faq.pack, by.at, by.userId],
  );
}

/** Many at once, for packs and imports. Fails with PostgreSQL's 23505 when a living FAQ has one of the slugs. */
export function insertFaqRows(
  tx: Tx,
  tenantId: TenantId,
  faqs: readonly NewFaq[],
  by: { userId: UserId | null; at: Date },
): Promise<number> {
  return tx.run(
    `insert into faq (tenant_id, id, slug, question, answer, question_en, answer_en, category, tags, phrasings, negatives,
       is_on, unborrowed, extras, pack, updated_at, updated_by)
     select $1, id, slug, question, answer, "questionEn", "answerEn", category, tags, phrasings, negatives, "isOn",
       coalesce(unborrowed, '{}'), coalesce(extras, '{}'), pack, $3, $4
     from jsonb_to_recordset($2::jsonb) as given (id uuid, slug text, question text, answer text, "questionEn" text,
       "answerEn" text, category text, tags text[], phrasings text[], negatives text[], "isOn" boolean,
       unborrowed text[], extras jsonb, pack text)`,
    [tenantId, JSON.stringify(faqs), by.at, by.userId],
  );
}

/** Writes a draft over an FAQ of exactly this version; undefined when somebody else was faster. */
export function updateFaqRow(
  tx: Tx,
  tenantId: TenantId,
  faq: CompleteDraft & { id: FaqId; version: number },
  by: { userId: UserId | null; at: Date },
): Promise<FaqRow | undefined> {
  return tx.maybe<FaqRow>(
    `update faq set slug = $3, question = $4, answer = $5, question_en = $6, answer_en = $7, category = $8, tags = $9,
       phrasings = $10, negatives = $11, is_on = $12, unborrowed = coalesce($13::text[], unborrowed),
       extras = extras || $14::jsonb, checked_on = $15::timestamptz::date, updated_at = $15::timestamptz, updated_by = $16, version = version + 1
     where tenant_id = $1 and id = $2 and version = $17 and deleted_at is null returning ${columns}`,
    [tenantId, faq.id, ...texts(faq), by.at, by.userId, faq.version],
  );
}

function texts(faq: CompleteDraft): unknown[] {
  const { slug, question, answer, questionEn, answerEn, category, tags, phrasings, negatives } = faq;
  return [
    slug,
    question,
    answer,
    questionEn,
    answerEn,
    category,
    tags,
    phrasings,
    negatives,
    faq.isOn,
    faq.unborrowed,
    JSON.stringify(faq.extras),
  ];
}

/**
 * Writes what an FAQ may not borrow. Its version stays: the list is a set, changed on its own and by one statement, so
 * that nobody's half-written draft is in the way of it. Undefined when there is no such living FAQ.
 */
export function updateUnborrowed(
  tx: Tx,
  tenantId: TenantId,
  id: FaqId,
  change: { refuse: readonly string[]; takeBack: readonly string[] },
  by: { userId: UserId | null; at: Date },
): Promise<FaqRow | undefined> {
  return tx.maybe<FaqRow>(
    `update faq set updated_at = $5, updated_by = $6, unborrowed = array(
       select entry from unnest(unborrowed || $3::text[]) with ordinality as listed (entry, place)
       where entry <> all ($4::text[]) group by entry order by min(place))
     where tenant_id = $1 and id = $2 and deleted_at is null returning ${columns}`,
    [tenantId, id, change.refuse, change.takeBack, by.at, by.userId],
  );
}

/** Somebody says that it is still right; `extras` replaces the fields that it names. The version stays: no word changed. */
export function markFaqChecked(
  tx: Tx,
  tenantId: TenantId,
  id: FaqId,
  extras: FaqExtrasChange,
  on: string,
): Promise<FaqRow | undefined> {
  return tx.maybe<FaqRow>(
    `update faq set checked_on = $3::date, extras = extras || $4::jsonb
     where tenant_id = $1 and id = $2 and deleted_at is null returning ${columns}`,
    [tenantId, id, on, JSON.stringify(extras)],
  );
}

/** Who wrote what is live. */
export async function readFaqEditor(tx: Tx, tenantId: TenantId, id: FaqId): Promise<UserId | null> {
  const row = await tx.maybe<{ updated_by: UserId | null }>(
    "select updated_by from faq where tenant_id = $1 and id = $2",
    [tenantId, id],
  );
  return row?.updated_by ?? null;
}

/** Names of all living FAQs. */
export function listFaqNames(
  tx: Tx,
  tenantId: TenantId,
): Promise<Pick<FaqRow, "id" | "slug" | "question">[]> {
  return tx.rows("select id, slug, question from faq where tenant_id = $1 and deleted_at is null", [
    tenantId,
  ]);
}

export function markFaqDeleted(tx: Tx, tenantId: TenantId, id: FaqId, at: Date): Promise<FaqRow | undefined> {
  return tx.maybe<FaqRow>(
    `update faq set deleted_at = $3, version = version + 1 where tenant_id = $1 and id = $2 and deleted_at is null
     returning ${columns}`,
    [tenantId, id, at],
  );
}

/** Undoes a deletion that is not older than `since`. */
export function unmarkFaqDeleted(
  tx: Tx,
  tenantId: TenantId,
  id: FaqId,
  since: Date,
): Promise<FaqRow | undefined> {
  return tx.maybe<FaqRow>(
    `update faq set deleted_at = null, version = version + 1
     where tenant_id = $1 and id = $2 and deleted_at >= $3 returning ${columns}`,
    [tenantId, id, since],
  );
}

/** Takes a pack's FAQs away at one instant, by which `restorePackRows` finds them again. */
export function deletePackRows(tx: Tx, tenantId: TenantId, pack: string, at: Date): Promise<number> {
  return tx.run(
    "update faq set deleted_at = $3, version = version + 1 where tenant_id = $1 and pack = $2 and deleted_at is null",
    [tenantId, pack, at],
  );
}

/** FAQs of a pack that were edited here are the shop's from now on. */
export function detachCheckedRows(tx: Tx, tenantId: TenantId, pack: string): Promise<number> {
  return tx.run(
    "update faq set pack = null, version = version + 1 where tenant_id = $1 and pack = $2 and checked_on is not null and deleted_at is null",
    [tenantId, pack],
  );
}

/** Brings back what was taken away at that instant, save slugs that live again meanwhile. */
export function restorePackRows(tx: Tx, tenantId: TenantId, pack: string, deletedAt: Date): Promise<number> {
  return tx.run(
    `update faq set deleted_at = null, version = version + 1
     where tenant_id = $1 and pack = $2 and deleted_at = $3
       and not exists (select 1 from faq other where other.tenant_id = $1 and other.slug = faq.slug and other.deleted_at is null)`,
    [tenantId, pack, deletedAt],
  );
}

/** Slugs that the pack ever brought (deleted ones too) or that a living FAQ has. */
export async function takenSlugs(tx: Tx, tenantId: TenantId, pack: string): Promise<Set<string>> {
  const rows = await tx.rows<{ slug: string }>(
    "select distinct slug from faq where tenant_id = $1 and (pack = $2 or deleted_at is null)",
    [tenantId, pack],
  );
  return new Set(rows.map(({ slug }) => slug));
}

export function addAskedCounts(
  tx: Tx,
  tenantId: TenantId,
  counts: ReadonlyMap<string, number>,
): Promise<number> {
  return tx.run(
    `update faq set asked_count = asked_count + more.count
     from unnest($2::text[], $3::int[]) as more (slug, count)
     where faq.tenant_id = $1 and faq.slug = more.slug and faq.deleted_at is null`,
    [tenantId, [...counts.keys()], [...counts.values()]],
  );
}

/** Ends what can no longer be restored. System role: all tenants. */
export function purgeDeletedFaqs(tx: Tx, before: Date): Promise<number> {
  return tx.run(
    `delete from faq where deleted_at < $1
       and not exists (select 1 from pack_switch p where p.tenant_id = faq.tenant_id and p.slug = faq.pack and not p.is_on)`,
    [before],
  );
}
