// How long to wait before the line is tried again: doubling from half a second to twenty, with jitter, so that a
// restarted server is not met by all its clients in the same second.

const firstMs = 500;
const longestMs = 20_000;

/** Wait before attempt `attempt` (0, 1, 2 …), ms; `random` is 0…1. Between half and all of the doubled value. */
export function waitBeforeMs(attempt: number, random: number): number {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 10));
  return Math.round(whole * (0.5 + random / 2));
}

/** Sockets that die this often before they ever greeted mean a proxy in between: use plain HTTP. */
export const failuresBeforeFallback = 3;
/** While on plain HTTP a socket is tried again this often. */
export const retrySocketMs = 5 * 60_000;
