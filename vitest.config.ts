/**
 * One run, several projects, one summary at the end of the log.
 *
 * rules: pure, no database. rooms-18 and rooms-15: the same server tests on two PostgreSQL versions (YINGDA_TEST_PG tells
 * server/test/global-setup.ts and the tests which). journeys: a browser against the whole system. crash: kills the server.
 * The groups run one after the other, so that two databases and a browser never compete for a small machine; within a group
 * two files run at a time, each with a server, a database and a browser of its own: they wait more than they work.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { databaseVersions, type TestKind, testFiles, testFilesLeftOut } from "./tools/test-projects.ts";

const root = import.meta.dirname;
const databaseSetup = "server/test/global-setup.ts";
const journeysSetup = "e2e/global-setup.ts";
const neverTests = ["**/node_modules/**", "**/dist/**", "**/.git/**"];

/** Files of one kind as vitest wants them. Time-outs in ms. */
function files(kind: TestKind) {
  return { include: testFiles[kind], exclude: [...neverTests, ...testFilesLeftOut[kind]] };
}

/** The server's tests on one PostgreSQL version; each version is a group of its own. */
function roomsOn(version: string, groupOrder: number): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      ...files("rooms"),
      name: `rooms-${version}`,
      env: { YINGDA_TEST_PG: version },
      ...(existsSync(join(root, databaseSetup)) ? { globalSetup: [databaseSetup] } : {}),
      testTimeout: 60_000, // a busy machine is slow, not broken
      hookTimeout: 60_000,
      maxWorkers: 2,
      sequence: { groupOrder },
    },
  };
}

export default defineConfig({
  root,
  test: {
    pool: "forks",
    expect: { poll: { timeout: 20_000 } }, // the usual second is short for a page on a busy machine
    projects: [
      {
        extends: true,
        test: {
          ...files("rules"),
          name: "rules",
          isolate: false, // pure: what one file imported, the next need not read again
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      ...databaseVersions.map((version, index) => roomsOn(version, 1 + index)),
      {
        extends: true,
        test: {
          ...files("journeys"),
          name: "journeys",
          ...(existsSync(join(root, journeysSetup)) ? { globalSetup: [journeysSetup] } : {}),
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          ...files("crash"),
          name: "crash",
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
