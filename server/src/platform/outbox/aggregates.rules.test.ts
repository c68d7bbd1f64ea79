import type { TenantId } from "@yingda/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "../ids.ts";
import { AggregateMemory, newAggregate, newLane, placeOf, shardCount, shardOf } from "./aggregates.ts";

const tenantId = newId<TenantId>();

test("an event is next, known, missing something before it, or of an aggregate nobody remembers", () => {
  const aggregate = newAggregate(tenantId, newId<string>(), 3);
  expect(placeOf(aggregate, 4)).toBe("next");
  expect(placeOf(aggregate, 3)).toBe("known");
  expect(placeOf(aggregate, 6)).toBe("gap");
  expect(placeOf(undefined, 1)).toBe("next");
  expect(placeOf(undefined, 2)).toBe("cold");
});

test("ids spread over all shards", () => {
  const counts = new Array<number>(shardCount).fill(0);
  for (let made = 0; made < 6_400; made += 1) {
    const shard = shardOf(newId<string>());
    counts[shard] = (counts[shard] ?? 0) + 1;
  }
  for (const count of counts) expect(count).toBeGreaterThan(100);
});

test("memory forgets the old, never what has work, and always finds the young half", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ id: fc.nat(200), isBusy: fc.boolean() }), { maxLength: 400 }),
      (touches) => {
        const memory = new AggregateMemory(20);
        const busy = new Set<string>();
        const recent: string[] = [];
        for (const { id, isBusy } of touches) {
          const key = `${id}`.padStart(36, "0");
          const aggregate = memory.get(key) ?? newAggregate(tenantId, key, 0);
          if (isBusy && aggregate.lanes.length === 0) {
            aggregate.lanes[0] = { ...newLane(aggregate, 0), state: "running" };
            busy.add(key);
          }
          memory.put(aggregate);
          recent.push(key);
        }
        for (const key of busy) expect(memory.get(key)?.lanes[0]?.state).toBe("running");
        for (const key of new Set(recent.slice(-20))) expect(memory.get(key)).toBeDefined();
        expect(memory.size).toBeLessThanOrEqual(3 * 20 + 2 * busy.size + 2);
      },
    ),
  );
});

test("dropping takes from both halves", () => {
  const memory = new AggregateMemory(2);
  const ids = Array.from({ length: 5 }, () => newId<string>());
  for (const id of ids) memory.put(newAggregate(tenantId, id, 0));
  memory.drop(() => true);
  expect(memory.size).toBe(0);
});
