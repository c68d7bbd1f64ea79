// Work that a test wants to kill: run by child.ts in a process of its own, which says one line when it is ready.
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface Child {
  process: ChildProcess;
  /** Resolves to what the child said when it was ready; rejects when it ends without a word. */
  ready: Promise<string>;
  exited: Promise<unknown>;
}

const script = join(import.meta.dirname, "child.ts");

export function startChild(task: string, input: unknown, options: SpawnOptions = {}): Child {
  const child = spawn(process.execPath, [script, task, JSON.stringify(input)], {
    stdio: ["ignore", "pipe", "inherit"],
    ...options,
  });
  const exited = once(child, "exit");
  const lines = child.stdout ? createInterface(child.stdout) : null;
  const ready = Promise.race([
    lines ? once(lines, "line").then(([line]) => String(line)) : new Promise<string>(() => undefined),
    exited.then(() => Promise.reject(new Error("the child ended before it was ready"))),
  ]);
  ready.catch(() => undefined); // a test that only waits for the end need not listen
  return { process: child, ready, exited };
}

/** Ends it as a power cut would. */
export async function killChild(child: Child): Promise<void> {
  child.process.kill("SIGKILL");
  await child.exited;
}
