// Each house rule is proved by its own sample lines, then planted in a tree, then held against the real tree.
import { expect, test } from "vitest";
import { houseOffences, houseRules } from "./house-rules.ts";
import { plantTree, repositoryRoot } from "./source-tree.ts";

function say(path: string, text: string): string {
  using tree = plantTree({
    "server/src/channels/wechat-official/adapter.ts": "",
    "server/src/channels/web/adapter.ts": "",
    [path]: text,
  });
  return houseOffences(tree.root).offences.join("\n");
}

test.each(houseRules)("the rule itself: $remedy", ({ bad, catches, spares }) => {
  for (const line of catches) expect(line).toMatch(bad);
  for (const line of spares) expect(line).not.toMatch(bad);
});

const bad: [what: string, path: string, text: string, says: string][] = [
  [
    "the clock of the machine",
    "server/src/turns/a.ts",
    "const now = Date.now();",
    "a.ts:1 take the time from ctx.clock",
  ],
  [
    "an async forEach",
    "workbench/src/a.tsx",
    "\nitems.forEach(async (item) => {});",
    "a.tsx:2 nothing awaits this",
  ],
  [
    "errors by text",
    "server/src/turns/a.ts",
    'if (error.message.includes("x")) go();',
    "recognise errors by code",
  ],
  ["console in a room", "server/src/turns/a.ts", "console.log(1);", "log with ctx.log"],
  ["a skipped test", "language/src/a.test.ts", 'test.skip("x", () => {});', "a test that does not run"],
  ["a lonely test", "e2e/a.test.ts", 'test.only("x", () => {});', "a test that does not run"],
  [
    "a mock that was called",
    "server/src/turns/a.test.ts",
    "expect(x).toHaveBeenCalled();",
    "assert what came out",
  ],
  [
    "a silenced checker, even in a comment",
    "widget/src/a.ts",
    "// @ts-ignore\nx();",
    "repair what the checker found",
  ],
  ["a bare debt", "server/src/turns/a.ts", "// TODO later", "do it, or write"],
  [
    "a machine's path in a document",
    "docs/operate.md",
    "Look into /home/mei/yingda first.",
    "no path of one machine",
  ],
  ["a machine's path in the CI", ".ci/run", "cd /root/yingda", "no path of one machine"],
  [
    "a switch over channels",
    "server/src/turns/a.ts",
    'switch (inbox.channel) { case "web": go(); }',
    "stays in channels/web/",
  ],
  [
    "a channel with an unmistakable name",
    "server/src/turns/a.ts",
    'switch (kind) { case "wechat-official": go(); }',
    "stays in channels/wechat-official/",
  ],
  [
    "a comparison",
    "server/src/turns/a.ts",
    'const isWeb = "web" === inbox.channelKind;',
    "stays in channels/web/",
  ],
];

test.each(bad)("caught: %s", (_what, path, text, says) => {
  expect(say(path, text)).toContain(says);
});

const good: [what: string, path: string, text: string][] = [
  ["the clock in its file", "server/src/platform/clock.ts", "export const now = () => new Date();"],
  ["the clock in a test", "server/src/turns/a.test.ts", "const at = new Date();"],
  ["the clock on the screens and in the lab", "workbench/src/a.tsx", "const at = Date.now();"],
  ["the clock in a comment", "server/src/turns/a.ts", "// never Date.now() here"],
  ["console on the command line", "server/src/cli/main.ts", "console.log(1);"],
  ["a word that is also a channel", "server/src/turns/a.ts", 'switch (role) { case "web": go(); }'],
  ["a channel's own folder", "server/src/channels/web/parse.ts", 'if (channel === "web") go();'],
  [
    "a test that names a channel",
    "server/src/turns/a.test.ts",
    'expect(inbox.channel === "web").toBe(isWeb);',
  ],
];

test.each(good)("allowed: %s", (_what, path, text) => {
  expect(say(path, text)).toBe("");
});

test("the house follows its rules", () => {
  const { offences, linesSeen } = houseOffences(repositoryRoot);
  expect(linesSeen, "a check that looks at nothing must not pass").toBeGreaterThan(0);
  expect(offences).toEqual([]);
});
