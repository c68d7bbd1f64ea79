// Ids that others choose (a platform's message id, a client's own) become a key column: text that PostgreSQL can
// hold and index, the same for the same id.
import { createHash } from "node:crypto";

// An index entry holds about 2,700 bytes; honest ids are far shorter.
const longest = 200;

export function externalKey(given: string): string {
  const isPlain = given.length <= longest && given.isWellFormed() && !given.includes("\0");
  return isPlain ? given : `sha256:${createHash("sha256").update(given, "utf16le").digest("base64url")}`;
}
