// Does a command on the data folder itself while no server runs: opens the database, does it, closes the database again.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../platform/clock.ts";
import type { Config } from "../platform/config.ts";
import { createLog } from "../platform/log.ts";
import { type AdminDeps, runAdminCommand } from "../roles/admin-commands.ts";
import { createBackups } from "../roles/backups.ts";
import { type Ground, openGround } from "../roles/ground.ts";
import { createKeyKeeper } from "../roles/key-keeper.ts";
import { createServices, stopServices } from "../roles/services.ts";
import { version } from "../roles/version.ts";

export const quietLog = createLog({ level: "warn", destination: process.stderr });

/** Whether there is something to work on: a bundled database that was made before, or one of the operator's own. */
export function hasDatabase(config: Config): boolean {
  return config.databaseUrl !== null || existsSync(join(config.dataFolder, "postgres"));
}

export async function withGround<T>(
  config: Config,
  work: (ground: Ground) => Promise<T>,
  tables: "upgrades" | "as-is" = "upgrades",
): Promise<T> {
  const ground = await openGround({ config, clock: systemClock, log: quietLog, tables });
  try {
    return await work(ground);
  } finally {
    await ground.close();
  }
}

/** The same commands as a running server does. Events they write are taken up at its next start. */
export function runWithoutServer(config: Config, name: string, args: unknown): Promise<unknown> {
  return withGround(config, async ({ db, masterKey, backup }) => {
    const services = await createServices({ config, clock: systemClock, log: quietLog, db, masterKey });
    const deps: AdminDeps = {
      services,
      version,
      backups: createBackups(services, backup),
      keys: createKeyKeeper(services, masterKey),
      startedAt: systemClock.now(),
    };
    try {
      return await runAdminCommand(deps, name, args);
    } finally {
      await stopServices(services);
    }
  });
}
