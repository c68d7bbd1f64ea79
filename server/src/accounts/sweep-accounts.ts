// The nightly job of this room: expired sessions and forgotten failures go, old audit entries give way to a checkpoint, the chain's head is logged.
import { makeCtx, type Services } from "../platform/context.ts";
import { auditHead, pruneAudit } from "./audit/write-chain.ts";
import { deleteExpiredSessions, deleteOldFailures } from "./session-store.ts";
import { forgetFailuresMs } from "./sign-in-model.ts";
import { listTenantIds } from "./tenants.ts";

export async function sweepAccounts(services: Services): Promise<void> {
  const now = services.clock.now();
  await services.db.system(async (tx) => {
    await deleteExpiredSessions(tx, now);
    await deleteOldFailures(tx, new Date(now.getTime() - forgetFailuresMs));
  });
  for (const tenantId of await listTenantIds(services)) {
    const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "sweep" } });
    const pruned = await pruneAudit(ctx);
    const head = await auditHead(ctx);
    services.log.info(
      { tenantId, pruned, auditSeq: head?.seq ?? 0, auditLink: head?.link ?? "" },
      "audit chain head",
    );
  }
}
