// The rules of signing in, without I/O: how long a session lives and when guessing locks out.
export const sessionIdleMs = 30 * 86_400_000;
export const sessionLongestMs = 180 * 86_400_000;
/** A session's "last seen" is written at most this often. */
export const touchEveryMs = 60_000;
export const invitationMs = 7 * 86_400_000;
export const setupTokenMs = 30 * 60_000;

/** Failures older than this start the count again. */
export const forgetFailuresMs = 24 * 3_600_000;
const freeFailures = 5;
const longestLockMs = 15 * 60_000;

/** Milliseconds to lock an account for one address after its nth failure in a row: 30 s, 1 min, 2 min … 15 min; 0 while guesses are free. */
export function lockMs(failures: number): number {
  if (failures < freeFailures) return 0;
  return Math.min(longestLockMs, 30_000 * 2 ** Math.min(20, failures - freeFailures));
}

/** When the session ends if it is used now. */
export function expiryOf(createdAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + sessionIdleMs, createdAt.getTime() + sessionLongestMs));
}
