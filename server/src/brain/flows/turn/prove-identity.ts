// A lookup that reads something personal, or a deed that is somebody's alone, waits until the customer has proved who they
// are: they give an address, a code goes there, they say it, and the flow goes on. The run keeps what it waits for, so another question in between loses nothing.

import type { Action } from "@yingda/contract";
import type { Turn, Verdict } from "../../turn.ts";
import { advance } from "../run/advance.ts";
import type { FlowAction, FlowRun, ToolAnswer } from "../run/flow-run.ts";
import { isNeverMind } from "../run/yes-no.ts";
import { depsOf, keepRun, type OpenRun } from "./open-run.ts";
import { words } from "./proof-words.ts";
import { type AskedAnswer, proofTools, type ShopFlows, type ToolCall } from "./shop-flows.ts";

type Proof = Extract<FlowRun["waitingFor"], { kind: "proof" }>;
type Proved =
  | { kind: "verdict"; verdict: Verdict }
  | { kind: "answered"; callId: string; tool: string; answer: ToolAnswer }
  /** What was confirmed may be done now. */
  | { kind: "deed"; callId: string; tool: string; input: Record<string, unknown> };

/** Addresses and codes that were not understood; then a person takes over. */
const mostMisses = 3;
const email = /[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}/u;
const phone = /(?<!\d)(?:\+?86[-\s]?)?(1[3-9]\d{9})(?!\d)|(?<!\d)(\+\d{8,15})(?!\d)/u;
const sixDigits = /(?<!\d)(\d{6})(?!\d)/u;
const again = /重发|再发|没收到|收不到|resend|again|not receive|didn.t get/iu;

/** The tool asked for a proof: begin with the address, or say where to sign in. */
export function needProof(
  shop: ShopFlows,
  run: FlowRun,
  { kind, tool, input, callId }: Extract<FlowAction, { kind: "ask-tool" | "do-tool" }>,
  how: "code" | "site-login",
  said: Action[],
): Verdict {
  const say = words[run.locale];
  if (how === "site-login")
    return verdict([...said, reply(say.signIn), keepRun(null, shop)], run, "proof-sign-in");
  const isDeed = kind === "do-tool";
  const waitingFor: Proof = { kind: "proof", callId, tool, input, isDeed, ask: "address", misses: 0 };
  return verdict([...said, reply(say.address), keepRun({ ...run, waitingFor }, shop)], run, "proof-asked");
}

/** Null when the open run waits for no proof, or the customer lets it be: the engine then takes the message. */
export function* proveOn(
  turn: Turn,
  open: OpenRun,
  shop: ShopFlows,
): Generator<ToolCall, Proved | null, AskedAnswer> {
  const { run } = open;
  const { waitingFor: proof } = run;
  const text = turn.heard.text.normalize("NFKC"); // digits and @ as a Chinese keyboard writes them
  if (proof.kind !== "proof" || isNeverMind(text)) return null;
  const address = email.exec(text)?.[0] ?? addressOfPhone(text);
  const code = sixDigits.exec(text)?.[1];
  if (proof.ask === "code" && code !== undefined && address === null)
    return yield* check(open, shop, proof, code);
  if (address !== null) return yield* send(open, shop, proof, { address });
  if (proof.ask === "code" && again.test(text)) return yield* send(open, shop, proof, {});
  if (turn.heard.smallTalk !== null || /[?？]/u.test(text)) return null;
  return missed(open, shop, proof);
}

function addressOfPhone(text: string): string | null {
  const found = phone.exec(text);
  return found?.[1] ?? found?.[2] ?? null;
}

function* send(
  { flow, run }: OpenRun,
  shop: ShopFlows,
  proof: Proof,
  input: Record<string, unknown>,
): Generator<ToolCall, Proved, AskedAnswer> {
  const answer = yield { flow: flow.id, tool: proofTools.send, input, callId: proof.callId };
  const say = words[run.locale];
  if (answer.kind === "result") {
    const waitingFor: Proof = { ...proof, ask: "code", misses: 0 };
    const text = say.sent(String(answer.fields.to ?? ""));
    return held(verdict([reply(text), keepRun({ ...run, waitingFor }, shop)], run, "proof-sent"));
  }
  const isLimited = answer.kind === "failure" && answer.why === "refused";
  return toPerson({ flow, run }, shop, isLimited ? say.limited : say.cannotSend);
}

function* check(
  open: OpenRun,
  shop: ShopFlows,
  proof: Proof,
  code: string,
): Generator<ToolCall, Proved, AskedAnswer> {
  const { flow, run } = open;
  const { callId, tool, input, isDeed } = proof;
  const checked = yield { flow: flow.id, tool: proofTools.check, input: { code }, callId };
  const say = words[run.locale];
  if (checked.kind === "result" && isDeed) return { kind: "deed", callId, tool, input };
  if (checked.kind === "result") {
    const answer = yield { flow: flow.id, tool, input, callId };
    if (answer.kind !== "proof-needed") return { kind: "answered", callId, tool, answer };
    return toPerson(open, shop, say.cannotSend);
  }
  const isOver = checked.kind === "failure" && checked.why === "not-found";
  if (isOver) {
    const waitingFor: Proof = { ...proof, ask: "code" };
    return held(verdict([reply(say.expired), keepRun({ ...run, waitingFor }, shop)], run, "proof-wrong"));
  }
  return missed(open, shop, proof);
}

function missed(open: OpenRun, shop: ShopFlows, proof: Proof): Proved {
  const { run } = open;
  const misses = proof.misses + 1;
  const say = words[run.locale];
  if (misses >= mostMisses) return toPerson(open, shop, say.person);
  const text = proof.ask === "address" ? say.addressAgain : say.wrong;
  const waitingFor: Proof = { ...proof, misses };
  return held(verdict([reply(text), keepRun({ ...run, waitingFor }, shop)], run, "proof-wrong"));
}

function toPerson({ flow, run }: Pick<OpenRun, "flow" | "run">, shop: ShopFlows, text: string): Proved {
  const { actions } = advance(flow, run, { kind: "asked-for-human" }, depsOf(shop));
  const summary = actions.find((action) => action.kind === "hand-over")?.summary ?? flow.name[run.locale];
  const to: Action = { kind: "hold", reason: "held", summary, text, faq: null };
  return held({ ...verdict([to, keepRun(null, shop)], run, "proof-failed"), outcome: "held" });
}

function held(given: Verdict): Proved {
  return { kind: "verdict", verdict: given };
}

function reply(text: string): Action {
  return { kind: "reply", content: { kind: "text", text }, faq: null, citations: [] };
}

function verdict(actions: Action[], run: FlowRun, code: string): Verdict {
  const because = { code, values: { flow: run.flow } };
  return { outcome: "flow", isSendable: true, faq: null, confidence: 1, actions, because };
}
