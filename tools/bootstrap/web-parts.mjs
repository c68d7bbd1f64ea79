/**
 * Builds the pages that the server serves (workbench, widget) when their sources differ from what was built.
 *
 * A stamp in each dist folder holds the hash of every source file's path and content: times are no guide, since a fresh
 * clone or a copied folder has new ones. A part that does not exist in this tree is skipped with a line.
 */
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { runNode } from "./child.mjs";
import { Remedy, say, text } from "./texts.mjs";

/** recipe: the file without which the part cannot be built; build: what Node 24 runs, and where. */
const parts = [
  {
    name: "workbench",
    recipe: "workbench/vite.config.ts",
    build: (root) => [join(root, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn"],
  },
  { name: "widget", recipe: "widget/build.ts", build: (root) => [join(root, "widget/build.ts")] },
];

/** Neither shipped nor read by a build. */
const notSource = /^(?:dist|node_modules|\..*)$|\.test\.tsx?$/;

/** Builds what is stale, or everything with `force`. Throws a Remedy when a build fails. */
export async function buildWebParts(root, node24, { force = false } = {}) {
  for (const part of parts) {
    if (!existsSync(join(root, part.recipe))) {
      say("build-skipped", { part: text(part.name), file: part.recipe });
      continue;
    }
    const wanted = fingerprint(root, part.name);
    const stampFile = join(root, part.name, "dist", ".yingda-stamp");
    const isFresh = existsSync(stampFile) && readFileSync(stampFile, "utf8").trim() === wanted;
    if (force || !isFresh) await build(root, node24, part, stampFile, wanted);
  }
}

async function build(root, node24, part, stampFile, wanted) {
  const folder = join(root, part.name);
  refuseReadOnly(folder);
  const startedAt = Date.now();
  say("building", { part: text(part.name) });
  const code = await runNode(node24, root, part.build(root), { cwd: folder, stdout: "stderr" });
  if (code !== 0) throw new Remedy("build-failed", { part: text(part.name) });
  mkdirSync(join(folder, "dist"), { recursive: true });
  writeFileSync(stampFile, `${wanted}\n`);
  say("built", { part: text(part.name), seconds: ((Date.now() - startedAt) / 1000).toFixed(1) });
}

function refuseReadOnly(folder) {
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new Remedy("read-only", { folder });
  }
}

/** Hash of everything the part is built from: its own folder, the shapes of the contract, the exact dependencies. */
function fingerprint(root, name) {
  const hash = createHash("sha256");
  for (const file of [...filesUnder(root, name), ...filesUnder(root, "contract/src"), "package-lock.json"])
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(root, file)))
      .update("\0");
  return hash.digest("hex");
}

function filesUnder(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !notSource.test(entry.name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(root, path) : entry.isFile() ? [path] : [];
    });
}
