/**
 * The ground on which the import rules are tried: workspaces with their package.json, and one planted file.
 */
import { importOffences } from "./import-rules.ts";
import { plantTree } from "./source-tree.ts";

const manifests = {
  "package.json": JSON.stringify({ devDependencies: { vitest: "1", "playwright-core": "1" } }),
  "contract/package.json": JSON.stringify({
    name: "@yingda/contract",
    exports: { ".": "./src/index.ts" },
    dependencies: { zod: "1" },
  }),
  "language/package.json": JSON.stringify({ name: "@yingda/language", exports: { ".": "./src/index.ts" } }),
  "server/package.json": JSON.stringify({
    name: "@yingda/server",
    dependencies: { pg: "1", zod: "1" },
    devDependencies: { smtp: "1" },
  }),
  "templates/package.json": JSON.stringify({ name: "@yingda/templates", exports: { ".": "./src/index.ts" } }),
  "widget/package.json": JSON.stringify({ name: "@yingda/widget", dependencies: { preact: "1" } }),
  "workbench/package.json": JSON.stringify({ name: "@yingda/workbench", dependencies: { react: "1" } }),
};

/** What the check says about one planted file. */
export function importOffencesOf(path: string, text: string): string {
  using tree = plantTree({ ...manifests, [path]: text });
  return importOffences(tree.root).offences.join("\n");
}
