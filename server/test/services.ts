// Services on a test database: the real outbox, jobs, realtime, vault and media store, with a clock that stands still until it
// is moved. The database's file-wide clone is shared; each call is another node of it.
//
//   const database = await testDatabase();
//   const services = await testServices(database);                       // not started: use cases only
//   services.outbox.subscribe(…); await startServices(services);         // events reach their subscribers
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TenantId } from "@yingda/contract";
import { type Clock, type FixedClock, fixedClock } from "../src/platform/clock.ts";
import { type Config, parseConfig } from "../src/platform/config.ts";
import { type Actor, type Ctx, makeCtx, type Services } from "../src/platform/context.ts";
import { MasterKey } from "../src/platform/crypto/index.ts";
import { type Log, silentLog } from "../src/platform/log.ts";
import type { Projector } from "../src/platform/realtime/index.ts";
import { createServices, stopServices } from "../src/roles/services.ts";
import { whenFileEnds } from "./cleanup.ts";
import { connectTestDatabase, type TestDatabase } from "./database.ts";

export interface TestServicesOptions {
  clock?: Clock;
  log?: Log;
  config?: Partial<Config>;
  /** Nodes that share a database must share the key, too. */
  masterKey?: MasterKey;
  /** True: leases are renewed and nodes are told, as with DATABASE_URL. */
  isShared?: boolean;
  leaseTtlMs?: number;
  tickMs?: number;
  /** Waits between attempts of a failing handler. */
  backOffMs?: readonly number[];
  /** Its own connections to the database: a node that can be stopped without the others. */
  ownConnections?: boolean;
}

export type TestServices = Services & { clock: FixedClock };

const fileKey = MasterKey.generate();

export function testConfig(changes: Partial<Config> = {}): Config {
  const folder = mkdtempSync(join(tmpdir(), "yingda-test-data-"));
  whenFileEnds(() => rmSync(folder, { recursive: true, force: true }));
  const parsed = parseConfig({
    YINGDA_DATA: folder,
    YINGDA_KEY_FILE: join(folder, "..", "unused.key"),
    YINGDA_PORT: "0",
  });
  if (parsed.kind !== "config") throw new Error(parsed.problems.join("; "));
  return { ...parsed.config, ...changes };
}

/** Stopped when the file's tests have ended. `clock` is a FixedClock unless another is given. */
export async function testServices(
  database: TestDatabase,
  options: TestServicesOptions = {},
): Promise<TestServices> {
  const {
    clock = fixedClock(),
    log = silentLog,
    masterKey = fileKey,
    isShared = false,
    leaseTtlMs,
    tickMs,
    backOffMs,
  } = options;
  const db = options.ownConnections ? connectTestDatabase(database.name) : database.db;
  const services = await createServices({
    config: testConfig(options.config),
    clock,
    log,
    db,
    masterKey,
    isShared,
    ...(leaseTtlMs === undefined ? {} : { leaseTtlMs }),
    ...(tickMs === undefined ? {} : { tickMs }),
    ...(backOffMs === undefined ? {} : { backOffMs }),
  });
  whenFileEnds(async () => {
    await stopServices(services);
    if (options.ownConnections) await db.close();
  });
  return services as TestServices;
}

/** A projector for tests that look at no socket. */
export const emptyProjector: Projector = {
  kinds: [],
  forWorkbench: async (_tenantId, principals) => principals.map(() => []),
  forVisitor: async () => [],
  counts: async () => ({ queue: 0, attention: 0, bot: 0, byAgent: {} }),
  nameOf: async () => "",
  mayReceive: () => true,
};

/** Starts outbox and realtime; subscribers come before. */
export async function startServices(
  services: Services,
  projector: Projector = emptyProjector,
): Promise<void> {
  services.realtime.useProjector(projector);
  await services.realtime.start();
  await services.outbox.start(services);
}

export function testCtx(
  services: Services,
  tenantId: TenantId,
  actor: Actor = { kind: "system", name: "test" },
): Ctx {
  return makeCtx(services, { tenantId, actor });
}
