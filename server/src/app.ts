// The wiring: puts the rooms on the services of a process, and starts and stops them in the order that loses nothing. The
// only file that sees all; main.ts, the command line and tests use it.
import { authenticateWith } from "./accounts/index.ts";
import { flowListener, knowledgeListener } from "./brain/index.ts";
import {
  type Adapters,
  adapters as allAdapters,
  tellQueuePlaces,
  type VisitorLimits,
} from "./channels/index.ts";
import {
  closeEmbedders,
  flushKept,
  flushUsage,
  keptAnswersListener,
  modelListener,
} from "./inference/index.ts";
import type { BackupServices } from "./platform/backup/index.ts";
import type { Services } from "./platform/context.ts";
import type { MasterKey } from "./platform/crypto/index.ts";
import type { DiskGuard } from "./platform/db/index.ts";
import { createHttp, type HttpApp, type HttpOptions } from "./platform/http/index.ts";
import { type Backups, createBackups } from "./roles/backups.ts";
import { createKeyKeeper, type KeyKeeper } from "./roles/key-keeper.ts";
import { builtPages, type PageFolders } from "./roles/pages.ts";
import { prepareTenant } from "./roles/prepare-tenant.ts";
import { createProjector } from "./roles/projector.ts";
import { stopServices } from "./roles/services.ts";
import { monitorRoutes, webRole } from "./roles/web.ts";
import { workerRole } from "./roles/worker.ts";
import {
  availability,
  availabilityListener,
  createAgentConnections,
  leaveQueue,
  visitorQueueState,
  waitingPlaces,
} from "./routing/index.ts";
import { createTurns, type Turns } from "./turns/index.ts";

export interface AppOptions {
  services: Services;
  masterKey: MasterKey;
  backup: BackupServices;
  version: string;
  disk?: DiskGuard | null;
  isTrustedFor?: NonNullable<HttpOptions["isTrustedFor"]>;
  /** The certificate in use as PEM, for the health page. */
  certificate?: () => string;
  /** Replies are checked against the contract: in tests and development. */
  checksReplies?: boolean;
  pages?: PageFolders;
  adapters?: Adapters;
  turns?: Turns;
  /** Other public limits, for load tests. */
  visitorLimits?: VisitorLimits;
}

export interface App {
  http: HttpApp;
  services: Services;
  backups: Backups;
  keys: KeyKeeper;
  startedAt: Date;
  /** Takes the work up. Listening is the caller's affair. */
  start(): Promise<void>;
  /** Says good-bye to everybody who is connected, finishes what runs. The database stays open. */
  stop(): Promise<void>;
}

export async function createApp(options: AppOptions): Promise<App> {
  const {
    services,
    masterKey,
    version,
    disk = null,
    adapters = allAdapters,
    turns = createTurns(),
  } = options;
  const { outbox, jobs, realtime, clock, config } = services;
  const http = await createHttp({
    services,
    authenticate: authenticateWith(services),
    ...(options.isTrustedFor ? { isTrustedFor: options.isTrustedFor } : {}),
    checksReplies: options.checksReplies ?? false,
  });
  const startedAt = clock.now();
  const isOn = (role: (typeof config.roles)[number]) => config.roles.includes(role);
  const routing = { availability, visitorQueueState, waitingPlaces, leaveQueue };
  const backups = createBackups(services, options.backup);
  const keys = createKeyKeeper(services, masterKey);
  const agents = createAgentConnections(services);
  const { limiter } = http.yingda;
  const limits = options.visitorLimits ? { limits: options.visitorLimits } : {};

  monitorRoutes(http, services, { version, roles: config.roles });
  if (isOn("web"))
    await webRole(http, {
      services,
      version,
      backups,
      keys,
      disk,
      certificate: options.certificate ?? null,
      adapters,
      prepareTenant,
      startedAt,
      gateway: { services, routing, limiter, ...limits },
      pages: options.pages ?? builtPages,
    });
  const worker = isOn("worker") ? workerRole({ services, turns, adapters, backups }) : null;
  outbox.listen(knowledgeListener(services));
  outbox.listen(flowListener(services));
  outbox.listen(modelListener(services));
  outbox.listen(keptAnswersListener(services));
  outbox.listen(availabilityListener(services));
  realtime.useProjector(createProjector({ services, routing, agents }));
  const stopPlaces = tellQueuePlaces(services, routing);

  return {
    http,
    services,
    backups,
    keys,
    startedAt,
    async start() {
      await http.ready();
      await realtime.start();
      await outbox.start(services);
      agents.start();
      worker?.start();
      void jobs.start(services, { works: worker !== null }).then(
        () => worker && keys.resume(),
        (error: unknown) => services.log.error({ err: error }, "jobs not started"),
      );
    },
    async stop() {
      await realtime.hub.drain();
      await http.close();
      stopPlaces();
      agents.stop();
      await worker?.stop();
      await closeEmbedders(services.db);
      await flushUsage(services.db);
      await flushKept();
      await stopServices(services);
    },
  };
}
