// Embeds by a model folder, in a worker thread of its own (onnx-worker.ts): the server's thread never computes. Long work
// is handed over in small batches, and a contact's message goes before the batches that wait.

import { Worker } from "node:worker_threads";
import { AppError, ExternalError } from "../../platform/errors.ts";
import type { Embedder, EmbedOptions } from "./embedder.ts";
import type { Recipe } from "./models/model-folder.ts";
import type { WorkerInput, WorkerReply, WorkerRequest } from "./onnx-worker.ts";

export interface ModelFolder {
  /** Its name: part of the key. */
  name: string;
  modelFolder: string;
  engineFolder: string;
  recipe: Recipe;
}

/** Some 50 ms of a small model on one core: what a message waits for at most. */
const textsAtOnce = 8;
const openingMs = 60_000;

interface Job {
  texts: string[];
  isUrgent: boolean;
  done(vectors: Float32Array[]): void;
  failed(error: unknown): void;
}

/** @throws AppError embedding/model-unusable when the folder's model cannot be run */
export async function openModelFolder(folder: ModelFolder): Promise<Embedder & { dimensions: number }> {
  const { modelFolder, engineFolder, recipe, name } = folder;
  const input: WorkerInput = { modelFolder, engineFolder, recipe };
  const worker = new Worker(new URL("./onnx-worker.ts", import.meta.url), {
    workerData: input,
    name: "embedding",
  });
  const dimensions = await ready(worker);
  worker.unref(); // the program may end without it
  const waiting: Job[] = [];
  let running: (Job & { id: number }) | null = null;
  let lastId = 0;
  let ended: Error | null = null;

  function next(): void {
    if (running !== null || ended !== null) return;
    const urgent = waiting.findIndex(({ isUrgent }) => isUrgent);
    const [job] = waiting.splice(Math.max(0, urgent), 1);
    if (job === undefined) return;
    lastId += 1;
    running = { ...job, id: lastId };
    worker.postMessage({ id: lastId, texts: job.texts } satisfies WorkerRequest);
  }
  function end(error: Error): void {
    ended ??= error;
    for (const job of [...(running === null ? [] : [running]), ...waiting.splice(0)])
      job.failed(unusable(ended));
    running = null;
  }
  worker.on("message", (reply: WorkerReply) => {
    if (reply.kind === "ready" || running?.id !== reply.id) return;
    const job = running;
    running = null;
    if (reply.kind === "vectors") job.done(reply.vectors);
    else job.failed(unusable(new Error(reply.because)));
    next();
  });
  worker.on("error", end);
  worker.on("exit", () => end(new Error("the embedding worker ended")));

  function run(texts: string[], { signal, isUrgent }: EmbedOptions): Promise<Float32Array[]> {
    return new Promise((resolve, reject) => {
      if (ended !== null) return reject(unusable(ended));
      const leave = () => {
        const at = waiting.indexOf(job);
        if (at >= 0) waiting.splice(at, 1);
        reject(signal.reason);
      };
      const job: Job = {
        texts,
        isUrgent,
        done(vectors) {
          signal.removeEventListener("abort", leave);
          resolve(vectors);
        },
        failed(error) {
          signal.removeEventListener("abort", leave);
          reject(error);
        },
      };
      signal.addEventListener("abort", leave, { once: true });
      waiting.push(job);
      next();
    });
  }

  return {
    key: JSON.stringify(["folder", name, dimensions, recipe]),
    dimensions,
    async embed(texts, options) {
      const vectors: Float32Array[] = [];
      while (vectors.length < texts.length) {
        options.signal.throwIfAborted();
        vectors.push(...(await run(texts.slice(vectors.length, vectors.length + textsAtOnce), options)));
      }
      return vectors;
    },
    async close() {
      await worker.terminate();
    },
  };
}

/** Dimensions of its vectors, once the model is open. Only its own listeners are taken off: the port hangs on others. */
async function ready(worker: Worker): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const refuse = (error: Error) =>
    reject(new AppError("embedding/model-unusable", { details: { because: error.message }, cause: error }));
  const ended = () => refuse(new Error("the embedding worker ended"));
  const heard = (reply: WorkerReply) => {
    if (reply.kind === "ready") resolve(reply.dimensions);
    else refuse(new Error(reply.kind === "failed" ? reply.because : reply.kind));
  };
  const timer = setTimeout(() => refuse(new Error("the model took too long to open")), openingMs);
  worker.on("error", refuse);
  worker.on("exit", ended);
  worker.on("message", heard);
  try {
    return await promise;
  } catch (error) {
    await worker.terminate();
    throw error;
  } finally {
    clearTimeout(timer);
    worker.off("error", refuse);
    worker.off("exit", ended);
    worker.off("message", heard);
  }
}

function unusable(cause: Error): ExternalError {
  return new ExternalError({
    system: "embedding",
    retryable: false,
    code: "embedding/model-unusable",
    details: { because: cause.message },
    cause,
  });
}
