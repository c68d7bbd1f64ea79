/**
 * Opens a backup file and reads it to its end without changing anything. Restore does this first, too: a file
 * that is cut, changed, reordered or of another key is refused before the first row is written.
 */
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { MasterKey } from "../crypto/index.ts";
import { BrokenStreamError, openStream, type SealedStreamShape } from "../crypto/sealed-stream.ts";
import { type BackupEnd, type Frame, readFrames } from "./backup-frames.ts";
import {
  type BackupHeader,
  type BackupKey,
  backupMagic,
  longestHeaderBytes,
  openHeader,
  parseHeader,
} from "./backup-header.ts";
import { BackupProblem } from "./backup-problem.ts";
import type { BackupProgress } from "./backup-services.ts";

export type OpenedBackup = {
  header: BackupHeader;
  /** The master key of the machine that made it. */
  masterKey: MasterKey;
  /** The content from its start, each time it is called. Throws BackupProblem damaged. */
  frames(onProgress?: BackupProgress): AsyncGenerator<Frame>;
};

export type InspectedBackup = BackupEnd & {
  createdAt: Date;
  appVersion: string;
  migrations: BackupHeader["migrations"];
  hasRecoveryKey: boolean;
  sizeBytes: number;
};

/** Reads header and key only. Throws BackupProblem, or KeyProblem for a mistyped recovery key. */
export async function openBackup(path: string, key: BackupKey): Promise<OpenedBackup> {
  const { json, bodyAt, sizeBytes } = await readHeader(path);
  const header = parseHeader(json);
  const { masterKey, shape } = openHeader(header, json, key);
  return {
    header,
    masterKey,
    frames: (onProgress) => readFrames(plainChunks(path, bodyAt, sizeBytes, shape, onProgress)),
  };
}

/** Reads the whole file and says what is in it; resolves only if all of it is authentic and complete. */
export async function inspectBackup(
  path: string,
  key: BackupKey,
  onProgress?: BackupProgress,
): Promise<InspectedBackup> {
  const backup = await openBackup(path, key);
  let end: BackupEnd | undefined;
  for await (const frame of backup.frames(onProgress)) if (frame.kind === "end") end = frame;
  if (end === undefined) throw new BackupProblem("damaged");
  const { createdAt, appVersion, migrations, recovery } = backup.header;
  return {
    tables: end.tables,
    rows: end.rows,
    blobs: end.blobs,
    createdAt: new Date(createdAt),
    appVersion,
    migrations,
    hasRecoveryKey: recovery !== null,
    sizeBytes: (await stat(path)).size,
  };
}

async function readHeader(path: string): Promise<{ json: Buffer; bodyAt: number; sizeBytes: number }> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const start = Buffer.alloc(12);
    const { bytesRead } = await file.read(start, 0, 12, 0);
    if (bytesRead < 12 || !start.subarray(0, 8).equals(backupMagic)) throw new BackupProblem("not-a-backup");
    const length = start.readUInt32BE(8);
    if (length > longestHeaderBytes || 12 + length > size) throw new BackupProblem("damaged");
    const json = Buffer.alloc(length);
    await file.read(json, 0, length, 12);
    return { json, bodyAt: 12 + length, sizeBytes: size };
  } finally {
    await file.close();
  }
}

async function* plainChunks(
  path: string,
  bodyAt: number,
  sizeBytes: number,
  shape: SealedStreamShape,
  onProgress: BackupProgress = () => undefined,
): AsyncGenerator<Buffer> {
  const sealed = createReadStream(path, { start: bodyAt, highWaterMark: 1_048_576 });
  let done = bodyAt;
  try {
    for await (const chunk of openStream(shape, sealed)) {
      done += chunk.length;
      onProgress(Math.min(1, done / sizeBytes));
      yield chunk;
    }
  } catch (error) {
    throw error instanceof BrokenStreamError ? new BackupProblem("damaged", error) : error;
  } finally {
    sealed.destroy();
  }
}
