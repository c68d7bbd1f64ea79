// One turn: who answers now, what, and whether at once. Called for every line of a contact, when a held turn is due, and
// when a conversation comes back to the bot. Running it once too often does no harm: it looks at what is unanswered.
import type { ConversationId, Message, Outcome } from "@yingda/contract";
import { countAnswer } from "../brain/index.ts";
import type { Ctx } from "../platform/context.ts";
import { once, transact } from "../platform/db/index.ts";
import { newId } from "../platform/ids.ts";
import { type Done, emit } from "../platform/outbox/index.ts";
import { requeueIfLost } from "../routing/index.ts";
import { applyDecision } from "./apply-decision.ts";
import type { Brain } from "./ask-brain.ts";
import { decideTurn } from "./decide-turn.ts";
import { noteMiss } from "./incidents/spikes.ts";
import { leftForm } from "./leave-message.ts";
import { type Duty, dutyOf } from "./manner/duty.ts";
import type { TurnMemory } from "./turn-input.ts";
import { loadSituation, type Situation } from "./turn-situation.ts";
import { putHeld, putHeldAndDone } from "./turn-store.ts";

export type TurnResult =
  | {
      kind: "skipped";
      because: "gone" | "not-open" | "blocked" | "nothing-said" | "agent" | "queue" | "requeued";
    }
  | { kind: "held"; dueAt: Date }
  | { kind: "applied"; outcome: Outcome; messages: Message[]; memory: TurnMemory }
  /** Moved again and again; the line that moved it has its own turn coming. */
  | { kind: "overtaken" };

export type TurnRun = {
  brain: Brain;
  /** The contact has been silent for the quiet window: what is decided now is sent. */
  isDue: boolean;
  done: Done | null;
  /** What this process remembers; undefined where another one may know better. */
  memory: TurnMemory | undefined;
  /** Of the line that is answered; null: nothing that this process remembers is used. */
  version: number | null;
};

/** With the brain's budget this stays well below the minute after which the outbox takes a handler for hanging. */
const mostReruns = 2;

export async function runTurn(ctx: Ctx, conversationId: ConversationId, run: TurnRun): Promise<TurnResult> {
  for (let rerun = 0; rerun <= mostReruns; rerun += 1) {
    const [memory, version] = rerun === 0 ? [run.memory, run.version] : [undefined, null];
    const situation = await loadSituation(ctx, conversationId, memory, version);
    const skip = await reasonToSkip(ctx, situation);
    if (!situation) return { kind: "skipped", because: skip ?? "gone" };
    const { conversation } = situation.material;
    const duty = dutyNow(situation);
    if (skip) {
      const isServed = skip === "agent" || skip === "queue" || skip === "requeued";
      if (isServed && duty === "drafts") await askDraft(ctx, situation, run.done);
      return { kind: "skipped", because: skip };
    }
    // of a conversation that is nobody's the bot was off when it began
    const mayAnswer = conversation.handler.kind === "bot" || duty !== "answers";
    const turnId = newId<string>();
    const effects = await decideTurn(ctx, run.brain, situation, mayAnswer ? duty : "off", run.isDue, (text) =>
      sendDelta(ctx, situation, turnId, text),
    );
    if (!effects.decision.isSendable && !run.isDue) return hold(ctx, situation, run.done);
    if (duty === "drafts" && effects.isBotOff) effects.asksDraft = linesAsked(situation);
    const applied = await applyDecision(ctx, situation, effects, run.done);
    if (applied.kind === "applied") {
      await noteMiss(ctx, conversationId, effects.decision);
      if (effects.decision.outcome === "answer" && effects.decision.faq)
        countAnswer(ctx, effects.decision.faq);
      return { ...applied, outcome: effects.decision.outcome };
    }
  }
  return { kind: "overtaken" };
}

function dutyNow({ material, inbox, availability }: Situation): Duty {
  return dutyOf({
    isOn: inbox.bot.isOn,
    behaviour: inbox.behaviour,
    availability: availability.availability,
    conversationId: material.conversation.id,
  });
}

function linesAsked({ material: { lines } }: Situation): { fromSeq: number; toSeq: number } {
  return { fromSeq: lines.at(0)?.seq ?? 0, toSeq: lines.at(-1)?.seq ?? 0 };
}

/** A person serves and the bot is on trial: what it would say is decided behind, in a lane of its own. */
async function askDraft(ctx: Ctx, situation: Situation, done: Done | null): Promise<void> {
  const conversationId = situation.material.conversation.id;
  const payload = { conversationId, ...linesAsked(situation) };
  await transact(ctx, async (tx) => {
    await emit(ctx, tx, conversationId, [{ kind: "draft-asked", payload }]);
    if (done) await done(tx);
  });
}

type Skip = Extract<TurnResult, { kind: "skipped" }>["because"];

async function reasonToSkip(ctx: Ctx, situation: Situation | null): Promise<Skip | null> {
  if (!situation) return "gone";
  const { conversation, contact, lines } = situation.material;
  if (contact.isBlocked) return "blocked";
  if (conversation.status !== "open") return "not-open";
  if (lines.length === 0) return "nothing-said";
  const { handler } = conversation;
  switch (handler.kind) {
    case "bot":
    case "nobody":
      return null;
    case "queue":
      // whoever was offered the form hears that it has come
      return leftForm(lines) ? null : "queue";
    case "agent":
      return (await requeueIfLost(ctx, conversation.id, handler.agentId)) ? "requeued" : "agent";
    default:
      return handler satisfies never;
  }
}

/** Durable before anything else: the row is the timer, memory only makes it punctual. */
async function hold(
  ctx: Ctx,
  { material, inbox, capabilities }: Situation,
  done: Done | null,
): Promise<TurnResult> {
  const { conversation } = material;
  const dueAt = new Date(ctx.clock.nowMs() + inbox.bot.quietWindowMs);
  const values = [ctx.tenantId, conversation.id, conversation.version, dueAt];
  const [lane] = done?.positions ?? [];
  if (done && lane) {
    await once(ctx, putHeldAndDone, [...values, lane.subscriber, lane.fromSeq, lane.toSeq]);
    done.written();
  } else await once(ctx, putHeld, values);
  if (capabilities.typing) {
    ctx.realtime.now(
      ctx.tenantId,
      { to: "visitor", conversationId: conversation.id },
      { t: "typing", who: "bot", name: null, isTyping: true },
    );
  }
  return { kind: "held", dueAt };
}

function sendDelta(ctx: Ctx, { material, capabilities }: Situation, turnId: string, text: string): void {
  const conversationId = material.conversation.id;
  if (capabilities.streaming)
    ctx.realtime.now(ctx.tenantId, { to: "visitor", conversationId }, { t: "delta", turnId, text });
  ctx.realtime.now(ctx.tenantId, { to: "workbench" }, { kind: "bot-delta", conversationId, turnId, text });
}
