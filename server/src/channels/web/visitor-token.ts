// A visitor's token: 256 random bits, known in clear only to the visitor's browser; the server keeps a hash. The bits are
// random enough that the hash needs no key.
import { createHash } from "node:crypto";
import { randomToken } from "../../platform/ids.ts";

const shape = /^[A-Za-z0-9_-]{43}$/;

export function newVisitorToken(): string {
  return randomToken(32);
}

/** Null for anything that is no token of ours by its shape. */
export function hashVisitorToken(token: string | null | undefined): Buffer | null {
  return token && shape.test(token) ? createHash("sha256").update(token, "ascii").digest() : null;
}
