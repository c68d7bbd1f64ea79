// The flows that are on, kept in memory per tenant: a turn costs no database. Dropped when one changes, here or on another
// node, and read anew at the next turn. Kept per database handle, so that two tenants never share anything.

import type { TenantId } from "@yingda/contract";
import { getTenant } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { type Db, transact } from "../../../platform/db/index.ts";
import { newId } from "../../../platform/ids.ts";
import type { EventRef, Listener } from "../../../platform/outbox/index.ts";
import { flowToolsOf, redactedInputs } from "../../tools/shop/flow-tools.ts";
import { connectedTools, forgetAllTools, forgetTools } from "../../tools/shop/tool-cache.ts";
import {
  askShopTool,
  canDo,
  type DeedOutcome,
  doShopTool,
  isRepeatable,
  type ToolDeed,
} from "../../tools/shop-tools.ts";
import type { Flow } from "../definition/flow.ts";
import type { AskTool, ShopFlows } from "../turn/shop-flows.ts";
import { listFlowRows } from "./flow-store.ts";
import { textOfFlow } from "./flow-texts.ts";

interface FlowOn {
  flow: Flow;
  tools: "demo" | null;
}

const mostTenants = 1_000;
const caches = new WeakMap<Db, Map<TenantId, Promise<FlowOn[]>>>();

function cacheOf({ db }: Pick<Ctx, "db">): Map<TenantId, Promise<FlowOn[]>> {
  const known = caches.get(db);
  if (known !== undefined) return known;
  const made = new Map<TenantId, Promise<FlowOn[]>>();
  caches.set(db, made);
  return made;
}

export interface FlowsAsked {
  /** The caller carries out what a customer confirms; without it ("try it") nothing is ever changed. */
  acts?: boolean;
  inboxId?: string | null;
  conversationId?: string | null;
  /** The customer's id on the shop's site, where they are signed in there. */
  siteCustomer?: () => Promise<string | null>;
}
const nobody = async () => null;

/** What decide.ts needs of flows for a turn of this tenant; null flows when none is on. */
export async function flowsFor(
  ctx: Ctx,
  { acts = false, inboxId = null, conversationId = null, siteCustomer = nobody }: FlowsAsked = {},
): Promise<{ flows: ShopFlows | null; tools: AskTool }> {
  const [on, connected] = await Promise.all([flowsOn(ctx), connectedTools(ctx)]);
  const caller = (flow: string) => ({
    flow,
    source: sourceOf(on, flow),
    inboxId,
    conversationId,
    siteCustomer,
  });
  const tools: AskTool = (call, signal) => askShopTool(ctx, connected, caller(call.flow), call, signal);
  if (on.length === 0) return { flows: null, tools };
  const { timeZone } = await getTenant(ctx);
  const now = ctx.clock.now();
  const flows: ShopFlows = {
    flows: on.map(({ flow }) => flow),
    now,
    timeZone,
    newRunId: () => newId<string>(),
    canDo: (flow, tool) => acts && canDo(connected, tool, caller(flow)),
    needsProof: (tool) => (connected.get(tool)?.tool.identity ?? "none") !== "none",
    redacted: (tool) => redactedInputs(connected, tool),
  };
  return { flows, tools };
}

/** Does, outside any transaction, what a customer has confirmed in a flow. */
export async function doConfirmed(
  ctx: Ctx,
  deed: ToolDeed,
  siteCustomer: () => Promise<string | null>,
  signal: AbortSignal,
): Promise<DeedOutcome> {
  const [on, connected] = await Promise.all([flowsOn(ctx), connectedTools(ctx)]);
  return doShopTool(ctx, connected, sourceOf(on, deed.flow), deed, siteCustomer, signal);
}

/** Whether it may be tried again when the first try was cut off. */
export async function mayRepeat(ctx: Ctx, { flow, tool }: Pick<ToolDeed, "flow" | "tool">): Promise<boolean> {
  const [on, connected] = await Promise.all([flowsOn(ctx), connectedTools(ctx)]);
  return isRepeatable(connected, sourceOf(on, flow), tool);
}

function sourceOf(on: readonly FlowOn[], flow: string): FlowOn["tools"] {
  return on.find((each) => each.flow.id === flow)?.tools ?? null;
}

function flowsOn(ctx: Ctx): Promise<FlowOn[]> {
  const cache = cacheOf(ctx);
  const known = cache.get(ctx.tenantId);
  if (known !== undefined) return known;
  const loading = load(ctx);
  cache.set(ctx.tenantId, loading);
  loading.catch(() => cache.get(ctx.tenantId) === loading && cache.delete(ctx.tenantId));
  const [oldest] = cache.size > mostTenants ? cache.keys() : [];
  if (oldest !== undefined) cache.delete(oldest);
  return loading;
}

/** A flow that has come to have problems, as its tools change, does not run. */
async function load(ctx: Ctx): Promise<FlowOn[]> {
  const [rows, connected] = await Promise.all([
    transact(ctx, (tx) => listFlowRows(tx, ctx.tenantId)),
    connectedTools(ctx),
  ]);
  const tools = flowToolsOf(connected);
  return rows
    .filter((row) => row.is_on)
    .flatMap((row) => {
      const text = textOfFlow(row.flow, row, tools);
      return text?.flow && text.problems.length === 0 ? [{ flow: text.flow, tools: row.tools }] : [];
    });
}

/** Call it after the commit of a change. */
export function forgetFlows(ctx: Pick<Ctx, "db" | "tenantId">): void {
  caches.get(ctx.db)?.delete(ctx.tenantId);
}

/** Hears what was changed on other nodes. */
export function flowListener({ db }: Pick<Ctx, "db">): Listener {
  return {
    name: "flows",
    kinds: ["flow-changed", "tools-changed"],
    heard(refs: readonly EventRef[]) {
      for (const { tenantId } of refs) {
        forgetTools({ db, tenantId });
        forgetFlows({ db, tenantId });
      }
    },
    lost() {
      caches.get(db)?.clear();
      forgetAllTools(db);
    },
  };
}
