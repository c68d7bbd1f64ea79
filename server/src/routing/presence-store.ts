// SQL of who is there: what agents set, and when their line was last seen. Owner: routing.
import type { Presence, QueueId, UserId } from "@yingda/contract";
import type { Tx } from "../platform/db/index.ts";

export type PresenceRow = {
  userId: UserId;
  presence: Presence;
  sinceAt: Date;
  lastAssignedAt: Date | null;
  connectedAt: Date | null;
  lostAt: Date | null;
  /** Raised by every offer and assignment. */
  assignments: number;
};

const columns = `user_id as "userId", presence, since_at as "sinceAt", last_assigned_at as "lastAssignedAt",
  connected_at as "connectedAt", lost_at as "lostAt", assignments`;

/** With what they serve and can do: one statement, since every turn asks for it (availability.ts). */
export type AgentRow = PresenceRow & {
  queues: { id: QueueId; name: string }[];
  /** Also while the default queue is still to be made. */
  servesDefault: boolean;
  skills: string[];
};

const serves = `(q.serves_everyone or exists (select from queue_member m
  where m.tenant_id = q.tenant_id and m.queue_id = q.id and m.user_id = p.user_id))`;

export function listPresenceRows(tx: Tx): Promise<AgentRow[]> {
  return tx.rows(
    `select ${columns},
       (select coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'name', q.name)), '[]')
        from queue q where q.tenant_id = p.tenant_id and ${serves}) as queues,
       not exists (select from queue q where q.tenant_id = p.tenant_id and q.is_default and not ${serves}) as "servesDefault",
       coalesce((select s.skills from agent_skills s where s.tenant_id = p.tenant_id and s.user_id = p.user_id), '{}') as skills
     from agent_presence p`,
  );
}

export function findPresence(tx: Tx, userId: UserId): Promise<PresenceRow | undefined> {
  return tx.maybe(`select ${columns} from agent_presence where user_id = $1`, [userId]);
}

export async function putPresence(
  tx: Tx,
  tenantId: string,
  userId: UserId,
  presence: Presence,
  at: Date,
): Promise<void> {
  await tx.run(
    `insert into agent_presence (tenant_id, user_id, presence, since_at, connected_at) values ($1, $2, $3, $4, $4)
     on conflict (tenant_id, user_id) do update set presence = excluded.presence, since_at = excluded.since_at,
       connected_at = excluded.connected_at, lost_at = null`,
    [tenantId, userId, presence, at],
  );
}

/**
 * A live line was seen. The first one ever makes the agent available; one after a loss brings them back.
 * Gives the row as it is now and whether it was new or lost before.
 */
export async function touchPresence(
  tx: Tx,
  tenantId: string,
  userId: UserId,
  at: Date,
): Promise<{ presence: Presence; isBack: boolean }> {
  const before = await tx.maybe<{ lostAt: Date | null }>(
    `select lost_at as "lostAt" from agent_presence where user_id = $1 for update`,
    [userId],
  );
  const { presence } = await tx.one<{ presence: Presence }>(
    `insert into agent_presence (tenant_id, user_id, presence, since_at, connected_at) values ($1, $2, 'available', $3, $3)
     on conflict (tenant_id, user_id) do update set connected_at = excluded.connected_at, lost_at = null,
       since_at = case when agent_presence.lost_at is null then agent_presence.since_at else excluded.since_at end
     returning presence`,
    [tenantId, userId, at],
  );
  return { presence, isBack: !before || before.lostAt !== null };
}

/**
 * Lines that are still there, seen again; one statement for all agents of a tenant on this node. Gives those who were taken for
 * lost meanwhile, because nobody could refresh them.
 */
export async function keepConnected(tx: Tx, userIds: readonly UserId[], at: Date): Promise<UserId[]> {
  const rows = await tx.rows<{ userId: UserId; isLost: boolean }>(
    `update agent_presence set connected_at = $2 where user_id = any($1) and connected_at < $2
     returning user_id as "userId", lost_at is not null as "isLost"`,
    [userIds, at],
  );
  return rows.filter(({ isLost }) => isLost).map(({ userId }) => userId);
}

/**
 * Notes an assignment, but only if there was none since the choice was made: two servers that choose the same agent
 * at the same moment must not go over the agent's capacity. False when somebody was faster.
 */
export async function noteAssignment(tx: Tx, userId: UserId, seen: number, at: Date): Promise<boolean> {
  const touched = await tx.run(
    `update agent_presence set assignments = assignments + 1, last_assigned_at = $3
     where user_id = $1 and presence = 'available' and assignments = $2`,
    [userId, seen, at],
  );
  return touched === 1;
}

export async function touchAssigned(tx: Tx, userId: UserId, at: Date): Promise<void> {
  await tx.run(
    `update agent_presence set assignments = assignments + 1, last_assigned_at = greatest(last_assigned_at, $2) where user_id = $1`,
    [userId, at],
  );
}

/** Agents whose line has been gone for longer than `before`, whatever they had set; system role, all tenants. */
export function lostAgents(tx: Tx, before: Date): Promise<{ tenantId: string; userId: UserId }[]> {
  return tx.rows(
    `select tenant_id as "tenantId", user_id as "userId" from agent_presence
     where lost_at is null and connected_at < $1`,
    [before],
  );
}

/** Marks the agent as lost; false when they came back or another server was faster. */
export async function markLost(tx: Tx, userId: UserId, before: Date, at: Date): Promise<boolean> {
  const touched = await tx.run(
    `update agent_presence set lost_at = $3 where user_id = $1 and lost_at is null and connected_at < $2`,
    [userId, before, at],
  );
  return touched === 1;
}
