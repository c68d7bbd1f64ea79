// The program as a person starts it: a process of its own on a data folder of its own. For tests of starting, stopping,
// being killed, and of the command line.
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { whenFileEnds } from "./cleanup.ts";

const source = join(import.meta.dirname, "../src");

export interface Installation {
  folder: string;
  port: number;
  base: string;
  env: NodeJS.ProcessEnv;
}

/** A folder for data and key, and a free port. The folder goes when the file's tests have ended. */
export async function newInstallation(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), "yingda-test-program-"));
  chmodSync(folder, 0o755); // the database may run as another user
  whenFileEnds(() => rmSync(folder, { recursive: true, force: true }));
  const port = await freePort();
  const { PATH, HOME } = process.env;
  const env = {
    PATH,
    HOME,
    LANG: "en_US.UTF-8",
    YINGDA_DATA: join(folder, "data"),
    YINGDA_KEY_FILE: join(folder, "key", "master.key"),
    YINGDA_PORT: String(port),
  };
  return { folder, port, base: `http://127.0.0.1:${port}`, env };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

export interface Program {
  child: ChildProcess;
  /** Standard output. */
  said(): string;
  /** With standard error. */
  output(): string;
  /** Resolves with the exit code; null when it was killed. */
  ended: Promise<number | null>;
}

function run(script: string, args: readonly string[], env: NodeJS.ProcessEnv): Program {
  const child = spawn(process.execPath, [join(source, script), ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let output = "";
  child.stdout?.on("data", (piece: Buffer) => {
    said += piece.toString();
    output += piece.toString();
  });
  child.stderr?.on("data", (piece: Buffer) => {
    output += piece.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, said: () => said, output: () => output, ended };
}

/** Starts the server; resolves when it is healthy or has ended. A server that is left running is killed with the file. */
export async function startProgram(
  { env, base }: Installation,
  args: readonly string[] = [],
): Promise<Program> {
  const program = run("main.ts", args, env);
  let hasEnded = false;
  void program.ended.then(() => {
    hasEnded = true;
  });
  whenFileEnds(async () => {
    if (hasEnded) return;
    program.child.kill("SIGTERM");
    await program.ended;
  });
  while (!hasEnded && !(await isHealthy(base))) await new Promise((resolve) => setTimeout(resolve, 25));
  return program;
}

async function isHealthy(base: string): Promise<boolean> {
  try {
    return (await fetch(`${base}/health`)).ok;
  } catch {
    return false;
  }
}

export interface CommandResult {
  code: number | null;
  said: string;
  output: string;
}

/** One command of the command line, to its end. */
export async function runYingda({ env }: Installation, ...args: string[]): Promise<CommandResult> {
  const program = run("cli/main.ts", args, env);
  return { code: await program.ended, said: program.said(), output: program.output() };
}

/** The one-time token that a fresh server shows. */
export async function setupToken(program: Program): Promise<string> {
  for (;;) {
    const token = /\/setup#([\w-]{16,})/.exec(program.output())?.[1];
    if (token) return token;
    if (program.child.exitCode !== null) throw new Error(program.output());
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
