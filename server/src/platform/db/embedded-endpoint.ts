// Where the bundled database listens: a unix socket in a folder that only its user may enter, or, where there are no
// unix sockets, a loopback port. A socket's path must stay under 100 bytes, so a deep data folder gets a short folder
// of its own elsewhere, which goes away with a clean stop.
import { chmod, chown, mkdtemp, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartupError } from "../errors.ts";
import type { Cluster } from "./embedded-cluster.ts";
import type { Endpoint } from "./embedded-settings.ts";

const socketPathLimit = 100;
const socketPort = 5432; // only part of the socket's name

export interface Listening {
  transport?: "socket" | "loopback";
  port?: number;
}

/** @throws StartupError database-port-in-use when a port was asked for and somebody has it. */
export async function chooseEndpoint(cluster: Cluster, wish: Listening): Promise<Endpoint> {
  const transport = wish.transport ?? (process.platform === "win32" ? "loopback" : "socket");
  if (transport === "socket") return { host: await socketFolder(cluster), port: socketPort, isSocket: true };
  const port = await freePort(wish.port ?? 0);
  if (port !== null) return { host: "127.0.0.1", port, isSocket: false };
  throw new StartupError("database-port-in-use", {
    zh: `数据库端口 ${wish.port} 已被占用。`,
    en: `The port ${wish.port} of the database is in use.`,
  });
}

/** Removes the short folder of a deep data folder; the usual one stays. */
export async function removeEndpoint(cluster: Cluster, endpoint: Endpoint): Promise<void> {
  if (endpoint.isSocket && endpoint.host !== cluster.runFolder)
    await rm(endpoint.host, { recursive: true, force: true });
}

async function socketFolder({ runFolder, user }: Cluster): Promise<string> {
  if (Buffer.byteLength(join(runFolder, `.s.PGSQL.${socketPort}.lock`)) < socketPathLimit) return runFolder;
  const folder = await mkdtemp(join(await shortFolder(user === null), "yingda-"));
  if (user) await chown(folder, user.uid, user.gid);
  await chmod(folder, 0o700);
  return folder;
}

async function shortFolder(isOwnUser: boolean): Promise<string> {
  const own = isOwnUser ? process.env.XDG_RUNTIME_DIR : "/run";
  const found = own ? await stat(own).catch(() => null) : null;
  return own && found?.isDirectory() ? own : tmpdir();
}

/** Null when the wished port is taken; 0 wishes for any. */
function freePort(wish: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(null);
      else reject(error);
    });
    server.listen(wish, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === "object" ? address.port : null));
    });
  });
}
