// Tries a dead letter again, by the hand of a person on the health page. Its lane has long gone on, so what is written with
// the late effect is not a position but the letter's removal.
import type { Ctx } from "../context.ts";
import { newId } from "../ids.ts";
import { codeOf } from "./attempt.ts";
import { isLaneMoved, LaneMoved } from "./lane-moved.ts";
import { buryDeadLetter, countFailure, findDeadLetter, readEvents } from "./outbox-store.ts";
import type { Done, Subscriber } from "./types.ts";

/** "not-found" also when a colleague's retry was faster, or its subscriber is gone. */
export async function retryDeadLetter(
  ctx: Ctx,
  subscribers: readonly Subscriber[],
  id: string,
): Promise<"done" | "failed" | "not-found"> {
  const { db, tenantId } = ctx;
  const letter = await db.transact(tenantId, (tx) => findDeadLetter(tx, tenantId, id));
  const subscriber = subscribers.find(({ name }) => name === letter?.subscriber);
  if (!letter || !subscriber) return "not-found";
  const [event] = await readEvents(db, tenantId, letter.aggregateId, letter.seq - 1, 1);
  if (event?.seq !== letter.seq) return "not-found";
  let isWritten = false;
  const bury = async (tx: Parameters<Done>[0]) => {
    if (!(await buryDeadLetter(tx, tenantId, id))) throw new LaneMoved();
    tx.afterCommit(() => {
      isWritten = true;
    });
  };
  const written = () => {
    isWritten = true;
  };
  const done: Done = Object.assign(bury, { positions: [], written });
  const own = { ...ctx, actor: { kind: "system", name: subscriber.name } } as const;
  try {
    if (subscriber.batch) await subscriber.batch.handleMany(own, [event], done);
    else await subscriber.handle?.(own, event, done);
    if (!isWritten) await db.transact(tenantId, bury);
    return "done";
  } catch (error) {
    if (isLaneMoved(error)) return "not-found";
    ctx.log.error(
      { err: error, subscriber: subscriber.name, eventKind: event.kind },
      "dead letter failed again",
    );
    const failure = {
      tenantId,
      subscriber: subscriber.name,
      aggregateId: event.aggregateId,
      seq: event.seq,
      kind: event.kind,
    };
    await db.transact(tenantId, (tx) =>
      countFailure(tx, newId<string>(), { ...failure, errorCode: codeOf(error), at: ctx.clock.now() }),
    );
    return "failed";
  }
}
