/**
 * Runs a program in the foreground and stands in for it: same terminal, signals passed on, its exit code returned.
 * The bootstrap stays alive beside the server only for this, so it holds nothing else.
 */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { isatty } from "node:tty";

/** A signal sent to the whole process group arrives here several times (terminal, npm); one is enough within this time. */
const sameSignalMs = 500;

/**
 * Runs `node24 ...args` and resolves with its exit code (128 + n when a signal ended it).
 * stdout: "inherit", or "stderr" to keep our own stdout clean.
 */
export function runNode(node24, root, args, { cwd = root, stdout = "inherit" } = {}) {
  const child = spawn(node24, args, {
    cwd,
    stdio: ["inherit", stdout === "stderr" ? 2 : "inherit", "inherit"],
    env: {
      ...process.env,
      PATH: dirname(node24) + delimiter + (process.env.PATH ?? ""),
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, "node_modules", ".cache", "yingda"),
    },
  });
  passSignalsOn(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

function passSignalsOn(child) {
  const last = {};
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches the whole foreground group, the child included.
      if (signal === "SIGINT" && isatty(0)) return;
      const now = Date.now();
      if (now - (last[signal] ?? 0) < sameSignalMs) return;
      last[signal] = now;
      child.kill(signal);
    });
  }
}
