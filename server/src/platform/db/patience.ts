// Waiting for a database that is being started again. Only for connecting: nothing was sent yet, so trying again is
// safe, and a crashed database is back within a second or two, which a request can wait.
import { setTimeout as sleep } from "node:timers/promises";
import { elapsedMs } from "../clock.ts";
import { isUnreachable, unreachable } from "./database-error.ts";

const patienceMs = 8000;
const retryEveryMs = 50;

/** Tries until it succeeds, fails for good (a wrong password), or patience ends: then platform/unavailable. */
export async function connectPatiently<T>(connect: () => Promise<T>): Promise<T> {
  const started = elapsedMs();
  for (;;) {
    try {
      return await connect();
    } catch (error) {
      // an error without a code is the driver's own time-out
      const isPassing = isUnreachable(error, !(error instanceof Error && "code" in error));
      if (!isPassing) throw error;
      if (elapsedMs() - started >= patienceMs) throw unreachable(error);
      await sleep(retryEveryMs);
    }
  }
}
