// Who could take work at this moment, put together from presence, membership and load. Used by assign-next.ts and
// availability.ts. Load comes from the record (open conversations) plus the offers on the table.
import {
  type Permission,
  type Presence,
  type QueueId,
  rolePermissions,
  skillKey,
  type UserId,
} from "@yingda/contract";
import { listMembersBrief } from "../accounts/index.ts";
import { countNow } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/db/index.ts";
import type { AgentCandidate } from "./choose.ts";
import { type AgentRow, listPresenceRows, type PresenceRow } from "./presence-store.ts";
import { countOffers } from "./queue-store.ts";

/** A dropped line is forgiven for this long: a reload, a lift, a sleeping laptop. */
export const lostAfterMs = 3 * 60_000;

export type Agent = AgentCandidate &
  Pick<AgentRow, "queues" | "servesDefault"> & { name: string; assignments: number };

/** What of an agent lives in routing's own tables, read in the caller's transaction. */
export type AgentRows = { presences: AgentRow[]; offers: Map<UserId, number> };

export async function readAgentRows(tx: Tx): Promise<AgentRows> {
  const presences = await listPresenceRows(tx);
  const offers = await countOffers(tx);
  return { presences, offers: new Map(offers.map(({ agentId, count }) => [agentId, count])) };
}

/**
 * Joins the rows with membership and open conversations. Call it outside a transaction and after `readAgentRows`: an
 * offer accepted in between is then counted twice rather than not at all.
 */
export async function describeAgents(ctx: Ctx, rows: AgentRows): Promise<Agent[]> {
  const [members, counts] = await Promise.all([listMembersBrief(ctx), countNow(ctx)]);
  const nowMs = ctx.clock.nowMs();
  return members
    .filter(({ isActive, role }) => isActive && serves(rolePermissions[role]))
    .flatMap((member): Agent[] => {
      const row = rows.presences.find(({ userId }) => userId === member.id);
      if (!row) return [];
      return [
        {
          userId: member.id,
          name: member.name,
          isAvailable: row.presence === "available",
          isConnected: isConnected(row, nowMs),
          capacity: member.capacity,
          openCount: (counts.byAgent[member.id] ?? 0) + (rows.offers.get(member.id) ?? 0),
          idleSinceMs: Math.max(row.sinceAt.getTime(), row.lastAssignedAt?.getTime() ?? 0),
          assignments: row.assignments,
          skills: row.skills.map(skillKey),
          queues: row.queues,
          servesDefault: row.servesDefault,
        },
      ];
    });
}

export function servesQueue({ queues }: Pick<Agent, "queues">, queueId: QueueId): boolean {
  return queues.some(({ id }) => id === queueId);
}

export function isConnected(row: Pick<PresenceRow, "connectedAt">, nowMs: number): boolean {
  return row.connectedAt !== null && nowMs - row.connectedAt.getTime() < lostAfterMs;
}

/** What others see: somebody whose line has been gone for three minutes is away, whatever they had set. */
export function effectivePresence(row: PresenceRow, nowMs: number): Presence {
  return isConnected(row, nowMs) ? row.presence : "away";
}

function serves(permissions: readonly Permission[]): boolean {
  return permissions.includes("conversations-reply");
}
