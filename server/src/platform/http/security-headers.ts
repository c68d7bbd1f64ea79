// Headers on every reply. The strict set is the default; a page or script that must be embedded loosens its own by setting
// the header itself.
import type { FastifyReply } from "fastify";

const strict: Record<string, string> = {
  "content-security-policy":
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "x-permitted-cross-domain-policies": "none",
};
const hsts = "max-age=31536000";

/** `isTrusted`: the server's own certificate is one that browsers trust; without that HSTS would lock people out. */
export function addSecurityHeaders(reply: FastifyReply, isTrusted: boolean): void {
  for (const [name, value] of Object.entries(strict)) if (!reply.hasHeader(name)) reply.header(name, value);
  if (isTrusted && !reply.hasHeader("strict-transport-security"))
    reply.header("strict-transport-security", hsts);
}

/**
 * The policy of a page of ours. `nonce` is on its scripts and styles; sockets go to the same host.
 * `frameAncestors`: who may embed it.
 */
export function pagePolicy(nonce: string, host: string, frameAncestors: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self' data:",
    `connect-src 'self' ws://${host} wss://${host}`,
    "frame-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameAncestors}`,
  ].join("; ");
}
