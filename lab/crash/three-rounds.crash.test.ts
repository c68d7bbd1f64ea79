// The crash lab's first three rounds (server, postmaster, everything) as a test; the lab plays twenty.
import { expect, test } from "vitest";
import { crashRounds } from "./rounds.ts";

test("nothing acknowledged is lost, doubled or left unanswered when the product is killed under load", async () => {
  const { acknowledged, webhooksRepeated: _allowed, ...result } = await crashRounds(3, 300);
  expect(acknowledged).toBeGreaterThanOrEqual(300);
  expect(result).toEqual({ rounds: 3, lost: 0, doubled: 0, unanswered: 0, answersDoubled: 0, auditOk: true });
}, 240_000);
