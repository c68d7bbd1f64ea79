// What models are used for, and how much time and output each use may take. A contact waits for "answer", "rewrite" and "picture";
// nobody stands waiting for the rest, but a colleague may be looking at the screen.

import type { ModelTask } from "@yingda/contract";

export { type ModelTask, modelTasks } from "@yingda/contract";

export interface ModelLimits {
  /** Until the first sign of life, thinking included. */
  firstTokenMs: number;
  /** For the whole answer: all models of a fallback and the waiting between them. */
  totalMs: number;
  /** Of the answer, as the service counts; thinking has room of its own, see presets.ts. */
  outputTokens: number;
}

interface TaskDefaults extends ModelLimits {
  /** Low where facts are repeated, higher where a person edits the result. */
  temperature: number;
}

/** A customer leaves after some 20 s; a reply in a chat is seldom over 300 Han characters, about 200 tokens. */
export const taskDefaults: Record<ModelTask, TaskDefaults> = {
  answer: { firstTokenMs: 8_000, totalMs: 20_000, outputTokens: 600, temperature: 0.2 },
  rewrite: { firstTokenMs: 3_000, totalMs: 5_000, outputTokens: 150, temperature: 0 },
  summary: { firstTokenMs: 15_000, totalMs: 30_000, outputTokens: 500, temperature: 0.2 },
  draft: { firstTokenMs: 10_000, totalMs: 30_000, outputTokens: 600, temperature: 0.5 },
  translate: { firstTokenMs: 8_000, totalMs: 20_000, outputTokens: 1_200, temperature: 0 },
  extract: { firstTokenMs: 10_000, totalMs: 25_000, outputTokens: 800, temperature: 0 },
  judge: { firstTokenMs: 10_000, totalMs: 25_000, outputTokens: 400, temperature: 0 },
  picture: { firstTokenMs: 8_000, totalMs: 12_000, outputTokens: 500, temperature: 0 },
};

/** The task's limits with the caller's own put over them. */
export function limitsOf(task: ModelTask, own: Partial<ModelLimits> = {}): ModelLimits {
  const { temperature: _, ...limits } = taskDefaults[task];
  return { ...limits, ...own };
}
