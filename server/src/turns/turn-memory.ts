// What the next turn of a conversation must know, kept in the process that works on it: most conversations have nothing to
// remember, and asking the database for nothing would be a third of a turn's reads. The rows are the truth; a process
// that takes over a shard starts with an empty memory and reads them.
import type { ConversationId, FlowState } from "@yingda/contract";
import type { Ctx } from "../platform/context.ts";
import { once } from "../platform/db/index.ts";
import { emptyMemory, type TurnMemory } from "./turn-input.ts";
import { type MemoryRow, readMemory } from "./turn-store.ts";

const mostKept = 5_000;

export class TurnMemories {
  readonly #kept = new Map<ConversationId, TurnMemory>();

  get(conversationId: ConversationId): TurnMemory | undefined {
    return this.#kept.get(conversationId);
  }

  put(conversationId: ConversationId, memory: TurnMemory): void {
    this.#kept.delete(conversationId);
    this.#kept.set(conversationId, memory);
    const [oldest] = this.#kept.size > mostKept ? this.#kept.keys() : [];
    if (oldest !== undefined) this.#kept.delete(oldest);
  }

  drop(conversationId: ConversationId): void {
    this.#kept.delete(conversationId);
  }

  clear(): void {
    this.#kept.clear();
  }
}

export async function loadMemory(ctx: Ctx, conversationId: ConversationId): Promise<TurnMemory> {
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
