// Our own small face of the job queue. Payloads carry ids, never a person's words.
import type { Services } from "../context.ts";
import type { Tx } from "../db/transact.ts";

/** Ids and numbers only. */
export type JobPayload = Record<string, string | number | boolean | null>;

export interface SendOptions {
  /** Not before this instant. */
  startAfter?: Date;
  /** While a job with this key waits, another one is not added. */
  singletonKey?: string;
}

export type JobHandler = (services: Services, payload: JobPayload) => Promise<void>;

export interface Jobs {
  /** With a tx: becomes visible with its commit, not at all after a rollback. */
  send(tx: Tx | null, name: string, payload: JobPayload, options?: SendOptions): Promise<void>;
  /** Before `start`. At least once, one at a time per name and node: handlers are idempotent. Five attempts. */
  work(name: string, handler: JobHandler): void;
  /** Five-field cron in an IANA zone; before `start`. The job of that name needs a handler. */
  schedule(name: string, cron: string, timeZone: string): void;
  /** Nothing is loaded or connected before this; `works` false only allows to send. */
  start(services: Services, options?: { works?: boolean }): Promise<void>;
  stop(): Promise<void>;
  /** For the health page. `isWorking`: this node takes jobs. */
  state(): Promise<{ waiting: number; failed: number; isWorking: boolean }>;
}
