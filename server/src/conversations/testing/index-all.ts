// Brings the search index up to date in a test, as the outbox would within two seconds: every event of the shop goes
// through the subscriber, without the messages in memory, so that it reads them from the record.
import type { HeardEvent } from "../../platform/outbox/index.ts";
import { searchSubscriber } from "../search/index-messages.ts";
import type { Desk, Shop } from "./desk.ts";

type Indexed = Parameters<NonNullable<typeof searchSubscriber.batch>["handleMany"]>[1][number];

export async function indexAll(desk: Desk, shop: Shop): Promise<void> {
  const rows = await desk.database.asAdmin<
    Omit<HeardEvent, "tenantId" | "aggregateId"> & { aggregate_id: string }
  >(
    "select id, aggregate_id, seq, kind, at, payload from outbox_event where tenant_id = $1 and kind = any($2) order by at, seq",
    [shop.tenantId, searchSubscriber.kinds],
  );
  const events = rows
    .map(
      ({ aggregate_id: aggregateId, ...row }) =>
        ({ ...row, aggregateId, tenantId: shop.tenantId }) as Indexed,
    )
    .filter((event) => searchSubscriber.wants?.(event) ?? true);
  const done = Object.assign(async () => undefined, { positions: [], written: () => undefined });
  for (let from = 0; from < events.length; from += 200)
    await searchSubscriber.batch?.handleMany(shop.system, events.slice(from, from + 200), done);
}
