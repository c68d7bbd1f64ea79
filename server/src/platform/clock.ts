// The only place that reads the machine's clock. Everybody else takes a Clock as an argument (ctx.clock),
// so that a test can set the time and move it.

export interface Clock {
  /** The present instant. */
  now(): Date;
  /** The present instant in ms since 1970-01-01 UTC. */
  nowMs(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  nowMs: () => Date.now(),
};

export interface FixedClock extends Clock {
  /** Moves the clock by this many ms; negative goes back, as a corrected machine clock does. */
  advance(byMs: number): void;
  set(at: Date): void;
}

/** A clock for tests that stands still until it is moved. */
export function fixedClock(at: Date | string = "2026-11-20T02:00:00.000Z"): FixedClock {
  let nowMs = new Date(at).getTime();
  return {
    now: () => new Date(nowMs),
    nowMs: () => nowMs,
    advance(byMs) {
      nowMs += byMs;
    },
    set(next) {
      nowMs = next.getTime();
    },
  };
}

/** Ms since an arbitrary point, never going back: for measuring how long something took. */
export function elapsedMs(): number {
  return performance.now();
}
