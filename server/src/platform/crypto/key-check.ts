/**
 * Start-up check of the master key, and the recovery key's record (table key_check, one row, system role).
 *
 * main.ts calls `openKeys` before anything else touches the database. A rotation of the master key writes the
 * new file as `<path>.next`, commits, then renames; a crash in between is settled here at the next start.
 */
import { timingSafeEqual } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import type { Clock } from "../clock.ts";
import type { Db, Tx } from "../db/transact.ts";
import { wrongMasterKey } from "./key-store.ts";
import { type KeyFileSettings, openKeyFile, readKeyFile } from "./keyfile.ts";
import type { MasterKey } from "./master-key.ts";

export type RecoveryState = { wrapped: Buffer | null; confirmedAt: Date | null };

export type OpenedKeys = {
  masterKey: MasterKey;
  /** True at the very first start: show and ask back a recovery key. */
  isNew: boolean;
};

/** Opens the master key file, makes both file and check value at the first start. Throws KeyProblem. */
export async function openKeys(db: Db, clock: Clock, settings: KeyFileSettings): Promise<OpenedKeys> {
  const stored = await db.system(storedCheck);
  if (stored !== undefined) await settleRotation(settings.path, stored);
  const { masterKey, created } = await openKeyFile(settings, async () => stored === undefined);
  if (stored !== undefined) {
    if (!matches(masterKey, stored)) throw wrongMasterKey();
    return { masterKey, isNew: false };
  }
  const winner = await db.system(async (tx) => {
    await tx.run(
      "insert into key_check (check_value, created_at) values ($1, $2) on conflict (only_row) do nothing",
      [masterKey.derive("key-check"), clock.now()],
    );
    return storedCheck(tx);
  });
  if (winner === undefined || !matches(masterKey, winner)) throw wrongMasterKey();
  return { masterKey, isNew: created };
}

/** Throws KeyProblem unless this is the key that the database was made with. */
export async function checkMasterKey(tx: Tx, masterKey: MasterKey): Promise<void> {
  const stored = await storedCheck(tx);
  if (stored === undefined || !matches(masterKey, stored)) throw wrongMasterKey();
}

/** Puts another master key's check value in place, inside the transaction that re-wraps the data keys. */
export async function replaceCheck(
  tx: Tx,
  masterKey: MasterKey,
  recoveryWrapped: Buffer | null,
): Promise<void> {
  await tx.run("update key_check set check_value = $1, recovery_wrapped = $2", [
    masterKey.derive("key-check"),
    recoveryWrapped,
  ]);
}

export async function recoveryState(tx: Tx): Promise<RecoveryState> {
  const row = await tx.maybe<RecoveryState>(
    `select recovery_wrapped as wrapped, recovery_confirmed_at as "confirmedAt" from key_check`,
  );
  return row ?? { wrapped: null, confirmedAt: null };
}

/** Stores a newly made recovery key's record; it counts as unconfirmed until asked back. */
export async function storeRecovery(tx: Tx, wrapped: Buffer): Promise<void> {
  await tx.run("update key_check set recovery_wrapped = $1, recovery_confirmed_at = null", [wrapped]);
}

export async function markRecoveryConfirmed(tx: Tx, at: Date): Promise<void> {
  await tx.run("update key_check set recovery_confirmed_at = $1 where recovery_wrapped is not null", [at]);
}

async function storedCheck(tx: Tx): Promise<Buffer | undefined> {
  const row = await tx.maybe<{ check_value: Buffer }>("select check_value from key_check");
  return row?.check_value;
}

function matches(masterKey: MasterKey, stored: Buffer): boolean {
  const own = masterKey.derive("key-check");
  return own.length === stored.length && timingSafeEqual(own, stored);
}

/** After a crash in the middle of a rotation: the file that matches the database stays, the other goes. */
async function settleRotation(path: string, stored: Buffer): Promise<void> {
  const next = await readKeyFile(`${path}.next`);
  if (next === undefined) return;
  if (matches(next, stored)) await rename(`${path}.next`, path);
  else await rm(`${path}.next`);
}
