/**
 * Which test file runs where: the one place that knows the naming scheme of the tests.
 *
 * vitest.config.ts turns it into projects; tools/checks/test-names.rules.test.ts proves that every test file of the
 * tree belongs to exactly one kind (a file that no project picks up would silently never run).
 */
export type TestKind = "rules" | "rooms" | "journeys" | "crash";

/** Folders whose tests need neither a database nor a browser, whatever the file is called. */
export const pureFolders = [
  "contract",
  "language",
  "telephony",
  "templates",
  "widget",
  "workbench",
  "lab",
  "tools",
];

/** Globs per kind, relative to the repository root. Crash tests are taken out of the three other kinds. */
export const testFiles: Record<TestKind, string[]> = {
  rules: ["**/*.rules.test.{ts,tsx}", ...pureFolders.map((folder) => `${folder}/**/*.test.{ts,tsx}`)],
  rooms: ["server/**/*.test.ts"],
  journeys: ["e2e/**/*.test.ts"],
  crash: ["**/*.crash.test.ts"],
};

/** What a kind leaves to another kind, so that no file runs twice under two kinds. */
export const testFilesLeftOut: Record<TestKind, string[]> = {
  rules: ["**/*.crash.test.ts"],
  rooms: ["**/*.rules.test.{ts,tsx}", "**/*.crash.test.ts"],
  journeys: ["**/*.rules.test.{ts,tsx}", "**/*.crash.test.ts"],
  crash: [],
};

/** The PostgreSQL major versions that every room test runs on: the newest we bring, the oldest we promise. */
export const databaseVersions = ["18", "15"] as const;
