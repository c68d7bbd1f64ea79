// Builds what every use case is given, once per process. Knows the ground floor only; the rooms are put on top by app.ts.
// Called by main.ts, by commands that work without a running server, and by tests.
import { join } from "node:path";
import type { Clock } from "../platform/clock.ts";
import type { Config } from "../platform/config.ts";
import type { Services } from "../platform/context.ts";
import { createVault, type MasterKey } from "../platform/crypto/index.ts";
import type { Db } from "../platform/db/index.ts";
import { createJobs } from "../platform/jobs/index.ts";
import type { Log } from "../platform/log.ts";
import { createMailer } from "../platform/mail/index.ts";
import { createMediaStore, FolderBlobs, S3Blobs } from "../platform/media/index.ts";
import { createGuardedFetch } from "../platform/net/index.ts";
import { createOutbox, standardBackOffMs } from "../platform/outbox/index.ts";
import { createRealtime } from "../platform/realtime/index.ts";

export interface ServicesOptions {
  config: Config;
  clock: Clock;
  log: Log;
  db: Db;
  masterKey: MasterKey;
  /** Ports of this installation that no call out may reach. */
  ownPorts?: readonly number[];
  /** Several servers may work on this database; default: whenever it is not the bundled one. */
  isShared?: boolean;
  /** Shorter in tests. */
  leaseTtlMs?: number;
  tickMs?: number;
  backOffMs?: readonly number[];
}

const connectTimeoutMs = 10_000;

export async function createServices(options: ServicesOptions): Promise<Services> {
  const { config, clock, log, db, masterKey, ownPorts = [config.port] } = options;
  const isShared = options.isShared ?? config.databaseUrl !== null;
  const vault = createVault({ db, clock, masterKey, ...(isShared ? {} : { propagationMs: 0 }) });
  const fetch = createGuardedFetch({ clock, allow: config.allowPrivate, ownPorts, connectTimeoutMs });
  const { leaseTtlMs = 3_000, tickMs = 1_000, backOffMs = standardBackOffMs } = options;
  const outbox = createOutbox({
    db,
    clock,
    log,
    roles: config.roles,
    isShared,
    leaseTtlMs,
    tickMs,
    backOffMs,
  });
  const { blobs, preferredBlobs } = openBlobs({ config, clock, fetch });
  await blobs.disk.prepare();
  return {
    config,
    clock,
    log,
    db,
    vault,
    outbox,
    fetch,
    mailer: createMailer(config.smtp),
    jobs: createJobs({ db, log }),
    realtime: createRealtime({ db, clock, log, outbox }),
    media: createMediaStore({ db, vault, clock, blobs, preferred: preferredBlobs }),
  };
}

/** Where the bytes of files lie, and where new ones go. Also what a backup reads. */
export function openBlobs({ config, clock, fetch }: Pick<Services, "config" | "clock" | "fetch">): {
  blobs: { disk: FolderBlobs; s3?: S3Blobs };
  preferredBlobs: "disk" | "s3";
} {
  const disk = new FolderBlobs(join(config.dataFolder, "media"));
  const { s3 } = config;
  if (!s3) return { blobs: { disk }, preferredBlobs: "disk" };
  const spoolFolder = join(config.dataFolder, "spool");
  return { blobs: { disk, s3: new S3Blobs({ s3, fetch, clock, spoolFolder }) }, preferredBlobs: "s3" };
}

/** Stops what Services run by themselves, in the order that loses nothing; the database is closed by whoever opened it. */
export async function stopServices({ realtime, outbox, jobs, fetch, vault }: Services): Promise<void> {
  await realtime.stop();
  await Promise.all([outbox.stop(), jobs.stop()]);
  await fetch.close();
  vault.close();
}
