// The work on documents that nobody waits for: reading them, reading pages and sites again when their time has come, and
// ending what can no longer be brought back. Registered by the worker role before jobs start.

import { makeCtx, type Services } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { restorableDays } from "../../knowledge/faqs.ts";
import { listEndedOriginals, purgeDeletedDocuments } from "./document-store.ts";
import { runReading } from "./read-document-job.ts";
import { readDocumentJob } from "./reading-job.ts";
import { askForReading, listDue } from "./reading-store.ts";

const dueJob = "read-due-documents";

export function registerDocumentJobs({ jobs }: Services): void {
  jobs.work(readDocumentJob, runReading);
  jobs.work(dueJob, async (services) => {
    await readDueDocuments(services);
  });
  jobs.schedule(dueJob, "*/10 * * * *", "UTC");
}

/** Number of readings asked for. */
export async function readDueDocuments(services: Services): Promise<number> {
  const due = await services.db.system((tx) => listDue(tx, services.clock.now()));
  for (const { tenantId, id } of due) {
    const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "documents" } });
    await transact(ctx, async (tx) => {
      const run = await askForReading(tx, tenantId, id);
      if (run !== null) await services.jobs.send(tx, readDocumentJob, { tenantId, documentId: id, run });
    });
  }
  return due.length;
}

/** Number of documents ended, over all tenants. */
export async function purgeDocuments({
  db,
  clock,
  media,
}: Pick<Services, "db" | "clock" | "media">): Promise<number> {
  const before = new Date(clock.nowMs() - restorableDays * 86_400_000);
  const originals = await db.system((tx) => listEndedOriginals(tx, before));
  for (const { tenantId, mediaId } of originals) if (mediaId !== null) await media.remove(tenantId, mediaId);
  return db.system((tx) => purgeDeletedDocuments(tx, before));
}
