// The listening sockets. Until an owner exists only this machine is listened on; then the configured address, on the same port
// and without ending what is open.
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { StartupError } from "../platform/errors.ts";
import { acceptUpgrades, guardServer, type HttpApp } from "../platform/http/index.ts";
import type { ServerCertificate } from "../platform/net/index.ts";

export interface Listeners {
  /** Listens there instead of where it did; connections that are open stay. @throws StartupError port-in-use */
  moveTo(host: string, port: number): Promise<number>;
  close(): Promise<void>;
}

export function createListeners(app: HttpApp, certificate: ServerCertificate | null): Listeners {
  const servers = new Set<Server>();
  let current: Server | null = null;

  function make(): Server {
    const server = certificate
      ? createTlsServer({ ...certificate.options }, app.routing)
      : createServer(app.routing);
    if (certificate && server instanceof Object && "setSecureContext" in server)
      certificate.follow(server as never);
    guardServer(server);
    acceptUpgrades(app, server);
    servers.add(server);
    server.once("close", () => servers.delete(server));
    return server;
  }

  return {
    async moveTo(host, port) {
      const before = current;
      // the port is one: the old socket goes before the new one comes, what was accepted stays open
      if (before) before.close();
      const server = make();
      current = server;
      return listen(server, host, port);
    },
    async close() {
      const closing = [...servers].map(
        (server) =>
          new Promise<void>((resolve) => {
            server.close(() => resolve());
            server.closeIdleConnections();
          }),
      );
      const patience = setTimeout(() => {
        for (const server of servers) server.closeAllConnections();
      }, 1_000);
      await Promise.all(closing);
      clearTimeout(patience);
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(refusalOf(error, host, port)));
    server.listen({ host, port }, () => resolve((server.address() as AddressInfo).port));
  });
}

function refusalOf(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const place = `${host}:${port}`;
  if (error.code === "EADDRINUSE")
    return new StartupError(
      "port-in-use",
      {
        zh: `${place} 已被其他程序占用。请停掉它，或用 YINGDA_PORT 换一个端口。`,
        en: `${place} is in use by another program. Stop it, or choose another port with YINGDA_PORT.`,
      },
      error,
    );
  if (error.code === "EACCES")
    return new StartupError(
      "port-in-use",
      {
        zh: `没有权限监听 ${place}，请用 1024 以上的端口。`,
        en: `Not allowed to listen on ${place}: use a port above 1024.`,
      },
      error,
    );
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND")
    return new StartupError(
      "port-in-use",
      {
        zh: `这台机器没有地址 ${host}，请检查 YINGDA_HOST。`,
        en: `This machine has no address ${host}: check YINGDA_HOST.`,
      },
      error,
    );
  return error;
}
