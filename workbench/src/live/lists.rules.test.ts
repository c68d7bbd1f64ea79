import fc from "fast-check";
import { expect, test } from "vitest";
import { comparePlaces, horizonOf, placeOf, rowsOf, waitingLevel } from "./lists.ts";
import { someConversation } from "./testing.ts";

const at = (minute: number) =>
  new Date(Date.parse("2026-11-20T08:00:00.000Z") + minute * 60_000).toISOString();
const mine = (id: string, minute: number, tags: string[] = []) =>
  someConversation(id, {
    handler: { kind: "agent", agentId: "me" as never },
    lastMessage: { preview: "", authorKind: "contact", at: at(minute) },
    tags,
  });
const waiting = (id: string, minute: number) => someConversation(id, { waitingSinceAt: at(minute) });
const mapOf = (...all: ReturnType<typeof someConversation>[]) =>
  new Map(all.map((one) => [one.id as string, one]));
const question = { me: "me", tag: null, horizon: null };

test("mine is newest first, the queue is longest waiting first", () => {
  const rows = rowsOf(mapOf(mine("a", 1), mine("b", 3), mine("c", 2)), { ...question, list: "mine" });
  expect(rows.map((row) => row.id)).toEqual(["b", "c", "a"]);
  const queued = rowsOf(mapOf(waiting("a", 5), waiting("b", 1)), { ...question, list: "queue" });
  expect(queued.map((row) => row.id)).toEqual(["b", "a"]);
});

test("a tab holds only what the contract's rule says, and only its tag", () => {
  const all = mapOf(mine("a", 1, ["VIP"]), mine("b", 2), waiting("c", 1));
  expect(rowsOf(all, { ...question, list: "mine", tag: "VIP" }).map((row) => row.id)).toEqual(["a"]);
  expect(rowsOf(all, { ...question, list: "queue" }).map((row) => row.id)).toEqual(["c"]);
});

test("rows beyond the last fetched page are held back until that page is there", () => {
  const all = mapOf(mine("a", 9), mine("b", 8), mine("far", 1));
  const horizon = horizonOf([mine("a", 9), mine("b", 8)], true, "mine");
  expect(rowsOf(all, { ...question, list: "mine", horizon }).map((row) => row.id)).toEqual(["a", "b"]);
  expect(horizonOf([mine("a", 9)], false, "mine")).toBeNull();
});

test("the order is total: ties are broken by id the same way round", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(3), fc.string({ minLength: 1, maxLength: 3 })), { maxLength: 20 }),
      (pairs) => {
        const places = pairs.map(([minute, id]) => placeOf(mine(id, minute), "mine"));
        for (const a of places)
          for (const b of places)
            expect(Math.sign(comparePlaces(a, b, "mine")) + Math.sign(comparePlaces(b, a, "mine"))).toBe(0);
      },
    ),
  );
});

test("waiting levels", () => {
  expect([0, 119_999, 120_000, 299_999, 300_000].map(waitingLevel)).toEqual([
    "fresh",
    "fresh",
    "soon",
    "soon",
    "late",
  ]);
});
