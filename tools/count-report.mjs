/**
 * The last line of a test run: "N passed, N failed, N skipped", from vitest's JSON report. Called by .ci/run with the report's
 * path and the runner's exit status.
 * Plain JavaScript for any Node >= 18. Fails on a failure, on no tests at all, and on a missing or broken report.
 */
import { readFileSync } from "node:fs";

const [path, status = "0"] = process.argv.slice(2);
try {
  const { passed, failed, skipped } = count(JSON.parse(readFileSync(path, "utf8")));
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
} catch (error) {
  console.error(`The test report cannot be read: ${error.message}`);
  console.log("0 passed, 1 failed, 0 skipped");
  process.exitCode = 1;
}

/** A file that failed without a failed test in it (it could not be loaded, a hook threw) counts as one failure. */
function count(report) {
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  let failed = report.numFailedTests;
  for (const { status, assertionResults } of report.testResults)
    if (status === "failed" && !assertionResults.some((test) => test.status === "failed")) failed += 1;
  if (![passed, failed, skipped].every(Number.isInteger)) throw new Error("it holds no counts");
  // An error outside every test: the runner exits with 1, and its report knows of no failure.
  if (failed === 0 && (report.success !== true || status !== "0")) failed = 1;
  return { passed, failed, skipped };
}
