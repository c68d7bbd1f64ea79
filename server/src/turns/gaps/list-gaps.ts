// The gaps as the workbench shows them: counts, reasons, channels, trend, samples; the biggest first.

import type { Gap, GapId, GapState } from "@yingda/contract";
import { requirePermission } from "../../accounts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import {
  countGaps,
  type GapCount,
  listQuestionsOf,
  type QuestionRow,
  readScannedTo,
  textPlace,
} from "./gap-store.ts";

const mostGaps = 100;
const samplesRead = 12;
const samplesShown = 5;

export async function listGaps(
  ctx: Ctx,
  state: GapState,
): Promise<{ gaps: Gap[]; collectedAt: string | null }> {
  requireBoth(ctx);
  const gaps = await loadGaps(ctx, { state, id: null });
  const at = await transact(ctx, (tx) => readScannedTo(tx, ctx.tenantId));
  return { gaps, collectedAt: at?.toISOString() ?? null };
}

/** @throws AppError gap/not-found */
export async function getGap(ctx: Ctx, id: GapId): Promise<Gap> {
  const [found] = await loadGaps(ctx, { state: null, id });
  if (found === undefined) throw new AppError("gap/not-found");
  return found;
}

/** Samples are customers' words: who may read knowledge only does not see them. */
export function requireBoth(ctx: Ctx): void {
  requirePermission(ctx, "knowledge-read");
  requirePermission(ctx, "conversations-read");
}

async function loadGaps(ctx: Ctx, filter: { state: GapState | null; id: GapId | null }): Promise<Gap[]> {
  const { counts, questions } = await transact(ctx, async (tx) => {
    const rows = await countGaps(tx, ctx.tenantId, filter, ctx.clock.now());
    const biggest = biggestOf(rows);
    return {
      counts: biggest,
      questions: await listQuestionsOf(tx, ctx.tenantId, [...biggest.keys()], samplesRead),
    };
  });
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const textOf = (row: QuestionRow) => vault.openText(textPlace(row.message_id), row.sealed_text);
  return [...counts].map(([id, rows]) =>
    present(
      rows,
      questions.filter((row) => row.gap_id === id),
      textOf,
    ),
  );
}

/** By size, then the newest; each with its rows. */
function biggestOf(rows: readonly GapCount[]): Map<GapId, GapCount[]> {
  const groups = new Map<GapId, GapCount[]>();
  for (const row of rows) groups.set(row.id, [...(groups.get(row.id) ?? []), row]);
  const sorted = [...groups].sort(
    ([idA, a], [idB, b]) =>
      sum(b, "count") - sum(a, "count") || lastOf(b) - lastOf(a) || (idA < idB ? -1 : 1),
  );
  return new Map(sorted.slice(0, mostGaps));
}

function sum(rows: readonly GapCount[], key: "count" | "now" | "before"): number {
  return rows.reduce((total, row) => total + row[key], 0);
}

function lastOf(rows: readonly GapCount[]): number {
  return Math.max(...rows.map(({ last_at }) => last_at.getTime()));
}

function present(
  rows: readonly GapCount[],
  questions: readonly QuestionRow[],
  textOf: (row: QuestionRow) => string,
): Gap {
  const [first] = rows as [GapCount, ...GapCount[]];
  const totals = <K extends "reason" | "channel">(key: K) => {
    const found = new Map<GapCount[K], number>();
    for (const row of rows) found.set(row[key], (found.get(row[key]) ?? 0) + row.count);
    return found;
  };
  const label = questions.find(({ message_id }) => message_id === first.label_message_id) ?? questions[0];
  const samples = new Map<string, QuestionRow>();
  for (const row of questions) {
    const text = textOf(row);
    if (!samples.has(text)) samples.set(text, row);
  }
  return {
    id: first.id,
    label: label === undefined ? "" : textOf(label),
    count: sum(rows, "count"),
    reasons: Object.fromEntries(totals("reason")),
    channels: [...totals("channel")].map(([channel, count]) => ({ channel, count })),
    samples: [...samples].slice(0, samplesShown).map(([text, row]) => ({
      text,
      conversationId: row.conversation_id,
      at: row.at.toISOString(),
    })),
    trend: { now: sum(rows, "now"), before: sum(rows, "before") },
    lastSeenAt: new Date(lastOf(rows)).toISOString(),
    state: first.state,
    faqId: first.faq_id,
  };
}
