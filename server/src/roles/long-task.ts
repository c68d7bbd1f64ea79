// One long piece of work at a time that a page watches: a backup, a rotation. It goes on when the page is left.

import type { progress } from "@yingda/contract";
import type { z } from "zod";
import type { Clock } from "../platform/clock.ts";
import { AppError } from "../platform/errors.ts";
import type { Log } from "../platform/log.ts";

export type Progress = z.infer<typeof progress>;

export class LongTask {
  readonly #kind: string;
  readonly #clock: Clock;
  readonly #log: Log;
  #last: Progress | null = null;
  #running: Promise<void> | null = null;

  constructor(kind: string, clock: Clock, log: Log) {
    this.#kind = kind;
    this.#clock = clock;
    this.#log = log;
  }

  /** The running one, or how the last one of this process ended. */
  get state(): Progress | null {
    return this.#last;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Begins; false when it is under way already. `work` reports shares from 0 to 1. */
  begin(work: (report: (doneShare: number) => void) => Promise<void>): boolean {
    if (this.isRunning) return false;
    const startedAt = this.#clock.now().toISOString();
    const say = (state: Progress["state"], doneShare: number, code: string | null = null) => {
      this.#last = { kind: this.#kind, doneShare, state, code, startedAt };
    };
    say("running", 0);
    this.#running = work((doneShare) => say("running", Math.min(1, Math.max(0, doneShare))))
      .then(
        () => say("done", 1),
        (error: unknown) => {
          this.#log.error({ err: error, task: this.#kind }, "long task failed");
          say("failed", this.#last?.doneShare ?? 0, error instanceof AppError ? error.code : "internal");
        },
      )
      .finally(() => {
        this.#running = null;
      });
    return true;
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#running;
  }
}
