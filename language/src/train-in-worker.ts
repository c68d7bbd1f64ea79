// Trains a shop in a thread of its own, so that whoever serves meanwhile is not held up; only loading the result is done
// in the calling thread, in pieces of a few milliseconds. Called by servers for large shops. One thread at a time in a
// process, others wait their turn; it ends with the training, and its memory with it.

import { setImmediate as nextTurn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { checkItems } from "./check-items.ts";
import { shippedWeights } from "./encoder.ts";
import { loadMatcherGently, type Matcher } from "./matcher.ts";
import type { MatcherItem, MatcherOptions } from "./matcher-types.ts";
import type { StoredWeights } from "./weights-file.ts";

export interface WorkerTrainingOptions extends MatcherOptions {
  /** Ends the training; the promise rejects with its reason. */
  signal?: AbortSignal;
}

/** What a training thread is given. */
export interface TrainingTask {
  items: MatcherItem[];
  options: MatcherOptions;
  weights: StoredWeights;
}

/** The thread died, ran out of memory or took longer than five minutes. The items are not to blame: train them here. */
export class TrainingFailedError extends Error {
  override name = "TrainingFailedError";
}

/** Ten thousand items take under one. */
const longestTrainingMs = 300_000;
/** Garbage is collected a little more often: 90 MB less at the peak, and no slower. */
const youngMb = 16;
let lastTraining: Promise<unknown> = Promise.resolve();

/**
 * The same matcher as `createMatcher` gives, trained beside the calling thread.
 *
 * @throws MatcherInputError before a thread is started; TrainingFailedError when it failed; OutdatedModelError when the
 * engine's own files were changed since this process read them. After the last two `createMatcherGently` still works.
 */
export async function trainInWorker(
  items: Iterable<MatcherItem>,
  { signal, ...options }: WorkerTrainingOptions = {},
): Promise<Matcher> {
  const task: TrainingTask = { items: [...items], options, weights: shippedWeights() };
  checkItems(task.items);
  const training = lastTraining.then(() => trained(task, signal));
  lastTraining = training.catch(() => undefined);
  return loadMatcherGently(await training, () => nextTurn());
}

async function trained(task: TrainingTask, signal: AbortSignal | undefined): Promise<Uint8Array> {
  signal?.throwIfAborted();
  const over = AbortSignal.timeout(longestTrainingMs);
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const fail = (why: string, cause?: unknown) => reject(new TrainingFailedError(why, { cause }));
  const stop = () => reject(signal?.reason);
  const late = () => fail("training took too long");
  signal?.addEventListener("abort", stop);
  over.addEventListener("abort", late);
  const worker = startThread(task);
  const ended = new Promise((resume) => worker.once("exit", resume));
  let isDone = false;
  worker.once("message", (saved) => {
    isDone = true;
    resolve(saved);
  });
  worker.once("error", (error) => fail("training failed", error));
  worker.once("exit", (code) => fail(`the training thread ended with ${code}`));
  try {
    return await promise;
  } finally {
    signal?.removeEventListener("abort", stop);
    over.removeEventListener("abort", late);
    // a thread that has handed its model over ends by itself; ending it from outside is for those that would not
    if (isDone) await ended;
    else await worker.terminate();
  }
}

function startThread(task: TrainingTask): Worker {
  try {
    return new Worker(new URL("./training-worker.ts", import.meta.url), {
      workerData: task,
      resourceLimits: { maxYoungGenerationSizeMb: youngMb },
    });
  } catch (error) {
    throw new TrainingFailedError("the training thread did not start", { cause: error });
  }
}
