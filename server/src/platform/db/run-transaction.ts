// One transaction on a lane: begin and its settings travel with the first statement, then the rest of the work, then
// commit; again after a conflict. Called by open-database.ts for `transact` and `system`. The rule about errors: the
// caller hears of the statement that failed, never of "current transaction is aborted", and a swallowed failure cannot
// turn into a silent rollback.
import { setTimeout as sleep } from "node:timers/promises";
import type { AppError } from "../errors.ts";
import type { Log } from "../log.ts";
import {
  isConflict,
  isIdleTimeOut,
  isStaleStatement,
  isUnreachable,
  presentError,
} from "./database-error.ts";
import { fly, type Landing, type Prelude } from "./flight.ts";
import { begin, enter, type Lane, type Lease } from "./lane.ts";
import type { StatementNames } from "./statement-names.ts";
import type { Tx } from "./transact.ts";

const attempts = 3;
/** When the database goes down every connection of the pool is dead, and each is only found to be so by using it. */
const mostLost = 12;

export interface TransactionOptions {
  lane: Lane;
  tenantId: string | null;
  names: StatementNames;
  log: Log;
  /** Set while the app role may not write. */
  refusal: (() => AppError) | null;
}

interface Attempt {
  /** From here on a lost connection leaves open whether the transaction counts. */
  isCommitting: boolean;
  lost: Lease["lost"];
  actions: (() => void)[];
}

export async function runTransaction<T>(
  options: TransactionOptions,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  let lostOnes = 0;
  for (let count = 1; ; count += 1) {
    const attempt: Attempt = { isCommitting: false, lost: () => null, actions: [] };
    try {
      const result = await options.lane.borrow((lease) => attemptOnce(lease, options, work, attempt));
      runActions(attempt.actions, options.log);
      return result;
    } catch (error) {
      const lost = attempt.lost();
      const isUndone = !attempt.isCommitting && isUnreachable(error, lost !== null) && !isIdleTimeOut(lost);
      const isWorthAgain = isUndone || isConflict(error) || isStaleStatement(error);
      if (isUndone) lostOnes += 1;
      const isLast = isUndone ? lostOnes >= mostLost : count - lostOnes >= attempts;
      if (isLast || !isWorthAgain) throw presentError(error, lost, options.refusal);
      await sleep(count * 5 + Math.random() * 20); // apart from whoever we collided with
    }
  }
}

async function attemptOnce<T>(
  { client, lost }: Lease,
  options: TransactionOptions,
  work: (tx: Tx) => Promise<T>,
  attempt: Attempt,
): Promise<T> {
  attempt.lost = lost;
  const session = openTx(client, options, attempt.actions);
  let result: T;
  try {
    result = await work(session.tx);
    await session.settle();
    if (session.failure() !== undefined) throw session.failure(); // caught by the work, yet nothing can be committed
  } catch (error) {
    await session.settle();
    // a rollback that fails means the connection is gone, and the transaction with it
    if (session.hasBegun()) await client.query("rollback").catch(() => undefined);
    // the work may have turned the failure into its own error; what decides about another attempt is the failure
    const failure = session.failure();
    throw isConflict(failure) || isStaleStatement(failure) ? failure : error;
  }
  attempt.isCommitting = true;
  if (session.hasBegun()) await client.query("commit");
  return result;
}

function openTx(client: Lease["client"], options: TransactionOptions, actions: (() => void)[]) {
  const { tenantId, names, refusal } = options;
  let opening: readonly Prelude[] = [begin, enter(tenantId, refusal !== null)];
  let hasBegun = false;
  let failure: unknown;
  let isOpen = true;
  let last: Promise<unknown> = Promise.resolve();

  /** One statement at a time, also when the work asks for several at once. */
  function ask<R>(text: string, values: unknown[]): Promise<Landing<R>> {
    const answer = last.then(async () => {
      if (!isOpen) throw new Error("the transaction is over; tx must not be used after its work ended");
      if (failure !== undefined) throw failure;
      const preludes = opening;
      opening = [];
      hasBegun = true;
      try {
        return await fly<R>(client, { preludes, name: names.nameFor(text), text, values });
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
    run: async (text, values = []) => (await ask(text, values)).rowCount,
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
    hasBegun: () => hasBegun,
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
