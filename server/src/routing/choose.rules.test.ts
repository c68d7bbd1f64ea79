import type { UserId } from "@yingda/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AgentCandidate, chooseAgent, isFree } from "./choose.ts";
import { expectedWaitSeconds, median } from "./expected-wait.ts";

function agent(name: string, given: Partial<AgentCandidate> = {}): AgentCandidate {
  return {
    userId: name as UserId,
    isAvailable: true,
    isConnected: true,
    capacity: 3,
    openCount: 0,
    idleSinceMs: 1_000,
    skills: [],
    ...given,
  };
}

const anyAgents = fc.uniqueArray(
  fc.record({
    userId: fc.stringMatching(/^[a-f]{1,3}$/).map((name) => name as UserId),
    isAvailable: fc.boolean(),
    isConnected: fc.boolean(),
    capacity: fc.integer({ min: 1, max: 3 }),
    openCount: fc.integer({ min: 0, max: 4 }),
    idleSinceMs: fc.integer({ min: 0, max: 5 }),
    skills: fc.subarray(["sizes", "english"]),
  }),
  { selector: ({ userId }) => userId, maxLength: 8 },
);

describe("choosing an agent", () => {
  test("the longest idle first, a tie by id", () => {
    const agents = [agent("c"), agent("b", { idleSinceMs: 500 }), agent("a", { idleSinceMs: 500 })];
    expect(chooseAgent(agents, [])).toEqual({ userId: "a", startsOver: false, skillMiss: null });
  });

  test("not the busy, the absent or the full", () => {
    const agents = [
      agent("a", { isAvailable: false }),
      agent("b", { isConnected: false }),
      agent("c", { openCount: 3 }),
      agent("d", { idleSinceMs: 9_000 }),
    ];
    expect(chooseAgent(agents, [])).toEqual({ userId: "d", startsOver: false, skillMiss: null });
    expect(chooseAgent(agents.slice(0, 3), [])).toBeNull();
  });

  test("whoever declined comes last, and the round starts over when all have", () => {
    const agents = [agent("a"), agent("b", { idleSinceMs: 2_000 })];
    expect(chooseAgent(agents, ["a"])).toEqual({ userId: "b", startsOver: false, skillMiss: null });
    expect(chooseAgent(agents, ["a", "b"])).toEqual({ userId: "a", startsOver: true, skillMiss: null });
  });

  test("always a free agent, never one who waited less, whatever the order of the list", () => {
    fc.assert(
      fc.property(
        anyAgents,
        fc.array(fc.stringMatching(/^[a-f]{1,3}$/), { maxLength: 4 }),
        (agents, declined) => {
          const chosen = chooseAgent(agents, declined);
          const free = agents.filter(isFree);
          if (!chosen) {
            expect(free).toEqual([]);
            return;
          }
          const who = free.find(({ userId }) => userId === chosen.userId);
          expect(who).toBeDefined();
          const rivals = free.filter(({ userId }) => chosen.startsOver || !declined.includes(userId));
          for (const rival of rivals) {
            expect(rival.idleSinceMs).toBeGreaterThanOrEqual(who?.idleSinceMs ?? 0);
            if (rival.idleSinceMs === who?.idleSinceMs) expect(rival.userId >= chosen.userId).toBe(true);
          }
          expect(chosen.startsOver).toBe(free.every(({ userId }) => declined.includes(userId)));
          expect(chooseAgent([...agents].reverse(), declined)).toEqual(chosen);
        },
      ),
    );
  });
});

describe("wanted skills", () => {
  const wants = { skills: ["sizes"], isWaitOver: false };
  const over = { ...wants, isWaitOver: true };
  const knows = agent("b", { skills: ["sizes", "english"], idleSinceMs: 9_000 });
  const other = agent("a");

  test("who has them goes before who has been idle for longer", () => {
    expect(chooseAgent([other, knows], [], wants)).toEqual({
      userId: "b",
      startsOver: false,
      skillMiss: null,
    });
    expect(chooseAgent([other, knows], [], { ...wants, skills: ["sizes", "repair"] })).toMatchObject({
      userId: "a",
      skillMiss: "absent",
    });
  });

  test("somebody at work with them is waited for, and no longer than that", () => {
    const busy = { ...knows, openCount: 3 };
    expect(chooseAgent([other, busy], [], wants)).toBeNull();
    expect(chooseAgent([other, busy], [], over)).toEqual({
      userId: "a",
      startsOver: false,
      skillMiss: "waited",
    });
    expect(chooseAgent([other, { ...busy, isConnected: false }], [], wants)).toMatchObject({
      userId: "a",
      skillMiss: "absent",
    });
  });

  test("who has them and said no holds nobody up", () => {
    expect(chooseAgent([other, knows], ["b"], wants)).toMatchObject({ userId: "a", skillMiss: "absent" });
  });

  test("once the wait is over, whoever is free gets it, with the skills first", () => {
    fc.assert(
      fc.property(anyAgents, fc.subarray(["a", "b", "c"]), (agents, declined) => {
        const chosen = chooseAgent(agents, declined, over);
        const free = agents.filter(isFree);
        expect(chosen === null).toBe(free.length === 0);
        const skilled = free.filter(
          (each) => each.skills.includes("sizes") && !declined.includes(each.userId),
        );
        expect(chosen?.skillMiss === null || chosen === null || skilled.length === 0).toBe(true);
      }),
    );
  });
});

describe("the honest wait", () => {
  const waits = [20_000, 40_000, 30_000];
  test("unknown from too little, or when nobody is at work", () => {
    expect(
      expectedWaitSeconds({ place: 1, freeAgents: 0, presentAgents: 1, recentWaitsMs: [10_000, 20_000] }),
    ).toBeNull();
    expect(
      expectedWaitSeconds({ place: 1, freeAgents: 0, presentAgents: 0, recentWaitsMs: waits }),
    ).toBeNull();
  });

  test("the median for the next, a round more for every full round ahead", () => {
    expect(expectedWaitSeconds({ place: 1, freeAgents: 1, presentAgents: 2, recentWaitsMs: waits })).toBe(30);
    expect(expectedWaitSeconds({ place: 4, freeAgents: 0, presentAgents: 2, recentWaitsMs: waits })).toBe(60);
    expect(expectedWaitSeconds({ place: 5, freeAgents: 0, presentAgents: 2, recentWaitsMs: waits })).toBe(
      120,
    );
  });

  test("never shorter for a later place", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.integer({ min: 0, max: 3_600_000 }), { minLength: 3, maxLength: 20 }),
        (place, freeAgents, presentAgents, recentWaitsMs) => {
          const here = expectedWaitSeconds({ place, freeAgents, presentAgents, recentWaitsMs }) ?? 0;
          const next =
            expectedWaitSeconds({ place: place + 1, freeAgents, presentAgents, recentWaitsMs }) ?? 0;
          expect(here).toBeGreaterThan(0);
          expect(next).toBeGreaterThanOrEqual(here);
        },
      ),
    );
  });

  test("the median of an even number lies between", () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
});
