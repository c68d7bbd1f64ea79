// Limits for whoever has not signed in: so many requests from one address in a sliding window, counted in this process.
// The window slides by weighing the last full window with what is left of it, so a key costs two numbers and no list.
import type { FastifyRequest } from "fastify";
import type { Clock } from "../clock.ts";
import { AppError } from "../errors.ts";
import { addressOf, limitKeyOf } from "./origins.ts";
import type { RateLimit } from "./types.ts";

interface Count {
  windowStartMs: number;
  current: number;
  previous: number;
}

export interface Limiter {
  /** Counts one; null when allowed, else how long to wait, ms. */
  take(limit: RateLimit, key: string): number | null;
}

/** Above this many keys the oldest are forgotten: an attacker with many addresses costs memory no further. */
const maxKeys = 50_000;

export function createLimiter(clock: Pick<Clock, "nowMs">): Limiter {
  const counts = new Map<string, Count>();

  function roll(count: Count, windowMs: number, nowMs: number): void {
    const passed = Math.floor((nowMs - count.windowStartMs) / windowMs);
    if (passed <= 0) return;
    count.previous = passed === 1 ? count.current : 0;
    count.current = 0;
    count.windowStartMs += passed * windowMs;
  }

  function countOf(key: string, nowMs: number): Count {
    const found = counts.get(key);
    if (found && found.windowStartMs <= nowMs) return found;
    const [oldest] = counts.size >= maxKeys ? counts.keys() : [];
    if (oldest !== undefined) counts.delete(oldest);
    const fresh = { windowStartMs: nowMs, current: 0, previous: 0 };
    counts.set(key, fresh);
    return fresh;
  }

  return {
    take(limit, key) {
      const nowMs = clock.nowMs();
      const windowMs = limit.perSeconds * 1_000;
      const count = countOf(`${limit.name} ${key}`, nowMs);
      roll(count, windowMs, nowMs);
      const intoWindowMs = nowMs - count.windowStartMs;
      const weighed = count.previous * (1 - intoWindowMs / windowMs) + count.current;
      if (weighed + 1 > limit.count) return Math.max(1_000, Math.ceil(windowMs - intoWindowMs));
      count.current += 1;
      return null;
    },
  };
}

/** @throws AppError request/rate-limited {retryAfterMs} */
export function checkLimit(request: FastifyRequest, limit: RateLimit): void {
  const retryAfterMs = request.server.yingda.limiter.take(limit, limitKeyOf(addressOf(request)));
  if (retryAfterMs !== null) throw new AppError("request/rate-limited", { details: { retryAfterMs } });
}
