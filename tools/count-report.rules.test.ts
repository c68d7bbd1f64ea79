// The last line of a run, for reports as vitest writes them and for what may be left of one after a crash.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plantTree } from "./checks/source-tree.ts";

const file = (...statuses: string[]) => ({
  status: statuses.includes("failed") ? "failed" : "passed",
  assertionResults: statuses.map((status) => ({ status })),
});
const report = (counts: Record<string, number | boolean>, ...testResults: object[]) =>
  JSON.stringify({
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    success: true,
    testResults,
    ...counts,
  });

test.each([
  [
    "all passed",
    report({ numPassedTests: 2, numPendingTests: 1 }, file("passed", "passed", "skipped")),
    "2 passed, 0 failed, 1 skipped",
    0,
  ],
  [
    "one failed",
    report({ numPassedTests: 1, numFailedTests: 1, success: false }, file("passed", "failed")),
    "1 passed, 1 failed, 0 skipped",
    1,
  ],
  [
    "a file that could not be loaded",
    report({ numPassedTests: 1, success: false }, file("passed"), { status: "failed", assertionResults: [] }),
    "1 passed, 1 failed, 0 skipped",
    1,
  ],
  [
    "an error outside the tests",
    report({ numPassedTests: 3, success: false }, file("passed")),
    "3 passed, 1 failed, 0 skipped",
    1,
  ],
  ["no tests", report({}), "0 passed, 0 failed, 0 skipped", 1],
  ["only skipped tests", report({ numPendingTests: 4 }, file("skipped")), "0 passed, 0 failed, 4 skipped", 1],
  ["half a report", '{"numPassedTests": 3, "testRes', "0 passed, 1 failed, 0 skipped", 1],
  ["another report", "{}", "0 passed, 1 failed, 0 skipped", 1],
])("%s", (_what, text, line, code) => {
  using tree = plantTree({ "report.json": text });
  const counted = spawnSync(
    process.execPath,
    [join(import.meta.dirname, "count-report.mjs"), join(tree.root, "report.json")],
    { encoding: "utf8" },
  );
  expect({ line: counted.stdout, code: counted.status }).toEqual({ line: `${line}\n`, code });
});

test("a runner that ends badly with a good report", () => {
  using tree = plantTree({ "report.json": report({ numPassedTests: 2 }, file("passed", "passed")) });
  const command = [join(import.meta.dirname, "count-report.mjs"), join(tree.root, "report.json"), "1"];
  const counted = spawnSync(process.execPath, command, { encoding: "utf8" });
  expect({ line: counted.stdout, code: counted.status }).toEqual({
    line: "2 passed, 1 failed, 0 skipped\n",
    code: 1,
  });
});

test("no report", () => {
  const counted = spawnSync(
    process.execPath,
    [join(import.meta.dirname, "count-report.mjs"), "/nowhere/report.json"],
    { encoding: "utf8" },
  );
  expect({ line: counted.stdout, code: counted.status }).toEqual({
    line: "0 passed, 1 failed, 0 skipped\n",
    code: 1,
  });
});
