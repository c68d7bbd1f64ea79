// The large model at an agent's hand: a draft of the next reply and a summary of the conversation. Both are asked for by a
// person, sent to nobody, and written nowhere.

import type { ConversationId, RouteReply, routes } from "@yingda/contract";
import { getTenant, requirePermission } from "../../accounts/index.ts";
import { draftReply, knowledgeFor, summariseDialogue } from "../../brain/index.ts";
import {
  accessConversation,
  type ConversationRecord,
  readTurnMaterial,
  type TurnMaterial,
} from "../../conversations/index.ts";
import { type Complete, completerFor, modelsFor } from "../../inference/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { AppError } from "../../platform/errors.ts";
import { readingsOf } from "../pictures/reading-store.ts";
import { type Locale, localeOf } from "../texts.ts";
import { dialogueOf } from "./dialogue-of.ts";

const budgetMs = 45_000;

/** What the agent is offered; nothing without a model. */
export async function assistState(ctx: Ctx): Promise<RouteReply<typeof routes.assistState>> {
  requirePermission(ctx, "conversations-read");
  const models = await modelsFor(ctx);
  const does = (task: "draft" | "summary") => models !== null && models.forTask(task) !== null;
  return { drafts: does("draft"), summaries: does("summary") };
}

/** @throws AppError llm/… when no model does this task, or why it gave nothing; llm/unsupported when nothing may be said */
export async function draftForAgent(
  ctx: Ctx,
  id: ConversationId,
  wish: string,
): Promise<RouteReply<typeof routes.draftReply>> {
  const { complete, dialogue, locale } = await talkFor(ctx, await accessConversation(ctx, id, "reply"));
  const [knowledge, { name }] = await Promise.all([knowledgeFor(ctx), getTenant(ctx)]);
  const facts = { shop: name, locale, dialogue, wish };
  const draft = await draftReply(knowledge, complete, facts, AbortSignal.timeout(budgetMs));
  if (draft.kind === "unsupported") throw new AppError("llm/unsupported");
  if (draft.kind === "failure") throw new AppError(draft.code);
  const { kind: _, ...shown } = draft;
  return shown;
}

/** @throws as draftForAgent */
export async function summariseForAgent(
  ctx: Ctx,
  id: ConversationId,
): Promise<RouteReply<typeof routes.summariseConversation>> {
  const { complete, dialogue, locale } = await talkFor(ctx, await accessConversation(ctx, id));
  const summary = await summariseDialogue(complete, dialogue, locale, AbortSignal.timeout(budgetMs));
  if (summary.kind === "unsupported") throw new AppError("llm/unsupported");
  if (summary.kind === "failure") throw new AppError(summary.code);
  const { kind: _, ...shown } = summary;
  return shown;
}

interface Talk {
  complete: Complete;
  dialogue: ReturnType<typeof dialogueOf>;
  locale: Locale;
}

async function talkFor(ctx: Ctx, { id }: ConversationRecord): Promise<Talk> {
  const [material, tenant, readings] = await Promise.all([
    readTurnMaterial(ctx, id),
    getTenant(ctx),
    readingsOf(ctx, id),
  ]);
  if (material === null) throw new AppError("conversation/not-found");
  const about = { conversationId: id, channel: null, intent: lastAnswered(material) };
  const complete = await completerFor(ctx, about);
  if (complete === null) throw new AppError("llm/off");
  return {
    complete,
    dialogue: dialogueOf(material, readings),
    locale: localeOf(material.contact.language, tenant.locale),
  };
}

/** The FAQ that was told last: what the conversation is about, for the count. */
function lastAnswered({ history }: TurnMaterial): string | null {
  for (const { content } of history.toReversed()) {
    const citations = content.kind === "text" || content.kind === "choices" ? (content.citations ?? []) : [];
    const faq = citations.find(({ kind }) => kind === "faq");
    if (faq?.kind === "faq") return faq.slug;
  }
  return null;
}
