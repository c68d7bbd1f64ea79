/**
 * Runs `npm ci` for install.mjs: shows how far it is, and turns npm's error code into a sentence with the remedy.
 * Everything npm prints goes to stderr. Install scripts stay off: no dependency needs one.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { basename, delimiter, join, sep } from "node:path";
import { isatty } from "node:tty";
import { Remedy, say, text, write } from "./texts.mjs";

const networkCodes =
  /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR|E5\d\d)$/;
const permissionCodes = /^(?:EACCES|EPERM|EROFS)$/;
const noNpm = "no npm on the PATH";
const quietStepSeconds = 10;

/** Resolves when npm is done; throws a Remedy when it fails. `packages` are paths below root, for the progress. */
export async function runNpmCi(root, packages, needMb) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  say(existsSync(join(root, "node_modules")) ? "installing-again" : "installing");
  moveRunningNodeAside(root);
  const stop = showProgress(root, packages, seconds);
  const outcome = await npm(root).finally(stop);
  if (outcome.status !== 0) throw remedyFor(outcome.code, root, needMb);
  say("installed", { seconds: seconds() });
}

function remedyFor(code, root, needMb) {
  if (networkCodes.test(code)) return new Remedy("install-network", { code });
  if (permissionCodes.test(code)) return new Remedy("read-only", { folder: root });
  if (code === "ENOSPC") return new Remedy("install-disk", { needMb });
  if (code === "EUSAGE") return new Remedy("install-lockfile");
  if (code === noNpm) return new Remedy("no-npm");
  return new Remedy("install-other", { code });
}

/** Four tries within half a minute: a hiccup is bridged, and somebody offline is told so before giving up on us. */
const retries = ["--fetch-retries=3", "--fetch-retry-mintimeout=2000", "--fetch-retry-maxtimeout=15000"];

/** Runs npm and resolves with its exit status and the code of its last error line ("npm error code ENOSPC"). */
function npm(root) {
  const args = [
    "ci",
    "--ignore-scripts",
    "--include=dev",
    "--include=optional",
    "--no-audit",
    "--no-fund",
    "--no-progress",
    "--loglevel=error",
    ...retries,
  ];
  const [program, before, shell] = npmProgram();
  const child = spawn(program, [...before, ...args], {
    cwd: root,
    env: cleanEnvironment(root),
    shell,
    stdio: ["ignore", 2, "pipe"],
  });
  let code = "?";
  let line = "";
  child.stderr.on("data", (bytes) => {
    write(bytes);
    line = (line + bytes).slice(-2000);
    code = /.*npm (?:error|ERR!) code (\w+)/s.exec(line)?.[1] ?? code;
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.once(signal, () => {
      child.kill(signal); // half a tree has no stamp: the next run installs again
      process.exit(1);
    });
  return new Promise((resolve) => {
    child.once("error", (error) =>
      resolve({ status: 1, code: error.code === "ENOENT" ? noNpm : error.code }),
    );
    child.once("close", (status) => resolve({ status, code }));
  });
}

/** The npm that started us, by the Node that runs it; else the one on the PATH. */
function npmProgram() {
  const cli = process.env.npm_execpath;
  if (cli && /npm-cli\.[cm]?js$/.test(cli) && existsSync(cli))
    return [process.env.npm_node_execpath ?? process.execPath, [cli], false];
  return process.platform === "win32" ? ["npm.cmd", [], true] : ["npm", [], false];
}

/** Our own npm's settings for this run (workspace, prefix, script name) must not steer the inner one; nor must node_modules/.bin. */
function cleanEnvironment(root) {
  const env = { ...process.env };
  for (const name of Object.keys(env))
    if (
      /^npm_(?:config_(?:workspace|workspaces|prefix|local_prefix|global|omit|include|only)|command|lifecycle|package)/i.test(
        name,
      )
    )
      delete env[name];
  const ours = join(root, "node_modules");
  env.PATH = (env.PATH ?? "")
    .split(delimiter)
    .filter((part) => !part.startsWith(ours))
    .join(delimiter);
  return env;
}

/** On Windows npm could not delete the very node.exe that runs this file; a running program can be renamed, though. */
function moveRunningNodeAside(root) {
  if (process.platform !== "win32" || !process.execPath.startsWith(join(root, "node_modules") + sep)) return;
  const folder = join(root, ".cache", "old-node");
  mkdirSync(folder, { recursive: true });
  renameSync(process.execPath, join(folder, `${Date.now()}-${basename(process.execPath)}`));
}

/** Counts the packages in place: each second on one line of a terminal, else a line now and then. Returns the stop function. */
function showProgress(root, packages, seconds) {
  const isTerminal = isatty(2);
  const show = () => {
    if (!isTerminal && seconds() % quietStepSeconds !== 0) return;
    const done = packages.filter((path) => existsSync(join(root, path, "package.json"))).length;
    const sentence = text("install-progress", { seconds: seconds(), done, total: packages.length });
    write(isTerminal ? `\r\x1b[K${sentence}` : `${sentence}\n`);
  };
  const timer = setInterval(show, 1000);
  return () => {
    clearInterval(timer);
    if (isTerminal) write("\r\x1b[K");
  };
}
