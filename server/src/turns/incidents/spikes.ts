// A question that the bot cannot settle rises within an hour: something has happened that the owner may want to say at once.
// Each turn that went to a person, was held or asked back leaves the question that it was probably about, for two days.
import type { ConversationId, Spike, TurnDecision } from "@yingda/contract";
import { requirePermission } from "../../accounts/index.ts";
import { knowledgeFor } from "../../brain/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { type NamedStatement, once, transact } from "../../platform/db/index.ts";
import { emit } from "../../platform/outbox/index.ts";

/** What is read of a decision. */
type Concluded = Pick<TurnDecision, "outcome" | "faq" | "understanding">;
/** Conversations: within the hour, and in the day before it. */
type Misses = { last: number; before: number };

const hourMs = 3_600_000;
const dayHours = 24;
const keptMs = 48 * hourMs;
/** Fewer conversations than this are chance. */
const leastCount = 5;
const timesUsual = 3;
/** Below it the question was hardly meant. */
const leastConfidence = 0.15;

/** Gives the other conversations that missed the question: within the hour, and in the day before it. */
const writeMiss: NamedStatement = {
  name: "turn-miss",
  text: `with gone as (delete from turn_miss where tenant_id = $1 and at < $5),
    noted as (insert into turn_miss (tenant_id, conversation_id, faq_slug, at) values ($1, $2, $3, $4)
      on conflict (tenant_id, conversation_id, faq_slug) do update set at = excluded.at)
    select count(*) filter (where at > $6)::int as last, count(*) filter (where at <= $6)::int as before
    from turn_miss where tenant_id = $1 and faq_slug = $3 and conversation_id <> $2 and at > $7`,
};

/**
 * Called after the turn was applied; a lost note costs a suggestion, nothing more. While the question rises, each one more is told
 * to the desks.
 */
export async function noteMiss(ctx: Ctx, conversationId: ConversationId, decision: Concluded): Promise<void> {
  const slug = missed(decision);
  if (slug === null) return;
  const at = ctx.clock.now();
  const ago = (ms: number) => new Date(at.getTime() - ms);
  const [others] = await once<Misses>(ctx, writeMiss, [
    ctx.tenantId,
    conversationId,
    slug,
    at,
    ago(keptMs),
    ago(hourMs),
    ago((dayHours + 1) * hourMs),
  ]);
  if (others === undefined || !isSpike(others.last + 1, others.before / dayHours)) return;
  const event = { kind: "question-risen" as const, payload: { faq: slug } };
  await transact(ctx, (tx) => emit(ctx, tx, ctx.tenantId, [event]));
}

/** What the turn was probably about, when the bot could not settle it; null otherwise. */
export function missed({ outcome, faq, understanding }: Concluded): string | null {
  if (outcome === "answer" || outcome === "small-talk" || outcome === "flow") return null;
  const [best] = understanding.candidates;
  return faq ?? (best !== undefined && best.confidence >= leastConfidence ? best.faq : null);
}

/** The steepest first. */
export async function listSpikes(ctx: Ctx): Promise<Spike[]> {
  requirePermission(ctx, "knowledge-read");
  const nowMs = ctx.clock.nowMs();
  const rows = await transact(ctx, (tx) =>
    tx.rows<Misses & { faq: string }>(
      `select faq_slug as faq, count(*) filter (where at > $2)::int as last, count(*) filter (where at <= $2)::int as before
       from turn_miss where tenant_id = $1 and at > $3 group by faq_slug`,
      [ctx.tenantId, new Date(nowMs - hourMs), new Date(nowMs - (dayHours + 1) * hourMs)],
    ),
  );
  const knowledge = await knowledgeFor(ctx);
  const pinned = new Set(
    knowledge.incidents
      .filter(({ startsAtMs, endsAtMs }) => startsAtMs <= nowMs && nowMs < endsAtMs)
      .flatMap(({ faqs }) => faqs),
  );
  return rows
    .filter(({ faq, last, before }) => !pinned.has(faq) && isSpike(last, before / dayHours))
    .sort((a, b) => b.last - a.last)
    .map(({ faq, last, before }) => ({
      faq,
      question: knowledge.question(faq, "zh-CN"),
      count: last,
      usual: Math.round((before / dayHours) * 10) / 10,
    }));
}

export function isSpike(count: number, usual: number): boolean {
  return count >= leastCount && count >= usual * timesUsual;
}
