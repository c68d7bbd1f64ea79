// Brings a sheet of FAQs in, or only says what would happen (dry run), and takes all FAQs out as a sheet. A row finds its
// FAQ by slug, else by the same question; the rest is new. One transaction, one training.

import { isDeepStrictEqual } from "node:util";
import type { FaqDraft, FaqId, ImportReport, UserId } from "@yingda/contract";
import { listMembersBrief, requestAudit, requirePermission } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { type Tx, transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { emit } from "../../platform/outbox/index.ts";
import { readBlankValues } from "./blank-store.ts";
import { checkLiveWrite } from "./drafts/faq-policy.ts";
import { type CompleteDraft, type FaqRow, insertFaqRows, listFaqRows, updateFaqRow } from "./faq-store.ts";
import { completeDraft, whoAndWhen } from "./faqs.ts";
import { reloadKnowledge } from "./knowledge-cache.ts";
import { extrasOf, presentFaq } from "./present-faq.ts";
import { type ColumnKey, columnTitles } from "./sheets/columns.ts";
import { type ParsedRow, type ParsedSheet, parseFaqs } from "./sheets/parse-faqs.ts";
import { readSheet } from "./sheets/read-sheet.ts";
import { writeCsv, writeXlsxSheet } from "./sheets/write-sheet.ts";

interface Plan {
  added: CompleteDraft[];
  changed: { row: FaqRow; draft: CompleteDraft }[];
  unchanged: number;
  errors: ImportReport["errors"];
}

/** @throws AppError import/too-large, import/unreadable, faq/review-required, faq/version-moved */
export async function importFaqs(ctx: Ctx, file: Buffer, isDryRun: boolean): Promise<ImportReport> {
  requirePermission(ctx, "knowledge-write");
  const parsed = parseFaqs(await readSheet(file));
  const owners = await membersByName(ctx);
  const report = await transact(ctx, async (tx) => {
    const plan = planImport(parsed, await listFaqRows(tx, ctx.tenantId), owners);
    const { added, changed, unchanged } = plan;
    if (!isDryRun) await checkLiveWrite(ctx, tx);
    if (!isDryRun && added.length + changed.length > 0) await carryOut(ctx, tx, plan);
    const errors = [...parsed.errors, ...plan.errors].sort((a, b) => a.row - b.row);
    return { added: added.length, changed: changed.length, unchanged, errors };
  });
  if (!isDryRun && report.added + report.changed > 0) await reloadKnowledge(ctx);
  return report;
}

async function membersByName(ctx: Ctx): Promise<Map<string, UserId>> {
  return new Map((await listMembersBrief(ctx)).map(({ name, id }) => [name, id]));
}

/** A sheet without the column leaves the owners as they are. */
function withOwner({ draft, owner }: ParsedRow, owners: ReadonlyMap<string, UserId>): FaqDraft {
  if (owner === null) return draft;
  return { ...draft, extras: { ...draft.extras, ownerId: owners.get(owner) ?? null } };
}

/** What the sheet has no column for stays as it is: a sheet of questions and answers changes no wording and no switch. */
function withRest(draft: FaqDraft, row: FaqRow | undefined, columns: ReadonlySet<ColumnKey>): FaqDraft {
  if (row === undefined) return draft;
  const { question_en: questionEn, answer_en: answerEn, is_on: isOn, category, tags } = row;
  const now = {
    questionEn,
    answerEn,
    category,
    tags,
    phrasings: row.phrasings,
    negatives: row.negatives,
    isOn,
  };
  const rest = Object.entries(now).filter(([key]) => !columns.has(key as keyof typeof now));
  return { ...draft, ...Object.fromEntries(rest) };
}

function planImport(
  { rows, columns }: ParsedSheet,
  known: readonly FaqRow[],
  owners: ReadonlyMap<string, UserId>,
): Plan {
  const plan: Plan = { added: [], changed: [], unchanged: 0, errors: [] };
  const bySlug = new Map(known.map((row) => [row.slug, row]));
  const byQuestion = new Map(known.map((row) => [row.question, row]));
  const used = new Map<string, number>();
  for (const parsed of rows) {
    const { row, owner } = parsed;
    if (owner !== null && owner !== "" && !owners.has(owner)) {
      plan.errors.push({ row, column: columnTitles.owner, code: "unknown-member", value: owner });
      continue;
    }
    const draft = withOwner(parsed, owners);
    const found = draft.slug === undefined ? byQuestion.get(draft.question) : bySlug.get(draft.slug);
    const whole = withRest(draft, found, columns);
    const complete = completeDraft(whole, found?.slug ?? `own.${newId<string>().slice(-12)}`);
    const first = used.get(complete.slug);
    used.set(complete.slug, first ?? row);
    if (first !== undefined) plan.errors.push({ row, column: null, code: "repeated", value: String(first) });
    else if (found === undefined) plan.added.push(complete);
    else if (isSame(found, complete)) plan.unchanged += 1;
    else plan.changed.push({ row: found, draft: complete });
  }
  return plan;
}

function isSame(row: FaqRow, draft: CompleteDraft): boolean {
  const { slug, question, answer, category, tags, phrasings, negatives } = row;
  const { unborrowed, extras, ...given } = draft;
  const now: Record<string, unknown> = { ...extrasOf(row) };
  const before = {
    slug,
    question,
    answer,
    questionEn: row.question_en,
    answerEn: row.answer_en,
    category,
    tags,
    phrasings,
    negatives,
    isOn: row.is_on,
  };
  const isSameList = unborrowed === null || JSON.stringify(unborrowed) === JSON.stringify(row.unborrowed);
  const areSameExtras = Object.entries(extras).every(([key, value]) => isDeepStrictEqual(now[key], value));
  return (
    isSameList &&
    areSameExtras &&
    Object.entries(before).every(
      ([key, value]) => JSON.stringify(value) === JSON.stringify(given[key as keyof typeof given]),
    )
  );
}

async function carryOut(ctx: Ctx, tx: Tx, { added, changed }: Plan): Promise<void> {
  const by = whoAndWhen(ctx);
  const fresh = added.map((draft) => ({ ...draft, id: newId<FaqId>(), pack: null }));
  await insertFaqRows(tx, ctx.tenantId, fresh, by);
  for (const { row, draft } of changed) {
    const updated = await updateFaqRow(tx, ctx.tenantId, { ...draft, id: row.id, version: row.version }, by);
    // somebody wrote it while the sheet was compared: nothing of the sheet is taken, rather than all but this one
    if (updated === undefined) throw new AppError("faq/version-moved");
  }
  const details = { added: added.length, changed: changed.length };
  await requestAudit(ctx, tx, { action: "faqs-imported", subject: "faq", subjectId: null, details });
  await emit(ctx, tx, ctx.tenantId, [{ kind: "knowledge-changed", payload: { how: "imported" } }]);
}

/** All FAQs as a file that importFaqs reads back unchanged. */
export async function exportFaqs(
  ctx: Ctx,
  format: "xlsx" | "csv",
): Promise<{ body: Buffer; name: string; type: string }> {
  requirePermission(ctx, "knowledge-read");
  const names = new Map((await listMembersBrief(ctx)).map(({ id, name }) => [id, name]));
  const faqs = await transact(ctx, async (tx) => {
    const blanks = await readBlankValues(tx, ctx.tenantId);
    return (await listFaqRows(tx, ctx.tenantId)).map((row) => {
      const faq = presentFaq(row, blanks);
      const { ownerId } = faq.extras;
      return { ...faq, owner: (ownerId === null ? undefined : names.get(ownerId)) ?? "" };
    });
  });
  const name = `faq-${ctx.clock.now().toISOString().slice(0, 10)}.${format}`;
  if (format === "csv") return { body: writeCsv(faqs), name, type: "text/csv; charset=utf-8" };
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return { body: await writeXlsxSheet(faqs), name, type };
}
