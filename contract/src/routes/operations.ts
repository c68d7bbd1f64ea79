// Inboxes, hours, queues, health, backup, keys, demo.
import { z } from "zod";
import { botBehaviour } from "../behaviour.ts";
import { channel } from "../channel.ts";
import { inboxId, instant, queueId, userId } from "../ids.ts";
import { botSettings, inbox, widgetSettings } from "../inbox.ts";
import { defineRoutes } from "../route.ts";
import { businessHours, memberSkills, queue, queueBounds, queueDraft, skill } from "../routing.ts";

const byId = z.object({ id: inboxId });
export const healthCheck = z.object({
  name: z.string(),
  state: z.enum(["ok", "warn", "down"]),
  code: z.string().nullable(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export const backupFile = z.object({
  name: z.string(),
  sizeBytes: z.int(),
  at: instant,
  isComplete: z.boolean(),
});
export const progress = z.object({
  kind: z.string(),
  doneShare: z.number().min(0).max(1),
  state: z.enum(["running", "done", "failed"]),
  code: z.string().nullable(),
  startedAt: instant,
});
export const deadLetter = z.object({
  id: z.string(),
  subscriber: z.string(),
  eventKind: z.string(),
  aggregateId: z.string(),
  attempts: z.int(),
  errorCode: z.string(),
  at: instant,
});

export const operationRoutes = defineRoutes({
  listInboxes: {
    method: "GET",
    path: "/api/inboxes",
    access: "inboxes-read",
    summary: "All inboxes.",
    reply: z.array(inbox),
  },
  createInbox: {
    method: "POST",
    path: "/api/inboxes",
    access: "inboxes-write",
    summary: "Adds one.",
    body: z.object({ channel, name: z.string().trim().min(1).max(60) }),
    reply: inbox,
  },
  updateInbox: {
    method: "PATCH",
    path: "/api/inboxes/:id",
    access: "inboxes-write",
    summary: "Changes settings.",
    params: byId,
    body: z.object({
      name: z.string().trim().min(1).max(60).optional(),
      isOn: z.boolean().optional(),
      allowedOrigins: z.array(z.string().max(200)).max(50).optional(),
      widget: widgetSettings.optional(),
      bot: botSettings.optional(),
      behaviour: botBehaviour.optional(),
      reopenWindowMs: z
        .int()
        .min(0)
        .max(30 * 86_400_000)
        .optional(),
      webhookUrl: z.string().max(500).nullable().optional(),
      version: z.int(),
    }),
    reply: inbox,
  },
  deleteInbox: {
    method: "DELETE",
    path: "/api/inboxes/:id",
    access: "inboxes-write",
    summary: "Switches it off for good; its conversations stay.",
    params: byId,
  },
  rotateInboxSecret: {
    method: "POST",
    path: "/api/inboxes/:id/secret",
    access: "inboxes-write",
    summary: "A new webhook secret, shown once; the old one stays valid for a day.",
    params: byId,
    reply: z.object({ secret: z.string() }),
  },
  checkWebsite: {
    method: "POST",
    path: "/api/inboxes/:id/check",
    access: "inboxes-write",
    summary: "Looks whether a page carries the script line.",
    params: byId,
    body: z.object({ url: z.string().max(500) }),
    reply: z.object({ found: z.boolean(), code: z.string() }),
  },
  links: {
    method: "GET",
    path: "/api/inboxes/:id/links",
    access: "inboxes-read",
    summary: "Script line, page link, LAN address, whether a phone can reach it.",
    params: byId,
    reply: z.object({
      script: z.string(),
      page: z.string(),
      lanPage: z.string().nullable(),
      isLocalOnly: z.boolean(),
    }),
  },
  getHours: {
    method: "GET",
    path: "/api/hours",
    access: "settings-read",
    summary: "Business hours and holidays.",
    reply: businessHours,
  },
  setHours: {
    method: "PUT",
    path: "/api/hours",
    access: "settings-write",
    summary: "Replaces them.",
    body: businessHours,
    reply: businessHours,
  },
  listQueues: {
    method: "GET",
    path: "/api/queues",
    access: "conversations-read",
    summary: "Queues, the default one first: who serves them and how many wait.",
    reply: z.array(queue),
  },
  createQueue: {
    method: "POST",
    path: "/api/queues",
    access: "members-write",
    summary: "Adds one (queue/name-taken, queue/limit-reached).",
    body: queueDraft,
    reply: queue,
  },
  updateQueue: {
    method: "PATCH",
    path: "/api/queues/:id",
    access: "members-write",
    summary: "Renames it, changes who serves it, or makes it the default one (queue/name-taken).",
    params: z.object({ id: queueId }),
    body: queueDraft.partial().extend({ isDefault: z.literal(true).optional() }),
    reply: queue,
  },
  deleteQueue: {
    method: "DELETE",
    path: "/api/queues/:id",
    access: "members-write",
    summary:
      "Removes one (queue/is-default; queue/not-empty with how many wait, unless they are moved to the default one).",
    params: z.object({ id: queueId }),
    query: z.object({ movesWaiting: z.stringbool().default(false) }),
  },
  listSkills: {
    method: "GET",
    path: "/api/skills",
    access: "members-read",
    summary: "What members can do; those without any skill are left out.",
    reply: z.array(memberSkills),
  },
  setSkills: {
    method: "PUT",
    path: "/api/members/:id/skills",
    access: "members-write",
    summary: "Replaces a member's skills.",
    params: z.object({ id: userId }),
    body: z.object({ skills: z.array(skill).max(queueBounds.skills) }),
    reply: memberSkills,
  },
  health: {
    method: "GET",
    path: "/api/health",
    access: "health-read",
    summary: "What the health page shows.",
    reply: z.object({
      checks: z.array(healthCheck),
      version: z.string(),
      startedAt: instant,
      deadLetters: z.array(deadLetter),
    }),
  },
  retryDeadLetter: {
    method: "POST",
    path: "/api/dead-letters/:id/retry",
    access: "backup-write",
    summary: "Tries a failed event again.",
    params: z.object({ id: z.string() }),
  },
  listBackups: {
    method: "GET",
    path: "/api/backups",
    access: "backup-write",
    summary: "Backup files and the running one.",
    reply: z.object({
      files: z.array(backupFile),
      running: progress.nullable(),
      folder: z.string(),
      nextAt: instant.nullable(),
    }),
  },
  startBackup: {
    method: "POST",
    path: "/api/backups",
    access: "backup-write",
    summary: "Starts one now.",
    reply: progress,
  },
  downloadBackup: {
    method: "GET",
    path: "/api/backups/:name",
    access: "backup-write",
    summary: "The file (encrypted).",
    params: z.object({ name: z.string().regex(/^[\w.-]+$/) }),
    file: "application/octet-stream",
  },
  makeRecoveryKey: {
    method: "POST",
    path: "/api/recovery-key",
    access: "keys-write",
    summary: "Makes the recovery key, shown once.",
    body: z.object({ password: z.string().max(200) }),
    reply: z.object({ recoveryKey: z.string() }),
  },
  confirmRecoveryKey: {
    method: "PUT",
    path: "/api/recovery-key",
    access: "keys-write",
    summary: "Asked back; ends the reminder.",
    body: z.object({ recoveryKey: z.string().max(200) }),
  },
  rotateKeys: {
    method: "POST",
    path: "/api/keys/rotate",
    access: "keys-write",
    summary: "New data keys; everything is encrypted again in the background.",
    body: z.object({ password: z.string().max(200) }),
    reply: progress,
  },
  keyState: {
    method: "GET",
    path: "/api/keys",
    access: "health-read",
    summary: "Key age, recovery confirmed, rotation progress.",
    reply: z.object({
      recoveryKeyConfirmed: z.boolean(),
      newestKeyAt: instant.nullable(),
      rotation: progress.nullable(),
    }),
  },
  dressShop: {
    method: "POST",
    path: "/api/setup/dress",
    access: "settings-write",
    summary:
      "Gives the chat the shop's name and its trade's greeting, suggested questions and quick replies; after the set-up only what is still empty.",
  },
  startDemo: {
    method: "POST",
    path: "/api/demo",
    access: "settings-write",
    summary: "Fills in the demo shop.",
  },
  removeDemo: {
    method: "DELETE",
    path: "/api/demo",
    access: "settings-write",
    summary: "Removes everything the demo brought.",
  },
  stats: {
    method: "GET",
    path: "/api/stats/first-steps",
    access: "settings-read",
    summary: "The checklist on the first page.",
    reply: z.object({
      hasFaqs: z.boolean(),
      hasAnswered: z.boolean(),
      hasColleague: z.boolean(),
      hasHours: z.boolean(),
      hasWebsite: z.boolean(),
      recoveryKeyConfirmed: z.boolean(),
    }),
  },
});
