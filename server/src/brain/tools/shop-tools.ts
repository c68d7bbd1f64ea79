// A shop's tools as flows use them: which of its systems answers a lookup, which does what a customer confirmed, and how
// sure it is that it was done. A connected tool of that name goes first, then the shop's products for fault codes, then the demo's own order system where the flow
// is tied to it; without either a lookup is unavailable and a person does what was confirmed.

import type { Ctx } from "../../platform/context.ts";
import type { ToolAnswer } from "../flows/run/flow-run.ts";
import { type AskedAnswer, proofTools, type ToolCall } from "../flows/turn/shop-flows.ts";
import { knowledgeFor } from "../knowledge/knowledge-cache.ts";
import { lookUpFault } from "../products/look-up-fault.ts";
import { callTool } from "./call/call-tool.ts";
import { holesOf } from "./call/fill-values.ts";
import { askDemo, changeDemoOrders } from "./demo/demo-changes.ts";
import { canDemoDo, wordOf } from "./demo/demo-rules.ts";
import { checkCode, provedAddress, sendCode } from "./identity/prove.ts";
import { type ModelTool, modelCaller, modelToolsOf } from "./model-tools.ts";
import { noteCall } from "./shop/call-log.ts";
import { openConnection, provedInputs } from "./shop/definitions.ts";
import type { ConnectedTool, ConnectedTools } from "./shop/tool-cache.ts";

/** Answered by the shop's products, unless it has a system of its own for it. */
const faultTool = "faults.look-up";
export type ToolSource = "demo" | null;
const unavailable: ToolAnswer = { kind: "failure", why: "unavailable" };

/** Who calls: what a tool's rules are about. */
export interface ToolCaller {
  /** The customer's id on the shop's site, where they are signed in there; asked only for tools that need it. */
  siteCustomer: () => Promise<string | null>;
  flow: string;
  source: ToolSource;
  inboxId: string | null;
  conversationId: string | null;
}
export interface ToolDeed {
  flow: string;
  tool: string;
  input: Record<string, unknown>;
  /** The same for every try: what makes the effect one. */
  key: string;
  conversationId: string | null;
}
/** `answer` null: perhaps done, perhaps not. */
export interface DeedOutcome {
  answer: ToolAnswer | null;
}

/** The tools that a model is offered in a turn. Who asks is only looked up where a tool wants to know. */
export async function modelToolsFor(
  ctx: Ctx,
  connected: ConnectedTools,
  { inboxId, conversationId, siteCustomer }: Omit<ToolCaller, "flow" | "source">,
): Promise<ModelTool[]> {
  const open = [...connected.values()].filter(({ tool }) => tool.modelMayCall === true);
  const wants = (how: "code" | "site-login") => open.some(({ tool }) => tool.identity === how);
  const address = wants("code") && conversationId !== null ? await provedAddress(ctx, conversationId) : null;
  const customer = wants("site-login") ? await siteCustomer() : null;
  return modelToolsOf(connected, inboxId, (how) => (how === "code" ? address : customer) !== null);
}

/** Asks a tool that only reads; or what a run that waits for a proof asks. */
export async function askShopTool(
  ctx: Ctx,
  connected: ConnectedTools,
  caller: ToolCaller,
  { tool, input, locale }: Pick<ToolCall, "tool" | "input" | "locale">,
  signal: AbortSignal,
): Promise<AskedAnswer> {
  if (tool === proofTools.need) return stillNeeds(ctx, connected, caller, String(input.tool ?? ""));
  if (tool === proofTools.send || tool === proofTools.check)
    return prove(ctx, connected, caller, tool, input, signal);
  const found = allowed(connected, tool, caller);
  if (found !== null) {
    if (found.tool.effect !== "read") return unavailable;
    const proof = await proofFor(ctx, found, caller);
    if (proof.kind === "unbound") return unavailable;
    if (proof.kind === "proof-needed") return proof;
    return (await call(ctx, found, caller, { ...input, ...proof.input }, null, signal)) ?? unavailable;
  }
  const fault = tool === faultTool ? await askProducts(ctx, input, locale) : null;
  if (fault !== null) return fault;
  if (caller.source === "demo") return askDemo(ctx, { tool, input });
  return unavailable;
}

/** Null where the shop keeps no fault codes. */
async function askProducts(
  ctx: Ctx,
  { product, code, symptom }: Record<string, unknown>,
  locale: ToolCall["locale"],
): Promise<ToolAnswer | null> {
  const { products } = await knowledgeFor(ctx);
  const asked = { product: wordOf(product), code: wordOf(code), symptom: wordOf(symptom) };
  return lookUpFault(products, asked, locale === "en" ? "en" : "zh-CN");
}

/** Whether a tool that acts has to wait for a proof; one that could never carry it is found out when it is called. */
async function stillNeeds(
  ctx: Ctx,
  connected: ConnectedTools,
  caller: ToolCaller,
  tool: string,
): Promise<AskedAnswer> {
  const found = allowed(connected, tool, caller);
  const proof = found && (await proofFor(ctx, found, caller));
  return proof?.kind === "proof-needed" ? proof : { kind: "result", fields: {} };
}

async function prove(
  ctx: Ctx,
  connected: ConnectedTools,
  { conversationId }: ToolCaller,
  tool: string,
  { address, code }: Record<string, unknown>,
  signal: AbortSignal,
): Promise<ToolAnswer> {
  if (conversationId === null) return unavailable; // "try it": nothing is sent
  if (tool === proofTools.check) return checkCode(ctx, conversationId, String(code ?? ""));
  return sendCode(ctx, connected, conversationId, typeof address === "string" ? address : null, signal);
}

type ProofState =
  | { kind: "proved"; input: Record<string, string> }
  | { kind: "unbound" }
  | Extract<AskedAnswer, { kind: "proof-needed" }>;

/** A proof that no part of the request carries proves nothing: anybody's data could be read with it. */
function isBound({ identity, parameters, call: { kind, ...rest } }: ConnectedTool["tool"]): boolean {
  const input = identity === "code" ? provedInputs.address : provedInputs.customer;
  const body = kind === "http" && "body" in rest ? (rest.body ?? "") : "";
  return parameters.some((parameter) => parameter.input === input) || holesOf(body).includes(input);
}

/** What is proved goes into the call over whatever the flow says, so that a tool asks for the right person's data. */
async function proofFor(
  ctx: Ctx,
  { tool }: ConnectedTool,
  { conversationId, siteCustomer }: ToolCaller,
): Promise<ProofState> {
  if (tool.identity === "none") return { kind: "proved", input: {} };
  if (!isBound(tool)) return { kind: "unbound" };
  if (tool.identity === "site-login") {
    const customer = await siteCustomer();
    if (customer === null) return { kind: "proof-needed", how: "site-login" };
    return { kind: "proved", input: { [provedInputs.customer]: customer } };
  }
  const address = conversationId === null ? null : await provedAddress(ctx, conversationId);
  if (address === null) return { kind: "proof-needed", how: "code" };
  return { kind: "proved", input: { [provedInputs.address]: address } };
}

/** Whether something is connected that does what this tool's name says. */
export function canDo(connected: ConnectedTools, tool: string, caller: ToolCaller): boolean {
  const found = allowed(connected, tool, caller);
  if (found !== null) return found.tool.effect === "change";
  return caller.source === "demo" && canDemoDo(tool);
}

/** Does what was confirmed. Throws nothing that the tool did; a database that is away throws, and it is tried again. */
export async function doShopTool(
  ctx: Ctx,
  connected: ConnectedTools,
  source: ToolSource,
  deed: ToolDeed,
  siteCustomer: ToolCaller["siteCustomer"],
  signal: AbortSignal,
): Promise<DeedOutcome> {
  const { flow, tool, input, key, conversationId } = deed;
  const caller: ToolCaller = { flow, source, inboxId: null, conversationId, siteCustomer };
  const found = allowed(connected, tool, caller);
  if (found !== null && found.tool.effect === "change") {
    const proof = await proofFor(ctx, found, caller);
    if (proof.kind !== "proved") return { answer: { kind: "failure", why: "not-done" } };
    return { answer: await call(ctx, found, caller, { ...input, ...proof.input }, key, signal) };
  }
  if (found === null && source === "demo") return { answer: await changeDemoOrders(ctx, deed) };
  return { answer: { kind: "failure", why: "not-done" } };
}

/** Whether a deed may be tried again when it is not known how far the first try came. */
export function isRepeatable(connected: ConnectedTools, source: ToolSource, tool: string): boolean {
  const found = connected.get(tool);
  return found === undefined ? source === "demo" : found.tool.idempotency !== null;
}

/** Null where the shop has no such tool, or this flow or inbox may not call it. */
function allowed(
  connected: ConnectedTools,
  name: string,
  { flow, inboxId }: ToolCaller,
): ConnectedTool | null {
  const found = connected.get(name);
  if (found === undefined) return null;
  const { flows, inboxes } = found.tool;
  const isInboxes = inboxes === null || inboxId === null || inboxes.includes(inboxId);
  if (!isInboxes) return null;
  if (flow === modelCaller)
    return found.tool.effect === "read" && found.tool.modelMayCall === true ? found : null;
  const isFlows = flows === null || flows.includes(flow);
  return isFlows ? found : null;
}

async function call(
  ctx: Ctx,
  { tool, connection }: ConnectedTool,
  { flow, conversationId }: ToolCaller,
  input: Record<string, unknown>,
  key: string | null,
  signal: AbortSignal,
): Promise<ToolAnswer | null> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const given = { tool, connection: openConnection(vault, connection), input, key };
  const result = await callTool(ctx, given, signal);
  const by = flow === modelCaller ? ("model" as const) : ("flow" as const);
  const about = {
    toolId: tool.id,
    toolName: tool.name,
    by,
    flow: by === "model" ? null : flow,
    conversationId,
  };
  await noteCall(ctx, about, result);
  return result.answer;
}
