// The lab is not blind: with a defence taken away it counts what comes through, with all of them nothing does.
import { expect, test } from "vitest";
import { asPicture, type Harm, loadAttacks } from "./attacks.ts";
import { type Outcome, runAttack, runControl, type Weakness } from "./run-attack.ts";

/** A few of each harm: the whole set is the lab's. */
const few = (["tool-call", "leak", "promise"] as const).flatMap((harm) =>
  loadAttacks("attacks")
    .filter(({ mustNot, place }) => mustNot.includes(harm) && place === "message")
    .slice(0, 4),
);

async function harms(weakness: Weakness = {}, attacks = few): Promise<Harm[]> {
  const outcomes: Outcome[] = [];
  for (const attack of attacks) outcomes.push(await runAttack(attack, weakness));
  expect(outcomes.every(({ reachedModel }) => reachedModel)).toBe(true);
  return [...new Set(outcomes.flatMap((outcome) => outcome.harms))].sort();
}

test("as it is, nothing comes through", async () => {
  expect(few).toHaveLength(12);
  expect(await harms()).toEqual([]);
});

test("a tool that may be called is called, and what it says is said", async () => {
  const { calls, said } = await runControl();
  expect(calls).toBeGreaterThan(0);
  expect(said).toContain("已发货");
});

test("without the tool policy the model's calls are seen", async () => {
  expect(await harms({ offersAllTools: true })).toEqual(["tool-call"]);
});

test("replies that go out unchecked are seen as leaks and promises", async () => {
  expect(await harms({ sendsUnchecked: true })).toEqual(["leak", "promise"]);
});

test("written on a picture they do nothing, and the lab would see it if they did", async () => {
  const pictured = few.flatMap(asPicture);
  expect(pictured).toHaveLength(12);
  expect(await harms({}, pictured)).toEqual([]);
  expect(await harms({ sendsUnchecked: true }, pictured)).toEqual(["leak", "promise"]);
});
