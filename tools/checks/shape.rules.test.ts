// Sizes, names, doors and channel folders: tried on planted trees, then on the real one.
import { expect, test } from "vitest";
import { oversizeAllowed, shapeOffences } from "./shape.ts";
import { pathsUnder, plantTree, repositoryRoot } from "./source-tree.ts";

function say(files: Record<string, string>): string {
  using tree = plantTree(files);
  return shapeOffences(tree.root).offences.join("\n");
}

const lines = (count: number) => "export {};\n".repeat(count);
const wholeChannel = {
  "server/src/channels/email/adapter.ts": "",
  "server/src/channels/email/adapter.test.ts": "",
  "server/src/channels/email/fixtures/letter.json": "{}",
};

const bad: [what: string, files: Record<string, string>, says: string][] = [
  ["a long source file", { "server/src/turns/a.ts": lines(601) }, "601 lines, more than 600"],
  ["a long component", { "workbench/src/A.tsx": lines(601) }, "601 lines, more than 600"],
  ["a long style sheet", { "widget/src/ui/a.css": lines(601) }, "601 lines, more than 600"],
  ["a long test", { "server/src/turns/a.test.ts": lines(1001) }, "1001 lines, more than 1000"],
  ["a wide door", { "server/src/turns/index.ts": lines(41) }, "a door of 41 lines, more than 40"],
  ["a door that gives everything", { "server/src/turns/index.ts": 'export * from "./a.ts";' }, "no export *"],
  ["a camelCase file", { "server/src/turns/runTurn.ts": "" }, "kebab-case"],
  ["a drawer", { "server/src/turns/turn-utils.ts": "" }, "the name says nothing"],
  ["a drawer folder", { "workbench/src/common/a.ts": "" }, "the name says nothing"],
  [
    "a channel without an adapter",
    { "server/src/channels/sms/send.ts": "" },
    "channels/sms has no adapter.ts",
  ],
  [
    "a channel without its test",
    { ...wholeChannel, "server/src/channels/sms/adapter.ts": "" },
    "channels/sms has no adapter.test.ts",
  ],
  [
    "a channel without fixtures",
    { "server/src/channels/sms/adapter.ts": "" },
    "channels/sms has no fixtures/",
  ],
];

test.each(bad)("caught: %s", (_what, files, says) => {
  expect(say(files)).toContain(says);
});

test("allowed: files at the limit, whole channels, what channels share", () => {
  const files = {
    ...wholeChannel,
    "server/src/channels/shared/envelope.ts": "",
    "server/src/channels/index.ts": 'export { a } from "./email/adapter.ts";',
    "server/src/turns/index.ts": lines(40),
    "server/src/turns/run-turn.ts": lines(600),
    "server/src/turns/run-turn.test.ts": lines(1000),
    "workbench/src/pages/inbox/Thread.tsx": "",
    "workbench/src/i18n/zh-CN.ts": "",
    "server/src/platform/crypto/rotate-data.test.ts": "",
    "server/src/node_modules/x/utils.ts": lines(2000),
  };
  expect(say(files)).toBe("");
});

test("the real tree is in shape", () => {
  const { offences, filesSeen } = shapeOffences(repositoryRoot);
  expect(filesSeen, "a check that looks at nothing must not pass").toBeGreaterThan(0);
  expect(pathsUnder(repositoryRoot, "server/src").length).toBeGreaterThan(0);
  expect(offences).toEqual([]);
});

test("every exception still names a file", () => {
  const paths = pathsUnder(repositoryRoot, "");
  expect(Object.keys(oversizeAllowed).filter((path) => !paths.includes(path))).toEqual([]);
});
