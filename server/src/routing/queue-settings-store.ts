// SQL of the queues themselves, of who serves them, and of what members can do. Owner: routing.
import type { ConversationId, MemberSkills, Queue, QueueDraft, QueueId, UserId } from "@yingda/contract";
import type { Tx } from "../platform/db/index.ts";

export function findDefaultQueue(tx: Tx): Promise<{ id: QueueId } | undefined> {
  return tx.maybe(`select id from queue where is_default`);
}

/** By its name, or by one that it had before and that no other has now. */
export function findQueueNamed(tx: Tx, name: string): Promise<{ id: QueueId } | undefined> {
  return tx.maybe(
    `select id from queue where lower(name) = lower($1) or exists (select from unnest(former_names) f where lower(f) = lower($1))
     order by lower(name) = lower($1) desc, created_at, id limit 1`,
    [name],
  );
}

export async function insertDefaultQueue(
  tx: Tx,
  tenantId: string,
  id: QueueId,
  name: string,
  at: Date,
): Promise<void> {
  await tx.run(
    `insert into queue (tenant_id, id, name, is_default, created_at) values ($1, $2, $3, true, $4) on conflict do nothing`,
    [tenantId, id, name, at],
  );
}

/** The default one first. */
export function listQueueRows(tx: Tx): Promise<Queue[]> {
  return tx.rows(
    `select q.id, q.name, q.former_names as "formerNames", q.is_default as "isDefault",
       q.serves_everyone as "isForEveryone", q.patience_seconds as "patienceSeconds",
       q.offer_timeout_seconds as "offerTimeoutSeconds",
       array(select m.user_id from queue_member m where m.tenant_id = q.tenant_id and m.queue_id = q.id) as "memberIds",
       (select count(*)::int from queue_entry e where e.tenant_id = q.tenant_id and e.queue_id = q.id) as "waitingCount"
     from queue q order by q.is_default desc, q.name`,
  );
}

/** Changes of the queues go one after another; what enters one meanwhile does not wait for it. */
export async function lockQueues(tx: Tx): Promise<void> {
  await tx.rows(`select id from queue order by id for no key update`);
}

export async function insertQueue(
  tx: Tx,
  tenantId: string,
  id: QueueId,
  { name, isForEveryone, patienceSeconds }: QueueDraft,
  at: Date,
): Promise<void> {
  await tx.run(
    `insert into queue (tenant_id, id, name, serves_everyone, patience_seconds, created_at) values ($1, $2, $3, $4, $5, $6)`,
    [tenantId, id, name, isForEveryone, patienceSeconds, at],
  );
}

export async function writeQueue(
  tx: Tx,
  {
    id,
    name,
    formerNames,
    isForEveryone,
    patienceSeconds,
  }: Pick<Queue, "id" | "name" | "formerNames" | "isForEveryone" | "patienceSeconds">,
): Promise<void> {
  await tx.run(
    `update queue set name = $2, former_names = $3, serves_everyone = $4, patience_seconds = $5 where id = $1`,
    [id, name, formerNames, isForEveryone, patienceSeconds],
  );
}

/** The offers' time is a setting of the shop that stands at its default queue, so it goes along. */
export async function makeDefault(tx: Tx, id: QueueId): Promise<void> {
  const before = await tx.maybe<{ seconds: number }>(
    `update queue set is_default = false where is_default returning offer_timeout_seconds as seconds`,
  );
  await tx.run(
    `update queue set is_default = true, offer_timeout_seconds = coalesce($2, offer_timeout_seconds) where id = $1`,
    [id, before?.seconds ?? null],
  );
}

export async function putMembers(
  tx: Tx,
  tenantId: string,
  id: QueueId,
  userIds: readonly UserId[],
): Promise<void> {
  await tx.run(`delete from queue_member where queue_id = $1 and not user_id = any($2)`, [id, userIds]);
  await tx.run(
    `insert into queue_member (tenant_id, queue_id, user_id) select $1, $2, unnest($3::uuid[]) on conflict do nothing`,
    [tenantId, id, userIds],
  );
}

/** Locks it against whatever is about to enter it, and gives what waits there. */
export async function lockQueueWithEntries(tx: Tx, id: QueueId): Promise<ConversationId[]> {
  await tx.rows(`select id from queue where id = $1 for update`, [id]);
  const rows = await tx.rows<{ id: ConversationId }>(
    `select conversation_id as id from queue_entry where queue_id = $1 order by entered_at, conversation_id`,
    [id],
  );
  return rows.map((row) => row.id);
}

export async function removeQueue(tx: Tx, id: QueueId): Promise<void> {
  await tx.run(`delete from queue where id = $1`, [id]);
}

export function listSkillRows(tx: Tx): Promise<MemberSkills[]> {
  return tx.rows(`select user_id as "userId", skills from agent_skills order by user_id`);
}

export async function putSkills(
  tx: Tx,
  tenantId: string,
  userId: UserId,
  skills: readonly string[],
): Promise<void> {
  if (skills.length === 0) {
    await tx.run(`delete from agent_skills where user_id = $1`, [userId]);
    return;
  }
  await tx.run(
    `insert into agent_skills (tenant_id, user_id, skills) values ($1, $2, $3)
     on conflict (tenant_id, user_id) do update set skills = excluded.skills`,
    [tenantId, userId, skills],
  );
}
