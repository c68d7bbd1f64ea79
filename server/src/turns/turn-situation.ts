// Everything a turn needs to know, loaded at once: the record's lines, what is remembered between turns, the inbox's
// settings, whether a person could be promised. Called by run-turn.ts; nothing here writes.
import type { ChannelCapabilities, ConversationId, FlowState } from "@yingda/contract";
import { channelCapabilities } from "@yingda/contract";
import { getTenant } from "../accounts/index.ts";
import { getInbox, type InboxRecord, loadTurnMaterial, type TurnMaterial } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { once } from "../platform/db/index.ts";
import { type Availability, availability } from "../routing/index.ts";
import { type Locale, localeOf } from "./texts.ts";
import { emptyMemory, type TurnMemory } from "./turn-input.ts";
import { type MemoryRow, readMemory } from "./turn-store.ts";

export type Situation = {
  material: TurnMaterial;
  memory: TurnMemory;
  inbox: InboxRecord;
  capabilities: ChannelCapabilities;
  availability: Availability;
  locale: Locale;
  timeZone: string;
};

/** Null when conversation or inbox is gone (erased, deleted). */
export async function loadSituation(ctx: Ctx, conversationId: ConversationId): Promise<Situation | null> {
  const [material, memory, tenant, promised] = await Promise.all([
    loadTurnMaterial(ctx, conversationId),
    loadMemory(ctx, conversationId),
    getTenant(ctx),
    availability(ctx),
  ]);
  if (!material) return null;
  const inbox = await getInbox(ctx, material.conversation.inboxId);
  if (!inbox) return null;
  return {
    material,
    memory,
    inbox,
    capabilities: channelCapabilities[material.channel],
    availability: promised,
    locale: localeOf(material.contact.language, tenant.locale),
    timeZone: tenant.timeZone,
  };
}

async function loadMemory(ctx: Ctx, conversationId: ConversationId): Promise<TurnMemory> {
  const [row] = await once<MemoryRow>(ctx, readMemory, [conversationId]);
  if (!row) return emptyMemory;
  const { sealedFlowState, withoutProgress } = row;
  if (!sealedFlowState) return { flowState: null, withoutProgress };
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const flowState = JSON.parse(vault.openText(flowStatePlace(conversationId), sealedFlowState)) as FlowState;
  return { flowState, withoutProgress };
}

export function flowStatePlace(conversationId: ConversationId) {
  return { table: "turn_state", column: "sealed_flow_state", row: conversationId };
}
export function tracePlace(messageId: string) {
  return { table: "turn_trace", column: "sealed_trace", row: messageId };
}
