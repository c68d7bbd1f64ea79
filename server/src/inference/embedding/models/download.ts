// Fetches one large file: goes on where a broken connection stopped (also after a restart), tells how far it is, can be
// cancelled, checks the disk before and the checksum after, and only then gives the file its name. What has come so far
// stands beside it as "<name>.part". Called by fetch-model.ts and fetch-engine.ts.

import { mkdir, open, rename, rm, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AppError, ExternalError } from "../../../platform/errors.ts";
import type { GuardedFetch, GuardedResponse } from "../../../platform/net/index.ts";
import { type Checksum, type FileSums, sumFile } from "./checksum.ts";

export const downloadPurpose = "model";

export interface Download {
  url: string;
  /** Final path; its folder is made. */
  to: string;
  sizeBytes: number;
  checksum: Checksum;
  signal: AbortSignal;
  /** Bytes that are on the disk now, what earlier attempts brought included. */
  onProgress?: (doneBytes: number) => void;
}

export interface DownloadOptions {
  pauseMs?: (attempt: number) => number;
  /** A connection that brings nothing for this long is given up, and tried again. */
  stallMs?: number;
  freeBytes?: (folder: string) => Promise<number>;
}

const attempts = 6;
/** Left free for the database, which must never run out. */
const spareBytes = 1_500_000_000;
const wholeMs = 3 * 3_600_000;

/** @throws AppError download/disk-full, ExternalError download/failed or download/checksum-wrong; the signal's reason */
export async function download(
  fetch: GuardedFetch,
  task: Download,
  options: DownloadOptions = {},
): Promise<FileSums> {
  const part = `${task.to}.part`;
  await mkdir(dirname(task.to), { recursive: true });
  await checkSpace(task, await sizeOf(part), options.freeBytes ?? freeBytesOf);
  await fetchWhole(fetch, task, part, options);
  const sums = await sumFile(part, task.checksum);
  if (!sums.isRight || sums.sizeBytes !== task.sizeBytes) {
    await rm(part, { force: true });
    throw otherContent();
  }
  await rename(part, task.to);
  return sums;
}

async function fetchWhole(
  fetch: GuardedFetch,
  task: Download,
  part: string,
  { pauseMs = (attempt) => 500 * 2 ** attempt, stallMs = 30_000 }: DownloadOptions,
): Promise<void> {
  let furthest = await sizeOf(part);
  for (let attempt = 1; ; attempt += 1) {
    const before = await sizeOf(part);
    if (before > task.sizeBytes) await rm(part, { force: true });
    if (before === task.sizeBytes) return;
    const error = await fetchRest(fetch, task, part, stallMs).then(
      () => null,
      (reason: unknown) => reason,
    );
    task.signal.throwIfAborted();
    const after = await sizeOf(part);
    if (after === task.sizeBytes) return;
    const isHopeless = error instanceof ExternalError && !error.retryable;
    if (after > furthest) attempt = 1; // a line that breaks now and then still comes to its end
    furthest = Math.max(furthest, after);
    if (isHopeless || attempt >= attempts) throw failed(error);
    await wait(pauseMs(attempt), undefined, { signal: task.signal });
  }
}

async function fetchRest(fetch: GuardedFetch, task: Download, part: string, stallMs: number): Promise<void> {
  const have = await sizeOf(part);
  const stall = new AbortController();
  const response = await fetch(downloadPurpose, task.url, {
    headers: have > 0 ? { range: `bytes=${have}-` } : {},
    maxBytes: task.sizeBytes,
    timeoutMs: wholeMs,
    signal: AbortSignal.any([task.signal, stall.signal]),
  });
  const goesOn = response.status === 206 && startOf(response) === have;
  if (response.status === 416 || (response.status === 206 && !goesOn)) {
    await response.discard();
    await rm(part, { force: true });
    throw otherContent(); // shorter than announced, or not the piece that was asked for
  }
  await fetch.expectOk(downloadPurpose, response);
  await write(response, part, goesOn ? have : 0, task, stall, stallMs);
}

/** Where the piece begins, from "bytes 100-199/200"; -1 when it does not say. */
function startOf(response: GuardedResponse): number {
  const found = /^bytes (\d+)-/.exec(response.headers["content-range"] ?? "");
  return found ? Number(found[1]) : -1;
}

async function write(
  response: GuardedResponse,
  part: string,
  from: number,
  task: Download,
  stall: AbortController,
  stallMs: number,
): Promise<void> {
  let done = from;
  const giveUp = () => stall.abort(new Error("no bytes for a while"));
  let timer = setTimeout(giveUp, stallMs);
  const file = await open(part, from > 0 ? "a" : "w");
  try {
    for await (const chunk of response.body) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, stallMs);
      await file.appendFile(chunk);
      done += chunk.length;
      task.onProgress?.(done); // only what is on the disk: it is there when we are cancelled now
    }
  } finally {
    clearTimeout(timer);
    await file.close();
  }
}

function otherContent(): ExternalError {
  return new ExternalError({ system: downloadPurpose, retryable: false, code: "download/checksum-wrong" });
}

async function checkSpace(
  { to, sizeBytes }: Download,
  have: number,
  freeBytes: (folder: string) => Promise<number>,
): Promise<void> {
  const needBytes = Math.max(0, sizeBytes - have) + spareBytes;
  const free = await freeBytes(dirname(to));
  if (free < needBytes) throw new AppError("download/disk-full", { details: { needBytes, freeBytes: free } });
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}

function failed(error: unknown): unknown {
  if (error instanceof AppError && error.code.startsWith("download/")) return error;
  const details = error instanceof ExternalError ? error.details : {};
  if (isDiskFull(error)) return new AppError("download/disk-full", { cause: error });
  return new ExternalError({
    system: downloadPurpose,
    retryable: true,
    code: "download/failed",
    details,
    cause: error,
  });
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOSPC";
}
