// A database with a table that keeps what handlers did, and subscribers that write into it: what the outbox promises is
// counted in rows.
import type { ConversationId, NewEvent } from "@yingda/contract";
import { testDatabase } from "../../../../test/database.ts";
import {
  startServices,
  type TestServices,
  type TestServicesOptions,
  testServices,
} from "../../../../test/services.ts";
import type { Ctx } from "../../context.ts";
import { emit } from "../emit.ts";
import type { Done, HeardEvent, Subscriber } from "../types.ts";

export async function effectsKit() {
  const database = await testDatabase();
  await database.asAdmin(
    "create table effect (place bigint generated always as identity, tenant_id uuid, subscriber text, aggregate_id uuid, seq bigint)",
  );
  await database.asAdmin("grant all on effect to yingda_app");
  return {
    database,
    /** Positions that a subscriber handled, in the order of their commits. */
    async effects(subscriber: string, aggregateId: string): Promise<number[]> {
      const rows = await database.asAdmin<{ seq: string }>(
        "select seq from effect where subscriber = $1 and aggregate_id = $2 order by place",
        [subscriber, aggregateId],
      );
      return rows.map(({ seq }) => Number(seq));
    },
    /** How many effects every one of these aggregates has; [lowest, highest]. */
    async spread(subscriber: string, ids: readonly string[]): Promise<[number, number]> {
      const [row] = await database.asAdmin<{ low: number; high: number }>(
        `select min(count)::int as low, max(count)::int as high from (
           select count(e.seq) from unnest($2::uuid[]) as w (id)
           left join effect e on e.aggregate_id = w.id and e.subscriber = $1 group by w.id) as counted`,
        [subscriber, ids],
      );
      return [row?.low ?? 0, row?.high ?? 0];
    },
    async started(subscribers: Subscriber[], options: TestServicesOptions = {}): Promise<TestServices> {
      const services = await testServices(database, options);
      for (const subscriber of subscribers) services.outbox.subscribe(subscriber);
      await startServices(services);
      return services;
    },
  };
}

export function changed(conversationId: string, version: number): NewEvent {
  return {
    kind: "conversation-changed",
    payload: { conversationId: conversationId as ConversationId, version, changed: [] },
  };
}

export async function write(
  services: TestServices,
  ctx: Ctx,
  aggregateId: string,
  count = 1,
): Promise<number[]> {
  return services.db.transact(ctx.tenantId, async (tx) => {
    const events = Array.from({ length: count }, (_, index) => changed(aggregateId, index));
    return (await emit(ctx, tx, aggregateId, events)).seqs;
  });
}

/** A subscriber that leaves a row per handled event, with its position. */
export function recording(name: string, handle?: (event: HeardEvent) => Promise<void>): Subscriber {
  return {
    name,
    kinds: ["conversation-changed"],
    async handle(ctx, event, done) {
      await handle?.(event);
      await leaveRow(ctx, name, event, done);
    },
  };
}

function leaveRow(ctx: Ctx, name: string, event: HeardEvent, done: Done): Promise<void> {
  return ctx.db.transact(ctx.tenantId, async (tx) => {
    await tx.run("insert into effect (tenant_id, subscriber, aggregate_id, seq) values ($1, $2, $3, $4)", [
      ctx.tenantId,
      name,
      event.aggregateId,
      event.seq,
    ]);
    await done(tx);
  });
}

/** Waits for a state of the database that comes by itself. */
export async function until(check: () => Promise<boolean>, mostMs = 12_000): Promise<number> {
  const startMs = performance.now();
  while (!(await check())) {
    if (performance.now() - startMs > mostMs) throw new Error("did not come");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return performance.now() - startMs;
}
