/**
 * Blobs as files below the data folder. Written beside and renamed, so that a crash leaves no half file under
 * its name; what it leaves under `.incoming` is removed at the next start.
 */
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { AppError } from "../errors.ts";
import { randomToken } from "../ids.ts";
import type { BlobSpan, BlobStore } from "./blob-store.ts";

export class FolderBlobs implements BlobStore {
  readonly kind = "disk";
  readonly #folder: string;
  readonly #incoming: string;

  constructor(folder: string) {
    this.#folder = resolve(folder);
    this.#incoming = join(this.#folder, ".incoming");
  }

  /** Makes the folder and removes what a crash left half written. Call once before use. */
  async prepare(): Promise<void> {
    await rm(this.#incoming, { recursive: true, force: true });
    await mkdir(this.#incoming, { recursive: true, mode: 0o700 });
  }

  async write(name: string, sealed: AsyncIterable<Uint8Array>): Promise<{ sizeBytes: number }> {
    const incoming = join(this.#incoming, randomToken());
    try {
      const sizeBytes = await writeSynced(incoming, sealed);
      const path = this.#pathOf(name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await rename(incoming, path);
      return { sizeBytes };
    } catch (error) {
      await rm(incoming, { force: true });
      throw asDiskFull(error);
    }
  }

  async read(name: string, span?: BlobSpan): Promise<AsyncIterable<Uint8Array> | undefined> {
    const path = this.#pathOf(name);
    const exists = await stat(path).then(
      () => true,
      () => false,
    );
    if (!exists) return undefined;
    return createReadStream(path, {
      highWaterMark: 262_144,
      ...(span === undefined ? {} : { start: span.start, end: span.end - 1 }),
    });
  }

  async remove(name: string): Promise<void> {
    await rm(this.#pathOf(name), { force: true });
  }

  async *list(before: Date): AsyncGenerator<string> {
    for (const entry of await readdir(this.#folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.parentPath.startsWith(this.#incoming)) continue;
      const path = join(entry.parentPath, entry.name);
      const { mtime } = await stat(path);
      if (mtime < before) yield relative(this.#folder, path).split(sep).join("/");
    }
  }

  #pathOf(name: string): string {
    const path = resolve(this.#folder, name);
    if (!path.startsWith(this.#folder + sep)) throw new Error("a blob name leads out of its folder");
    return path;
  }
}

async function writeSynced(path: string, sealed: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await open(path, "wx", 0o600);
  let sizeBytes = 0;
  try {
    for await (const bytes of sealed) {
      await file.writeFile(bytes);
      sizeBytes += bytes.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return sizeBytes;
}

/** A full disk as the error that a person is told; any other error as it is. */
export function asDiskFull(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOSPC" || code === "EDQUOT"
    ? new AppError("platform/disk-full", { cause: error })
    : error;
}
