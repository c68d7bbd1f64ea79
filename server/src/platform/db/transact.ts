// The two ways to the database for use cases, and what they are given.
//   transact(ctx, work)          an ordinary transaction of the tenant in ctx
//   once(ctx, statement, values) one statement in one flight, for hot paths
// Stores take `tx` as their first argument; nothing else reaches the database, and no module holds a `db`.

import type { TenantId } from "@yingda/contract";
import type pg from "pg";
import type { AppError } from "../errors.ts";

export interface Tx {
  rows<R>(text: string, values?: unknown[]): Promise<R[]>;
  /** The first row; throws a plain Error when there is none, which is a bug. */
  one<R>(text: string, values?: unknown[]): Promise<R>;
  maybe<R>(text: string, values?: unknown[]): Promise<R | undefined>;
  /** For statements that return no rows; resolves to how many rows they touched. */
  run(text: string, values?: unknown[]): Promise<number>;
  /**
   * Runs after the commit and only after a commit, in order. For waking whoever waits for these rows. It must not
   * throw: the transaction can no longer be undone, so an error is logged and goes no further.
   */
  afterCommit(action: () => void): void;
}

/** A statement prepared once per connection. The name belongs to exactly one text in the whole program. */
export interface NamedStatement {
  name: string;
  text: string;
}

export interface Subscription {
  close(): Promise<void>;
}

export interface PoolStats {
  total: number;
  idle: number;
  waiting: number;
}

export interface Db {
  /**
   * Runs `work` in one transaction as the app role, seeing only this tenant's rows (null: no tenant's, for
   * resolve_tenant). Commits when it resolves, rolls back when it rejects, and runs it again, at most three times in
   * all, when PostgreSQL reports a deadlock or serialization failure: so `work` has no effect besides its rows.
   * No network, model or file inside: the role's idle time-out ends such a transaction.
   * @throws the failed statement's own error; ExternalError platform/unavailable when the database cannot be
   *   reached; AppError platform/disk-full while writes are refused.
   */
  transact<T>(tenantId: string | null, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One named statement as its own transaction of this tenant, in one flight. Errors as in `transact`, no retry. */
  once<R>(tenantId: string | null, statement: NamedStatement, values: unknown[]): Promise<R[]>;
  /** As `transact`, as the system role: all tenants' rows. For relay, jobs and retention, never for a request. */
  system<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Hears NOTIFYs on an own connection. After a lost connection came back `onReconnect` is called: what was sent
   * meanwhile is gone, so the caller reads from its cursor.
   */
  listen(
    channel: string,
    onNotification: (payload: string) => void,
    onReconnect: () => void,
  ): Promise<Subscription>;
  /** Sends a NOTIFY on that connection; those that come while one is in flight leave together in the next. */
  notify(channel: string, payload: string): Promise<void>;
  /**
   * A connection of its own for long work such as a backup; the caller ends it. "owner" may change tables;
   * "system" reads and writes all rows.
   */
  dedicated(role: "owner" | "system"): Promise<pg.Client>;
  /** While set, every write of the app role fails with this error; null allows them again. Reads go on. */
  refuseWrites(because: (() => AppError) | null): void;
  stats(): { app: PoolStats; system: PoolStats };
  close(): Promise<void>;
}

/** What these two need of a Ctx. */
export interface DbCtx {
  db: Db;
  tenantId: TenantId;
}

export function transact<T>(ctx: DbCtx, work: (tx: Tx) => Promise<T>): Promise<T> {
  return ctx.db.transact(ctx.tenantId, work);
}

export function once<R>(ctx: DbCtx, statement: NamedStatement, values: unknown[]): Promise<R[]> {
  return ctx.db.once<R>(ctx.tenantId, statement, values);
}
