// Texts in two languages: tried on planted pairs, then on the real screens.
import { expect, test } from "vitest";
import { pathsUnder, plantTree, repositoryRoot } from "./source-tree.ts";
import { speakingParts, textOffences } from "./texts-match.ts";

async function say(chinese: unknown, english: unknown): Promise<string[]> {
  using tree = plantTree({
    "workbench/src/i18n/zh-CN.json": JSON.stringify(chinese),
    "workbench/src/i18n/en.json": JSON.stringify(english),
  });
  return (await textOffences(tree.root)).offences;
}

test.each([
  ["a key missing in English", { a: { b: "好" } }, { a: {} }, "a.b: missing in en"],
  ["a key missing in Chinese", { a: "好" }, { a: "Good", b: "Bad" }, "b: missing in zh-CN"],
  ["another hole", { a: "{{name}}好" }, { a: "Hello {{who}}" }, "a: holes differ: name in zh-CN, who in en"],
  ["an empty text", { a: "好" }, { a: " " }, "a: empty in one language"],
  ["a text left in Chinese", { a: "好" }, { a: "好" }, "a: not translated in en"],
])("caught: %s", async (_what, chinese, english, says) => {
  expect((await say(chinese, english)).join("\n")).toContain(says);
});

test("caught: screens without texts", async () => {
  using tree = plantTree({ "widget/src/frame.tsx": "" });
  expect((await textOffences(tree.root)).offences).toEqual([
    "widget/src/i18n: no texts in zh-CN",
    "widget/src/i18n: no texts in en",
  ]);
});

test("allowed: plural forms, own names, modules, functions, folders", async () => {
  const plural = await say(
    { a_other: "{{count}} 条", b: "应答", c: "Switch to English", d: "" },
    { a_one: "{{count}} line", a_other: "{{count}} lines", b: "应答 Yingda", c: "切换到中文", d: "" },
  );
  expect(plural).toEqual([]);
  using tree = plantTree({
    "widget/src/i18n/zh-CN/chat.ts": "export const texts = { size: (mb: number) => mb };",
    "widget/src/i18n/en/chat.ts": "export const texts = { size: (mb: number) => mb };",
  });
  expect(await textOffences(tree.root)).toEqual({ offences: [], keysSeen: { widget: 1 } });
});

test("the screens say the same in both languages", async () => {
  const { offences, keysSeen } = await textOffences(repositoryRoot);
  for (const part of speakingParts)
    if (pathsUnder(repositoryRoot, `${part}/src`).length > 0) expect(keysSeen[part], part).toBeGreaterThan(0);
  expect(offences).toEqual([]);
});
