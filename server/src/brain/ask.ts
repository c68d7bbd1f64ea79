// Asks the brain outside a conversation: "try it" in the workbench, the CLI, the lab. Nothing is recorded. A named
// conversation keeps what the bot asked back for a while, so that "2" works here as it does for a customer.

import {
  type Action,
  type AskReply,
  type Channel,
  type Content,
  type HandoffAvailability,
  type TurnDecision,
  type TurnInput,
  textOf,
} from "@yingda/contract";
import { getTenant, requirePermission } from "../accounts/index.ts";
import { elapsedMs } from "../platform/clock.ts";
import type { Ctx } from "../platform/context.ts";
import { type DecideDeps, decide, decideNow } from "./decide.ts";
import { flowsFor } from "./flows/shop/flow-cache.ts";
import { testAreaFor } from "./knowledge/drafts/test-area.ts";
import type { Knowledge, Locale } from "./knowledge/knowledge.ts";
import { knowledgeFor } from "./knowledge/knowledge-cache.ts";
import { modelFor } from "./model/shop-model.ts";

export interface Question {
  text: string;
  /** What the contact said before, oldest first. */
  history?: readonly string[];
  locale?: Locale;
  availability?: HandoffAvailability;
  thresholds?: TurnInput["thresholds"];
  memory?: Memory;
  /** When it is asked, and where the shop is: for opening times. */
  at?: Date;
  timeZone?: string;
  channel?: Channel;
  contactTags?: readonly string[];
  isSpoken?: boolean;
}

/** What the next question of the same trial needs to know of this one. */
export interface Memory {
  flowState: TurnInput["flowState"];
  turnsWithoutProgress: number;
  history: TurnInput["history"];
}

export const standardThresholds = { answer: 0.75, askBack: 0.18 };
const emptyMemory: Memory = { flowState: null, turnsWithoutProgress: 0, history: [] };
const longestHistory = 12;
const epoch = new Date(0);

export interface Answered {
  reply: AskReply;
  memory: Memory;
  decision: TurnDecision;
}

/** Pure but for `nowMs`, which only times the answer. Asks no embedding model. */
export function ask(knowledge: Knowledge, question: Question, nowMs: () => number = elapsedMs): Answered {
  const startedMs = nowMs();
  const input = inputOf(question);
  const decision = decideNow({ knowledge, elapsedMs: nowMs }, input, new AbortController().signal);
  return answered(question, input, decision, nowMs() - startedMs);
}

/** The same with what decide is given: flows, an embedding model, a large model. */
export async function askWith(deps: DecideDeps, question: Question): Promise<Answered> {
  const startedMs = elapsedMs();
  const input = inputOf(question);
  const decision = await decide({ elapsedMs, ...deps }, input, new AbortController().signal);
  return answered(question, input, decision, elapsedMs() - startedMs);
}

/** With all that the shop has: exactly what a contact would be told. */
async function askFully(
  ctx: Ctx,
  knowledge: Knowledge,
  question: Question,
  costsTo: string | null,
): Promise<Answered> {
  const model = await modelFor(ctx, { conversationId: costsTo, channel: null });
  return askWith({ knowledge, model, ...(await flowsFor(ctx)) }, question);
}

function inputOf({
  text,
  history = [],
  locale = "zh-CN",
  availability = "open",
  thresholds = standardThresholds,
  memory = emptyMemory,
  at = epoch,
  timeZone,
  channel = "web",
  contactTags = [],
  isSpoken = false,
}: Question): TurnInput {
  const said = history.map((line) => ({ author: "contact" as const, text: line, faqSlug: null }));
  return {
    tenantId: "",
    conversationId: "",
    inboxId: "",
    channel,
    contactTags,
    isSpoken,
    utterances: [{ messageId: "", content: { kind: "text", text }, at }],
    history: [...said, ...memory.history].slice(-longestHistory),
    locale,
    timeZone,
    handoffAvailability: availability,
    queue: { place: null, expectedWaitSeconds: null },
    thresholds,
    flowState: memory.flowState,
    turnsWithoutProgress: memory.turnsWithoutProgress,
    context: {},
  };
}

function answered(
  { memory = emptyMemory }: Question,
  input: TurnInput,
  decision: TurnDecision,
  tookMs: number,
): Answered {
  const spoken = decision.actions
    .map(textOfAction)
    .filter((line) => line !== "")
    .join("\n");
  const { outcome, faq, confidence, understanding, trace } = decision;
  const reply: AskReply = {
    outcome,
    text: spoken,
    contents: contentsOf(decision.actions),
    faq,
    confidence,
    candidates: understanding.candidates,
    tookMs: Math.round(tookMs * 1_000) / 1_000,
    trace,
  };
  return { reply, decision, memory: remember(memory, input, decision, spoken) };
}

/** An action as plain text; choices are numbered lines. */
export function textOfAction(action: Action): string {
  switch (action.kind) {
    case "reply":
      return textOf(action.content);
    case "ask-back":
      return [action.text, ...action.choices.map(({ label }, index) => `${index + 1}. ${label}`)].join("\n");
    case "handoff":
    case "offer-leave-message":
    case "hold":
    case "ask-colleague":
    case "colleague-pending":
      return action.text;
    case "set-flow-state":
    case "request-ticket":
    case "do-tool":
      return "";
    default:
      return action satisfies never;
  }
}

/** What is shown bubble by bubble; nothing where it is only text, which `text` says already. */
function contentsOf(actions: readonly Action[]): Content[] {
  const contents = actions.flatMap((action) => (action.kind === "reply" ? [action.content] : []));
  return contents.some(({ kind }) => kind !== "text") ? contents : [];
}

function remember(before: Memory, input: TurnInput, decision: TurnDecision, spoken: string): Memory {
  const change = decision.actions.find((action) => action.kind === "set-flow-state");
  const isMiss = decision.outcome === "ask-back" || decision.outcome === "leave-message";
  const lines: TurnInput["history"] = [
    ...before.history,
    {
      author: "contact",
      text: input.utterances.map(({ content }) => textOf(content)).join("\n"),
      faqSlug: null,
    },
    { author: "bot", text: spoken, faqSlug: decision.faq },
  ];
  return {
    flowState: change?.kind === "set-flow-state" ? change.state : null,
    turnsWithoutProgress: isMiss ? before.turnsWithoutProgress + 1 : 0,
    history: lines.slice(-longestHistory),
  };
}

export interface Trial {
  text: string;
  history: string[];
  conversation?: string | undefined;
  availability: HandoffAvailability;
  locale?: Locale | undefined;
  /** "test": with every draft laid over what is live. */
  area?: "live" | "test" | undefined;
  channel?: Channel | undefined;
  contactTags?: readonly string[] | undefined;
  isSpoken?: boolean | undefined;
  /** As if it were asked then; RFC 3339. */
  at?: string | undefined;
  /** What large models cost is booked to it, as to a conversation. */
  costsTo?: string | undefined;
}

/** Trials of this process by tenant and name, the longest unused first. */
const trials = new Map<string, Memory>();
const mostTrials = 500;

export async function tryIt(
  ctx: Ctx,
  { text, history, conversation, availability, locale, ...trial }: Trial,
): Promise<AskReply> {
  requirePermission(ctx, "knowledge-read");
  const area = trial.area ?? "live";
  const knowledge = area === "test" ? await testAreaFor(ctx) : await knowledgeFor(ctx);
  const key = `${ctx.tenantId}:${conversation ?? ""}`;
  const memory = conversation === undefined ? undefined : trials.get(key);
  const { locale: usual, timeZone } = await getTenant(ctx);
  const asked = await askFully(
    ctx,
    knowledge,
    {
      text,
      history,
      locale: locale ?? usual,
      availability,
      at: trial.at === undefined ? ctx.clock.now() : new Date(trial.at),
      timeZone,
      channel: trial.channel ?? "web",
      contactTags: trial.contactTags ?? [],
      isSpoken: trial.isSpoken ?? false,
      ...(memory === undefined ? {} : { memory }),
    },
    trial.costsTo ?? null,
  );
  if (conversation !== undefined) {
    trials.delete(key);
    trials.set(key, asked.memory);
    const [oldest] = trials.keys();
    if (trials.size > mostTrials && oldest !== undefined) trials.delete(oldest);
  }
  return asked.reply;
}
