// Puts a backup into a new, empty database: with the master key of this machine where it fits, else with the recovery key.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { RestoredBackup } from "../platform/backup/index.ts";
import type { Config } from "../platform/config.ts";
import { readKeyFile } from "../platform/crypto/index.ts";
import { withGround } from "./without-server.ts";

/** @throws BackupProblem, KeyProblem: nothing was changed then. */
export async function restore(
  config: Config,
  file: string,
  askRecoveryKey: () => Promise<string>,
): Promise<RestoredBackup> {
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), file);
  const { BackupProblem, inspectBackup, restoreBackup } = await import("../platform/backup/index.ts");
  const own = existsSync(config.keyFile) ? await readKeyFile(config.keyFile) : undefined;
  const fits = own
    ? await inspectBackup(path, { masterKey: own }).then(
        () => true,
        (error: unknown) => {
          if (error instanceof BackupProblem && error.kind === "wrong-key") return false;
          throw error;
        },
      )
    : false;
  const key =
    own && fits
      ? { masterKey: own }
      : { recoveryKey: process.env.YINGDA_RECOVERY_KEY ?? (await askRecoveryKey()) };
  if ("recoveryKey" in key) await inspectBackup(path, key); // before a database is made for nothing
  return withGround(config, ({ backup }) => restoreBackup(backup, path, key), "as-is");
}

/** Asks without showing what is typed. */
export async function askHidden(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY });
  try {
    return (await reader.question("")).trim();
  } finally {
    reader.close();
    process.stderr.write("\n");
  }
}
