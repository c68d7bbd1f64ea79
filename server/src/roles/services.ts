// Builds what every use case is given, once per process. Knows the ground floor only; the rooms are put on top by app.ts.
// Called by main.ts, by commands that work without a running server, and by tests.
import { join } from "node:path";
import type { Clock } from "../platform/clock.ts";
import type { Config } from "../platform/config.ts";
import type { Services } from "../platform/context.ts";
import type { Vault } from "../platform/crypto/index.ts";
import { createVault, type MasterKey } from "../platform/crypto/index.ts";
import type { Db } from "../platform/db/index.ts";
import { createJobs } from "../platform/jobs/index.ts";
import type { Log } from "../platform/log.ts";
import { createMailer } from "../platform/mail/index.ts";
import { createMediaStore, FolderBlobs, type MediaStore, S3Blobs } from "../platform/media/index.ts";
import { createGuardedFetch, type GuardedFetch } from "../platform/net/index.ts";
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
    media: await openMediaStore({ config, clock, db, vault, fetch }),
  };
}

async function openMediaStore({
  config,
  clock,
  db,
  vault,
  fetch,
}: {
  config: Config;
  clock: Clock;
  db: Db;
  vault: Vault;
  fetch: GuardedFetch;
}): Promise<MediaStore> {
  const disk = new FolderBlobs(join(config.dataFolder, "media"));
  await disk.prepare();
  const { s3 } = config;
  const spoolFolder = join(config.dataFolder, "spool");
  const blobs = s3 ? { disk, s3: new S3Blobs({ s3, fetch, clock, spoolFolder }) } : { disk };
  return createMediaStore({ db, vault, clock, blobs, preferred: s3 ? "s3" : "disk" });
}

/** Stops what Services run by themselves, in the order that loses nothing; the database is closed by whoever opened it. */
export async function stopServices({ realtime, outbox, jobs, fetch, vault }: Services): Promise<void> {
  await realtime.stop();
  await Promise.all([outbox.stop(), jobs.stop()]);
  await fetch.close();
  vault.close();
}
