/**
 * The commands behind package.json's scripts: install what is missing, find Node 24, build the pages, run the program.
 * Runs on any Node >= 18. Modules are loaded when a command needs them: where this process must wait for the server, it is small.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Remedy, say, write } from "./texts.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const commands = { start, test, check, build, lab, yingda };

/** Runs `argv[0]` with the remaining arguments and sets the process's exit code. */
export async function main([command, ...args]) {
  try {
    if (!Object.hasOwn(commands, command ?? ""))
      throw new Remedy("unknown-command", { command, known: Object.keys(commands).join(", ") });
    process.exitCode = await commands[command](args);
  } catch (error) {
    if (!(error instanceof Remedy)) throw error;
    write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

async function start(args) {
  const node24 = await prepare();
  requireProgram("server/src/main.ts");
  await pages(node24);
  const memory = JSON.parse(readFileSync(join(root, "server/memory.json"), "utf8"));
  Object.assign(process.env, memory.environment);
  return become(node24, [...memory.arguments, join(root, "server/src/main.ts"), ...args]);
}

async function build(args) {
  await pages(await prepare(), { force: args.includes("--force") });
  return 0;
}

async function test(args) {
  const node24 = await prepare();
  await pages(node24);
  return become(node24, [join(root, "node_modules/vitest/vitest.mjs"), "run", ...args]);
}

/** Format, lint and types first, all of them even when one fails; the tests only when these are clean. */
async function check(args) {
  const node24 = await prepare();
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const steps = [["biome", join(root, "node_modules/@biomejs/biome/bin/biome"), "check", root]];
  for (const config of ["tsconfig.json", "workbench/tsconfig.json", "widget/tsconfig.json"])
    if (existsSync(join(root, config)))
      steps.push([`tsc ${config}`, tsc, "--noEmit", "-p", join(root, config)]);
  const { runNode } = await import("./child.mjs");
  const failed = [];
  for (const [step, ...command] of steps) {
    say("check-step", { step });
    if ((await runNode(node24, root, command)) !== 0) failed.push(step);
  }
  if (failed.length > 0) throw new Remedy("check-failed", { steps: failed.join(", ") });
  return test(args);
}

/** lab/<name>/main.ts or lab/<name>.ts. */
async function lab([name, ...args]) {
  const known = labs();
  const file = known.get(name);
  if (!file)
    throw new Remedy("lab-unknown", { name: name ?? "", known: [...known.keys()].join(", ") || "-" });
  return become(await prepare(), [join(root, file), ...args]);
}

/** The command line of the server; relative paths in its arguments are seen from where the person stands. */
async function yingda(args) {
  requireProgram("server/src/cli/main.ts");
  return become(await prepare(), [join(root, "server/src/cli/main.ts"), ...args], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
  });
}

function labs() {
  const found = new Map();
  for (const entry of readdirSync(join(root, "lab"), { withFileTypes: true })) {
    if (entry.isDirectory() && existsSync(join(root, "lab", entry.name, "main.ts")))
      found.set(entry.name, `lab/${entry.name}/main.ts`);
    else if (entry.isFile() && /^[a-z0-9-]+\.ts$/.test(entry.name))
      found.set(entry.name.slice(0, -3), `lab/${entry.name}`);
  }
  return found;
}

function requireProgram(file) {
  if (!existsSync(join(root, file))) throw new Remedy("missing-program", { file });
}

async function prepare() {
  const { ensureInstalled } = await import("./install.mjs");
  await ensureInstalled(root);
  const { findNode24 } = await import("./node24.mjs");
  return findNode24(root);
}

async function pages(node24, options) {
  const { buildWebParts } = await import("./web-parts.mjs");
  await buildWebParts(root, node24, options);
}

/** The last thing a command does. */
async function become(node24, args, options) {
  const { becomeNode } = await import("./child.mjs");
  return becomeNode(node24, root, args, options);
}
