// The running server's ear for the command line: a Unix socket (a named pipe on Windows) that only this user can open. One
// POST per command, JSON in and out; no session, since whoever may open it may read the data folder anyway.
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "../platform/errors.ts";
import { errorReply, refusalOf } from "../platform/http/index.ts";
import { type AdminDeps, runAdminCommand } from "./admin-commands.ts";

/** The system's limit for a socket's path is 107 bytes; a data folder may lie deeper than that. */
const longestPath = 100;
const maxBodyBytes = 64 * 1_024;

export function adminSocketPath(dataFolder: string): string {
  const name = createHash("sha256").update(dataFolder).digest("hex").slice(0, 16);
  if (process.platform === "win32") return `\\\\.\\pipe\\yingda-${name}`;
  const path = join(dataFolder, "admin", "socket");
  if (Buffer.byteLength(path) <= longestPath) return path;
  return join(tmpdir(), `yingda-${process.getuid?.() ?? 0}-${name}`, "socket");
}

export async function openAdminSocket(path: string, deps: AdminDeps): Promise<Server> {
  const server = createServer((incoming, response) => {
    answer(deps, incoming, response).catch((error: unknown) => {
      const refusal = refusalOf(error);
      if (refusal.code === "internal") deps.services.log.error({ err: error }, "admin command failed");
      if (!response.headersSent) response.writeHead(refusal.status, { "content-type": "application/json" });
      response.end(JSON.stringify(errorReply(refusal, "")));
    });
  });
  if (process.platform !== "win32") {
    const folder = join(path, "..");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    rmSync(path, { force: true });
  }
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  server.unref();
  return server;
}

async function answer(deps: AdminDeps, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const name = /^\/([a-z-]+)$/.exec(incoming.url ?? "")?.[1];
  if (incoming.method !== "POST" || !name) throw new AppError("request/not-found");
  const result = await runAdminCommand(deps, name, JSON.parse(await bodyOf(incoming)));
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ result: result ?? null }));
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of incoming as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > maxBodyBytes) throw new AppError("request/too-large");
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

export type AdminAnswer =
  | { kind: "answered"; result: unknown }
  | { kind: "refused"; code: string }
  | { kind: "no-server" };

/** Asks the running server of a data folder. */
export function callAdminSocket(path: string, name: string, args: unknown): Promise<AdminAnswer> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: path, path: `/${name}`, method: "POST" }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("error", reject);
      response.on("end", () => {
        const reply = JSON.parse(Buffer.concat(pieces).toString("utf8")) as {
          result?: unknown;
          error?: { code: string };
        };
        resolve(
          reply.error
            ? { kind: "refused", code: reply.error.code }
            : { kind: "answered", result: reply.result },
        );
      });
    });
    call.on("error", (error: NodeJS.ErrnoException) => {
      const isAbsent = error.code === "ENOENT" || error.code === "ECONNREFUSED" || error.code === "ENOTDIR";
      if (isAbsent) resolve({ kind: "no-server" });
      else reject(error);
    });
    call.end(JSON.stringify(args));
  });
}
