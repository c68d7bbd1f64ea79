// What came of drafts: a person's message is held against them, a conversation is passed on, it ends.
import {
  type ConversationId,
  type HandoffReason,
  type InboxId,
  type Message,
  textOf,
  type UserId,
} from "@yingda/contract";
import { knowledgeFor } from "../../brain/index.ts";
import { getInbox, presentMessages } from "../../conversations/index.ts";
import type { Ctx } from "../../platform/context.ts";
import type { TenantVault } from "../../platform/crypto/index.ts";
import { transact } from "../../platform/db/index.ts";
import { type Done, emit } from "../../platform/outbox/index.ts";
import { compareDraft, isHolding, rank } from "./compare-draft.ts";
import {
  type DraftBody,
  type DraftRow,
  draftPlace,
  draftsToSettle,
  endDrafts,
  notePassedOn,
  type Settled,
  sentPlace,
  settleDraft,
} from "./draft-store.ts";
import { seesDrafts } from "./who-sees.ts";

type Said = { conversationId: ConversationId; seq: number; inboxId: InboxId };

/** One message of an agent's. The best likeness of all messages until the contact writes again is what counts. */
export async function settleByMessage(
  ctx: Ctx,
  { conversationId, seq, inboxId }: Said,
  heard: Message | undefined,
  done: Done,
): Promise<void> {
  const open = await transact(ctx, (tx) => draftsToSettle(tx, ctx.tenantId, conversationId, seq));
  if (open.length === 0) return transact(ctx, done);
  const message = heard ?? (await presentMessages(ctx, [{ conversationId, seq }]))[0];
  const inbox = await getInbox(ctx, inboxId);
  const sent = message && message.content.kind !== "notice" ? textOf(message.content) : "";
  const wasShown =
    inbox !== null && seesDrafts(inbox.behaviour, (message?.author.id ?? null) as UserId | null);
  const settled: Settled[] = [];
  for (const row of open) {
    const one = await settledBy(ctx, row, sent, wasShown);
    if (one) settled.push(one);
  }
  await transact(ctx, async (tx) => {
    for (const one of settled) await settleDraft(tx, ctx.tenantId, one, ctx.clock.now());
    if (settled.length > 0)
      await emit(ctx, tx, conversationId, [{ kind: "draft-changed", payload: { conversationId } }]);
    await done(tx);
  });
}

async function settledBy(ctx: Ctx, row: DraftRow, sent: string, wasShown: boolean): Promise<Settled | null> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const body = JSON.parse(vault.openText(draftPlace(row.id), row.sealed_draft)) as DraftBody;
  const compared = compareDraft(body.contents.map(textOf), sent);
  if (compared.result === "own" && isHolding(sent)) return null;
  if (!isBetter(row, compared.result, sent, vault)) return null;
  const isWrongRoute = row.route === "person" && (await couldHaveAnswered(ctx, body, sent));
  return {
    ...compared,
    id: row.id,
    sealedSent: vault.seal(sentPlace(row.id), sent),
    isWrongRoute,
    wasShown,
  };
}

/** Says more about the draft than what was sent before, or more of the person's own words. */
function isBetter(row: DraftRow, result: keyof typeof rank, sent: string, vault: TenantVault): boolean {
  if (row.result === "open" || row.sealed_sent === null) return true;
  const known = row.result === "unchanged" || row.result === "edited" ? rank[row.result] : rank.own;
  if (rank[result] !== known) return rank[result] > known;
  return result === "own" && sent.length > vault.openText(sentPlace(row.id), row.sealed_sent).length;
}

/** Who asks for a person, or is upset, gets one: that is no question of what stands in the FAQs. */
const rightlyPersons: ReadonlySet<HandoffReason> = new Set<HandoffReason>([
  "asked-for-human",
  "complaint",
  "urgent",
  "person-first",
]);
const nearest = 5;

/** The person answered with what stands in an FAQ, one near the question or near the reply. */
async function couldHaveAnswered(ctx: Ctx, { asked, reason }: DraftBody, sent: string): Promise<boolean> {
  if (reason !== null && rightlyPersons.has(reason)) return false;
  const knowledge = await knowledgeFor(ctx);
  const slugs = [asked, sent].flatMap((text) =>
    knowledge
      .retrieve(text, [])
      .matches.slice(0, nearest)
      .map(({ id }) => id),
  );
  return slugs.some((slug) =>
    (["zh-CN", "en"] as const).some((locale) => {
      const answer = knowledge.answer(slug, locale);
      return answer !== null && compareDraft([answer.text], sent).result !== "own";
    }),
  );
}

/** A colleague or the queue gets it instead of an answer. */
export async function settleByTransfer(ctx: Ctx, conversationId: ConversationId, done: Done): Promise<void> {
  await transact(ctx, async (tx) => {
    if (await notePassedOn(tx, ctx.tenantId, conversationId))
      await emit(ctx, tx, conversationId, [{ kind: "draft-changed", payload: { conversationId } }]);
    await done(tx);
  });
}

export async function settleByEnd(ctx: Ctx, conversationId: ConversationId, done: Done): Promise<void> {
  await transact(ctx, async (tx) => {
    if (await endDrafts(tx, ctx.tenantId, conversationId, ctx.clock.now()))
      await emit(ctx, tx, conversationId, [{ kind: "draft-changed", payload: { conversationId } }]);
    await done(tx);
  });
}
