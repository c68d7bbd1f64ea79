/**
 * Reads a document that somebody uploaded, in a process of its own with bounded memory and time: whatever the file does,
 * the server goes on answering. One at a time: a small machine has neither core nor memory to spare for two.
 *
 * The child runs at a lower priority than the server, so that customers' answers come first on a busy machine.
 */
import { type ChildProcess, fork } from "node:child_process";
import { readFile } from "node:fs/promises";
import { constants, setPriority } from "node:os";
import { AppError } from "../../../platform/errors.ts";
import { kindOfFile } from "./kind-of-file.ts";
import { type ReadResult, type ReadSection, readBounds } from "./model.ts";
import type { FileToRead, ReadAny } from "./read-now.ts";
import type { ChildSays } from "./reading-child.ts";
import { Unreadable } from "./refusal.ts";

export interface ReadOptions {
  signal: AbortSignal;
  /** Called now and then: pages, sheets or bytes done of all. */
  onProgress?: (done: number, total: number) => void;
  /** Other bounds than usual, for tests. */
  longestMs?: number;
  heapMb?: number;
  residentMb?: number;
}

/**
 * In:  a file as it came; its type is what the sender says, and believed only where bytes do not tell.
 * Out: what was read, in reading order, at least one section with text.
 * @throws AppError document/empty, too-large, encrypted, broken, no-text, type-refused, old-format, unpacks-too-large,
 *         too-slow, too-heavy; the reason of the signal when it aborts
 */
export async function readDocument(file: FileToRead, options: ReadOptions): Promise<ReadResult> {
  const { title, pages, sections, problems } = await readAny(file, options);
  return { title, pages, sections, problems };
}

/** The same with what a web page says of itself, for the crawler. */
export async function readAny(file: FileToRead, options: ReadOptions): Promise<ReadAny> {
  options.signal.throwIfAborted();
  try {
    kindOfFile(file.name, file.type, file.bytes); // most wrong files need no process to be refused
    return await whenFree(() => readInChild(file, options));
  } catch (error) {
    if (error instanceof Unreadable) throw new AppError(error.code, { details: error.details, cause: error });
    throw error;
  }
}

let before: Promise<unknown> = Promise.resolve();

function whenFree<T>(work: () => Promise<T>): Promise<T> {
  const result = before.then(work, work);
  before = result.catch(() => {});
  return result;
}

function readInChild(file: FileToRead, options: ReadOptions): Promise<ReadAny> {
  const { signal, onProgress, longestMs = readBounds.longestMs } = options;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = openChild(options.heapMb ?? readBounds.heapMb);
    const sections: ReadSection[] = [];
    let isTooSlow = false;
    let said: ChildSays | null = null;
    const stop = () => child.kill("SIGKILL");
    const timer = setTimeout(() => {
      isTooSlow = true;
      stop();
    }, longestMs);
    const watch = watchMemory(child.pid, options.residentMb ?? readBounds.residentMb, stop);
    signal.addEventListener("abort", stop);
    child.on("message", (message: ChildSays) => {
      if (message.kind === "progress") onProgress?.(message.done, message.total);
      else if (message.kind === "sections") sections.push(...message.sections);
      else said = message;
    });
    child.once("error", reject);
    // Messages may still come in after the exit; the end of the channel is the last of them.
    const isSilent = new Promise<void>((resolve) => child.once("disconnect", resolve));
    child.once("exit", async (code) => {
      await isSilent;
      clearTimeout(timer);
      clearInterval(watch);
      signal.removeEventListener("abort", stop);
      if (signal.aborted) reject(signal.reason);
      else settle({ said, sections, isTooSlow, code }, resolve, reject);
    });
    sendFile(child, file);
  });
}

const lookEveryMs = 100;

/** V8 bounds only its own heap; a PDF of one kilobyte can unpack to gigabytes beside it. Where the system tells (Linux). */
function watchMemory(pid: number | undefined, mostMb: number, stop: () => void): NodeJS.Timeout | undefined {
  if (process.platform !== "linux" || pid === undefined) return undefined;
  return setInterval(() => {
    void readFile(`/proc/${pid}/status`, "latin1").then(
      (status) => Number(/^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1] ?? 0) > mostMb * 1_024 && stop(),
      () => undefined, // it has just ended
    );
  }, lookEveryMs);
}

interface Ended {
  said: ChildSays | null;
  sections: ReadSection[];
  isTooSlow: boolean;
  code: number | null;
}

function settle(
  { said, sections, isTooSlow, code }: Ended,
  resolve: (result: ReadAny) => void,
  reject: (error: unknown) => void,
): void {
  if (said?.kind === "done") resolve({ ...said.result, sections });
  else if (said?.kind === "refused") reject(new Unreadable(said.code, said.details));
  else if (isTooSlow) reject(new Unreadable("document/too-slow"));
  else if (said?.kind === "failed") reject(new Error(`reading a document failed: ${said.reason}`));
  // Without a last word it was ended from outside: by V8 at the bound of its heap, or by the machine out of memory.
  else
    reject(
      new Unreadable("document/too-heavy", {}, new Error(`the reader ended with ${code ?? "a signal"}`)),
    );
}

function openChild(heapMb: number): ChildProcess {
  const child = fork(new URL("./reading-child.ts", import.meta.url), [], {
    execArgv: [`--max-old-space-size=${heapMb}`],
    env: { NODE_NO_WARNINGS: "1" }, // nothing of the server's settings and secrets
    stdio: ["pipe", "ignore", "ignore", "ipc"],
  });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  return child;
}

function sendFile(child: ChildProcess, { name, type, bytes }: FileToRead): void {
  child.send({ name, type });
  child.stdin?.on("error", () => {}); // it ended early: what it said, or how it ended, tells why
  child.stdin?.end(bytes);
}
