// The worker role: subscribers of the outbox, clocks of the rooms, scheduled jobs. Everything here may run on several nodes;
// leases decide who does what.
import { auditSubscriber, listTenantIds, sweepAccounts } from "../accounts/index.ts";
import { flushAnswerCounts, purgeKnowledge, registerDocumentJobs, warmKnowledge } from "../brain/index.ts";
import { type Adapters, createChannelSweep, deliverSubscriber } from "../channels/index.ts";
import { startConversations } from "../conversations/index.ts";
import { purgeUsage } from "../inference/index.ts";
import type { Services } from "../platform/context.ts";
import { sweepLoose } from "../platform/media/index.ts";
import { trimEvents } from "../platform/outbox/index.ts";
import {
  alertSubscriber,
  budgetSubscriber,
  createRoutingSweep,
  routingSubscriber,
} from "../routing/index.ts";
import {
  beginIncident,
  beginIncidentJob,
  colleagueSubscriber,
  collectAllGaps,
  gapSubscriber,
  importRecord,
  incidentSubscriber,
  recordImportJob,
  rehearsalJob,
  runRehearsal,
  settleQuiet,
  type Turns,
} from "../turns/index.ts";
import { type Backups, nightlyCron, nightlyZone } from "./backups.ts";
import { sealedColumns } from "./key-keeper.ts";

export interface WorkerOptions {
  services: Services;
  turns: Turns;
  adapters: Adapters;
  backups: Backups;
}

export interface Worker {
  /** After the outbox has started. */
  start(): void;
  stop(): Promise<void>;
}

const flushCountsMs = 60_000;
/** Tenants whose knowledge is made ready at the start; the others' when somebody first asks. */
const mostWarmed = 20;

/** Subscribes and schedules; call before outbox and jobs start. */
export function workerRole({ services, turns, adapters, backups }: WorkerOptions): Worker {
  const { outbox, jobs, log } = services;
  outbox.subscribe(turns.subscriber);
  outbox.subscribe(turns.toolRuns);
  outbox.subscribe(turns.pilot);
  outbox.subscribe(turns.colleagueReplies);
  outbox.subscribe(colleagueSubscriber);
  outbox.subscribe(gapSubscriber);
  outbox.subscribe(incidentSubscriber);
  outbox.subscribe(routingSubscriber);
  outbox.subscribe(alertSubscriber);
  outbox.subscribe(budgetSubscriber);
  outbox.subscribe(deliverSubscriber(adapters));
  outbox.subscribe(auditSubscriber);
  startConversations(services);
  jobs.work("sweep-accounts", sweepAccounts);
  jobs.schedule("sweep-accounts", "40 3 * * *", nightlyZone);
  registerDocumentJobs(services);
  jobs.work(beginIncidentJob, beginIncident);
  jobs.work("purge-faqs", purgeKnowledge);
  jobs.schedule("purge-faqs", "50 3 * * *", nightlyZone);
  jobs.work("purge-usage", async (given) => {
    await purgeUsage(given);
  });
  jobs.schedule("purge-usage", "55 3 * * *", nightlyZone);
  jobs.work(rehearsalJob, runRehearsal);
  jobs.work(recordImportJob, importRecord);
  jobs.work("settle-quiet", async (given) => {
    await settleQuiet(given);
  });
  jobs.schedule("settle-quiet", "20 * * * *", nightlyZone);
  jobs.work("collect-gaps", collectAllGaps);
  jobs.schedule("collect-gaps", "20 3 * * *", nightlyZone);
  jobs.work("sweep-media", async (given) => {
    const swept = await sweepLoose({ ...given, columns: sealedColumns });
    if (swept.removed > 0) given.log.info(swept, "unused uploads removed");
    await given.media.sweep();
  });
  jobs.schedule("sweep-media", "0 4 * * *", nightlyZone);
  jobs.work("trim-events", async (given) => {
    await trimEvents(given);
  });
  jobs.schedule("trim-events", "10 4 * * *", nightlyZone);
  jobs.work("nightly-backup", () => backups.nightly());
  jobs.schedule("nightly-backup", nightlyCron, nightlyZone);
  const routingClock = createRoutingSweep(services);
  const channelClock = createChannelSweep(services, adapters);
  let countsTimer: NodeJS.Timeout | undefined;
  const flushCounts = () =>
    flushAnswerCounts(services).catch((error: unknown) =>
      log.warn({ err: error }, "answer counts not written"),
    );

  let isStopping = false;
  const warm = async () =>
    warmKnowledge(services, (await listTenantIds(services)).slice(0, mostWarmed), () => isStopping);

  return {
    start() {
      void warm().catch((error: unknown) => log.warn({ err: error }, "knowledge not made ready"));
      turns.start(services);
      routingClock.start();
      channelClock.start();
      countsTimer = setInterval(() => void flushCounts(), flushCountsMs).unref();
    },
    async stop() {
      isStopping = true;
      clearInterval(countsTimer);
      await Promise.all([turns.stop(), routingClock.stop(), channelClock.stop()]);
      await flushCounts();
    },
  };
}
