// Everything a turn needs to know, loaded at once: the record's lines, what is remembered between turns, the inbox's
// settings, whether a person could be promised. Called by run-turn.ts; nothing here writes.
import type { ChannelCapabilities, ConversationId, TurnBehaviour } from "@yingda/contract";
import { channelCapabilities } from "@yingda/contract";
import { getTenant } from "../accounts/index.ts";
import {
  getInbox,
  hasBotSpoken,
  type InboxRecord,
  loadTurnMaterial,
  readTurnMaterial,
  type TurnMaterial,
} from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { type Availability, availability } from "../routing/index.ts";
import { colleagueState } from "./ask-colleague/put-question.ts";
import { type Locale, localeOf } from "./texts.ts";
import type { TurnMemory } from "./turn-input.ts";
import { loadMemory } from "./turn-memory.ts";

export type Situation = {
  material: TurnMaterial;
  memory: TurnMemory;
  inbox: InboxRecord;
  capabilities: ChannelCapabilities;
  availability: Availability;
  locale: Locale;
  timeZone: string;
  /** The bot has said nothing in this conversation yet. */
  isFirst: boolean;
  /** Whether a colleague may be asked; undefined where the inbox does not want it, or nobody could reply. */
  colleague: TurnBehaviour["colleague"];
};

/**
 * Null when conversation or inbox is gone (erased, deleted). `known`: the memory, where this process keeps it. `version`: of
 * the line that is answered; what this process remembers of it will do. Null reads the record.
 */
export async function loadSituation(
  ctx: Ctx,
  conversationId: ConversationId,
  known: TurnMemory | undefined,
  version: number | null,
): Promise<Situation | null> {
  const [material, memory, tenant, promised] = await Promise.all([
    version === null ? readTurnMaterial(ctx, conversationId) : loadTurnMaterial(ctx, conversationId, version),
    known ?? loadMemory(ctx, conversationId),
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
    capabilities: channelCapabilities[inbox.channel],
    availability: promised,
    locale: localeOf(material.contact.language, tenant.locale),
    timeZone: tenant.timeZone,
    isFirst: await isFirst(ctx, material),
    colleague: await colleagueState(ctx, inbox, conversationId),
  };
}

/** As many lines of history as a turn is given at most: with fewer, all that was ever said is among them. */
const longestHistory = 12;

async function isFirst(ctx: Ctx, { conversation, history }: TurnMaterial): Promise<boolean> {
  if (history.some(({ author }) => author.kind === "bot")) return false;
  return history.length < longestHistory || !(await hasBotSpoken(ctx, conversation.id));
}

export function tracePlace(messageId: string) {
  return { table: "turn_trace", column: "sealed_trace", row: messageId };
}
