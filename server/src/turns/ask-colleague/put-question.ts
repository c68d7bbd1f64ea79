// A turn asks a colleague: whom, until when, and the row that says so, written with the words the contact hears.
import type { ColleagueQuestionId, ConversationId, TurnBehaviour, UserId } from "@yingda/contract";
import { rolePermissions, skillKey } from "@yingda/contract";
import { listMembersBrief } from "../../accounts/index.ts";
import { matterOfFaq } from "../../brain/index.ts";
import type { InboxRecord } from "../../conversations/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { once, type Tx } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids.ts";
import { emit } from "../../platform/outbox/index.ts";
import { type Availability, presentAgents } from "../../routing/index.ts";
import type { AskedColleague } from "../plan-turn.ts";
import { sealQuestion } from "./question-seal.ts";
import { findOpenQuestion, insertQuestion, markPendingTold, type NewQuestion } from "./question-store.ts";

/** What a turn is told: undefined where the inbox does not ask its colleagues. */
export async function colleagueState(
  ctx: Ctx,
  { behaviour }: InboxRecord,
  conversationId: ConversationId,
): Promise<TurnBehaviour["colleague"]> {
  if (!behaviour.askColleague.isOn) return undefined;
  const [open] = await once<{ wasTold: boolean }>(ctx, findOpenQuestion, [ctx.tenantId, conversationId]);
  if (open) return { isAsked: true, wasTold: open.wasTold };
  return (await whomToAsk(ctx)).length === 0 ? undefined : { isAsked: false, wasTold: false };
}

/**
 * Of whoever is at work and may reply those who know the matter, else all of them, else the owners. `matter`: what the
 * question is about, in words of the shop's own.
 */
export async function whomToAsk(ctx: Ctx, matter: Matter = nothing): Promise<UserId[]> {
  const present = await presentAgents(ctx);
  const knowing = present.filter(({ skills }) => skills.some((skill) => isAbout(matter, skillKey(skill))));
  const asked = knowing.length > 0 ? knowing : present;
  if (asked.length > 0) return asked.map(({ userId }) => userId);
  const members = await listMembersBrief(ctx);
  return members
    .filter(({ role, isActive, isDemo }) => role === "owner" && isActive && !isDemo)
    .filter(({ role }) => rolePermissions[role].includes("conversations-reply"))
    .map(({ id }) => id);
}

/** Category and tags of the FAQ that it is about, and the question itself. */
export interface Matter {
  words: readonly string[];
  question: string;
}
const nothing: Matter = { words: [], question: "" };

/** A word of one character stands in too many questions to say what one is about. */
const fewestInQuestion = 2;

function isAbout({ words, question }: Matter, skill: string): boolean {
  if (words.some((word) => skillKey(word) === skill)) return true;
  return [...skill].length >= fewestInQuestion && skillKey(question).includes(skill);
}

export async function prepareQuestion(
  ctx: Ctx,
  conversationId: ConversationId,
  { question, summary, blanks, missing, faq }: AskedColleague,
  availability: Availability,
  minutes: number,
): Promise<NewQuestion> {
  const id = newId<ColleagueQuestionId>();
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const askedAt = ctx.clock.now();
  return {
    id,
    conversationId,
    missing,
    faqSlug: faq,
    sealedQuestion: sealQuestion(vault, id, { question, summary, blanks }),
    askedUserIds: await whomToAsk(ctx, { words: faq === null ? [] : await matterOfFaq(ctx, faq), question }),
    askedAt,
    dueAt: dueAfter(askedAt, availability.opensAt, minutes),
  };
}

/** A closed shop's time counts from its opening. */
export function dueAfter(askedAt: Date, opensAt: Date | null, minutes: number): Date {
  const fromMs = Math.max(askedAt.getTime(), opensAt?.getTime() ?? 0);
  return new Date(fromMs + minutes * 60_000);
}

/** False when a question of the conversation is open already. */
export async function putQuestion(ctx: Ctx, tx: Tx, question: NewQuestion): Promise<boolean> {
  if (!(await insertQuestion(tx, ctx.tenantId, question))) return false;
  const { conversationId, id } = question;
  await tellChange(ctx, tx, conversationId, id, "asked");
  return true;
}

/** False when it was said before, or the question has ended meanwhile. */
export async function putPendingTold(ctx: Ctx, tx: Tx, conversationId: ConversationId): Promise<boolean> {
  const told = await markPendingTold(tx, ctx.tenantId, conversationId, ctx.clock.now());
  if (told === undefined) return false;
  await tellChange(ctx, tx, conversationId, told.id, "told");
  return true;
}

export function tellChange(
  ctx: Ctx,
  tx: Tx,
  conversationId: ConversationId,
  questionId: ColleagueQuestionId,
  how: "asked" | "told" | "answered" | "expired" | "withdrawn" | "kept",
): Promise<unknown> {
  return emit(ctx, tx, conversationId, [
    { kind: "colleague-question-changed", payload: { conversationId, questionId, how } },
  ]);
}
