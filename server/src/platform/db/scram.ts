// Passwords of database roles. They are made here and sent to PostgreSQL only as SCRAM verifiers, so that no password
// passes through its log or its statement views.
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from "node:crypto";

const iterations = 4096; // PostgreSQL's own number

/** What `alter role … password` takes instead of the password. The password is plain ASCII. */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16), rounds = iterations): string {
  const salted = pbkdf2Sync(password, salt, rounds, 32, "sha256");
  const stored = createHash("sha256").update(hmac(salted, "Client Key")).digest("base64");
  const server = hmac(salted, "Server Key").toString("base64");
  return `SCRAM-SHA-256$${rounds}:${salt.toString("base64")}$${stored}:${server}`;
}

/** Whether a verifier as stored in pg_authid belongs to this password. */
export function scramMatches(verifier: string | null, password: string): boolean {
  const [, rounds, salt] = /^SCRAM-SHA-256\$(\d+):([^$]+)\$/.exec(verifier ?? "") ?? [];
  if (!verifier || !rounds || !salt) return false;
  const expected = scramVerifier(password, Buffer.from(salt, "base64"), Number(rounds));
  return expected.length === verifier.length && timingSafeEqual(Buffer.from(expected), Buffer.from(verifier));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
