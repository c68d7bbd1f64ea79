// Decides, for a line that people serve, what the bot would have done, and keeps it as a draft. Behind the message path: a
// subscriber of its own with few hands. Nothing is sent, no tool changes anything, no code is mailed, no large model is asked.
import {
  type BotDraftId,
  type Content,
  type ConversationId,
  type DraftRoute,
  type Message,
  type TurnDecision,
  textOf,
} from "@yingda/contract";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids.ts";
import { type Done, emit } from "../../platform/outbox/index.ts";
import type { Brain } from "../ask-brain.ts";
import { behaviourOf } from "../manner/behaviour-of.ts";
import { inTheirScript } from "../manner/their-script.ts";
import { readPictures } from "../pictures/read-pictures.ts";
import { planTurn, type TurnPlan } from "../plan-turn.ts";
import { contentOf, emptyMemory, type TurnMemory, turnInput } from "../turn-input.ts";
import { loadSituation, type Situation } from "../turn-situation.ts";
import {
  closeAnswered,
  type DraftBody,
  type DraftRow,
  draftPlace,
  insertDraft,
  latestDrafts,
  replaceDraft,
} from "./draft-store.ts";

/** Nobody waits for it: long enough for a shop whose knowledge is only being made ready. */
const budgetMs = 30_000;
const longestAsked = 1_000;
export type AskedLines = { conversationId: ConversationId; fromSeq: number; toSeq: number };

export async function writeDraft(ctx: Ctx, brain: Brain, asked: AskedLines, done: Done): Promise<void> {
  const { conversationId } = asked;
  const situation = await loadSituation(ctx, conversationId, emptyMemory, null);
  const [before] = await transact(ctx, (tx) => latestDrafts(tx, ctx.tenantId, conversationId, 1));
  const said = situation && linesOf(situation, asked, before);
  // answered by a person already, or gone
  if (!situation || !said) return transact(ctx, done);
  const memory = said.replaces ? emptyMemory : await memoryAfter(ctx, before);
  const decided = await decideDraft(ctx, brain, { ...situation, material: said, memory });
  if (!decided) return transact(ctx, done);
  const { plan, decision } = decided;
  const id = newId<BotDraftId>();
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const route = routeOf(decision, plan);
  const body: DraftBody = {
    asked: askedText(said.lines),
    contents: route === "person" ? [] : plan.contents.map(withoutSources),
    source: sourceOf(decision),
    reason: route === "person" ? reasonOf(decision, plan) : null,
    memory: plan.memory,
  };
  const now = ctx.clock.now();
  await transact(ctx, async (tx) => {
    await closeAnswered(tx, ctx.tenantId, conversationId, said.fromSeq);
    if (said.replaces) await replaceDraft(tx, ctx.tenantId, said.replaces, now);
    await insertDraft(tx, ctx.tenantId, {
      id,
      conversation_id: conversationId,
      inbox_id: situation.inbox.id,
      from_seq: said.fromSeq,
      to_seq: asked.toSeq,
      route,
      faq_slug: decision.faq,
      confidence: decision.confidence,
      is_sendable: decision.isSendable,
      sealed_draft: vault.seal(draftPlace(id), JSON.stringify(body)),
      at: now,
    });
    await emit(ctx, tx, conversationId, [{ kind: "draft-changed", payload: { conversationId } }]);
    await done(tx);
  });
}

type Said = Situation["material"] & { fromSeq: number; replaces: BotDraftId | null };

/**
 * The lines that are asked for, with what was said before them; null when a person has answered them by now. What the bot
 * would have waited with is decided anew together with what the contact added within its quiet window.
 */
function linesOf(
  { material, inbox }: Situation,
  asked: AskedLines,
  before: DraftRow | undefined,
): Said | null {
  const all = [...material.history, ...material.lines];
  if (all.some(({ seq, author }) => seq > asked.toSeq && author.kind === "agent")) return null;
  const first = all.find(({ seq, kind }) => kind === "inbound" && seq > (before?.to_seq ?? 0));
  const isWaiting =
    before !== undefined &&
    first !== undefined &&
    before.result === "open" &&
    !before.is_sendable &&
    Date.parse(first.createdAt) - before.at.getTime() <= inbox.bot.quietWindowMs;
  const since = isWaiting ? before.from_seq : Math.max(asked.fromSeq, (before?.to_seq ?? 0) + 1);
  // what an earlier draft is about stays with it; asked for twice, there is nothing left
  const lines = all.filter(({ kind, seq }) => kind === "inbound" && seq >= since && seq <= asked.toSeq);
  const fromSeq = lines.at(0)?.seq;
  if (fromSeq === undefined || (before !== undefined && before.to_seq >= asked.toSeq)) return null;
  const history = all.filter(({ seq }) => seq < fromSeq);
  return { ...material, lines, history, fromSeq, replaces: isWaiting ? before.id : null };
}

/**
 * What the bot would remember: of the draft before, where a person said what it proposed. While nobody has answered, only
 * that it did not get on: the contact has not seen what it offered.
 */
async function memoryAfter(ctx: Ctx, before: DraftRow | undefined): Promise<TurnMemory> {
  if (before === undefined || before.result === "own" || before.result === "ignored") return emptyMemory;
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const body = JSON.parse(vault.openText(draftPlace(before.id), before.sealed_draft)) as DraftBody;
  return before.result === "open" ? { ...body.memory, flowState: null } : body.memory;
}

async function decideDraft(
  ctx: Ctx,
  brain: Brain,
  situation: Situation,
): Promise<{ decision: TurnDecision; plan: TurnPlan } | null> {
  const { material, inbox, locale, memory, capabilities } = situation;
  const input = turnInput({
    tenantId: ctx.tenantId,
    material,
    channel: inbox.channel,
    memory,
    locale,
    timeZone: situation.timeZone,
    availability: situation.availability,
    thresholds: inbox.bot.thresholds,
    // who speaks first is settled: a person does, and needs no question put to colleagues
    behaviour: { ...behaviourOf(ctx, situation), opening: "bot", isPeak: false, colleague: undefined },
  });
  const pictures = await readPictures(ctx, material.lines);
  if (pictures.length > 0) input.pictures = pictures;
  const signal = AbortSignal.timeout(budgetMs);
  try {
    const decision = await (brain.foresee?.(ctx, input, signal) ??
      brain.decide(ctx, input, signal, () => {}));
    // a person has no buttons to send: the labels become numbered lines
    const contentKinds = capabilities.contentKinds.filter((kind) => kind !== "choices");
    const plan = planTurn(decision, memory, { contentKinds, mergeReplies: false }, locale);
    plan.contents = await inTheirScript(plan.contents, inbox, material);
    return { decision, plan };
  } catch (error) {
    ctx.log.warn({ err: error, conversationId: material.conversation.id }, "draft not decided");
    return null;
  }
}

/** What would bring a person in is no answer, whatever is said with it. */
function routeOf({ outcome }: TurnDecision, plan: TurnPlan): DraftRoute {
  if (plan.handoff !== null || plan.offeredForm || plan.contents.length === 0) return "person";
  return outcome === "ask-back" ? "ask-back" : "answer";
}

function reasonOf({ actions }: TurnDecision, plan: TurnPlan): DraftBody["reason"] {
  const form = actions.find((action) => action.kind === "offer-leave-message");
  return plan.handoff?.reason ?? form?.reason ?? "no-answer";
}

function sourceOf({ actions }: TurnDecision): string | null {
  for (const action of actions)
    if (action.kind === "reply" && action.citations[0]) return action.citations[0].title;
  return null;
}

function askedText(lines: readonly Message[]): string {
  return lines
    .flatMap((line) => {
      const said = contentOf(line);
      return said ? [textOf(said)] : [];
    })
    .join("\n")
    .slice(0, longestAsked);
}

function withoutSources(content: Content): Content {
  if (content.kind !== "text") return content;
  return { kind: "text", text: content.text };
}
