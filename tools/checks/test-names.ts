/**
 * Every test file belongs to exactly one kind of tools/test-projects.ts: one that no project picks up would silently never run.
 */
import { matchesGlob } from "node:path";
import { type TestKind, testFiles, testFilesLeftOut } from "../test-projects.ts";
import { pathsUnder } from "./source-tree.ts";

const kinds: TestKind[] = ["rules", "rooms", "journeys", "crash"];
const looksLikeTest = /(?:\.|-|_)(?:test|tests|spec)\.[cm]?[jt]sx?$|(?:^|\/)__tests__\//;

export function kindsOf(path: string): TestKind[] {
  const isOneOf = (globs: string[]) => globs.some((glob) => matchesGlob(path, glob));
  return kinds.filter((kind) => isOneOf(testFiles[kind]) && !isOneOf(testFilesLeftOut[kind]));
}

export function testNameOffences(root: string): { offences: string[]; testsSeen: number } {
  const tests = pathsUnder(root, "").filter((path) => looksLikeTest.test(path));
  const offences = tests.flatMap((path) => {
    const found = kindsOf(path);
    if (found.length === 1) return [];
    return [
      found.length === 0 ? `${path}: no test project runs it` : `${path}: runs as ${found.join(" and ")}`,
    ];
  });
  return { offences, testsSeen: tests.length };
}
