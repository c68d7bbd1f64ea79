// One transaction on a lane: begin and its settings in one message, the work, commit; again after a conflict. Called
// by open-database.ts for `transact` and `system`. The rule about errors: the caller hears of the statement that
// failed, never of "current transaction is aborted", and a swallowed failure cannot turn into a silent rollback.
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { AppError } from "../errors.ts";
import { isUuid } from "../ids.ts";
import type { Log } from "../log.ts";
import { isConflict, isStaleStatement, isUnreachable, presentError } from "./database-error.ts";
import type { Lane, Lease, LocalSettings } from "./lane.ts";
import type { StatementNames } from "./statement-names.ts";
import type { Tx } from "./transact.ts";

const attempts = 3;

export interface TransactionOptions {
  lane: Lane;
  tenantId: string | null;
  names: StatementNames;
  log: Log;
  /** Set while the app role may not write. */
  refusal: (() => AppError) | null;
}

interface Progress {
  hasBegun: boolean;
  lost: Lease["lost"];
}

export async function runTransaction<T>(
  options: TransactionOptions,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const actions: (() => void)[] = [];
    const progress: Progress = { hasBegun: false, lost: () => null };
    try {
      const result = await options.lane.borrow((lease) => {
        progress.lost = lease.lost;
        return attemptOnce(lease, options, work, actions, progress);
      });
      runActions(actions, options.log);
      return result;
    } catch (error) {
      const isHarmless = !progress.hasBegun && isUnreachable(error, progress.lost() !== null);
      const isWorthAgain = isHarmless || isConflict(error) || isStaleStatement(error);
      if (attempt === attempts || !isWorthAgain) throw presentError(error, progress.lost(), options.refusal);
      await sleep(attempt * 5 + Math.random() * 20); // apart from whoever we collided with
    }
  }
}

async function attemptOnce<T>(
  { client }: Lease,
  options: TransactionOptions,
  work: (tx: Tx) => Promise<T>,
  actions: (() => void)[],
  progress: Progress,
): Promise<T> {
  await client.query(beginning(options));
  progress.hasBegun = true;
  const session = openTx(client, options.names, actions);
  let result: T;
  try {
    result = await work(session.tx);
    await session.settle();
    if (session.failure() !== undefined) throw session.failure(); // caught by the work, yet nothing can be committed
  } catch (error) {
    await session.settle();
    // a rollback that fails means the connection is gone, and the transaction with it
    await client.query("rollback").catch(() => undefined);
    // the work may have turned the failure into its own error; what decides about another attempt is the failure
    const failure = session.failure();
    throw isConflict(failure) || isStaleStatement(failure) ? failure : error;
  }
  await client.query("commit");
  return result;
}

/** `begin` and every setting as one message: one round trip before the work starts. */
function beginning({ lane, tenantId, refusal }: TransactionOptions): string {
  const settings = withTenant(lane.settings, tenantId, refusal !== null);
  if (settings.length === 0) return "begin";
  const calls = settings.map(([name, value]) => `set_config(${literal(name)}, ${literal(value)}, true)`);
  return `begin; select ${calls.join(", ")}`;
}

function withTenant(settings: LocalSettings, tenantId: string | null, isReadOnly: boolean): LocalSettings {
  if (tenantId !== null && !isUuid(tenantId)) throw new TypeError("a tenant id is a UUID");
  const readOnly = isReadOnly ? ([["transaction_read_only", "on"]] as const) : [];
  return tenantId === null
    ? [...settings, ...readOnly]
    : [...settings, ...readOnly, ["app.tenant", tenantId]];
}

const literal = pg.escapeLiteral;

function openTx(client: pg.PoolClient, names: StatementNames, actions: (() => void)[]) {
  let failure: unknown;
  let isOpen = true;
  let last: Promise<unknown> = Promise.resolve();

  /** One statement at a time, also when the work asks for several at once. */
  function ask<R>(text: string, values: unknown[]): Promise<{ rows: R[]; rowCount: number | null }> {
    const answer = last.then(async () => {
      if (!isOpen) throw new Error("the transaction is over; tx must not be used after its work ended");
      if (failure !== undefined) throw failure;
      const name = values.length > 0 ? names.nameFor(text) : undefined;
      try {
        const query = name === undefined ? { text, values } : { name, text, values };
        const { rows, rowCount } = await client.query<Record<string, unknown>>(query);
        return { rows: rows as R[], rowCount };
      } catch (error) {
        failure = error;
        throw error;
      }
    });
    last = answer.catch(() => undefined);
    return answer;
  }

  const tx: Tx = {
    rows: async <R>(text: string, values: unknown[] = []) => (await ask<R>(text, values)).rows,
    maybe: async <R>(text: string, values: unknown[] = []) => (await ask<R>(text, values)).rows[0],
    run: async (text, values = []) => (await ask(text, values)).rowCount ?? 0,
    async one<R>(text: string, values: unknown[] = []) {
      const [row] = (await ask<R>(text, values)).rows;
      if (row === undefined) throw new Error("a statement that always gives a row gave none");
      return row;
    },
    afterCommit(action) {
      actions.push(action);
    },
  };

  return {
    tx,
    failure: () => failure,
    /** Waits for what was asked and not awaited, then closes the door. */
    async settle() {
      await last;
      isOpen = false;
    },
  };
}

function runActions(actions: (() => void)[], log: Log): void {
  for (const action of actions) {
    try {
      action();
    } catch (error) {
      log.error({ err: error }, "action after commit failed");
    }
  }
}
