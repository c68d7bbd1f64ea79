// SQL of what waits in the queues: who is offered what, and how long the last ones waited. Owner: routing.
// Order of service everywhere: priority first, then the time of entry, then the id, so that no two places are equal.
import type { ConversationId, HandoffReason, QueueId, SkillMiss, UserId } from "@yingda/contract";
import type { Tx } from "../platform/db/index.ts";

export type QueueEntry = {
  conversationId: ConversationId;
  queueId: QueueId;
  priority: number;
  reason: HandoffReason;
  enteredAt: Date;
  notBeforeAt: Date | null;
  offeredAgentId: UserId | null;
  offeredAt: Date | null;
  offerExpiresAt: Date | null;
  declinedBy: UserId[];
  /** Wanted of who takes it. */
  skills: string[];
  /** Of who is asked now. */
  skillMiss: SkillMiss | null;
};
/** With what counts of its queue. */
export type WaitingEntry = QueueEntry & { patienceSeconds: number; isInDefault: boolean };

const entryColumns = `conversation_id as "conversationId", queue_id as "queueId", priority, reason, entered_at as "enteredAt",
  not_before_at as "notBeforeAt", offered_agent_id as "offeredAgentId", offered_at as "offeredAt",
  offer_expires_at as "offerExpiresAt", declined_by as "declinedBy", skills,
  skill_miss as "skillMiss"`;

/** Puts a conversation into the queue; one that already waits keeps its place unless it now matters more. */
export async function putEntry(
  tx: Tx,
  entry: {
    tenantId: string;
    conversationId: ConversationId;
    queueId: QueueId;
    priority: number;
    reason: HandoffReason;
    at: Date;
    notBefore: Date | null;
    declinedBy: readonly UserId[];
    skills: readonly string[];
  },
): Promise<void> {
  await tx.run(
    `insert into queue_entry as e
       (tenant_id, conversation_id, queue_id, priority, reason, entered_at, not_before_at, declined_by, skills)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (tenant_id, conversation_id) do update set
       queue_id = excluded.queue_id, priority = greatest(e.priority, excluded.priority), reason = excluded.reason,
       not_before_at = case when e.not_before_at is null or excluded.not_before_at is null then null
                            else least(e.not_before_at, excluded.not_before_at) end,
       declined_by = excluded.declined_by, skills = excluded.skills`,
    [
      entry.tenantId,
      entry.conversationId,
      entry.queueId,
      entry.priority,
      entry.reason,
      entry.at,
      entry.notBefore,
      entry.declinedBy,
      entry.skills,
    ],
  );
}

/**
 * The next ones to be served that nobody has been offered, in order; `limit` of each queue, so that one that nobody serves
 * does not stand before the others.
 */
export function waitingEntries(tx: Tx, at: Date, limit: number): Promise<WaitingEntry[]> {
  return tx.rows(
    `select e.*, q.patience_seconds as "patienceSeconds", q.is_default as "isInDefault"
     from queue q cross join lateral (
       select ${entryColumns} from queue_entry w
       where w.tenant_id = q.tenant_id and w.queue_id = q.id
         and offered_agent_id is null and (not_before_at is null or not_before_at <= $1)
       order by priority desc, entered_at, conversation_id limit $2) e
     order by e.priority desc, e."enteredAt", e."conversationId"`,
    [at, limit],
  );
}

/** Locks one entry that is still free to be offered; another server's lock means it is busy with it. */
export function lockWaitingEntry(tx: Tx, conversationId: ConversationId): Promise<QueueEntry | undefined> {
  return tx.maybe(
    `select ${entryColumns} from queue_entry where conversation_id = $1 and offered_agent_id is null
     for update skip locked`,
    [conversationId],
  );
}

export function lockEntry(tx: Tx, conversationId: ConversationId): Promise<QueueEntry | undefined> {
  return tx.maybe(`select ${entryColumns} from queue_entry where conversation_id = $1 for update`, [
    conversationId,
  ]);
}

export async function setOffer(
  tx: Tx,
  conversationId: ConversationId,
  offer: {
    agentId: UserId;
    at: Date;
    expiresAt: Date;
    declinedBy: readonly UserId[];
    skillMiss: SkillMiss | null;
  },
): Promise<void> {
  await tx.run(
    `update queue_entry set offered_agent_id = $2, offered_at = $3, offer_expires_at = $4, declined_by = $5, skill_miss = $6
     where conversation_id = $1`,
    [conversationId, offer.agentId, offer.at, offer.expiresAt, offer.declinedBy, offer.skillMiss],
  );
}

/** Takes the offer back; `agentId` joins those who declined. `offered_at` stays: it says when somebody was last asked. */
export async function clearOffer(
  tx: Tx,
  conversationId: ConversationId,
  agentId: UserId | null,
): Promise<void> {
  await tx.run(
    `update queue_entry set offered_agent_id = null, offer_expires_at = null,
       declined_by = case when $2::uuid is null or $2 = any(declined_by) then declined_by else array_append(declined_by, $2) end
     where conversation_id = $1`,
    [conversationId, agentId],
  );
}

/** Its place by the time of entry stays. */
export async function setEntryQueue(tx: Tx, conversationId: ConversationId, queueId: QueueId): Promise<void> {
  await tx.run(`update queue_entry set queue_id = $2 where conversation_id = $1`, [conversationId, queueId]);
}

/** Removes the entry; undefined when there was none. */
export function removeEntry(tx: Tx, conversationId: ConversationId): Promise<QueueEntry | undefined> {
  return tx.maybe(`delete from queue_entry where conversation_id = $1 returning ${entryColumns}`, [
    conversationId,
  ]);
}

export async function recordWait(
  tx: Tx,
  wait: { tenantId: string; entry: QueueEntry; ended: "accepted" | "abandoned" | "resolved"; at: Date },
): Promise<void> {
  const { entry, at } = wait;
  const from = Math.max(entry.enteredAt.getTime(), entry.notBeforeAt?.getTime() ?? 0);
  await tx.run(
    `insert into queue_wait (tenant_id, queue_id, conversation_id, waited_ms, ended, at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [wait.tenantId, entry.queueId, entry.conversationId, Math.max(0, at.getTime() - from), wait.ended, at],
  );
}

/** Waits of the last accepted ones of a queue since then, newest first; of the default queue without `queueId`. */
export async function recentWaits(
  tx: Tx,
  since: Date,
  limit: number,
  queueId: QueueId | null = null,
): Promise<number[]> {
  const rows = await tx.rows<{ waitedMs: string }>(
    `select waited_ms::text as "waitedMs" from queue_wait w join queue q using (tenant_id)
     where (case when $3::uuid is null then q.is_default else q.id = $3 end)
       and w.queue_id = q.id and w.ended = 'accepted' and w.at >= $1 order by w.at desc limit $2`,
    [since, limit, queueId],
  );
  return rows.map(({ waitedMs }) => Number(waitedMs));
}

/** How many wait in the default queue at this moment, offered or not, left messages for later not counted. */
export async function countWaiting(tx: Tx, at: Date): Promise<number> {
  const { count } = await tx.one<{ count: number }>(
    `select count(*)::int as count from queue_entry e
     join queue q on q.tenant_id = e.tenant_id and q.id = e.queue_id and q.is_default
     where not_before_at is null or not_before_at <= $1`,
    [at],
  );
  return count;
}

/** Place 1 is the next to be served; undefined when it does not wait. */
export function placeOf(
  tx: Tx,
  conversationId: ConversationId,
  at: Date,
): Promise<{ place: number; queueId: QueueId; isInDefault: boolean } | undefined> {
  return tx.maybe(
    `select (select count(*)::int + 1 from queue_entry o
       where o.queue_id = e.queue_id and (o.not_before_at is null or o.not_before_at <= $2)
         and (o.priority > e.priority or (o.priority = e.priority and (o.entered_at, o.conversation_id) < (e.entered_at, e.conversation_id)))
     ) as place, e.queue_id as "queueId", q.is_default as "isInDefault"
     from queue_entry e join queue q on q.tenant_id = e.tenant_id and q.id = e.queue_id where e.conversation_id = $1`,
    [conversationId, at],
  );
}

/** Offers on the table, per agent: they take up room like open conversations. Transfers between colleagues count, too. */
export function countOffers(tx: Tx): Promise<{ agentId: UserId; count: number }[]> {
  return tx.rows(
    `select agent_id as "agentId", count(*)::int as count from (
       select offered_agent_id as agent_id from queue_entry where offered_agent_id is not null
       union all select to_agent_id from transfer_offer) offers
     group by agent_id`,
  );
}

export function listOfferRows(tx: Tx): Promise<
  {
    conversationId: ConversationId;
    agentId: UserId;
    offeredAt: Date;
    expiresAt: Date;
    skillMiss: SkillMiss | null;
  }[]
> {
  return tx.rows(
    `select conversation_id as "conversationId", offered_agent_id as "agentId", offered_at as "offeredAt", offer_expires_at as "expiresAt",
       skill_miss as "skillMiss"
     from queue_entry where offered_agent_id is not null
     union all
     select conversation_id, to_agent_id, offered_at, offer_expires_at, null from transfer_offer`,
  );
}

/** Offers that ran out, of all tenants; system role. */
export function expiredOffers(
  tx: Tx,
  at: Date,
  limit: number,
): Promise<{ tenantId: string; conversationId: ConversationId }[]> {
  return tx.rows(
    `select tenant_id as "tenantId", conversation_id as "conversationId" from queue_entry
       where offered_agent_id is not null and offer_expires_at <= $1
     union all
     select tenant_id, conversation_id from transfer_offer where offer_expires_at <= $1
     limit $2`,
    [at, limit],
  );
}

/** Tenants with somebody waiting whom nobody was offered, and left messages whose time has come; system role. */
export async function tenantsWithWaiting(tx: Tx, at: Date): Promise<string[]> {
  const rows = await tx.rows<{ tenantId: string }>(
    `select distinct tenant_id as "tenantId" from queue_entry
     where offered_agent_id is null and (not_before_at is null or not_before_at <= $1)`,
    [at],
  );
  return rows.map(({ tenantId }) => tenantId);
}

/** System role. */
export async function forgetWaits(tx: Tx, before: Date): Promise<void> {
  await tx.run(`delete from queue_wait where at < $1`, [before]);
}
