// The naming scheme of the tests, tried on planted names, then on the real tree.
import { expect, test } from "vitest";
import { plantTree, repositoryRoot } from "./source-tree.ts";
import { kindsOf, testNameOffences } from "./test-names.ts";

test.each([
  ["server/src/turns/run-turn.test.ts", ["rooms"]],
  ["server/src/turns/plan-turn.rules.test.ts", ["rules"]],
  ["server/test/database.test.ts", ["rooms"]],
  ["server/test/kill.crash.test.ts", ["crash"]],
  ["lab/kill.crash.test.ts", ["crash"]],
  ["lab/score.test.ts", ["rules"]],
  ["e2e/first-answer.test.ts", ["journeys"]],
  ["e2e/wait.rules.test.ts", ["rules"]],
  ["language/src/match.test.ts", ["rules"]],
  ["widget/src/ui/thread.test.tsx", ["rules"]],
  ["tools/checks/shape.rules.test.ts", ["rules"]],
])("%s runs as %j", (path, kinds) => {
  expect(kindsOf(path)).toEqual(kinds);
});

test.each([
  "server/src/turns/run-turn.spec.ts",
  "server/src/turns/thread.test.tsx",
  "docs/a.test.ts",
  "server/src/__tests__/a.ts",
  "server/src/a.test.mjs",
])("caught: %s, which nothing would run", (path) => {
  using tree = plantTree({ [path]: "" });
  expect(testNameOffences(tree.root).offences).toEqual([`${path}: no test project runs it`]);
});

test("every test of the real tree runs", () => {
  const { offences, testsSeen } = testNameOffences(repositoryRoot);
  expect(testsSeen, "a check that looks at nothing must not pass").toBeGreaterThan(0);
  expect(offences).toEqual([]);
});
