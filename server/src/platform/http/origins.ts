// Where a request comes from: the network address, and whether a browser page of ours sent it. Used by the route layer for
// every state change and by the sockets at their upgrade.
import { isIP } from "node:net";
import type { FastifyRequest } from "fastify";
import type { Config } from "../config.ts";

/** The peer's address, or what the trusted proxies say it is; IPv4 without the IPv6 wrapping. */
export function addressOf(request: FastifyRequest): string {
  return request.ip.startsWith("::ffff:") ? request.ip.slice(7) : request.ip;
}

/** What a limit counts by: an IPv6 customer owns a whole /64. */
export function limitKeyOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail = ""] = address.split("::");
  const groups = head.split(":").filter(Boolean);
  const missing = address.includes("::") ? 8 - groups.length - tail.split(":").filter(Boolean).length : 0;
  const all = [
    ...groups,
    ...Array<string>(Math.max(0, missing)).fill("0"),
    ...tail.split(":").filter(Boolean),
  ];
  return `${all.slice(0, 4).join(":")}::/64`;
}

export function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

/** The page that sent it, as the browser says; null outside browsers and on plain navigation. */
export function originOf(request: FastifyRequest): string | null {
  const { origin } = request.headers;
  return origin === undefined || origin === "" ? null : origin;
}

/**
 * Origins under which our own pages are served to this requester: the public address, and the host it asked for when that
 * is a number or a local name. Any other name could be a stranger's that was pointed at this machine (DNS rebinding).
 */
export function ownOrigins(config: Pick<Config, "publicUrl">, request: FastifyRequest): string[] {
  const own = config.publicUrl === null ? [] : [config.publicUrl];
  if (isLocalHost(request.hostname)) own.push(`${request.protocol}://${request.host}`);
  return own;
}

function isLocalHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return (
    bare === "localhost" ||
    isIP(bare) !== 0 ||
    bare.endsWith(".localhost") ||
    bare.endsWith(".local") ||
    /^[a-z0-9-]+$/i.test(bare)
  );
}

/** A browser page that is not ours, or one that hides where it comes from. */
export function isForeignOrigin(config: Pick<Config, "publicUrl">, request: FastifyRequest): boolean {
  const origin = originOf(request);
  return origin !== null && !ownOrigins(config, request).includes(origin);
}
