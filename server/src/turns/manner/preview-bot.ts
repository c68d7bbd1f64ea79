// What past questions would have led to at each of the three settings: the newest lines of contacts are decided on again, by
// what the shop knows now. A page at a time, so that the one who asks sees progress and nothing has to be kept. Writes nothing.
import {
  type Boldness,
  boldnesses,
  boldnessThresholds,
  type Foreseen,
  type InboxId,
  type MessageId,
  type PastQuestion,
  type TurnDecision,
  type TurnInput,
} from "@yingda/contract";
import { getTenant, requirePermission } from "../../accounts/index.ts";
import { type DecideDeps, decideNow, flowsFor, type Knowledge, knowledgeFor } from "../../brain/index.ts";
import { getInbox, pastQuestions } from "../../conversations/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { AppError } from "../../platform/errors.ts";
import type { Locale } from "../texts.ts";

const never = new AbortController().signal;

/**
 * Each line stands alone, as the first of a conversation while a person is free.
 * @throws AppError inbox/not-found
 */
export async function previewBot(
  ctx: Ctx,
  { inboxId, before, limit }: { inboxId: InboxId; before: MessageId | null; limit: number },
): Promise<{ questions: PastQuestion[]; next: MessageId | null }> {
  requirePermission(ctx, "inboxes-write");
  requirePermission(ctx, "conversations-read");
  const inbox = await getInbox(ctx, inboxId);
  if (!inbox) throw new AppError("inbox/not-found");
  const [past, knowledge, shop, tenant] = await Promise.all([
    pastQuestions(ctx, inboxId, before, limit),
    knowledgeFor(ctx),
    flowsFor(ctx),
    getTenant(ctx),
  ]);
  const deps: DecideDeps = { knowledge, flows: shop.flows };
  const questions: PastQuestion[] = [];
  for (const { at, ...question } of past.questions) {
    const input = inputOf(ctx, inboxId, question.text, at, tenant.locale);
    questions.push({ ...question, at: at.toISOString(), byBoldness: foreseeAll(deps, knowledge, input) });
    await pause(); // others are answered in between
  }
  return { questions, next: past.next };
}

function foreseeAll(deps: DecideDeps, knowledge: Knowledge, input: TurnInput): Record<Boldness, Foreseen> {
  const [cautious, balanced, bold] = boldnesses.map((name) =>
    foresee(knowledge, decideNow(deps, { ...input, thresholds: boldnessThresholds[name] }, never)),
  ) as [Foreseen, Foreseen, Foreseen];
  return { cautious, balanced, bold };
}

function foresee(knowledge: Knowledge, { outcome, faq }: TurnDecision): Foreseen {
  switch (outcome) {
    case "answer":
    case "flow":
    case "small-talk":
      return { kind: "answer", question: faq === null ? null : knowledge.question(faq, "zh-CN") };
    case "ask-back":
      return { kind: "ask-back", question: null };
    case "handoff":
    case "held":
    case "leave-message":
      return { kind: "person", question: null };
    default:
      return outcome satisfies never;
  }
}

function inputOf(ctx: Ctx, inboxId: InboxId, text: string, at: Date, locale: Locale): TurnInput {
  return {
    tenantId: ctx.tenantId,
    conversationId: "",
    inboxId,
    channel: "web",
    utterances: [{ messageId: "", content: { kind: "text", text }, at }],
    history: [],
    locale,
    handoffAvailability: "open",
    queue: { place: null, expectedWaitSeconds: null },
    thresholds: boldnessThresholds.balanced,
    flowState: null,
    turnsWithoutProgress: 0,
    context: {},
  };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
