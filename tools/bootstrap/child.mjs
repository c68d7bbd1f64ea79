/**
 * Runs a program on Node 24: as a step whose exit code we need, or in our own place.
 *
 * Our place means exec where this Node has it (24 on POSIX, which npm puts on the PATH once it is installed): the waiting launcher
 * then costs no memory and signals need no passing on. Elsewhere (the first start under an older Node, Windows) this process
 * stands in for the program: same terminal, signals passed on, its exit code returned.
 */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { isatty } from "node:tty";

/** A signal sent to the whole process group arrives here several times (terminal, npm); one is enough within this time. */
const sameSignalMs = 500;

/** Runs `node24 ...args` in our place; where that is impossible, resolves with its exit code. */
export async function becomeNode(node24, root, args, { cwd = root } = {}) {
  const follow = new URL("follow-parent.mjs", import.meta.url).href;
  const allArgs = ["--import", follow, ...args];
  if (typeof process.execve === "function" && process.platform !== "win32") {
    process.chdir(cwd);
    process.execve(node24, [node24, ...allArgs], environment(node24, root));
  }
  await import(follow);
  return runNode(node24, root, allArgs, { cwd });
}

/**
 * Runs `node24 ...args` and resolves with its exit code (128 + n when a signal ended it).
 * stdout: "inherit", or "stderr" to keep our own stdout clean.
 */
export function runNode(node24, root, args, { cwd = root, stdout = "inherit" } = {}) {
  const stdio = ["inherit", stdout === "stderr" ? 2 : "inherit", "inherit"];
  const child = spawn(node24, args, { cwd, stdio, env: environment(node24, root) });
  passSignalsOn(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/** `node` means Node 24 for whatever the program starts, and compiled code is kept between runs. */
function environment(node24, root) {
  return {
    ...process.env,
    PATH: dirname(node24) + delimiter + (process.env.PATH ?? ""),
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, "node_modules", ".cache", "yingda"),
  };
}

function passSignalsOn(child) {
  const last = {};
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches the whole foreground group, the child included.
      if (signal === "SIGINT" && isatty(0)) return;
      const now = Date.now();
      if (now - (last[signal] ?? 0) < sameSignalMs) return;
      last[signal] = now;
      child.kill(signal);
    });
}
