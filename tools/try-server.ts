/**
 * The real server in a process of its own on a throw-away data folder, as a user's machine would run it, and its first owner
 * signed in. For the labs and the browser journeys: nothing of the server's code is imported.
 *
 * What surprises: a prepared data folder can be copied (copyDataFolder) while its server is stopped, so that many tests start
 * from one shop without making a database each.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "..");
/** As npm start holds the server to the memory it uses. */
const memory = JSON.parse(readFileSync(join(root, "server/memory.json"), "utf8")) as {
  arguments: string[];
  environment: Record<string, string>;
};
/** Long enough for initdb and all migrations on a machine that is busy with other tests. */
const readyWithinMs = 60_000;

export interface TryServer {
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

export interface TryServerOptions {
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
  const folder = mkdtempSync(join(tmpdir(), "yingda-try-"));
  chmodSync(folder, 0o711); // under root the database runs as another user, who must get through
  return folder;
}

/** A copy with owners and times kept: the database refuses files that are not its own user's. */
export async function copyDataFolder(from: string): Promise<string> {
  const to = newDataFolder();
  await promisify(execFile)("cp", ["-a", `${from}/.`, to]);
  return to;
}

export function removeDataFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Resolves once /health answers 200. @throws Error with the server's output when it exits before. */
export async function startServer(options: TryServerOptions = {}): Promise<TryServer> {
  const dataFolder = options.dataFolder ?? newDataFolder();
  const port = options.port ?? (await freePort());
  const started = performance.now();
  const child = spawn(process.execPath, [...memory.arguments, join(root, "server/src/main.ts")], {
    cwd: root,
    env: {
      ...process.env,
      ...memory.environment,
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
  const deadline = performance.now() + readyWithinMs;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended before it was ready:\n${output()}`);
    try {
      const reply = await fetch(`${base}/health`);
      if (reply.ok) return;
    } catch {
      // not listening yet
    }
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`the server was not ready within ${readyWithinMs / 1_000} s:\n${output()}`);
}

/** Somebody who is signed in: calls the API with their cookie. */
export interface SignedIn {
  cookie: string;
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
}

export const owner = { account: "owner@lab.example", password: "a lab needs a key 7" };

/** The one-time link that the console prints for the first owner, soon after the server listens. */
export async function setupLink(server: TryServer): Promise<{ link: string; token: string }> {
  const deadline = performance.now() + readyWithinMs;
  while (performance.now() < deadline) {
    const [link, token] = /https?:\S+\/setup#([\w-]{16,})/.exec(server.output()) ?? [];
    if (link && token) return { link, token };
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`the console gave no link for the first owner:\n${server.output()}`);
}

/** Makes the first owner with the one-time token from the console (or signs in when there is one). */
export async function signInOwner(server: TryServer): Promise<SignedIn> {
  const state = (await (await fetch(`${server.base}/api/setup`)).json()) as { hasOwner: boolean };
  if (state.hasOwner) return signIn(server, owner);
  const { token } = await setupLink(server);
  const first = { ...owner, token, name: "Owner", locale: "zh-CN" };
  return enter(server, "/api/setup/owner", first);
}

export function signIn(server: TryServer, given: { account: string; password: string }): Promise<SignedIn> {
  return enter(server, "/api/session", given);
}

/** A colleague by an invitation of `inviter`; signed in. */
export async function inviteMember(
  server: TryServer,
  inviter: SignedIn,
  member: { name: string; role: string; account: string; password: string },
): Promise<SignedIn> {
  const { name, role, account, password } = member;
  const { url } = await inviter.call<{ url: string }>("POST", "/api/invitations", { name, role });
  const token = /[#/=]([\w-]{16,})$/.exec(url)?.[1];
  return enter(server, "/api/invitations/accept", { token, account, password, name });
}

async function enter(server: TryServer, path: string, body: object): Promise<SignedIn> {
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
  return sessionOf(server, cookie);
}

/** Somebody who signed in before, by their cookie. */
export function sessionOf(server: Pick<TryServer, "base">, cookie: string): SignedIn {
  return {
    cookie,
    async call<T>(method: string, called: string, given?: unknown) {
      const answer = await fetch(`${server.base}${called}`, {
        method,
        headers: {
          cookie,
          origin: server.base,
          ...(given === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(given === undefined ? {} : { body: JSON.stringify(given) }),
      });
      if (!answer.ok) throw new Error(`${method} ${called}: ${answer.status} ${await answer.text()}`);
      const text = await answer.text();
      return (text ? JSON.parse(text) : undefined) as T;
    },
  };
}

/** The public key of the first web inbox. */
export async function webInboxKey(signedIn: SignedIn): Promise<string> {
  const inboxes = await signedIn.call<{ publicKey: string; channel: string }[]>("GET", "/api/inboxes");
  const web = inboxes.find((inbox) => inbox.channel === "web");
  if (!web) throw new Error("there is no web inbox");
  return web.publicKey;
}
