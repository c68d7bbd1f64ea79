// Starts the real server in a process of its own on a throw-away data folder, as a user's machine would run it, and signs in as
// the first owner. Used by the labs; nothing of the server's code is imported.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

export interface LabServer {
  base: string;
  port: number;
  dataFolder: string;
  pid: number;
  /** ms from spawn to the first healthy answer. */
  readyMs: number;
  output(): string;
  stop(): Promise<void>;
  /** SIGKILL, and nothing else: what is left is the test. */
  kill(): Promise<void>;
}

export interface LabServerOptions {
  env?: Record<string, string>;
  /** Keep using an earlier data folder (and its key file). */
  dataFolder?: string;
  port?: number;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

export function newDataFolder(): string {
  return mkdtempSync(join(tmpdir(), "yingda-lab-"));
}

export function removeDataFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Resolves once /health answers 200. @throws Error with the server's output when it exits before. */
export async function startServer(options: LabServerOptions = {}): Promise<LabServer> {
  const dataFolder = options.dataFolder ?? newDataFolder();
  const port = options.port ?? (await freePort());
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, "server/src/main.ts")], {
    cwd: root,
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(root, "node_modules/.cache/yingda"),
      YINGDA_DATA: join(dataFolder, "data"),
      YINGDA_KEY_FILE: join(dataFolder, "key/master.key"),
      YINGDA_HOST: "127.0.0.1",
      YINGDA_PORT: String(port),
      YINGDA_TRUST_PROXY: "1",
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const base = `http://127.0.0.1:${port}`;
  await untilHealthy(base, child, () => output);
  const pid = child.pid ?? 0;
  const ended = () =>
    new Promise<void>((done) =>
      child.exitCode !== null || child.signalCode !== null ? done() : child.once("exit", () => done()),
    );
  return {
    base,
    port,
    dataFolder,
    pid,
    readyMs: performance.now() - started,
    output: () => output,
    async stop() {
      child.kill("SIGTERM");
      await ended();
    },
    async kill() {
      child.kill("SIGKILL");
      await ended();
    },
  };
}

async function untilHealthy(base: string, child: ChildProcess, output: () => string): Promise<void> {
  for (let tries = 0; tries < 3_000; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended before it was ready:\n${output()}`);
    try {
      const reply = await fetch(`${base}/health`);
      if (reply.ok) return;
    } catch {
      // not listening yet
    }
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`the server was not ready within 30 s:\n${output()}`);
}

/** A signed-in owner: calls the API with its cookie. */
export interface Owner {
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  cookie: string;
}

/** Makes the first owner with the one-time token from the console (or signs in when there is one). */
export async function signInOwner(server: LabServer): Promise<Owner> {
  const account = "owner@lab.example";
  const password = "a lab needs a key 7";
  const token =
    /#([\w-]{16,})/.exec(server.output())?.[1] ??
    /setup[^\s]*#(?:token=)?([\w-]{16,})/.exec(server.output())?.[1];
  const state = (await (await fetch(`${server.base}/api/setup`)).json()) as { hasOwner: boolean };
  const [path, body] = state.hasOwner
    ? ["/api/session", { account, password }]
    : ["/api/setup/owner", { token, account, password, name: "Owner", locale: "zh-CN" }];
  const reply = await fetch(`${server.base}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.base },
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`sign-in failed: ${reply.status} ${await reply.text()}`);
  const cookie = reply.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  return {
    cookie,
    async call<T>(method: string, path2: string, body2?: unknown) {
      const answer = await fetch(`${server.base}${path2}`, {
        method,
        headers: {
          cookie,
          origin: server.base,
          ...(body2 === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body2 === undefined ? {} : { body: JSON.stringify(body2) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path2}: ${answer.status} ${await answer.text()}`);
      const text = await answer.text();
      return (text ? JSON.parse(text) : undefined) as T;
    },
  };
}

/** The public key of the first web inbox. */
export async function webInboxKey(owner: Owner): Promise<string> {
  const inboxes = await owner.call<{ publicKey: string; channel: string }[]>("GET", "/api/inboxes");
  const web = inboxes.find((inbox) => inbox.channel === "web");
  if (!web) throw new Error("there is no web inbox");
  return web.publicKey;
}
