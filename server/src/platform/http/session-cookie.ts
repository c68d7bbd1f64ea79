// The cookie that carries a session's token. On https its name begins with __Host-, which binds it to exactly this host
// and path; on plain http (loopback, or a shop's own network without a certificate) browsers would drop such a cookie.
import type { FastifyReply, FastifyRequest } from "fastify";

const secureName = "__Host-yingda";
const plainName = "yingda";

function isSecure(request: FastifyRequest): boolean {
  return request.protocol === "https";
}

export function readSessionToken(request: FastifyRequest): string | null {
  return request.cookies[isSecure(request) ? secureName : plainName] ?? null;
}

export function writeSessionToken(reply: FastifyReply, token: string, expiresAt: Date): void {
  const secure = isSecure(reply.request);
  reply.setCookie(secure ? secureName : plainName, token, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure,
    expires: expiresAt,
  });
}

export function clearSessionToken(reply: FastifyReply): void {
  const secure = isSecure(reply.request);
  reply.clearCookie(secure ? secureName : plainName, { path: "/", httpOnly: true, sameSite: "lax", secure });
}
