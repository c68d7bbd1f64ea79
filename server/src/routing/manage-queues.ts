// Queues as a setting: made, renamed, given to other members, made the default one, deleted. Whoever manages members does it.
// A change is live when the call returns; offers on the table stay as they are.
import { type Queue, type QueueDraft, type QueueId, queueBounds, type UserId } from "@yingda/contract";
import { listMembersBrief, requestAudit, requirePermission } from "../accounts/index.ts";
import type { Ctx } from "../platform/context.ts";
import { type Tx, transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import { emit } from "../platform/outbox/index.ts";
import { forgetAvailability } from "./availability.ts";
import { moveWaiting } from "./move-waiting.ts";
import {
  insertQueue,
  listQueueRows,
  lockQueues,
  lockQueueWithEntries,
  makeDefault,
  putMembers,
  removeQueue,
  writeQueue,
} from "./queue-settings-store.ts";
import { removeEntry } from "./queue-store.ts";
import { defaultQueue } from "./queues.ts";

/** @throws AppError queue/name-taken, queue/limit-reached, user/not-found, request/invalid where nobody would serve it */
export async function createQueue(ctx: Ctx, draft: QueueDraft): Promise<Queue> {
  requirePermission(ctx, "members-write");
  await checkMembers(ctx, draft);
  return change(ctx, async (tx, queues) => {
    if (queues.length >= queueBounds.queues)
      throw new AppError("queue/limit-reached", { details: { most: queueBounds.queues } });
    checkName(draft.name, null, queues);
    const id = newId<QueueId>();
    await insertQueue(tx, ctx.tenantId, id, draft, ctx.clock.now());
    await putMembers(tx, ctx.tenantId, id, draft.memberIds);
    return { id, action: "queue-added" };
  });
}

export type QueueChange = { [Field in keyof QueueDraft]?: QueueDraft[Field] | undefined } & {
  isDefault?: true | undefined;
};

/** @throws AppError queue/not-found, queue/name-taken, user/not-found, request/invalid where nobody would serve it */
export async function updateQueue(ctx: Ctx, id: QueueId, given: QueueChange): Promise<Queue> {
  requirePermission(ctx, "members-write");
  if (given.memberIds) await checkMembers(ctx, { isForEveryone: true, memberIds: given.memberIds });
  return change(ctx, async (tx, queues) => {
    const before = found(queues, id);
    const { memberIds } = given;
    const isForEveryone = given.isForEveryone ?? before.isForEveryone;
    if (!isForEveryone && (memberIds ?? before.memberIds).length === 0) throw servedByNobody();
    const name = given.name ?? before.name;
    checkName(name, id, queues);
    const formerNames = namesBefore(before, name);
    const patienceSeconds = given.patienceSeconds ?? before.patienceSeconds;
    await writeQueue(tx, { id, name, formerNames, isForEveryone, patienceSeconds });
    if (memberIds) await putMembers(tx, ctx.tenantId, id, memberIds);
    if (given.isDefault && !before.isDefault) await makeDefault(tx, id);
    return { id, action: "queue-changed" };
  });
}

/**
 * What waits in it goes to the default queue with `movesWaiting`, and keeps its place in time.
 * @throws AppError queue/not-found, queue/is-default, queue/not-empty with `count`
 */
export async function deleteQueue(ctx: Ctx, id: QueueId, movesWaiting: boolean): Promise<void> {
  requirePermission(ctx, "members-write");
  await transact(ctx, async (tx) => {
    await lockQueues(tx);
    const queues = await listQueueRows(tx);
    const from = found(queues, id);
    const to = queues.find(({ isDefault }) => isDefault);
    if (!to || from.isDefault) throw new AppError("queue/is-default");
    const waiting = await lockQueueWithEntries(tx, id);
    if (waiting.length > 0 && !movesWaiting)
      throw new AppError("queue/not-empty", { details: { count: waiting.length, to: to.name } });
    // one that has moved on already, and whose entry is still to be tidied away
    for (const conversationId of waiting)
      if (!(await moveWaiting(ctx, tx, conversationId, { from, to, why: "queue-deleted" })))
        await removeEntry(tx, conversationId);
    await removeQueue(tx, id);
    await tellChange(ctx, tx, id, "queue-removed");
  });
  forgetAvailability(ctx);
}

async function change(
  ctx: Ctx,
  work: (tx: Tx, queues: readonly Queue[]) => Promise<{ id: QueueId; action: string }>,
): Promise<Queue> {
  const changed = await transact(ctx, async (tx) => {
    await defaultQueue(ctx, tx);
    await lockQueues(tx);
    const { id, action } = await work(tx, await listQueueRows(tx));
    const after = found(await listQueueRows(tx), id);
    await tellChange(ctx, tx, id, action);
    return after;
  });
  forgetAvailability(ctx);
  return changed;
}

/** Last in the transaction: it locks the lane. */
async function tellChange(ctx: Ctx, tx: Tx, id: QueueId, action: string): Promise<void> {
  await emit(ctx, tx, ctx.tenantId, [{ kind: "queues-changed", payload: {} }]);
  await requestAudit(ctx, tx, { action, subject: "queue", subjectId: id });
}

function found(queues: readonly Queue[], id: QueueId): Queue {
  const queue = queues.find((each) => each.id === id);
  if (!queue) throw new AppError("queue/not-found");
  return queue;
}

const nameKey = (name: string) => name.toLowerCase();

function checkName(name: string, own: QueueId | null, queues: readonly Queue[]): void {
  if (queues.some((queue) => queue.id !== own && nameKey(queue.name) === nameKey(name)))
    throw new AppError("queue/name-taken");
}

const mostFormerNames = 20;

/** Flows name queues: a renamed one is still found by what it was called. */
function namesBefore({ name: before, formerNames }: Queue, name: string): string[] {
  if (nameKey(before) === nameKey(name)) return formerNames;
  const others = formerNames.filter(
    (each) => nameKey(each) !== nameKey(before) && nameKey(each) !== nameKey(name),
  );
  return [before, ...others].slice(0, mostFormerNames);
}

const servedByNobody = () => new AppError("request/invalid", { details: { field: "memberIds" } });

async function checkMembers(
  ctx: Ctx,
  { isForEveryone, memberIds }: { isForEveryone: boolean; memberIds: readonly UserId[] },
): Promise<void> {
  if (!isForEveryone && memberIds.length === 0) throw servedByNobody();
  const known = new Set((await listMembersBrief(ctx)).map(({ id }) => id));
  if (!memberIds.every((id) => known.has(id))) throw new AppError("user/not-found");
}
