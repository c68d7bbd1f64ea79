// The room as one object per process: hears lines, holds what waits for the quiet window, looks after what came due.
// app.ts makes one, subscribes it and starts it. Timers in memory are only for punctuality: rows in held_turn and
// turn_state are the truth, and every second a sweep takes up what no timer of this process knows.
import type { ConversationId, TenantId } from "@yingda/contract";
import { type Ctx, makeCtx, type Services } from "../platform/context.ts";
import { once, transact } from "../platform/db/index.ts";
import type { Done, HeardEvent, Subscriber } from "../platform/outbox/index.ts";
import { type Brain, localBrain } from "./ask-brain.ts";
import { expireQuestion } from "./ask-colleague/end-without-reply.ts";
import { dueQuestions, forgottenReplies } from "./ask-colleague/question-store.ts";
import { sendReply } from "./ask-colleague/send-reply.ts";
import { fireFlowTimer, postponeFlow } from "./fire-flow-timer.ts";
import { giveBack, watchForSilence } from "./give-back.ts";
import { pilotSubscriber } from "./pilot/pilot-subscriber.ts";
import { runTurn, type TurnResult } from "./run-turn.ts";
import { executeToolRun } from "./tool-runs/execute-tool-run.ts";
import { tellOutcome } from "./tool-runs/tell-outcome.ts";
import { forgottenToolRuns } from "./tool-runs/tool-run-store.ts";
import { emptyMemory, type TurnMemory } from "./turn-input.ts";
import { TurnMemories } from "./turn-memory.ts";
import { dueFlows, dueGiveBacks, dueHeld, findHeld, postponeHeld, removeHeld } from "./turn-store.ts";

type TurnKinds = "message-received" | "conversation-assigned" | "conversation-returned";

export interface Turns {
  readonly subscriber: Subscriber<TurnKinds>;
  /** Does what customers have confirmed, and tells them. */
  readonly toolRuns: Subscriber<"tool-run-asked">;
  /** What the bot on trial would say where people serve. */
  readonly pilot: ReturnType<typeof pilotSubscriber>;
  /** Says to customers what colleagues have replied. */
  readonly colleagueReplies: Subscriber<"colleague-question-changed">;
  /** One turn now; used by the subscriber and by live lines such as voice. */
  run(ctx: Ctx, conversationId: ConversationId): Promise<TurnResult>;
  start(services: Services): void;
  stop(): Promise<void>;
  /** Looks after everything that is due, whichever server it belongs to; for tests. */
  sweep(services: Services): Promise<void>;
}

const sweepMs = 1_000;
const batch = 100;
/** A timer may fire a millisecond before its time, and then its row is not due yet. */
const timerEarlyMs = 2;
const failedWaitMs = 10_000;
/** Longer than all attempts of the outbox together. */
const forgottenMs = 5 * 60_000;
/** A due turn has no line of its own to be as new as; should something newer be elsewhere, its answer is refused. */
const whateverIsKnown = 0;
/** Many contacts write at once; each turn is mostly waiting for the database. */
const concurrency = 64;

export function createTurns(brain: Brain = localBrain): Turns {
  const timers = new Map<ConversationId, NodeJS.Timeout>();
  const lines = new Map<ConversationId, Promise<unknown>>();
  const memories = new TurnMemories();
  /** Tool runs that this process is at: one that is slow is not taken for one that was cut off. */
  const executing = new Map<string, Promise<void>>();
  let forgetShards = () => {};
  let ticking: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> = Promise.resolve();
  let isSweeping = false;
  let services: Services | null = null;

  /** Turns of one conversation never overlap in this process; between processes the version decides. */
  function inLine<T>(conversationId: ConversationId, work: () => Promise<T>): Promise<T> {
    const before = lines.get(conversationId) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.catch(() => undefined);
    lines.set(conversationId, settled);
    void settled.then(() => {
      if (lines.get(conversationId) === settled) lines.delete(conversationId);
    });
    return mine;
  }

  function turn(
    ctx: Ctx,
    conversationId: ConversationId,
    isDue: boolean,
    done: Done | null,
    version: number | null = null,
  ): Promise<TurnResult> {
    return inLine(conversationId, async () => {
      if (isDue && !(await isStillDue(ctx, conversationId)))
        return { kind: "skipped", because: "nothing-said" };
      const isMine = ctx.outbox.isMine(conversationId);
      const memory = isMine ? memories.get(conversationId) : undefined;
      const known = isMine ? version : null;
      const run = { brain, isDue, done, memory, version: known };
      const result = await runTurn(ctx, conversationId, run).catch((error: unknown) => {
        memories.drop(conversationId); // it may have been written all the same
        throw error;
      });
      if (isMine && result.kind === "applied") memories.put(conversationId, result.memory);
      else if (result.kind === "overtaken") memories.drop(conversationId);
      if (result.kind === "held") wait(ctx, conversationId, result.dueAt);
      else cancel(conversationId);
      // a person took over meanwhile, or it was answered otherwise: nothing is due any more
      if (isDue && result.kind === "skipped")
        await transact(ctx, (tx) => removeHeld(tx, conversationId, ctx.clock.now()));
      return result;
    });
  }

  function wait(ctx: Ctx, conversationId: ConversationId, dueAt: Date): void {
    cancel(conversationId);
    const waitMs = dueAt.getTime() - ctx.clock.nowMs() + timerEarlyMs;
    const timer = setTimeout(() => {
      timers.delete(conversationId);
      void heldTurn(ctx, ctx.tenantId, conversationId);
    }, waitMs);
    timers.set(conversationId, timer.unref());
  }

  /** Never rejects: a turn that fails is tried again a little later, for as long as it takes, and is seen in the log. */
  async function heldTurn(from: Services, tenantId: string, conversationId: ConversationId): Promise<void> {
    const ctx = systemCtx(from, tenantId);
    try {
      await turn(ctx, conversationId, true, null, whateverIsKnown);
    } catch (error) {
      from.log.error({ err: error, conversationId }, "held turn failed");
      const again = new Date(from.clock.nowMs() + failedWaitMs);
      await transact(ctx, (tx) => postponeHeld(tx, conversationId, again)).catch((cause: unknown) =>
        from.log.warn({ err: cause, conversationId }, "held turn not postponed"),
      );
    }
  }

  /** The tool is called outside the conversation's line: the customer may write and is answered meanwhile. */
  async function toolRun(ctx: Ctx, conversationId: ConversationId, id: string): Promise<void> {
    await execute(ctx, id);
    await remembering(ctx, conversationId, async () => {
      const told = await tellOutcome(ctx, brain, id);
      return told.kind === "told" ? told.memory : null;
    });
  }

  function execute(ctx: Ctx, id: string): Promise<void> {
    const underway = executing.get(id) ?? executeToolRun(ctx, id).finally(() => executing.delete(id));
    executing.set(id, underway);
    return underway;
  }

  /** What an event was lost for: after five failures the outbox goes on without it, the customer still waits. */
  async function sweepToolRuns(from: Services, isMine: (conversationId: string) => boolean): Promise<void> {
    const before = new Date(from.clock.nowMs() - forgottenMs);
    const runs = await from.db.system((tx) => forgottenToolRuns(tx, before, batch));
    for (const { tenantId, id, conversationId } of runs)
      if (isMine(conversationId) && !executing.has(id))
        await toolRun(systemCtx(from, tenantId), conversationId, id).catch((error: unknown) =>
          from.log.error({ err: error, conversationId }, "tool run failed"),
        );
  }

  /** Work in the conversation's line; unless it says what is remembered now, that is read anew: a turn may be part of it. */
  function remembering(
    ctx: Ctx,
    conversationId: ConversationId,
    work: () => Promise<TurnMemory | null>,
  ): Promise<void> {
    return inLine(conversationId, async () => {
      memories.drop(conversationId);
      const memory = await work();
      if (memory !== null && ctx.outbox.isMine(conversationId)) memories.put(conversationId, memory);
    });
  }

  async function sweepQuestions(from: Services, isMine: (conversationId: string) => boolean): Promise<void> {
    const { due, unsent } = await from.db.system(async (tx) => ({
      due: await dueQuestions(tx, from.clock.now(), batch),
      unsent: await forgottenReplies(tx, new Date(from.clock.nowMs() - forgottenMs), batch),
    }));
    const works = [
      ...due.map((one) => ({ one, work: (ctx: Ctx) => expireQuestion(ctx, one.id) })),
      ...unsent.map((one) => ({ one, work: (ctx: Ctx) => sendReply(ctx, brain, one.id) })),
    ];
    for (const { one, work } of works) {
      if (!isMine(one.conversationId)) continue;
      const ctx = systemCtx(from, one.tenantId);
      await remembering(ctx, one.conversationId, () => work(ctx)).catch((error: unknown) =>
        from.log.error({ err: error, conversationId: one.conversationId }, "colleague question failed"),
      );
    }
  }

  /** Flows whose time has come: a wait that is over, a customer who is silent. */
  async function sweepFlows(from: Services, isMine: (conversationId: string) => boolean): Promise<void> {
    const due = await from.db.system((tx) => dueFlows(tx, from.clock.now(), batch));
    for (const { tenantId, conversationId } of due)
      if (isMine(conversationId)) await flowTimer(from, tenantId, conversationId);
  }

  /** Never rejects: what fails is due a little later again. */
  async function flowTimer(from: Services, tenantId: string, conversationId: ConversationId): Promise<void> {
    const ctx = systemCtx(from, tenantId);
    const later = (error: unknown) => {
      from.log.error({ err: error, conversationId }, "flow timer failed");
      return postponeFlow(ctx, conversationId).catch((cause: unknown) =>
        from.log.warn({ err: cause, conversationId }, "flow timer not postponed"),
      );
    };
    await remembering(ctx, conversationId, () => fireFlowTimer(ctx, brain, conversationId)).catch(later);
  }

  function cancel(conversationId: ConversationId): void {
    clearTimeout(timers.get(conversationId));
    timers.delete(conversationId);
  }

  async function sweep(from: Services, isMine: (conversationId: string) => boolean): Promise<void> {
    const at = from.clock.now();
    const held = await from.db.system((tx) => dueHeld(tx, at, batch));
    await Promise.all(
      held
        .filter(({ conversationId }) => isMine(conversationId))
        .map(({ tenantId, conversationId }) => heldTurn(from, tenantId, conversationId)),
    );
    const silent = await from.db.system((tx) => dueGiveBacks(tx, at, batch));
    for (const { tenantId, conversationId } of silent)
      if (isMine(conversationId))
        await giveBack(systemCtx(from, tenantId), conversationId).catch((error: unknown) =>
          from.log.error({ err: error, conversationId }, "conversation not given back"),
        );
    await sweepToolRuns(from, isMine);
    await sweepFlows(from, isMine);
    await sweepQuestions(from, isMine);
  }

  function tick(): void {
    if (!services || isSweeping) return;
    const from = services;
    isSweeping = true;
    sweeping = sweep(from, (id) => from.outbox.isMine(id))
      .catch((error: unknown) => from.log.error({ err: error }, "turns sweep failed"))
      .finally(() => {
        isSweeping = false;
      });
  }

  return {
    subscriber: {
      name: "turns",
      kinds: ["message-received", "conversation-assigned", "conversation-returned"],
      concurrency,
      async handle(ctx, event, done) {
        // heard from the commit itself: a conversation that has just begun has nothing to remember
        if (event.kind === "message-received" && event.message && event.payload.isNewConversation)
          memories.put(event.payload.conversationId, emptyMemory);
        const version = event.kind === "message-received" ? event.payload.version : null;
        await handleEvent(ctx, event, (id) => turn(ctx, id, false, done, version));
      },
    },
    toolRuns: {
      name: "tool-runs",
      kinds: ["tool-run-asked"],
      handle: (ctx, { payload }) => toolRun(botCtx(ctx), payload.conversationId, payload.toolRunId),
    },
    pilot: pilotSubscriber(brain),
    colleagueReplies: {
      name: "colleague-replies",
      kinds: ["colleague-question-changed"],
      wants: ({ payload }) => payload.how === "answered",
      handle: async (ctx, { payload: { conversationId, questionId } }) => {
        const bot = botCtx(ctx);
        await remembering(bot, conversationId, () => sendReply(bot, brain, questionId));
      },
    },
    run: (ctx, conversationId) => turn(ctx, conversationId, false, null),
    start(given) {
      services = given;
      forgetShards = given.outbox.onShardsChanged(() => memories.clear());
      ticking ??= setInterval(tick, sweepMs).unref();
    },
    async stop() {
      clearInterval(ticking);
      ticking = undefined;
      services = null;
      forgetShards();
      for (const conversationId of [...timers.keys()]) cancel(conversationId);
      await sweeping;
      await Promise.all(lines.values());
    },
    sweep: (from) => sweep(from, () => true),
  };
}

async function handleEvent(
  ctx: Ctx,
  event: HeardEvent<TurnKinds>,
  run: (conversationId: ConversationId) => Promise<TurnResult>,
): Promise<void> {
  switch (event.kind) {
    case "message-received":
    case "conversation-returned":
      await run(event.payload.conversationId);
      return;
    case "conversation-assigned":
      await watchForSilence(ctx, event.payload.conversationId);
      return;
    default:
      event satisfies never;
  }
}

async function isStillDue(ctx: Ctx, conversationId: ConversationId): Promise<boolean> {
  const [held] = await once<{ dueAt: Date }>(ctx, findHeld, [ctx.tenantId, conversationId]);
  return held !== undefined && held.dueAt <= ctx.clock.now();
}

function botCtx(ctx: Ctx): Ctx {
  return { ...ctx, actor: { kind: "bot" } };
}

function systemCtx(services: Services, tenantId: string): Ctx {
  return makeCtx(services, { tenantId: tenantId as TenantId, actor: { kind: "bot" } });
}
