/**
 * Ends this process with SIGTERM when its parent is gone. Loaded by --import in front of every program the bootstrap runs, and by
 * the bootstrap itself where it has to wait.
 *
 * npm passes SIGTERM only to the shell it started, and the shell dies without passing it on: without this, a supervisor that stops
 * `npm start` would leave the server and its database running. Not watched when a person started us without npm, since there
 * a vanishing parent is wanted (nohup).
 */
import { isMainThread } from "node:worker_threads";

const everyMs = 500;

if (isMainThread && process.env.npm_lifecycle_event && process.platform !== "win32") {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, everyMs);
  timer.unref();
}
