// Runs flows inside a turn: begins one, goes on with the open one, or lets the message be answered otherwise. A step of
// decide.ts. A generator, because a lookup has to be waited for: it yields the question to the tool and is given the
// answer; whoever drives it decides how long that may take.
//
// Nothing here changes the world. What a `do` step would do, and the customer has confirmed, is an action for turns to
// carry out after the reply is written; where no tool can do it, it goes to a person.

import type { Action, HandoffReason } from "@yingda/contract";
import { meantProducts } from "../../products/product-meant.ts";
import { maskInput } from "../../tools/call/mask.ts";
import { isUpset, type Tracer, type Turn, type Verdict } from "../../turn.ts";
import type { Asked } from "../../understanding/understand.ts";
import { awayBecause } from "../../words.ts";
import type { Flow } from "../definition/flow.ts";
import { flowTools, toolNamed } from "../definition/tools.ts";
import { advance, startFlow } from "../run/advance.ts";
import type { Advanced, FlowAction, FlowEvent, FlowRun, SlotValue, ToolAnswer } from "../run/flow-run.ts";
import { isQuestion } from "../run/is-question.ts";
import { openSlot, takesMessage } from "../run/start.ts";
import { flowMeant } from "./flow-meant.ts";
import { depsOf, keepRun, type OpenRun, openRun, waitedSeconds } from "./open-run.ts";
import { needProof, proveOn } from "./prove-identity.ts";
import { type AskedAnswer, proofTools, type ShopFlows, type ToolCall } from "./shop-flows.ts";
import { actionsOf } from "./to-actions.ts";
import { words } from "./words.ts";

export type FlowWork = Generator<ToolCall, Verdict | null, AskedAnswer>;

/** Lookups of one turn; a flow that needs more goes round in circles. */
const mostCalls = 5;

/** Null when the message is not for a flow: it is answered as usual, and besideRun calls an open run to mind. */
export function* takeTurn(turn: Turn, asked: Asked, tracer: Tracer): FlowWork {
  const { flows: shop, heard, input } = turn;
  if (shop === null) return null;
  const open = openRun(turn);
  const meant = flowMeant(shop, heard.text, asked, input.thresholds.answer);
  if (open === null) return meant === null ? null : yield* beginFlow(turn, meant, tracer);
  const proving = yield* proveOn(turn, open, shop);
  if (proving?.kind === "verdict") return proving.verdict;
  if (proving?.kind === "deed") {
    const { callId } = proving;
    const state: FlowRun = { ...open.run, waitingFor: { kind: "tool", callId } };
    return doing(open.flow, shop, state, [], proving);
  }
  if (proving?.kind === "answered") return yield* answeredLate(turn, open, proving, tracer);
  const takes = takesMessage(open.flow, open.run, { text: heard.text, photos: photosOf(turn) }, depsOf(shop));
  const isOther = takes === "no" || (takes === "perhaps" && isSurelyAsked(turn, asked, open));
  if (isOther) {
    if (heard.text === "" || isUpset(turn) || isAnswerable(turn, asked, meant)) return null;
    const isActing = open.run.waitingFor.kind === "tool"; // what is being done must be told before anything else begins
    if (meant !== null && meant.id !== open.flow.id && !isActing)
      return yield* beginFlow(turn, meant, tracer);
  }
  return yield* goOn(turn, open, shop, takes !== "perhaps", tracer);
}

/**
 * Words that could fill the open slot, and are surely a question to the shop: written down so, or asked in question form
 * and sure. What a slot of plain words was just interrupted for is its answer: a symptom, too, may be put as a question.
 */
function isSurelyAsked({ heard, input }: Turn, asked: Asked, { flow, run }: OpenRun): boolean {
  const best = asked.best.matches[0];
  if (best === undefined || best.why.isExact) return best !== undefined;
  const isAgain = run.isInterrupted && openSlot(flow, run)?.reads === undefined;
  return !isAgain && best.confidence >= input.thresholds.answer && isQuestion(heard.text);
}

/** Small talk, or an FAQ that is sure and has no flow of its own. */
function isAnswerable({ heard, input }: Turn, asked: Asked, meant: Flow | null): boolean {
  const best = asked.best.matches[0]?.confidence ?? 0;
  return heard.smallTalk !== null || (meant === null && best >= input.thresholds.answer);
}

/** Begins a run with what the turn says; `text` instead where the customer only pressed a button. */
export function* beginFlow(turn: Turn, flow: Flow, tracer: Tracer, text = turn.heard.text): FlowWork {
  const { flows: shop, heard } = turn;
  if (shop === null) return null;
  const locale = heard.locale === "en" ? "en" : "zh";
  const photos = photosOf(turn);
  const begun = { runId: shop.newRunId(), locale, text, photos, product: productOf(turn) } as const;
  const first = startFlow(flow, begun, depsOf(shop));
  return yield* carryOut(turn, { flow, before: null, isSendable: true }, first, tracer);
}

/** The one product that this turn is about, or whose label was scanned: nobody has to be asked for it. */
function productOf({ heard, input, knowledge }: Turn): SlotValue | null {
  const [only, ...others] = meantProducts(knowledge.products, input, heard.text);
  if (only === undefined || others.length > 0 || only.from === "earlier") return null;
  const { name, nameEn } = only.product;
  return { value: name, shown: { zh: name, en: nameEn || name } };
}

function* goOn(
  turn: Turn,
  { flow, run, silentMs }: OpenRun,
  shop: ShopFlows,
  isSendable: boolean,
  tracer: Tracer,
): FlowWork {
  const locale = turn.heard.locale === "en" ? "en" : "zh";
  const seconds = waitedSeconds(flow, run);
  const isOver = seconds > 0 && silentMs >= seconds * 1_000 && !hasWordsWhileWaiting(flow, run);
  const event: FlowEvent = isOver
    ? { kind: "timer", timerId: run.timer }
    : { kind: "said", text: turn.heard.text, photos: photosOf(turn), locale };
  const next = advance(flow, run, event, depsOf(shop));
  return yield* carryOut(turn, { flow, before: run, isSendable }, next, tracer);
}

function hasWordsWhileWaiting({ steps }: Flow, run: FlowRun): boolean {
  const step = steps.find(({ id }) => id === run.step);
  return step?.kind === "wait" && step.said !== undefined;
}

interface Going {
  flow: Flow;
  before: FlowRun | null;
  isSendable: boolean;
}

/** Asks the tools that only read, until the run waits for the customer or has ended. */
function* carryOut(turn: Turn, going: Going, first: Advanced, tracer: Tracer): FlowWork {
  const { flow, before } = going;
  const shop = turn.flows;
  if (shop === null) return null;
  const done: FlowAction[] = [];
  let now = first;
  for (let calls = 0; ; calls += 1) {
    done.push(...now.actions);
    const call = now.actions.find(({ kind }) => kind === "ask-tool" || kind === "do-tool");
    if (call === undefined || now.state === null) break;
    if (call.kind === "do-tool") {
      if (shop.canDo?.(flow.id, call.tool) !== true) return confirmed(turn, going, call.tool);
      const { tool, input, callId } = call;
      const proof: AskedAnswer | null = shop.needsProof?.(tool)
        ? yield { flow: flow.id, tool: proofTools.need, input: { tool }, callId }
        : null;
      if (proof?.kind === "proof-needed") return needProof(shop, now.state, call, proof.how, actionsOf(done));
      return doing(flow, shop, now.state, done, { tool, input, callId });
    }
    if (call.kind !== "ask-tool") break;
    const { tool, input, callId } = call;
    const isTooMuch = calls >= mostCalls;
    const answer: AskedAnswer = isTooMuch
      ? { kind: "failure", why: "unavailable" }
      : yield { flow: flow.id, tool, input, callId, locale: now.state.locale };
    if (answer.kind === "proof-needed") return needProof(shop, now.state, call, answer.how, actionsOf(done));
    noteAnswer(tracer, tool, maskInput(input, shop.redacted?.(tool) ?? []), answer);
    now = advance(flow, now.state, { kind: "tool-answered", callId, answer }, depsOf(shop));
  }
  return verdictOf(turn, shop, going, { ...now, actions: done }, before === null);
}

/** A wait is over, or the customer has been silent: the run goes on by itself. */
export function* afterTime(turn: Turn, { flow, run }: OpenRun, tracer: Tracer): FlowWork {
  if (turn.flows === null) return null;
  const next = advance(flow, run, { kind: "timer", timerId: run.timer }, depsOf(turn.flows));
  return yield* carryOut(turn, { flow, before: run, isSendable: true }, next, tracer);
}

/** The lookup that had to wait for a proof has its answer. */
function* answeredLate(
  turn: Turn,
  { flow, run }: OpenRun,
  { callId, tool, answer }: { callId: string; tool: string; answer: ToolAnswer },
  tracer: Tracer,
): FlowWork {
  if (turn.flows === null) return null;
  noteAnswer(tracer, tool, {}, answer);
  const waiting: FlowRun = { ...run, waitingFor: { kind: "tool", callId } };
  const next = advance(flow, waiting, { kind: "tool-answered", callId, answer }, depsOf(turn.flows));
  return yield* carryOut(turn, { flow, before: waiting, isSendable: true }, next, tracer);
}

/** Goes on with a run whose `do` has been carried out. */
export function* afterTool(
  turn: Turn,
  { flow, run }: Pick<OpenRun, "flow" | "run">,
  { callId, answer }: { callId: string; answer: ToolAnswer },
  tracer: Tracer,
): FlowWork {
  if (turn.flows === null) return null;
  const step = flow.steps.find(({ id }) => id === run.step);
  if (step?.kind === "do") noteAnswer(tracer, step.tool, {}, answer);
  const next = advance(flow, run, { kind: "tool-answered", callId, answer }, depsOf(turn.flows));
  return yield* carryOut(turn, { flow, before: run, isSendable: true }, next, tracer);
}

/** "I am doing that now": the run waits for the tool, which turns calls once the reply is written. */
function doing(
  flow: Flow,
  shop: ShopFlows,
  state: FlowRun,
  actions: readonly FlowAction[],
  { tool, input, callId }: Pick<Extract<FlowAction, { kind: "do-tool" }>, "tool" | "input" | "callId">,
): Verdict {
  const text = words[state.locale].doing;
  return {
    outcome: "flow",
    isSendable: true,
    faq: null,
    confidence: 1,
    actions: [
      ...actionsOf(actions),
      { kind: "reply", content: { kind: "text", text }, faq: null, citations: [] },
      { kind: "do-tool", flow: flow.id, step: state.step, tool, input, key: callId },
      keepRun(state, shop),
    ],
    because: { code: "flow-does", values: { flow: flow.id, tool } },
  };
}

function noteAnswer(tracer: Tracer, tool: string, input: Record<string, unknown>, answer: ToolAnswer): void {
  const saw = `${tool} ${JSON.stringify(input)}`.slice(0, 200);
  if (answer.kind === "result")
    tracer.note("tool", saw, "result", { code: "tool-answered", values: { tool } });
  else tracer.note("tool", saw, answer.why, { code: "tool-failed", values: { tool, why: answer.why } });
}

function verdictOf(
  turn: Turn,
  shop: ShopFlows,
  { flow, isSendable }: Going,
  { state, actions }: Advanced,
  isNew: boolean,
): Verdict {
  const handOver = actions.find((action) => action.kind === "hand-over");
  const ended = actions.find((action) => action.kind === "ended");
  const values = { flow: flow.id };
  const common = { isSendable, faq: null, confidence: 1 };
  const said = actionsOf(actions);
  if (handOver !== undefined) {
    const { reason } = handOver;
    const to = toColleague(turn, handOver);
    const isHeld = to.kind === "hold";
    return {
      ...common,
      outcome: isHeld ? "held" : "handoff",
      actions: [...said, to, keepRun(null, shop)],
      because: { code: "flow-handed-over", values: { ...values, reason } },
    };
  }
  const because =
    ended === undefined
      ? { code: isNew ? "flow-started" : "flow-went-on", values: { ...values, step: state?.step ?? "" } }
      : { code: "flow-ended", values: { ...values, outcome: ended.outcome } };
  return {
    ...common,
    outcome: "flow",
    actions: [...said, keepRun(state, shop, actions, turn.input.flowState)],
    because,
  };
}

/** What was gathered must not be lost while nobody is there: it waits in the queue instead of behind an empty form. */
function toColleague(
  { input, say }: Turn,
  { reason, summary, text, queue: named, skills: wanted }: Extract<FlowAction, { kind: "hand-over" }>,
): Action {
  const queue = named ?? undefined;
  const why: HandoffReason = reason === "asked-for-human" ? "asked-for-human" : "no-answer";
  const skills = wanted.length === 0 ? undefined : wanted;
  const isServed = queue !== undefined && (input.servedQueues?.includes(queue) ?? false);
  if (isServed || awayBecause(input.handoffAvailability) === null)
    return { kind: "handoff", reason: why, summary, text, queue, skills };
  return { kind: "hold", reason: "held", summary, text: say.heldAway, faq: null, queue, skills };
}

/** The customer has just said yes to what the tool would do: a person does it, and reads everything that was gathered. */
function confirmed(turn: Turn, { flow, before }: Going, tool: string): Verdict | null {
  const { flows: shop, input } = turn;
  if (shop === null || before === null) return null; // a tool that acts needs a yes, which needs a turn before
  const isAway = awayBecause(input.handoffAvailability) !== null;
  const say = words[before.locale];
  const what = toolNamed(flowTools, tool)?.about[before.locale] ?? tool;
  const { actions } = advance(flow, before, { kind: "asked-for-human" }, depsOf(shop));
  const gathered = actions.find((action) => action.kind === "hand-over")?.summary ?? "";
  const summary = `${say.confirmed(what)}\n${gathered}`;
  return {
    outcome: "held",
    isSendable: true,
    faq: null,
    confidence: 1,
    actions: [
      { kind: "hold", reason: "held", summary, text: isAway ? say.notedAway : say.noted, faq: null },
      keepRun(null, shop),
    ],
    because: { code: "flow-confirmed", values: { flow: flow.id, tool } },
  };
}

function photosOf({ input }: Turn): string[] {
  return input.utterances.flatMap(({ content }) => (content.kind === "image" ? [content.mediaId] : []));
}
