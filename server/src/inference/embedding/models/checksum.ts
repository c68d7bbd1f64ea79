// Checksums as the sources of models publish them: SHA-256 for large files, git's own SHA-1 for small ones, npm's
// base64 SHA-512 for packages. A downloaded file is read once more from the disk, so that what was resumed is checked, too.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";

export type Checksum =
  | { kind: "sha256"; hex: string }
  | { kind: "sha512"; base64: string }
  /** SHA-1 over "blob <size>\0" and the content: what git calls the file. */
  | { kind: "git"; hex: string };

export interface FileSums {
  sizeBytes: number;
  sha256: string;
  isRight: boolean;
}

/** Reads the file once. Without a checksum only its own SHA-256 is made and `isRight` is true. */
export async function sumFile(path: string, expected: Checksum | null): Promise<FileSums> {
  const { size } = await stat(path);
  const own = createHash("sha256");
  const theirs = expected === null || expected.kind === "sha256" ? null : otherHash(expected.kind, size);
  for await (const chunk of createReadStream(path)) {
    own.update(chunk);
    theirs?.update(chunk);
  }
  const sha256 = own.digest("hex");
  return { sizeBytes: size, sha256, isRight: expected === null || matches(expected, sha256, theirs) };
}

function otherHash(kind: "sha512" | "git", sizeBytes: number) {
  return kind === "sha512" ? createHash("sha512") : createHash("sha1").update(`blob ${sizeBytes}\0`);
}

function matches(expected: Checksum, sha256: string, theirs: ReturnType<typeof otherHash> | null): boolean {
  if (expected.kind === "sha256") return sha256 === expected.hex.toLowerCase();
  if (expected.kind === "sha512") return theirs?.digest("base64") === expected.base64;
  return theirs?.digest("hex") === expected.hex.toLowerCase();
}
