// Chats to rehearse out of the shop's own record: looked at first, then taken behind, each conversation once. Whoever does it may
// read conversations and write knowledge; what is kept names nobody.

import type {
  ConversationId,
  MaskedCounts,
  RecordChoice,
  RecordImport,
  RecordPreview,
} from "@yingda/contract";
import { recordBounds, rehearsalBounds } from "@yingda/contract";
import { getTenant, requestAudit, requirePermission } from "../../accounts/index.ts";
import { knowledgeFor } from "../../brain/index.ts";
import { findPast, type PastConversation, readPast } from "../../conversations/index.ts";
import { type Ctx, makeCtx, type Services } from "../../platform/context.ts";
import { type Tx, transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import type { JobPayload } from "../../platform/jobs/index.ts";
import { dislikedConversations } from "../gaps/gap-store.ts";
import { addFromRecord, sealCase } from "./cases.ts";
import { beginImport, findImport, type ImportRow, moveImport } from "./import-store.ts";
import { countCases, knownConversations } from "./rehearsal-store.ts";
import { type Script, scriptOf } from "./script-of.ts";

export const recordImportJob = "rehearsal-import";
/** Progress is written every so many conversations. */
const stride = 10;
/** So many are read at most to fill the sample: some have nothing to put to a bot. */
const mostLookedAt = 20;

export async function previewRecord(ctx: Ctx, choice: RecordChoice): Promise<RecordPreview> {
  requireBoth(ctx);
  const { found, fresh, chosen } = await choose(ctx, choice);
  const make = await scriptMaker(ctx, choice);
  const sample: RecordPreview["sample"] = [];
  for (const id of chosen.slice(0, mostLookedAt)) {
    if (sample.length >= recordBounds.sample) break;
    const made = await make(id);
    if (made === null) continue;
    const { number, createdAt } = made.past;
    sample.push({ conversationId: id, number, at: createdAt.toISOString(), ...made.script });
  }
  return { found: found.length, known: found.length - fresh.length, taken: chosen.length, sample };
}

/** @throws AppError rehearsal/nothing-in-span, rehearsal/limit-reached, rehearsal/import-running */
export async function startImport(ctx: Ctx, choice: RecordChoice): Promise<RecordImport> {
  requireBoth(ctx);
  const { fresh, chosen } = await choose(ctx, choice);
  if (fresh.length === 0) throw new AppError("rehearsal/nothing-in-span");
  if (chosen.length === 0)
    throw new AppError("rehearsal/limit-reached", { details: { most: rehearsalBounds.cases } });
  return transact(ctx, async (tx) => {
    const row = await beginImport(tx, ctx.tenantId, { choice, total: chosen.length, at: ctx.clock.now() });
    if (row === null) throw new AppError("rehearsal/import-running");
    await ctx.jobs.send(tx, recordImportJob, { tenantId: ctx.tenantId });
    await requestAudit(ctx, tx, {
      action: "rehearsal-added",
      subject: "rehearsal",
      subjectId: null,
      details: { conversations: chosen.length },
    });
    return present(row);
  });
}

export async function getRecordImport(ctx: Ctx): Promise<RecordImport | null> {
  requirePermission(ctx, "knowledge-read");
  const row = await transact(ctx, (tx) => findImport(tx, ctx.tenantId));
  return row === undefined ? null : present(row);
}

/** The job. A second attempt goes on where the first one ended: what was taken is not taken again. */
export async function importRecord(services: Services, payload: JobPayload): Promise<void> {
  const { tenantId } = payload as { tenantId: Ctx["tenantId"] };
  const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "rehearsal" } });
  const row = await transact(ctx, (tx) => findImport(tx, tenantId));
  if (row === undefined || row.state === "done") return;
  const now: ImportRow = { ...row, state: "running", masked: { ...row.masked } };
  try {
    await takeAll(ctx, now);
  } catch (error) {
    await transact(ctx, (tx) => moveImport(tx, tenantId, { ...now, state: "failed" }));
    throw error;
  }
}

/** `now` tells at every moment how far it has come. */
async function takeAll(ctx: Ctx, now: ImportRow): Promise<void> {
  const { choice } = now;
  const left = now.total - now.done;
  const { chosen } = await choose(ctx, { ...choice, most: Math.max(1, left) });
  const make = await scriptMaker(ctx, choice);
  const move = (tx: Tx) => moveImport(tx, ctx.tenantId, now);
  for (const id of left > 0 ? chosen : []) {
    const made = await make(id);
    if (made !== null && (await addFromRecord(ctx, await sealCase(ctx, made.script.turns, id)))) {
      now.added += 1;
      addCounts(now.masked, made.script.masked);
    }
    now.done += 1;
    if (now.done % stride === 0) await transact(ctx, move);
    await new Promise((resume) => setImmediate(resume)); // chats come first
  }
  await transact(ctx, (tx) => moveImport(tx, ctx.tenantId, { ...now, done: now.total, state: "done" }));
}

function addCounts(sum: MaskedCounts, more: MaskedCounts): void {
  for (const [kind, count] of Object.entries(more) as [keyof MaskedCounts, number][])
    sum[kind] = (sum[kind] ?? 0) + count;
}

interface Chosen {
  found: ConversationId[];
  /** Of those, not taken before. */
  fresh: ConversationId[];
  chosen: ConversationId[];
}

async function choose(ctx: Ctx, choice: RecordChoice): Promise<Chosen> {
  const { from, to, channel, tag, outcome, most, pick } = choice;
  const span = { from: new Date(from), to: new Date(to) };
  const disliked = await transact(ctx, (tx) => dislikedConversations(tx, ctx.tenantId, span.from));
  const found = await findPast(ctx, { ...span, channel, tag: tag || null, outcome, disliked });
  const { known, count } = await transact(ctx, async (tx) => ({
    known: await knownConversations(tx, ctx.tenantId, found),
    count: await countCases(tx, ctx.tenantId),
  }));
  const fresh = found.filter((id) => !known.has(id));
  const room = Math.min(most, Math.max(0, rehearsalBounds.cases - count));
  return { found, fresh, chosen: pick === "newest" ? fresh.slice(0, room) : spread(fresh, room) };
}

/** So many of them, evenly spread, the first one among them. */
export function spread<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, at) => items[Math.floor((at * items.length) / most)] as Item);
}

async function scriptMaker(
  ctx: Ctx,
  { from }: RecordChoice,
): Promise<(id: ConversationId) => Promise<{ past: PastConversation; script: Script } | null>> {
  const [knowledge, { locale }, disliked] = await Promise.all([
    knowledgeFor(ctx),
    getTenant(ctx),
    transact(ctx, (tx) => dislikedConversations(tx, ctx.tenantId, new Date(from))),
  ]);
  const unhappy = new Set(disliked);
  const isKnown = (slug: string) => knowledge.answer(slug, locale) !== null;
  return async (id) => {
    const past = await readPast(ctx, id);
    const script = past && scriptOf(past, isKnown, unhappy.has(id));
    return past && script && { past, script };
  };
}

function requireBoth(ctx: Ctx): void {
  requirePermission(ctx, "knowledge-write");
  requirePermission(ctx, "conversations-read");
}

function present({ state, done, total, added, masked, at }: ImportRow): RecordImport {
  return { state, done, total, added, masked, at: at.toISOString() };
}
