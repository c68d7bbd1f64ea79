// Routes that no single room answers: the live snapshot, health, dead letters, backups, keys, the checklist of the first page.
import { routes } from "@yingda/contract";
import { listMembersBrief, requestAudit } from "../accounts/index.ts";
import { listFaqs } from "../brain/index.ts";
import { hasAnswered, listCounts, listInboxes } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { keysOfTenant } from "../platform/crypto/index.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import { type HttpApp, register } from "../platform/http/index.ts";
import { isUuid } from "../platform/ids.ts";
import { hasHours, listPresencesAndOffers } from "../routing/index.ts";
import { type HealthSources, healthChecks } from "./health.ts";

export interface OperationsOptions extends HealthSources {
  version: string;
  startedAt: Date;
}

const deadLettersShown = 100;

export function operationRoutes(app: HttpApp, options: OperationsOptions): void {
  register(app, routes.liveSnapshot, liveSnapshot);
  healthRoutes(app, options);
  backupRoutes(app, options);
  keyRoutes(app, options);
  register(app, routes.stats, async (ctx) => ({
    ...(await firstSteps(ctx)),
    recoveryKeyConfirmed: await options.keys.isRecoveryConfirmed(),
  }));
}

/** The cursor is read first: whatever changes while the rest is read comes again as an event. */
async function liveSnapshot(ctx: Ctx) {
  const seq = await ctx.realtime.head(ctx.tenantId);
  const [counts, live] = await Promise.all([listCounts(ctx), listPresencesAndOffers(ctx)]);
  return { seq, counts, ...live };
}

function healthRoutes(app: HttpApp, options: OperationsOptions): void {
  register(app, routes.health, async (ctx) => {
    const letters = await ctx.outbox.deadLetters(ctx.tenantId, deadLettersShown);
    const checks = await healthChecks(ctx, options, letters.length);
    return {
      checks,
      version: options.version,
      startedAt: options.startedAt.toISOString(),
      deadLetters: letters.map(({ seq: _seq, at, ...letter }) => ({ ...letter, at: at.toISOString() })),
    };
  });
  register(app, routes.retryDeadLetter, async (ctx, { params }) => {
    if (!isUuid(params.id)) throw new AppError("request/not-found");
    const outcome = await ctx.outbox.retryDeadLetter(ctx.tenantId, params.id);
    if (outcome === "not-found") throw new AppError("request/not-found");
    if (outcome === "failed") throw new AppError("request/conflict");
  });
}

function backupRoutes(app: HttpApp, { backups }: OperationsOptions): void {
  register(app, routes.listBackups, async () => ({
    files: (await backups.list()).map(({ name, sizeBytes, at }) => ({
      name,
      sizeBytes,
      at: at.toISOString(),
      isComplete: true,
    })),
    running: backups.running,
    folder: backups.folder,
    nextAt: backups.nextAt().toISOString(),
  }));
  register(app, routes.startBackup, async (ctx) => {
    const started = backups.start();
    await transact(ctx, (tx) =>
      requestAudit(ctx, tx, { action: "backup-started", subject: "installation", subjectId: null }),
    );
    return started;
  });
  register(app, routes.downloadBackup, async (ctx, { params }) => {
    const file = await backups.open(params.name);
    await transact(ctx, (tx) =>
      requestAudit(ctx, tx, { action: "backup-downloaded", subject: "installation", subjectId: params.name }),
    );
    return file;
  });
}

function keyRoutes(app: HttpApp, { keys }: OperationsOptions): void {
  register(app, routes.makeRecoveryKey, (ctx, { body }) => keys.makeRecoveryKey(ctx, body.password));
  register(app, routes.confirmRecoveryKey, (ctx, { body }) => keys.confirmRecoveryKey(ctx, body.recoveryKey));
  register(app, routes.rotateKeys, (ctx, { body }) => keys.rotate(ctx, body.password));
  register(app, routes.keyState, async (ctx) => ({
    recoveryKeyConfirmed: await keys.isRecoveryConfirmed(),
    newestKeyAt: await newestKeyAt(ctx),
    rotation: keys.rotation,
  }));
}

async function newestKeyAt(ctx: Ctx): Promise<string | null> {
  const keys = await ctx.db.system((tx) => keysOfTenant(tx, ctx.tenantId));
  const times = keys.filter(({ purpose }) => purpose === "data").map(({ createdAt }) => createdAt.getTime());
  return times.length > 0 ? new Date(Math.max(...times)).toISOString() : null;
}

/** What the checklist of the first page can cross out. */
async function firstSteps(asker: Ctx) {
  const ctx: Ctx = { ...asker, actor: { kind: "system", name: "first-steps" } };
  const [{ faqs }, members, hasOwnHours, inboxes, isAnswered] = await Promise.all([
    listFaqs(ctx, {}),
    listMembersBrief(ctx),
    hasHours(ctx),
    listInboxes(ctx),
    hasAnswered(ctx),
  ]);
  return {
    hasFaqs: faqs.length > 0,
    hasAnswered: isAnswered,
    hasColleague: members.filter(({ isActive, isDemo }) => isActive && !isDemo).length > 1,
    hasHours: hasOwnHours,
    hasWebsite: inboxes.some(({ allowedOrigins }) => allowedOrigins.length > 0),
  };
}
