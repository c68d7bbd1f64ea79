/**
 * A new master key: every data key is re-wrapped in one transaction, no stored value is touched.
 *
 * Called by the command line and by settings. Order: new file beside the old, commit, rename; openKeys settles
 * a crash in between. The recovery key stays the same and is wrapped around the new master key. Other
 * processes on the same database must be started again with the new file.
 */
import type { Db } from "../db/transact.ts";
import { recoveryState, replaceCheck } from "./key-check.ts";
import { lockAllKeys, replaceWrapped, rewrapKey } from "./key-store.ts";
import { installNextKey, writeNextKey } from "./keyfile.ts";
import { MasterKey } from "./master-key.ts";
import { rewrapForRecovery } from "./recovery.ts";
import type { Vault } from "./vault.ts";

export type MasterRotation = { db: Db; vault: Vault; keyFile: string; masterKey: MasterKey };

/** Returns the new master key, already in use by the vault. Old backups keep needing the old one or the recovery key. */
export async function rotateMasterKey(
  rotation: MasterRotation,
): Promise<{ masterKey: MasterKey; keys: number }> {
  const { db, vault, keyFile, masterKey: from } = rotation;
  const to = MasterKey.generate();
  await writeNextKey(keyFile, to);
  const keys = await db.system((tx) => rewrapEverything(tx, from, to));
  await installNextKey(keyFile);
  vault.useMasterKey(to);
  return { masterKey: to, keys };
}

/** Re-wraps all data keys and the recovery record from one master key to another; also the last step of a restore. */
export async function rewrapEverything(
  tx: Parameters<Parameters<Db["system"]>[0]>[0],
  from: MasterKey,
  to: MasterKey,
): Promise<number> {
  const keys = await lockAllKeys(tx);
  for (const key of keys) await replaceWrapped(tx, key, rewrapKey(from, to, key));
  const { wrapped } = await recoveryState(tx);
  await replaceCheck(tx, to, wrapped === null ? null : rewrapForRecovery(wrapped, to));
  return keys.length;
}
