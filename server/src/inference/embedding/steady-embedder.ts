// An embedder that nobody has to wait for: a contact's message gets a short time, and a model that failed several times
// in a row is left alone for a while. Without a vector the language engine answers alone, as it does by default.

import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import type { Embedder } from "./embedder.ts";

/** Long enough for a service nearby or a small model on one core; short enough that nobody notices. */
export const messageBudgetMs = 300;
const failuresUntilPause = 3;
const pauseMs = 30_000;
/** Of up to 4 kB each: the sentences of a turn are often asked twice, and common messages come again. */
const mostRemembered = 200;

export interface SteadyEmbedder {
  readonly key: string;
  /** Null: too slow, failed, or paused. Never throws. */
  embedMessage(texts: readonly string[]): Promise<Float32Array[] | null>;
  /** For training: patient. @throws as Embedder.embed */
  embedAll(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
  /** True while it is left alone after failures. */
  readonly isPaused: boolean;
  close(): Promise<void>;
}

export interface SteadyOptions {
  clock: Clock;
  log: Log;
  budgetMs?: number;
}

export function steady(
  embedder: Embedder,
  { clock, log, budgetMs = messageBudgetMs }: SteadyOptions,
): SteadyEmbedder {
  let failures = 0;
  let pausedUntilMs = 0;
  const isPaused = () => clock.nowMs() < pausedUntilMs;
  const remembered = new Map<string, Float32Array>();

  function failed(error: unknown): null {
    failures += 1;
    if (failures < failuresUntilPause) return null;
    failures = 0;
    pausedUntilMs = clock.nowMs() + pauseMs;
    log.warn({ err: error, pauseMs }, "embedding paused after failures");
    return null;
  }

  function remember(text: string, vector: Float32Array): Float32Array {
    remembered.set(text, vector);
    const [oldest] = remembered.keys();
    if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
    return vector;
  }

  return {
    key: embedder.key,
    get isPaused() {
      return isPaused();
    },
    async embedMessage(texts) {
      const found = new Map(texts.map((text) => [text, remembered.get(text)]));
      const wanted = [...found.keys()].filter((text) => found.get(text) === undefined);
      if (wanted.length > 0) {
        if (isPaused()) return null;
        const vectors = await withinBudget(embedder, wanted, budgetMs).catch(failed);
        if (vectors === null) return null;
        failures = 0;
        for (const [at, text] of wanted.entries())
          found.set(text, remember(text, vectors[at] as Float32Array));
      }
      return texts.map((text) => found.get(text) as Float32Array);
    },
    embedAll: (texts, signal = new AbortController().signal) =>
      embedder.embed(texts, { signal, isUrgent: false }),
    close: () => embedder.close(),
  };
}

/** Does not trust the embedder to heed the signal at once. */
async function withinBudget(
  embedder: Embedder,
  texts: readonly string[],
  budgetMs: number,
): Promise<Float32Array[]> {
  const abort = new AbortController();
  const late = new Error("embedding took too long");
  let timer: NodeJS.Timeout | undefined;
  const embedding = embedder.embed(texts, { signal: abort.signal, isUrgent: true });
  embedding.catch(() => undefined); // when it fails after the time is over, nobody listens
  try {
    return await Promise.race([
      embedding,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(late);
          abort.abort(late);
        }, budgetMs);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
