// Tells what came of a tool's work and goes on with the flow: to the customer while the bot has the conversation, however
// long they have been silent; to the person who has taken it over, as a note, otherwise. Once: the mark is set in the
// transaction of the words.
import type { ConversationId, Handler, Message } from "@yingda/contract";
import { appendMessage } from "../../conversations/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import { applyDecision } from "../apply-decision.ts";
import { type Brain, brainBudgetMs } from "../ask-brain.ts";
import { behaviourOf } from "../manner/behaviour-of.ts";
import { runTurn } from "../run-turn.ts";
import { texts } from "../texts.ts";
import type { TurnMemory } from "../turn-input.ts";
import { turnInput } from "../turn-input.ts";
import { loadSituation, type Situation } from "../turn-situation.ts";
import { endFlow } from "../turn-store.ts";
import { openAnswer, openWork, type ToolAnswer, type ToolWork } from "./tool-run-seal.ts";
import { findToolRun, markTold, type ToolRunRow } from "./tool-run-store.ts";

export type Told =
  | { kind: "told"; messages: Message[]; memory: TurnMemory }
  /** Somebody else has it: they read it in a note. */
  | { kind: "noted" }
  | { kind: "nothing-to-tell" };

const mostReruns = 3;

/** Call it in the conversation's line: no turn of it may run at the same time in this process. */
export async function tellOutcome(ctx: Ctx, brain: Brain, id: string): Promise<Told> {
  for (let rerun = 0; rerun < mostReruns; rerun += 1) {
    const row = await transact(ctx, (tx) => findToolRun(tx, id));
    if (!row || row.toldAt !== null || row.state === "asked" || row.state === "running")
      return { kind: "nothing-to-tell" };
    const situation = await answeredSituation(ctx, brain, row.conversationId);
    if (!situation) {
      // its inbox is gone: there is nobody to tell, and nothing to try again
      await transact(ctx, (tx) => markTold(tx, id, ctx.clock.now()));
      return { kind: "nothing-to-tell" };
    }
    const { conversation } = situation.material;
    if (conversation.status === "resolved" || !isBots(conversation.handler)) return note(ctx, row, situation);
    const told = await tellCustomer(ctx, brain, row, situation);
    if (told) return told;
  }
  // the lines that came in between have turns of their own; the sweep looks at this again
  throw new Error("the conversation moved on while an outcome was to be told");
}

/** What the customer wrote meanwhile is answered first ("one moment"), so that no line is lost behind the outcome. */
export async function answeredSituation(
  ctx: Ctx,
  brain: Brain,
  conversationId: ConversationId,
): Promise<Situation | null> {
  const situation = await loadSituation(ctx, conversationId, undefined, null);
  const isOpen = situation !== null && isBots(situation.material.conversation.handler);
  if (!isOpen || situation.material.lines.length === 0) return situation;
  await runTurn(ctx, conversationId, { brain, isDue: true, done: null, memory: undefined, version: null });
  return loadSituation(ctx, conversationId, undefined, null);
}

function isBots({ kind }: Handler): boolean {
  return kind === "bot" || kind === "nobody";
}

async function tellCustomer(
  ctx: Ctx,
  brain: Brain,
  row: ToolRunRow,
  situation: Situation,
): Promise<Told | null> {
  if (!brain.afterTool) return note(ctx, row, situation);
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const work = openWork(vault, row);
  const answer = openAnswer(vault, row);
  const { material, inbox, memory, locale, timeZone, availability } = situation;
  const { channel, bot } = inbox;
  const { thresholds } = bot;
  const facts = {
    tenantId: ctx.tenantId,
    material,
    channel,
    memory,
    locale,
    timeZone,
    availability,
    thresholds,
    behaviour: behaviourOf(ctx, situation),
  };
  const { tool, key } = row;
  const state = stateOf(work, memory, key);
  const decision = await brain.afterTool(
    ctx,
    turnInput(facts),
    { state, tool, key, answer },
    AbortSignal.timeout(brainBudgetMs),
  );
  const effects = { decision, tookMs: 0, tells: row.id };
  const applied = await applyDecision(ctx, situation, effects, null);
  return applied.kind === "applied"
    ? { kind: "told", messages: applied.messages, memory: applied.memory }
    : null;
}

/** The run as it stands now where it still waits for this very call; else as it was when the tool was asked. */
function stateOf({ state }: ToolWork, memory: TurnMemory, key: string): NonNullable<ToolWork["state"]> {
  return waitingRun(memory, key) ?? state ?? { kind: "flow", flow: "", run: {}, at: "" };
}

function waitingRun({ flowState }: TurnMemory, key: string): TurnMemory["flowState"] {
  if (flowState?.kind !== "flow") return null;
  const { callId } = (flowState.run.waitingFor as { callId?: unknown } | undefined) ?? {};
  return callId === key ? flowState : null;
}

/** The run that waited for it ends: whoever has the conversation goes on, and nothing would come any more. */
async function note(ctx: Ctx, row: ToolRunRow, { inbox, locale, memory }: Situation): Promise<Told> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const text = noteText(row, openAnswer(vault, row), locale);
  const name = inbox.bot.name[locale === "en" ? "en" : "zh"];
  return transact(ctx, async (tx): Promise<Told> => {
    if (!(await markTold(tx, row.id, ctx.clock.now()))) return { kind: "nothing-to-tell" };
    if (waitingRun(memory, row.key)) await endFlow(tx, row.conversationId);
    await appendMessage(ctx, tx, {
      conversationId: row.conversationId,
      author: { kind: "bot", id: null, name },
      content: { kind: "text", text },
      kind: "note",
      clientMessageId: `tool-note:${row.id}`,
    });
    return { kind: "noted" };
  });
}

const longestNote = 500;

function noteText(
  { tool, flow, state }: ToolRunRow,
  answer: ToolAnswer | null,
  locale: Situation["locale"],
): string {
  const came = answer === null ? "" : answer.kind === "result" ? JSON.stringify(answer.fields) : answer.why;
  const how = state === "done" || state === "failed" ? state : "unknown";
  return `${texts[locale].toolNote[how]}\n${flow} · ${tool}\n${came}`.trim().slice(0, longestNote);
}
