// Asks the brain for a decision, with a time budget and no transaction open. An error or a time-out is a decision, too:
// the contact is handed to a person. The seam for other brains (tests, streaming providers) is `Brain`.
import type { ConversationId, TurnDecision, TurnInput } from "@yingda/contract";
import {
  decide,
  decideAfterTime,
  decideAfterTool,
  flowsFor,
  knowledgeFor,
  modelFor,
  type ToolDone,
} from "../brain/index.ts";
import { signedInCustomer } from "../conversations/index.ts";
import { elapsedMs } from "../platform/clock.ts";
import type { Ctx } from "../platform/context.ts";

export interface Brain {
  /** `onDelta`: words of an answer as they come, for channels that show them; the finished answer is in the decision. */
  decide(
    ctx: Ctx,
    input: TurnInput,
    signal: AbortSignal,
    onDelta: (text: string) => void,
  ): Promise<TurnDecision>;
  /** What it would decide, beside people who serve: no large model, no code mailed, no tool that changes anything. */
  foresee?(ctx: Ctx, input: TurnInput, signal: AbortSignal): Promise<TurnDecision>;
  /** Goes on with a flow once its tool has done what was confirmed; a brain without flows has nothing to go on with. */
  afterTool?(ctx: Ctx, input: TurnInput, done: ToolDone, signal: AbortSignal): Promise<TurnDecision>;
  /** Goes on with the open flow because its time has come; null where there is none any more. */
  afterTime?(ctx: Ctx, input: TurnInput, signal: AbortSignal): Promise<TurnDecision | null>;
}

/** The local engine: whole answers in milliseconds, plus what a flow looks up or the shop's large model, which it shows as it comes. */
export const localBrain: Brain = {
  decide: async (ctx, input, signal, onDelta) => {
    const [knowledge, shop, model] = await Promise.all([
      knowledgeFor(ctx),
      flowsFor(ctx, actsFor(ctx, input)),
      input.isDue === false
        ? null
        : modelFor(ctx, { ...input, siteCustomer: actsFor(ctx, input).siteCustomer }),
    ]);
    return decide(
      { knowledge, elapsedMs, model: model && { ...model, onSaid: onDelta }, ...shop },
      input,
      signal,
    );
  },
  foresee: async (ctx, input, signal) => {
    const [knowledge, shop] = await Promise.all([
      knowledgeFor(ctx),
      flowsFor(ctx, { acts: false, inboxId: input.inboxId, conversationId: null }),
    ]);
    return decide({ knowledge, elapsedMs, model: null, ...shop }, input, signal);
  },
  afterTool: async (ctx, input, done, signal) => {
    const [knowledge, shop] = await Promise.all([knowledgeFor(ctx), flowsFor(ctx, actsFor(ctx, input))]);
    return decideAfterTool({ knowledge, elapsedMs, ...shop }, input, done, signal);
  },
  afterTime: async (ctx, input, signal) => {
    const [knowledge, shop] = await Promise.all([knowledgeFor(ctx), flowsFor(ctx, actsFor(ctx, input))]);
    return decideAfterTime({ knowledge, elapsedMs, ...shop }, input, signal);
  },
};

function actsFor(ctx: Ctx, { inboxId, conversationId }: TurnInput) {
  const siteCustomer = () => signedInCustomer(ctx, conversationId as ConversationId);
  return { acts: true, inboxId, conversationId, siteCustomer };
}

export type Asked =
  | { kind: "decided"; decision: TurnDecision; tookMs: number }
  | { kind: "failed"; because: "error" | "time-out" };

/** Longer than any local decision and most model calls; a contact who waits longer is better served by a person. */
export const brainBudgetMs = 12_000;

export async function askBrain(
  ctx: Ctx,
  brain: Brain,
  input: TurnInput,
  onDelta: (text: string) => void,
  budgetMs = brainBudgetMs,
): Promise<Asked> {
  const startedMs = elapsedMs();
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeOut = new Promise<Asked>((resolve) => {
    timer = setTimeout(() => {
      abort.abort();
      resolve({ kind: "failed", because: "time-out" });
    }, budgetMs);
  });
  const deciding = brain
    .decide(ctx, input, abort.signal, (text) => {
      if (!abort.signal.aborted) onDelta(text);
    })
    .then((decision): Asked => ({ kind: "decided", decision, tookMs: elapsedMs() - startedMs }))
    .catch((error: unknown): Asked => {
      ctx.log.error({ err: error, conversationId: input.conversationId }, "brain failed");
      return { kind: "failed", because: "error" };
    });
  try {
    return await Promise.race([deciding, timeOut]);
  } finally {
    clearTimeout(timer);
  }
}
