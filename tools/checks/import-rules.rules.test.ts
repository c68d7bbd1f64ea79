// The import table, tried on good files that it must let pass, then on the real tree. Violations: import-violations.rules.test.ts.
import { expect, test } from "vitest";
import { importOffences } from "./import-rules.ts";
import { importOffencesOf } from "./import-samples.ts";
import { repositoryRoot } from "./source-tree.ts";

const good: [what: string, path: string, text: string][] = [
  [
    "doors of the table",
    "server/src/turns/a.ts",
    'import { x } from "../brain/index.ts";\nimport { y } from "../platform/db/index.ts";\nimport { z } from "../platform/errors.ts";',
  ],
  [
    "its own room",
    "server/src/brain/decide.ts",
    'import { x } from "./flows/step.ts";\nexport * from "./flows/index.ts";',
  ],
  [
    "the contract, by everyone",
    "server/src/platform/a.ts",
    'import { x } from "@yingda/contract";\nimport { z } from "zod";\nimport fs from "node:fs";',
  ],
  [
    "language in the brain",
    "server/src/brain/a.ts",
    'import { x } from "@yingda/language";\nimport { y } from "@yingda/templates";',
  ],
  [
    "shared in a channel",
    "server/src/channels/email/adapter.ts",
    'import { x } from "../shared/envelope.ts";\nimport { y } from "../adapter.ts";',
  ],
  [
    "the adapters in the channels' door",
    "server/src/channels/index.ts",
    'import { x } from "./email/adapter.ts";',
  ],
  [
    "the wiring, past doors",
    "server/src/app.ts",
    'import { x } from "./brain/decide.ts";\nconst y = await import(name);',
  ],
  ["a role", "server/src/roles/web.ts", 'import { x } from "../turns/routes.ts";'],
  ["the command line", "server/src/cli/main.ts", 'import { x } from "../accounts/reset-owner.ts";'],
  [
    "the harness in a test",
    "server/src/turns/a.test.ts",
    'import { test } from "vitest";\nimport { x } from "../../test/database.ts";',
  ],
  ["a fake in a test", "server/src/turns/a.test.ts", 'import { x } from "../inference/llm/testing/fake.ts";'],
  [
    "the harness in a room's own test kit",
    "server/src/channels/conformance.ts",
    'import { test } from "vitest";\nimport { x } from "../../test/database.ts";',
  ],
  [
    "a kit in its room's test",
    "server/src/channels/email/adapter.test.ts",
    'import { x } from "../conformance.ts";\nimport { y } from "../testing/desk.ts";',
  ],
  [
    "everything in server/test",
    "server/test/database.ts",
    'import { x } from "../src/platform/db/embedded.ts";\nimport smtp from "smtp";',
  ],
  [
    "types in the widget",
    "widget/src/a.ts",
    'import type { X } from "@yingda/contract";\nexport type { Y } from "@yingda/contract";\nimport { h } from "preact";',
  ],
  ["a build script with a root package", "widget/build.ts", 'import { chromium } from "playwright-core";'],
  [
    "the lab by doors",
    "lab/score/main.ts",
    'import { x } from "@yingda/language";\nimport { y } from "../../server/src/brain/index.ts";\nimport { z } from "../../tools/browser.ts";',
  ],
  [
    "a journey by harness and browser",
    "e2e/chat.test.ts",
    'import { x } from "../tools/browser.ts";\nimport { y } from "../server/test/start.ts";',
  ],
  [
    "imports that are only comments or strings",
    "server/src/brain/a.ts",
    '// import { x } from "../turns/index.ts";\nexport const x = `from "../turns/index.ts"`;',
  ],
];

test.each(good)("allowed: %s", (_what, path, text) => {
  expect(importOffencesOf(path, text)).toBe("");
});

test("installed and built files are not read", () => {
  const wrong = 'import { x } from "../turns/index.ts";';
  expect(
    importOffencesOf("server/src/brain/node_modules/p/a.ts", wrong) +
      importOffencesOf("server/src/brain/dist/a.ts", wrong),
  ).toBe("");
});

test("the real tree follows the table", () => {
  const { offences, filesSeen } = importOffences(repositoryRoot);
  expect(filesSeen.server ?? 0, "a check that looks at nothing must not pass").toBeGreaterThan(0);
  expect(offences).toEqual([]);
});
