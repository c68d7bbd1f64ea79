// What the record does without being asked: keeps the search index, wakes the snoozed, removes files of erased
// messages, applies retention, and forgets what it keeps in memory when another node changed it. app.ts calls it once,
// before outbox and jobs start.
import type { Services } from "../platform/context.ts";
import { applyRetentions } from "./apply-retention.ts";
import { forgetInboxes } from "./inboxes/inbox-cache.ts";
import { knownMaterial } from "./known-material.ts";
import { recentMessages } from "./recent-messages.ts";
import { removeMedia, removeMediaJob } from "./remove-media.ts";
import { resolutionSubscriber } from "./resolution/on-ending.ts";
import { searchSubscriber } from "./search/index-messages.ts";
import { wakeSnoozed } from "./snooze-conversation.ts";

const wakeJob = "wake-snoozed";
const retentionJob = "apply-retention";

export function startConversations(services: Services): void {
  const { outbox, jobs } = services;
  outbox.subscribe(searchSubscriber);
  outbox.subscribe(resolutionSubscriber);
  outbox.listen({
    name: "record-caches",
    kinds: ["inbox-changed", "delivery-changed", "contact-changed", "contact-erased"],
    heard(refs) {
      for (const { kind, tenantId, aggregateId } of refs) {
        if (kind === "inbox-changed") forgetInboxes(services, tenantId);
        else if (kind.startsWith("contact-")) knownMaterial(services).forget(tenantId, aggregateId);
        if (kind === "delivery-changed" || kind === "contact-erased")
          recentMessages(services).forget(tenantId, aggregateId);
      }
    },
    lost() {
      forgetInboxes(services);
      recentMessages(services).clear();
      knownMaterial(services).clear();
    },
  });
  jobs.work(removeMediaJob, removeMedia);
  jobs.work(wakeJob, async (given) => {
    await wakeSnoozed(given);
  });
  jobs.schedule(wakeJob, "* * * * *", "UTC");
  jobs.work(retentionJob, applyRetentions);
  jobs.schedule(retentionJob, "30 3 * * *", "Asia/Shanghai"); // when shops sleep
}
